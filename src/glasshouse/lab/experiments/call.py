"""The call that conducts an experiment, here or on a cluster."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from glasshouse.lab.experiments.conduct import Conduct, Stopped
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.folder import Folder
from glasshouse.lab.experiments.points import points_of
from glasshouse.lab.experiments.room import check_room, check_workers, needs_of
from glasshouse.lab.experiments.tasks import Place
from glasshouse.lab.experiments.telling import Told
from glasshouse.lab.lives import written
from glasshouse.run.interrupts import SIGNALS
from glasshouse.scenario.faults import BadInput, nearest_word

LOCAL, RAY = "local", "ray"
Asked = Experiment | Mapping[str, Any] | str | Path


def experiment(
    asked: Asked,
    *,
    out: str | Path | None = None,
    on: str = LOCAL,
    workers: int | None = None,
    progress: bool | None = None,
) -> Findings:
    """Conduct an experiment: every cell of its design that is not finished yet.

    Parameters
    ----------
    asked : Experiment, mapping, str or Path
        An experiment, what one says, or its file.
    out : str or Path, optional
        Folder to keep it in. One that holds cells already is gone on with. Without one, what is
        found lives in memory only.
    on : str
        ``local``; ``ray`` for a Ray cluster of this machine, ``ray=ADDRESS`` for one that runs.
    workers : int, optional
        Cells lived at once; as many as there are processors, and memory for, without.
    progress : bool, optional
        Whether to show a bar on stderr; by default where that is a terminal.

    Returns
    -------
    Findings

    Raises
    ------
    BadInput
        For whatever is wrong with the experiment or the folder; for a cluster that does not
        answer; when memory or disk have no room.
    Stopped
        On Ctrl-C or SIGTERM; the folder goes on with the same call.
    CannotWrite

    Examples
    --------
    >>> import glasshouse as gh
    >>> brief = gh.Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
    >>> found = gh.experiment({
    ...     "name": "tiny", "question": "Does fear silence?", "scenario": brief, "seeds": 2,
    ...     "factors": {"parameters.weight_of_fear": [0.1, 0.9]}, "measures": ["chilling"],
    ... }, workers=1)
    >>> found.table["seed"].unique().sort().to_list()
    [1, 2]
    """
    wanted = experiment_of(asked)
    on_ray = _place_of(on)
    check_workers(workers)
    points = points_of(wanted)
    with ExitStack() as stack:
        if out is None:
            out = stack.enter_context(tempfile.TemporaryDirectory(prefix="glasshouse-"))
        folder = Folder(Path(out))
        told = stack.enter_context(Told(shown=progress))
        stack.enter_context(folder.held(wanted))
        conduct = Conduct(wanted, points, folder, told)
        try:
            _conduct(conduct, folder, on_ray, workers)
        finally:
            table = folder.write_results(points, conduct.cells(), list(wanted.factors))
        return Findings(wanted, points, table, folder.path, conduct.faults)


def experiment_of(asked: Asked) -> Experiment:
    """Take an experiment, what one says, or its file for the experiment that is meant.

    Raises
    ------
    BadInput
    """
    if isinstance(asked, Experiment):
        return asked
    if isinstance(asked, Mapping):
        return Experiment(**asked)
    return Experiment.load(written(asked, "experiment", "one, a mapping of its fields, or a file"))


def _conduct(conduct: Conduct, folder: Folder, on_ray: str | None, workers: int | None) -> None:
    left = conduct.left()
    if not left:
        return
    if on_ray is None:
        needs = needs_of(left, workers)
        check_room(needs, folder.path)
        from glasshouse.lab.experiments.here import Here

        place: Place = Here(needs.workers, needs.threads, folder.pasts)
    else:
        from glasshouse.lab.experiments.on_ray import OnRay

        place = OnRay(on_ray, workers)
    try:
        with _stopped_by_signals():
            conduct.on(place)
    except KeyboardInterrupt:
        there = len(conduct.cells())
        raise Stopped(f"{there} of {conduct.asked} cells are finished and kept") from None
    finally:
        place.close()


def _place_of(on: str) -> str | None:
    """Address of a Ray cluster; empty for one of this machine, None for plain processes."""
    kind, _, address = on.partition("=")
    if kind == LOCAL and not address:
        return None
    if kind == RAY:
        return address
    near = nearest_word(kind, (LOCAL, RAY))
    raise BadInput(field="on", found=on, allowed="local, ray, or ray=ADDRESS", nearest=near)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM stop as Ctrl-C does, where signals can be heard."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {}
    try:
        for each in SIGNALS:
            if signal.getsignal(each) not in (signal.SIG_IGN, None):
                before[each] = signal.signal(each, stop)
    except ValueError:
        pass  # not the main thread: nobody can be heard there
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
