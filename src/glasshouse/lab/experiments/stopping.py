"""When a point has seeds enough."""

from __future__ import annotations

from collections.abc import Sequence

from scipy import stats

from glasshouse.lab.experiments.design import Experiment

CONFIDENCE = 0.95


def half_width(values: Sequence[float]) -> float | None:
    """Half of the 95% interval of a mean over seeds; None with fewer than two.

    Examples
    --------
    >>> round(half_width([1.0, 2.0, 3.0]), 3)
    2.484
    """
    if len(values) < 2:
        return None
    return float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1) * stats.sem(values))


def seeds_wanted(experiment: Experiment, values: Sequence[float | None]) -> int:
    """Seeds a point is to have, given the values of those that are finished, in their order.

    The rule looks at the first seeds only, so that the outcome does not depend on which cell was
    finished first.

    Examples
    --------
    >>> experiment = Experiment(
    ...     name="share", question="?", scenario="press-sesame", factors={"days": [10]}, seeds=2,
    ...     stop={"measure": "chilling", "half_width": 0.01, "most": 4},
    ... )
    >>> seeds_wanted(experiment, []), seeds_wanted(experiment, [0.1, 0.1])
    (2, 2)
    >>> seeds_wanted(experiment, [0.1, 0.5]), seeds_wanted(experiment, [0.1, 0.5, 0.2, 0.4])
    (3, 4)
    """
    wanted, stop = experiment.seeds, experiment.stop
    if stop is None:
        return wanted
    wanted = max(wanted, 2)
    while wanted < stop.most and len(values) >= wanted:
        known = [value for value in values[:wanted] if value is not None]
        width = half_width(known)
        if width is not None and width <= stop.half_width:
            break
        wanted += 1
    return wanted
