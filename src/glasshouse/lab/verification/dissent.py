"""Dissent under surveillance: how much a citizen dares who knows what is punished.

Daymude, Axelrod and Forrest (2025), Strategic Analysis of Dissent and Self-Censorship. The utility
and the closed forms are those of the paper; the optimum is found here from the utility alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.finding import Finding, Readings, Say, exact, shape
from glasshouse.lab.verification.published import Model, OneOf, Within, published

UNIFORM, PROPORTIONAL = "uniform", "proportional"
PUNISHMENTS = (UNIFORM, PROPORTIONAL)
NAME = "dissent"
CLOSE = 1e-12


@rule
def chance_of_being_observed(act: float, surveillance: float) -> float:
    """Chance that the authority sees an act.

    Equation: nu + (1 - nu)·a, nu the surveillance and a the act: more dissent is seen more easily.
    """
    return surveillance + (1.0 - surveillance) * act


@rule
def punishment_of(act: float, tolerance: float, proportional: bool) -> float:
    """Punishment of an act that was seen, before severity.

    Equation: 0 if a <= tau, else 1 (uniform) or a - tau (proportional).
    """
    if act <= tolerance:
        return 0.0
    return act - tolerance if proportional else 1.0


@rule
def cost_of(
    act: float, desired: float, boldness: float, surveillance: float, tolerance: float,
    severity: float, proportional: bool,
) -> float:  # fmt: skip
    """What an act costs a citizen: dissent held back, and punishment to be expected.

    Equation: beta·(delta - a) + psi·pi(a)·(nu + (1 - nu)·a), the negative of the utility.

    Examples
    --------
    >>> cost_of(0.25, 0.75, 1.0, 0.2, 0.25, 0.6, False)
    0.5
    """
    seen = chance_of_being_observed(act, surveillance)
    punished = severity * punishment_of(act, tolerance, proportional)
    return boldness * (desired - act) + punished * seen


def best_act(
    desired: float, boldness: float, surveillance: float, tolerance: float, severity: float,
    punishment: str,
) -> float:  # fmt: skip
    """The act of least cost between none and what is desired, by search.

    The cost is smooth below the tolerance and above it: each part is searched, its ends included.
    Of acts that cost the same the boldest is taken.
    """
    proportional = punishment == PROPORTIONAL

    def cost(act: float) -> float:
        return cost_of(
            act, desired, boldness, surveillance, tolerance, severity, proportional
        )  # fmt: skip

    acts = [0.0, min(tolerance, desired), desired]
    if desired > tolerance:
        part = minimize_scalar(
            cost, bounds=(tolerance, desired), method="bounded", options={"xatol": 1e-11}
        )
        acts.append(float(part.x))
    least = min(cost(act) for act in acts)
    return max(act for act in acts if cost(act) <= least + CLOSE)


def threshold_of_defiance(
    boldness: float, surveillance: float, tolerance: float, severity: float
) -> float | None:
    """Desired dissent from which uniform punishment is defied, by search; None if it never is."""

    def gain(desired: float) -> float:
        """What defying saves against keeping to what is tolerated."""
        fixed = (boldness, surveillance, tolerance, severity, False)
        return cost_of(tolerance, desired, *fixed) - cost_of(desired, desired, *fixed)

    just_above = math.nextafter(tolerance, 2.0)
    if just_above >= 1.0 or gain(1.0) <= 0.0:
        return None
    return just_above if gain(just_above) >= 0.0 else float(brentq(gain, just_above, 1.0))


def defiance_in_closed_form(
    boldness: float, surveillance: float, tolerance: float, severity: float
) -> float:
    """Desired dissent from which uniform punishment is defied.

    Equation: (beta·tau + nu·psi)/(beta - (1 - nu)·psi), infinite unless beta > (1 - nu)·psi.
    """
    spare = boldness - (1.0 - surveillance) * severity
    held = boldness * tolerance + surveillance * severity
    return held / spare if spare > 0.0 else math.inf


def most_in_closed_form(
    boldness: float, surveillance: float, tolerance: float, severity: float
) -> float:
    """The most that anybody acts under proportional punishment.

    Equation: (tau + (beta - nu·psi)/((1 - nu)·psi))/2 for nu < 1, but never less than tau.
    """
    if surveillance >= 1.0:
        return math.inf if boldness >= severity else tolerance
    rate = (boldness - surveillance * severity) / ((1.0 - surveillance) * severity)
    return max((tolerance + rate) / 2.0, tolerance)


@published(NAME)
def dissent(
    *,
    desired: Annotated[float, Within(0, 1, "dissent a citizen would like to show")] = 0.8,
    boldness: Annotated[float, Within(1e-6, 1e6, "cost of dissent held back")] = 1.0,
    surveillance: Annotated[float, Within(0, 1, "chance that the slightest act is seen")] = 0.2,
    tolerance: Annotated[float, Within(0, 1, "most that is not punished")] = 0.25,
    severity: Annotated[float, Within(1e-6, 1e6, "cost of a full punishment")] = 0.6,
    punishment: Annotated[str, OneOf(PUNISHMENTS, "how it grows with the act")] = UNIFORM,
) -> Readings:
    """What a citizen does who desires some dissent, and from where on punishment is defied.

    Returns
    -------
    dict
        ``act`` and its ``cost``, the ``response`` in a word; for uniform punishment
        ``defied_from``, for proportional ``most_acted``: the desired dissent beyond which
        punishment is defied, and the most that anybody acts.

    Examples
    --------
    >>> round(dissent(severity=0.6)["defied_from"], 6)
    0.711538
    """
    numbers = (boldness, surveillance, tolerance, severity)
    act = best_act(desired, *numbers, punishment)
    cost = cost_of(act, desired, *numbers, punishment == PROPORTIONAL)
    if desired <= tolerance:
        response = "compliance"
    elif act >= desired - 1e-9:
        response = "defiance"
    else:
        response = "full self-censorship" if act <= tolerance + 1e-9 else "partial self-censorship"
    readings: Readings = {"act": act, "cost": cost, "response": response}
    if punishment == UNIFORM:
        readings["defied_from"] = threshold_of_defiance(*numbers)
    else:
        readings["most_acted"] = best_act(1.0, *numbers, punishment)
    return readings


def check(full: bool, say: Say) -> Iterator[Finding]:
    """Published figures, and search against closed form over cases drawn at random."""
    found = threshold_of_defiance(1.0, 0.2, 0.25, 0.6)
    got = math.inf if found is None else found
    yield exact("uniform, severity 0.6: defied from", 0.711538, got, 5e-7)
    most = best_act(1.0, 1.0, 0.2, 0.25, 1.0, PROPORTIONAL)
    yield exact("proportional, severity 1: most acted", 0.625, most, 1e-6)
    generator = np.random.default_rng(1)
    worst = 0.0
    cases = 2_000 if full else 300
    say(f"{cases} cases by search and in closed form")
    for _ in range(cases):
        numbers = (*generator.uniform((0.5, 0.0, 0.0), (2.0, 0.9, 0.8)), generator.uniform(0.1, 3))
        boldness, surveillance, tolerance, severity = (float(number) for number in numbers)
        fixed = (boldness, surveillance, tolerance, severity)
        expected = min(most_in_closed_form(*fixed), 1.0)
        worst = max(worst, abs(best_act(1.0, *fixed, PROPORTIONAL) - expected))
        closed, searched = defiance_in_closed_form(*fixed), threshold_of_defiance(*fixed)
        if closed < 1.0 and searched is not None:
            worst = max(worst, abs(searched - closed))
        elif (closed < 1.0) != (searched is not None):
            worst = math.inf
    yield exact(f"search against closed form, {cases} cases", 0.0, worst, 1e-6, 2)
    acts = [best_act(0.9, 1.0, nu, 0.25, 1.2, PROPORTIONAL) for nu in (0.0, 0.2, 0.4, 0.6, 0.8)]
    falling = bool(np.all(np.diff(acts) <= 1e-9))
    steps = " ".join(f"{act:.3g}" for act in acts)
    yield shape("severity 1.2: acts as surveillance rises", "fall", steps, falling)


MODEL = Model(
    NAME,
    "Daymude, Axelrod & Forrest (2025), Strategic analysis of dissent and self-censorship",
    dissent,
    check,
)
