"""Workers on a Ray cluster, which loses machines and starts tasks again elsewhere by itself."""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

from glasshouse.chance.threads import on_threads
from glasshouse.lab.experiments.cells import Cell, Past
from glasshouse.lab.experiments.lives import KeptPast, Lived, live_cell, live_past
from glasshouse.lab.experiments.tasks import TRIES, Done, said
from glasshouse.scenario.faults import BadInput

INSTALL = "pip install 'glasshouse[ray]'"
ANSWER_WITHIN = 20.0
"""Seconds a cluster has to answer."""
LEAST_STORE = 100 * 2**20
"""Bytes of memory for what workers of a cluster of this machine pass on."""
QUIET: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}


class OnRay:
    """Workers on a Ray cluster.

    Parameters
    ----------
    address : str
        Of the cluster's head, such as ``head:6379`` or ``auto``; empty for a cluster of this
        machine alone, made for the time being.
    workers : int, optional
        Tasks at once; as many as the cluster has processors without.
    pasts : int
        Bytes of pasts that a cluster of this machine is to hold; more goes to its disk.

    Raises
    ------
    BadInput
        When Ray is not installed, or the cluster does not answer.
    """

    def __init__(self, address: str, workers: int | None = None, pasts: int = 0) -> None:
        self.ray = _ray()
        self._ours = not self.ray.is_initialized()
        if self._ours:
            _join(self.ray, address) if address else _make(self.ray, workers, pasts)
        cores = int(self.ray.cluster_resources().get("CPU", 1))
        self.workers = workers or max(cores, 1)
        remote = self.ray.remote
        # A worker that is lost is another's task; what the task itself raises comes back as words.
        again = {"num_cpus": 1, "max_retries": TRIES}
        self._live_past = remote(**again)(_past)
        self._live_cell = remote(**again)(_cell)
        self._running: dict[Any, Past | Cell] = {}
        self._kept: dict[str, Any] = {}

    def begin_past(self, past: Past) -> None:
        """Have a past lived; it stays in the cluster's memory."""
        kept, fault = self._live_past.options(num_returns=2).remote(past)
        self._kept[past.name] = kept
        self._running[fault] = past

    def begin_cell(self, cell: Cell, *, from_kept: bool) -> None:
        """Have a cell lived."""
        kept = self._kept[cell.past.name] if from_kept else None
        self._running[self._live_cell.remote(cell, kept)] = cell

    def done(self) -> list[Done]:
        """Wait until something is over."""
        over = []
        ready, _ = self.ray.wait(list(self._running), num_returns=1)
        for reference in ready:
            task = self._running.pop(reference)
            try:
                result = self.ray.get(reference)
            except self.ray.exceptions.RayError as fault:
                over.append(Done(task, None, said(fault)))
                continue
            if isinstance(task, Past):
                over.append(Done(task, None, result))
            else:
                over.append(Done(task, *result))
        return over

    def drop(self, past: Past) -> None:
        """Let the cluster forget a past."""
        self._kept.pop(past.name, None)

    def close(self) -> None:
        """Stop what is running; a cluster made for the time being ends."""
        for reference in self._running:
            self.ray.cancel(reference, force=True)
        self._running.clear()
        self._kept.clear()
        if self._ours:
            self.ray.shutdown()


def _past(past: Past) -> tuple[KeptPast | None, str]:
    try:
        with on_threads(1):
            return live_past(past), ""
    except Exception as fault:
        return None, said(fault)


def _cell(cell: Cell, kept: KeptPast | None) -> tuple[Lived | None, str]:
    try:
        with on_threads(1):
            return live_cell(cell, kept or live_past(cell.past)), ""
    except Exception as fault:
        return None, said(fault)


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise BadInput(
            field="on", found="ray, which is not installed", allowed=f"local, or {INSTALL}"
        ) from None
    return ray


def _make(ray: Any, workers: int | None, pasts: int) -> None:
    """Make a cluster of this machine, which nobody outside can reach or hears of."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        # In this very thread: what Ray starts ends with the thread that started it.
        ray.init(
            address="local",
            num_cpus=workers,
            object_store_memory=LEAST_STORE + 2 * pasts,
            include_dashboard=False,
            _node_ip_address="127.0.0.1",
            **QUIET,
        )
    except Exception as fault:
        found = f"ray, which could not be started here ({_words(fault)})"
        raise BadInput(field="on", found=found, allowed="local") from None


def _join(ray: Any, address: str) -> None:
    """Join a cluster that runs."""
    answers: list[str] = []

    def join() -> None:
        try:
            ray.init(address=address, **QUIET)
        except Exception as fault:
            answers.append(_words(fault))
        else:
            answers.append("")

    # Ray itself asks for minutes before it says that nobody is there.
    knocking = threading.Thread(target=join, daemon=True)
    knocking.start()
    knocking.join(ANSWER_WITHIN)
    if not answers or answers[0]:
        reason = answers[0] if answers else f"no answer within {ANSWER_WITHIN:.0f} s"
        # A cluster that asks for a token tells those without one nothing at all.
        allowed = (
            "the address of a cluster that runs, such as auto or head:6379, "
            "and its token if it has one (RAY_AUTH_MODE=token)"
        )
        raise BadInput(field="on", found=f"ray={address} ({reason})", allowed=allowed)


def _words(fault: Exception) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__
