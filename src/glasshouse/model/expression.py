"""In which tone people speak, buy and read, and how much of it they say face to face.

A tone is -1 against, 0 neutral, +1 for. Utilities are in logit units: a difference of 1
multiplies the odds of one tone over another by e.
"""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.chance.functions import exponential
from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters

SPEECH, SHOPPING, READING = 0, 1, 2
DOMAINS = ("speech", "shopping", "reading")


class Tones(NamedTuple):
    """One number for each tone: utilities, or chances that sum to 1."""

    against: float
    neutral: float
    for_: float


@rule
def pull_of_friends(
    for_near: int, against_near: int, for_far: int, against_far: int, parameters: Parameters
) -> float:
    """How the stances one hears pull on one's tone.

    Equation: [1.31·(n+ - n-)near + 0.36·(n+ - n-)far] / (n+ + n-); 0 where nobody is heard.

    Parameters
    ----------
    for_near, against_near, for_far, against_far : int
        Living friends with a stance above 0.1 and below -0.1, in the circle and farther.
    parameters : Parameters
        ``near_friends_pull``, ``far_friends_pull``.

    Returns
    -------
    float

    Examples
    --------
    >>> from glasshouse.scenario.defaults import default_parameters
    >>> pull_of_friends(0, 0, 0, 0, default_parameters())
    0.0
    """
    heard = for_near + against_near + for_far + against_far
    if heard == 0:
        return 0.0
    near = parameters.near_friends_pull * (for_near - against_near)
    far = parameters.far_friends_pull * (for_far - against_far)
    return (near + far) / heard


@rule
def expressive_match(tone: float, opinion: float, parameters: Parameters) -> float:
    """How well a tone says what one thinks.

    Equation: (1 - d)·t·x - d·|t - x|, d the share of the second form: 0 as shipped, where a
    stronger opinion speaks more; at 1 the nearest tone is preferred, however strong it is.

    Parameters
    ----------
    tone : float
        -1, 0 or +1.
    opinion : float
        Private opinion x.
    parameters : Parameters
        ``expression_by_distance``.

    Examples
    --------
    >>> from glasshouse.scenario.defaults import parameters_with
    >>> expressive_match(1.0, 0.25, parameters_with({"expression_by_distance": 0.0}))
    0.25
    >>> expressive_match(1.0, 0.25, parameters_with({"expression_by_distance": 1.0}))
    -0.75
    """
    by_distance = parameters.expression_by_distance
    return (1.0 - by_distance) * tone * opinion - by_distance * abs(tone - opinion)


@rule
def utility_off_record(
    tone: float,
    expressiveness: float,
    opinion: float,
    stance: float,
    pull: float,
    share_pressing: float,
    parameters: Parameters,
) -> float:
    """Utility of a tone where nothing is recorded.

    Equation: U(t) = bE·expr·match(t, x) + bN·t·pull + bP·t·pressers/n + bH·t·a.

    Parameters
    ----------
    tone : float
        -1, 0 or +1.
    expressiveness, opinion, stance : float
        The citizen's trait, private opinion x and public stance a.
    pull : float
        From :func:`pull_of_friends`.
    share_pressing : float
        Share of living friends who press the citizen this month.
    parameters : Parameters

    Returns
    -------
    float
        Logit units.
    """
    return (
        parameters.weight_of_expression
        * expressiveness
        * expressive_match(tone, opinion, parameters)
        + parameters.weight_of_friends * tone * pull
        + parameters.weight_of_pressure * tone * share_pressing
        + parameters.weight_of_habit * tone * stance
    )


@rule
def utility_on_record(
    tone: float,
    off_record: float,
    ambition: float,
    gain: float,
    fear: float,
    observed: float,
    sanction: float,
    parameters: Parameters,
) -> float:
    """Utility of a tone where the scheme may record it.

    Equation: U(t) = U_off(t) + bD·ambition·G(t) - (bF + bS·sanction)·fear·observed·[t = -1].

    Parameters
    ----------
    tone : float
        -1, 0 or +1.
    off_record : float
        From :func:`utility_off_record`.
    ambition, fear : float
        Traits.
    gain : float
        G(t), from :func:`glasshouse.model.doors.felt_gain`.
    observed : float
        Rate-weighted coverage of the domain, 0 to 1.
    sanction : float
        Chance of a sanction for a recorded act against, times what it takes away.
    parameters : Parameters

    Returns
    -------
    float
        Logit units.
    """
    utility = off_record + parameters.weight_of_doors * ambition * gain
    if tone < 0.0:
        threat = parameters.weight_of_fear + parameters.weight_of_sanctions * sanction
        utility -= threat * fear * observed
    return utility


@rule
def chances_of_tones(utility: Tones) -> Tones:
    """Chance of each tone.

    Equation: p(t) = exp(U(t)) / sum over t' of exp(U(t')).

    Examples
    --------
    >>> chances_of_tones(Tones(0.0, 0.0, 0.0)).neutral == 1 / 3
    True
    """
    against = exponential(utility.against - utility.neutral)
    for_ = exponential(utility.for_ - utility.neutral)
    total = against + 1.0 + for_
    return Tones(against / total, 1.0 / total, for_ / total)


@rule
def loss_on_record(free: Tones, off_record: Tones, on_record: Tones) -> float:
    """What being recorded takes from what one would freely say.

    Equation: sum over t of p_off(t)·[U_off(t) - U_on(t)].

    Parameters
    ----------
    free : Tones
        Chances of the tones off the record.
    off_record, on_record : Tones
        Utilities.

    Returns
    -------
    float
        Logit units; negative where the record rewards more than it threatens.
    """
    return (
        free.against * (off_record.against - on_record.against)
        + free.neutral * (off_record.neutral - on_record.neutral)
        + free.for_ * (off_record.for_ - on_record.for_)
    )


@rule
def share_said_face_to_face(
    face_rate: float, recorded_rate: float, loss: float, parameters: Parameters
) -> float:
    """Share of political speech that is said face to face.

    Equation: logit = c0 + c1·loss, with c0 = ln(face-to-face rate / rate of all other speech).

    Parameters
    ----------
    face_rate, recorded_rate : float
        Acts a day face to face, and in all channels that can be recorded.
    loss : float
        From :func:`loss_on_record`.
    parameters : Parameters
        ``face_to_face_shift`` is c1.

    Returns
    -------
    float
        0 to 1.
    """
    face = face_rate * exponential(parameters.face_to_face_shift * loss)
    total = face + recorded_rate
    if total <= 0.0:
        return 0.0
    return face / total
