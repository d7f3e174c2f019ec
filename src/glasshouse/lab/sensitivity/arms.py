"""Arms of an experiment: each analysed on its own, or one against another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from glasshouse.lab.experiments.design import FACTORIAL, Experiment
from glasshouse.lab.experiments.factors import label_of
from glasshouse.run.plan import NO_SCHEME
from glasshouse.scenario.faults import BadInput, nearest_word

MINUS = "\u2212"
Chosen = Mapping[str, object]


@dataclass(frozen=True)
class Arm:
    """What is analysed: one arm, the difference of two, or everything.

    Attributes
    ----------
    label : str
        Empty for everything.
    here : dict of str to str
        Settings of the factors that have arms.
    there : dict of str to str, optional
        Those of the arm that is taken away.
    """

    label: str = ""
    here: dict[str, str] = field(default_factory=dict)
    there: dict[str, str] | None = None


def arms_of(
    experiment: Experiment, arm: Chosen | None = None, minus: Chosen | None = None
) -> list[Arm]:
    """Arms to analyse.

    Parameters
    ----------
    experiment : Experiment
    arm : mapping, optional
        Setting of some factors that have arms. Without it every arm of a sampled design is given,
        and a factorial design is taken as a whole: there arms are levels like others.
    minus : mapping, optional
        Settings of the arm that is taken away, on the same draws.

    Raises
    ------
    BadInput
        For a factor without arms, or an arm that there is not.
    """
    crossed = {name: list(each.arms) for name, each in experiment.factors.items() if each.arms}
    wanted, taken = _known(arm or {}, crossed, "arm"), _known(minus or {}, crossed, "minus")
    if taken and set(taken) != set(wanted):
        allowed = f"the same factors as arm: {', '.join(wanted) or 'none was given'}"
        raise BadInput(field="minus", found=", ".join(taken), allowed=allowed)
    if experiment.design.kind == FACTORIAL:
        crossed = {name: labels for name, labels in crossed.items() if name in wanted}
    found = []
    for choice in product(*crossed.values()):
        here = dict(zip(crossed, choice, strict=True))
        if all(here[name] == label for name, label in wanted.items()):
            there = {**here, **taken} if taken else None
            found.append(Arm(_label(here, taken), here, there))
    return found


def contrasts_of(experiment: Experiment) -> list[Arm]:
    """Each arm less the one it is naturally held against: none if there is such, else the first.

    Examples
    --------
    >>> asked = Experiment(name="x", question="?", scenario="fear", design="latin_hypercube",
    ...     factors={"world": {"arms": {"fear": {}, "none": {"scheme": "none"}}},
    ...              "parameters.weight_of_fear": "range"})
    >>> [arm.label for arm in contrasts_of(asked)]
    ['fear − none']
    """
    crossed = {name: list(each.arms) for name, each in experiment.factors.items() if each.arms}
    if experiment.design.kind == FACTORIAL or not crossed:
        return []
    name, labels = next(iter(crossed.items()))
    base = NO_SCHEME if NO_SCHEME in labels else labels[0]
    return [
        arm
        for label in labels
        if label != base
        for arm in arms_of(experiment, {name: label}, {name: base})
    ]


def _known(chosen: Chosen, crossed: Mapping[str, list[str]], field: str) -> dict[str, str]:
    found = {}
    for name, value in chosen.items():
        label = label_of(value)
        if name not in crossed:
            allowed = ", ".join(crossed) or "no factor has arms"
            near = nearest_word(name, crossed)
            raise BadInput(field=field, found=name, allowed=allowed, nearest=near)
        if label not in crossed[name]:
            near = nearest_word(label, crossed[name])
            allowed = ", ".join(crossed[name])
            raise BadInput(field=f"{field}.{name}", found=label, allowed=allowed, nearest=near)
        found[name] = label
    return found


def _label(here: Mapping[str, str], taken: Mapping[str, str]) -> str:
    words = [
        f"{label} {MINUS} {taken[name]}" if name in taken else label for name, label in here.items()
    ]
    return ", ".join(words)
