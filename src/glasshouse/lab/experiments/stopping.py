"""When a point has seeds enough."""

from __future__ import annotations

from collections.abc import Sequence

from glasshouse.lab.experiments.design import Experiment
from glasshouse.report.intervals import over_seeds


def half_width(values: Sequence[float | None]) -> float | None:
    """Half of the 95% interval of a mean over seeds; None with fewer than two.

    Examples
    --------
    >>> round(half_width([1.0, 2.0, 3.0]), 3)
    2.484
    """
    interval = over_seeds(values)
    if interval.low is None or interval.high is None:
        return None
    return (interval.high - interval.low) / 2


def seeds_wanted(experiment: Experiment, values: Sequence[float | None], asked: int = 0) -> int:
    """Seeds a point is to have, given the values of those that are finished, in their order.

    Parameters
    ----------
    experiment : Experiment
    values : sequence of float or None
    asked : int
        Seeds that were asked for already: with fewer, the interval was found too wide.

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
    wanted = max(wanted, asked, 2)
    while wanted < stop.most and len(values) >= wanted:
        width = half_width(values[:wanted])
        if width is not None and width <= stop.half_width:
            break
        wanted += 1
    return wanted
