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
