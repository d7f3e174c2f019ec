"""Whom people hear, drop and let in."""

from __future__ import annotations

from glasshouse.chance.functions import logistic
from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters

MONTHS_A_YEAR = 12


@rule
def gain_from_cutting_mean(share: float, mean: float, friend: float, friends: int) -> float:
    """Points that dropping this friend adds in the long run; aggregate: mean.

    Equation: w·(m - P_j) / (n - 1); at least 0.
    """
    return max(share * (mean - friend) / (friends - 1), 0.0)


@rule
def gain_from_cutting_weighted(
    share: float, mean: float, friend: float, strength: float, strengths: float
) -> float:
    """Points that dropping this friend adds in the long run; aggregate: strength-weighted mean.

    Equation: w·w_j·(m - P_j) / (W - w_j); at least 0.
    """
    return max(share * strength * (mean - friend) / (strengths - strength), 0.0)


@rule
def gain_from_cutting_lowest(share: float, lowest: float, second: float) -> float:
    """Points that dropping the lowest friend adds in the long run; aggregate: lowest.

    Equation: w·(second lowest - lowest).
    """
    return max(share * (second - lowest), 0.0)


@rule
def gain_from_cutting_lowest_k(share: float, following: float, friend: float, k: int) -> float:
    """Points that dropping one of the k lowest adds in the long run; aggregate: lowest k.

    Equation: w·(P_(k+1) - P_j) / k; at least 0.
    """
    return max(share * (following - friend) / k, 0.0)


@rule
def gain_from_cutting_only_friend(share: float, alone: float, friend: float) -> float:
    """Points that dropping the only friend adds in the long run.

    Equation: w·(what counts for somebody without friends - P_j); at least 0.
    """
    return max(share * (alone - friend), 0.0)


@rule
def chance_of_cutting(
    ambition: float,
    worth_without: float,
    worth_with: float,
    log_strength: float,
    kin: int,
    stance_gap: float,
    parameters: Parameters,
) -> float:
    """Chance that a reviewed tie is cut.

    Equation: logit = k0 + k1·ambition·[V(P + Δ) - V(P)] - k2·ln(w_j) - k3·kin + k4·|a_i - a_j|.

    Parameters
    ----------
    ambition : float
        The citizen's ambition.
    worth_without, worth_with : float
        V(P + Δ) and V(P), Δ the points that dropping the friend adds.
    log_strength : float
        ln of the strength of the tie.
    kin : int
        1 if the friend is kin.
    stance_gap : float
        |a_i - a_j|.
    parameters : Parameters
        ``cut_intercept`` k0, ``cut_for_doors`` k1, ``cut_strength`` k2, ``cut_kin`` k3,
        ``cut_disagreement`` k4.

    Returns
    -------
    float
        0 to 1, for one review.
    """
    return logistic(
        parameters.cut_intercept
        + parameters.cut_for_doors * ambition * (worth_without - worth_with)
        - parameters.cut_strength * log_strength
        - parameters.cut_kin * kin
        + parameters.cut_disagreement * stance_gap
    )


@rule
def may_reopen(month: int, turn: int) -> bool:
    """Whether a closed tie may be opened this month: each pair has one month of the year.

    Equation: month mod 12 = the pair's own turn. One's own cut is thus not taken back at once,
    without anything being remembered.
    """
    return month % MONTHS_A_YEAR == turn


@rule
def chance_of_accepting(
    stance_gap: float, score_gap: float, status: float, parameters: Parameters
) -> float:
    """Chance that an offered tie is accepted.

    Equation: logit = 1 - 2·|a_i - a_j| + status·(P_i - P_j) / 100, i who offers, j who accepts.

    Parameters
    ----------
    stance_gap : float
        |a_i - a_j|.
    score_gap : float
        Published score of who offers less that of who accepts.
    status : float
        The scheme's ``friends.status``; 0 unless people choose by score.
    parameters : Parameters

    Returns
    -------
    float
    """
    return logistic(
        parameters.acceptance_intercept
        - parameters.acceptance_disagreement * stance_gap
        + status * score_gap / 100.0
    )
