"""The calls of the laboratory: run a scenario, compare schemes, go on, explain a citizen's day.

What is heavy is imported inside the calls, so that ``import glasshouse`` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasshouse.lab.lives import Measures, Rules, bar, lived, resumed, written
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme

if TYPE_CHECKING:
    from glasshouse.run.ledger import Explanation
    from glasshouse.run.result import Comparison, Run

Asked = Scenario | Scheme | str | Path


def run(
    scenario: Asked,
    *,
    out: str | Path | None = None,
    rules: Rules | None = None,
    measures: Measures | None = None,
    threads: int | None = None,
    checkpoint_every: float | None = None,
    profile: bool = False,
    progress: bool | None = None,
    **changes: Any,
) -> Run:
    """Live a scenario, and beside it the same people's life under no scheme.

    Parameters
    ----------
    scenario : Scenario, Scheme, str or Path
        A scenario, a scheme, a preset's name or a YAML file.
    out : str or Path, optional
        A new or empty folder to keep the run in, with a report; without it the result lives in
        memory only.
    rules : mapping of str to callable, optional
        Own rules by the name of the rule of :mod:`glasshouse.model` that they replace.
    measures : mapping or iterable of callables, optional
        Own measures: functions of a citizen's numbers, such as
        ``def trapped(score, degree, doors_open): ...``; the mean is reported for each group.
    threads : int, optional
        Threads to live on, all processors by default; the result does not depend on it.
    checkpoint_every : float, optional
        Seconds between checkpoints, 0 for one every day; by default seldom enough to cost little.
    profile : bool
        Whether to count the time of each stage of the day, for ``manifest["profile"]``.
    progress : bool, optional
        Whether to show a bar on stderr; by default where that is a terminal.
    **changes
        Fields of the scenario to change, such as ``population=2_000`` or ``alone=True``.

    Returns
    -------
    Run

    Raises
    ------
    BadInput
        For whatever is wrong with the scenario, the functions or the folder, and when it does not
        fit into this machine.
    Interrupted
        On Ctrl-C or SIGTERM; a folder has a checkpoint to :func:`resume` from.
    CannotWrite
        When the disk is full and the run cannot go on without it; :func:`resume` does.

    Examples
    --------
    >>> import glasshouse as gh
    >>> result = gh.run("fear", population=64, days=2, replicates=1, timeline={"spin_up": 1})
    >>> result.worlds
    ['none', 'fear']
    """
    from glasshouse.run.living import Manner
    from glasshouse.run.plan import plan_of_run

    asked = scenario_of(scenario).replace(**changes)
    manner = Manner(threads, checkpoint_every, profile)
    return lived(plan_of_run(asked), out, rules, measures, progress, manner)


def compare(
    schemes: Sequence[Asked],
    *,
    out: str | Path | None = None,
    rules: Rules | None = None,
    measures: Measures | None = None,
    threads: int | None = None,
    checkpoint_every: float | None = None,
    profile: bool = False,
    progress: bool | None = None,
    **changes: Any,
) -> Comparison:
    """Live several schemes with the same people and the same draws, from one common past.

    Parameters
    ----------
    schemes : sequence of Scenario, Scheme, str or Path
        The life under no scheme is added unless ``alone`` is set.
    out, rules, measures, threads, checkpoint_every, profile, progress, **changes
        As for :func:`run`; changes apply to all schemes.

    Returns
    -------
    Comparison

    Raises
    ------
    BadInput
        As for :func:`run`, and when the scenarios differ in their people, days or numbers.
    Interrupted, CannotWrite
        As for :func:`run`.

    Examples
    --------
    >>> import glasshouse as gh
    >>> result = gh.compare(
    ...     ["watched", "fear"], population=64, days=2, replicates=1, timeline={"spin_up": 1}
    ... )
    >>> result.worlds
    ['none', 'watched', 'fear']
    """
    from glasshouse.run.living import Manner
    from glasshouse.run.plan import plan_of_comparison
    from glasshouse.run.result import Comparison

    if isinstance(schemes, str) or not isinstance(schemes, Sequence):
        schemes = [schemes]
    plan = plan_of_comparison([scenario_of(each).replace(**changes) for each in schemes])
    manner = Manner(threads, checkpoint_every, profile)
    result = lived(plan, out, rules, measures, progress, manner)
    assert isinstance(result, Comparison)
    return result


def resume(
    folder: str | Path,
    *,
    rules: Rules | None = None,
    measures: Measures | None = None,
    threads: int | None = None,
    checkpoint_every: float | None = None,
    profile: bool = False,
    progress: bool | None = None,
) -> Run:
    """Go on with a run that was stopped, at whatever moment, as if it never had been.

    Parameters
    ----------
    folder : str or Path
        The folder of a run. In a finished one there is nothing to do.
    rules, measures
        The own rules and measures that the run began with: a folder keeps only their text.
    threads, checkpoint_every, profile, progress
        As for :func:`run`.

    Returns
    -------
    Run

    Raises
    ------
    BadInput
        When the folder holds no run, or one that was begun with other functions, by another
        version, or with another scenario; when another process writes to it.
    Interrupted, CannotWrite
        As for :func:`run`.

    Examples
    --------
    >>> import tempfile
    >>> import glasshouse as gh
    >>> brief = {"population": 64, "days": 2, "replicates": 1, "timeline": {"spin_up": 1}}
    >>> result = gh.run("fear", out=tempfile.mkdtemp(), **brief)
    >>> gh.resume(result.folder).digest == result.digest
    True
    """
    from glasshouse.run.living import Manner

    place = Path(written(folder, "folder", "the folder of a run"))
    return resumed(place, rules, measures, progress, Manner(threads, checkpoint_every, profile))


def explain(
    run: Run | str | Path,
    citizen: int,
    day: int,
    *,
    world: str | None = None,
    seed: int | None = None,
    rules: Rules | None = None,
    progress: bool | None = None,
    say: Callable[[str], None] | None = None,
) -> Explanation:
    """Explain one citizen's day: a ledger whose rows sum to the change in score.

    Days of sampled citizens are stored; for anybody else the nation is lived again.

    Parameters
    ----------
    run : Run, str or Path
        A run, or the folder of one.
    citizen : int
    day : int
        Counted from the introduction, which is day 0.
    world : str, optional
        By default the scheme that was asked about.
    seed : int, optional
        By default the first.
    rules : mapping of str to callable, optional
        The own rules of a run that was read from a folder; a folder keeps only their text.
    progress : bool, optional
        Whether to show a bar on stderr while the nation is lived again.
    say : callable, optional
        Told the time that living again will take, before it begins; by default said on stderr.

    Returns
    -------
    Explanation

    Raises
    ------
    BadInput
        When there is no such citizen, day, world or seed.
    """
    from glasshouse.run.ledger import Question, stored_day
    from glasshouse.run.reliving import Start, days_to_live, expected, relived
    from glasshouse.run.result import Run

    told = run if isinstance(run, Run) else Run.load(written(run, "run", "a run or its folder"))
    question = Question.about(told, citizen, day, world, seed)
    found = stored_day(told, question)
    if found is not None:
        return found
    start = Start.nearest(told, question)
    (say or _say)(expected(told, question, start))
    with bar(days_to_live(start, question), progress) as watcher:
        return relived(told, question, start, watcher, rules)


def scenario_of(asked: Asked) -> Scenario:
    """Take a scenario, a scheme, a preset's name or a file for the scenario that is meant."""
    if isinstance(asked, Scenario):
        return asked
    if isinstance(asked, Scheme):
        return Scenario(scheme=asked)
    return Scenario.load(written(asked, "scenario", "a scenario, a scheme, a preset or a file"))


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
