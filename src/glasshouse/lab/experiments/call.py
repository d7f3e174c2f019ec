"""The call that conducts an experiment, here or on a cluster."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from glasshouse.lab.experiments.asked import Asked, asked_of
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.conduct import Conduct, Stopped
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.folder import Folder
from glasshouse.lab.experiments.room import check_room, check_workers, needs_of, on_disk
from glasshouse.lab.experiments.tasks import Place
from glasshouse.lab.experiments.telling import Told
from glasshouse.lab.lives import written
from glasshouse.run.interrupts import SIGNALS
from glasshouse.scenario.faults import BadInput, nearest_word

LOCAL, RAY = "local", "ray"


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
    wanted, points = asked_of(asked)
    on_ray = place_of(on)
    check_workers(workers)
    with ExitStack() as stack:
        kept = out is not None
        if out is None:
            out = stack.enter_context(tempfile.TemporaryDirectory(prefix="glasshouse-"))
        folder = Folder(Path(written(out, "out", "a folder")))
        stack.enter_context(folder.held(wanted))
        told = stack.enter_context(Told(shown=progress))
        conduct = Conduct(wanted, points, folder, told)
        try:
            _conduct(conduct, folder, on_ray, workers)
        except KeyboardInterrupt:
            raise Stopped(_so_far(conduct, folder if kept else None)) from None
        finally:
            table = folder.write_results(points, conduct.cells(), list(wanted.factors))
        return Findings(wanted, points, table, folder.path, conduct.faults, conduct.before)


def _conduct(conduct: Conduct, folder: Folder, on_ray: str | None, workers: int | None) -> None:
    left = conduct.left()
    if not left:
        return
    with _stopped_by_signals():
        place = _place(left, folder, on_ray, workers)
        try:
            # Once more: Ray hears signals itself from when it is there.
            with _stopped_by_signals():
                conduct.on(place)
        finally:
            place.close()


def _place(left: Sequence[Cell], folder: Folder, on_ray: str | None, workers: int | None) -> Place:
    if on_ray:
        from glasshouse.lab.experiments.on_ray import OnRay

        check_room(on_disk(left), folder.path)
        return OnRay(on_ray, workers)
    needs = needs_of(left, workers)
    check_room(needs.disk, folder.path)
    if on_ray is None:
        from glasshouse.lab.experiments.here import Here

        return Here(needs.workers, needs.threads, folder.pasts)
    from glasshouse.lab.experiments.on_ray import OnRay

    return OnRay(on_ray, needs.workers, needs.pasts)


def _so_far(conduct: Conduct, folder: Folder | None) -> str:
    there = f"{conduct.finished} of {conduct.asked} cells are finished"
    if folder is None:
        return f"{there}, and nothing is kept"
    return f"{there} and kept in {folder.path}; the same command goes on"


def place_of(on: str) -> str | None:
    """Address of a Ray cluster; empty for one of this machine, None for plain processes.

    Raises
    ------
    BadInput

    Examples
    --------
    >>> place_of("local"), place_of("ray"), place_of("ray=auto")
    (None, '', 'auto')
    """
    kind, _, address = on.partition("=")
    if kind == LOCAL and not address:
        return None
    if kind == RAY:
        return address
    near = nearest_word(kind, (LOCAL, RAY))
    raise BadInput(
        field="on", found=on or "nothing", allowed="local, ray, or ray=ADDRESS", nearest=near
    )


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
