"""One small run and one small comparison, lived once and looked at by many tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import glasshouse as gh
from glasshouse.run.result import Comparison, Run
from tests.run.stopping import DAYS_OF, WRITING, Copies, Stopped, copy, copying, lived

SMALL = {"population": 256, "days": 8, "replicates": 2, "timeline": {"spin_up": 4}}
OFTEN = {"every": 3, "structure_every": 6, "citizens": 8}


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of press-sesame kept in a folder."""
    folder = tmp_path_factory.mktemp("runs") / "small"
    return gh.run("press-sesame", out=folder, measured=OFTEN, progress=False, **SMALL)


@pytest.fixture(scope="session")
def small_comparison() -> Comparison:
    """Two schemes beside no scheme, in memory."""
    return gh.compare(["watched", "press-sesame"], measured=OFTEN, progress=False, **SMALL)


@pytest.fixture
def folder(small_run: Run) -> Path:
    """Folder of the small run."""
    assert small_run.folder is not None
    return small_run.folder


@pytest.fixture(scope="session")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    """All moments of one run."""
    place = tmp_path_factory.mktemp("stopped")
    folder, into = place / "whole", place / "copies"
    with pytest.MonkeyPatch.context() as patch:
        for moment, (module, name, number) in WRITING.items():
            patch.setattr(
                module, name, copying(getattr(module, name), number, folder, into / moment)
            )
        folder.mkdir()
        run = lived(folder, watcher=Copies(folder, into, DAYS_OF))
    copy(folder, into / "after the end")
    return Stopped(run, into)


@pytest.fixture
def left(stopped: Stopped, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one's own of what was left at a moment."""

    def of(moment: str) -> Path:
        copy(stopped.copies / moment, tmp_path / "left")
        return tmp_path / "left"

    return of
