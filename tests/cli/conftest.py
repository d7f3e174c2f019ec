"""A place to run commands in, and a run to ask about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from glasshouse.cli import main

TINY = ["--population", "64", "--days", "2", "--replicates", "1", "--set", "timeline.spin_up=1"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        assert self.out.endswith("\n") and "\n" not in self.out[:-1]
        return json.loads(self.out)


Command = Callable[..., Ended]


@pytest.fixture
def glasshouse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Do what a command line asks, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> Ended:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return command


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny run of press-sesame."""
    folder = tmp_path_factory.mktemp("cli") / "kept"
    assert main(["run", "press-sesame", *TINY, "--out", str(folder), "--json"]) == 0
    return folder
