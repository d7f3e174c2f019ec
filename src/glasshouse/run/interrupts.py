"""Ctrl-C and SIGTERM, held back until a run is at a point where it can stop.

A run can stop between two days, while a day is lived (which then was not) and while the nation is
made. Anywhere else a request to stop waits. A second one does not: it ends the run at once.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)


class Interrupts:
    """Requests to stop, from outside.

    Inside the block signals are heard if this is the main thread, where alone they can be; at its
    end they mean again what they meant before.

    Examples
    --------
    >>> with Interrupts() as interrupts:
    ...     interrupts.check()
    ...     with interrupts.let_in():
    ...         pass
    """

    def __init__(self) -> None:
        self.asked = False
        self._open = False
        self._before: dict[signal.Signals, Any] = {}

    def check(self) -> None:
        """Stop here if it was asked for.

        Raises
        ------
        KeyboardInterrupt
        """
        if self.asked:
            raise KeyboardInterrupt

    @contextmanager
    def let_in(self) -> Iterator[None]:
        """Let a request stop the run anywhere inside the block."""
        self.check()
        self._open = True
        try:
            yield
        finally:
            self._open = False

    def _received(self, number: int, frame: FrameType | None) -> None:
        at_once = self.asked or self._open
        self.asked = True
        if at_once:
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for each in SIGNALS:
                # What was set to be ignored, as for a program in the background, stays so.
                if signal.getsignal(each) not in (signal.SIG_IGN, None):
                    self._before[each] = signal.signal(each, self._received)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)
        self._before.clear()
