"""How often people act: rates a day, and late bills."""

from __future__ import annotations

from glasshouse.chance.functions import logistic
from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters

# Kinds of act. The first four are speech that can be recorded; face to face never is.
POST, SHARE, LIKE, MESSAGE, FACE_TO_FACE, PURCHASE, SUBSCRIPTION, BILL, GRUMBLE, CARTOON = range(10)
KINDS = (
    "post", "share", "like", "message", "face_to_face",
    "purchase", "subscription", "bill", "grumble", "cartoon",
)  # fmt: skip
SPEECH_KINDS = 5
RECORDED_SPEECH_KINDS = 4
ERRANDS = (PURCHASE, SUBSCRIPTION, BILL, GRUMBLE, CARTOON)
SUBJECTS = 12


@rule
def act_rate(kind: int, activity: float, parameters: Parameters) -> float:
    """Acts of one kind a day.

    Equation: posts, shares and likes scale with activity, λ = rate·activity; all other kinds
    have one rate for everybody; nobody does more than ``most_acts_per_day`` of one kind.

    Parameters
    ----------
    kind : int
        One of the kinds of act.
    activity : float
        The citizen's activity, mean 1.
    parameters : Parameters

    Returns
    -------
    float
        Acts a day.
    """
    rate = 0.0
    if kind == POST:
        rate = parameters.posts_per_day * activity
    elif kind == SHARE:
        rate = parameters.shares_per_day * activity
    elif kind == LIKE:
        rate = parameters.likes_per_day * activity
    elif kind == MESSAGE:
        rate = parameters.messages_per_day
    elif kind == FACE_TO_FACE:
        rate = parameters.face_to_face_per_day
    elif kind == PURCHASE:
        rate = parameters.purchases_per_day
    elif kind == SUBSCRIPTION:
        rate = parameters.subscriptions_per_day
    elif kind == BILL:
        rate = parameters.bills_per_day
    elif kind == GRUMBLE:
        rate = parameters.grumbles_per_day
    elif kind == CARTOON:
        rate = parameters.cartoons_per_day
    return min(rate, parameters.most_acts_per_day)


@rule
def political_rate(face: float, other: float, parameters: Parameters) -> float:
    """Political acts of speech a day, in all channels together.

    Equation: λ = political_share·(face-to-face rate + rate of all other speech); at most
    ``most_acts_per_day``. The scheme moves acts between channels and tones, not their number.
    Of a Poisson number of acts those of one kind are Poisson too, so one draw counts them all.

    Parameters
    ----------
    face, other : float
        Acts a day face to face, and in all channels that can be recorded.
    parameters : Parameters

    Returns
    -------
    float
        Acts a day.
    """
    return min(parameters.political_share * (face + other), parameters.most_acts_per_day)


@rule
def neutral_rate(rate: float, coverage: float, wrong: float, parameters: Parameters) -> float:
    """Recorded acts a day of one kind that are not political and are taken for against.

    Equation: λ = rate·(1 - political_share)·coverage·wrong; with 1 - wrong in the place of wrong,
    those that are taken for what they are.

    Parameters
    ----------
    rate : float
        Acts of the kind a day.
    coverage : float
        Share of them that is recorded.
    wrong : float
        Chance of being taken for against, or 1 less that chance.
    parameters : Parameters

    Returns
    -------
    float
        Acts a day.
    """
    return rate * (1.0 - parameters.political_share) * coverage * wrong


@rule
def chance_of_late_bill(log_wealth: float, parameters: Parameters) -> float:
    """Chance that a bill is paid late.

    Equation: logit = late_bill_logit - ln(wealth).

    Parameters
    ----------
    log_wealth : float
        Natural logarithm of the citizen's wealth.
    parameters : Parameters

    Returns
    -------
    float
        0 to 1.
    """
    return logistic(parameters.late_bill_logit - log_wealth)
