"""The verb experiment: what it prints, how it ends, and that it goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glasshouse.cli import experimenting, main
from glasshouse.lab.experiments import here
from glasshouse.lab.experiments.findings import Findings

Command = Callable[..., Any]
PROGRAM = [sys.executable, "-c", "import sys; from glasshouse.cli import main; sys.exit(main())"]
TINY = """
question: Do friends' scores silence people?
scenario:
  scheme: press-sesame
  population: 64
  days: 2
  timeline: {spin_up: 1}
factors:
  scheme.friends.share: [0, 0.3]
seeds: 2
measures: [chilling, ties.mean]
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the tiny experiment was lived, its file beside."""
    place = tmp_path_factory.mktemp("cli")
    (place / "friends.yaml").write_text(TINY)
    words = ["experiment", str(place / "friends.yaml"), "--out", str(place / "out")]
    assert main([*words, "--workers", "1", "--json"]) == 0
    return place


def test_an_experiment_is_kept_in_a_folder_of_its_name_and_gone_on_with(
    glasshouse: Command, lived: Path, tmp_path: Path
) -> None:
    (tmp_path / "friends.yaml").write_text(TINY)
    (tmp_path / "experiments").mkdir()
    os.rename(lived / "out", tmp_path / "experiments" / "friends")
    try:
        ended = glasshouse("experiment", "friends.yaml")
        assert ended.code == 0
        assert "chilling" in ended.out and "scheme.friends.share" in ended.out
        assert "2 points, 4 cells, 4 of them finished before: experiments/friends" in ended.out
        assert ended.err == ""
        assert Findings.load("experiments/friends").cells == 4
        assert (tmp_path / "experiments" / "friends" / "report.html").exists()
    finally:
        os.rename(tmp_path / "experiments" / "friends", lived / "out")


def test_json_is_one_object(glasshouse: Command, lived: Path) -> None:
    ended = glasshouse(
        "experiment", str(lived / "friends.yaml"), "--out", str(lived / "out"), "--json"
    )
    assert ended.code == 0
    said = ended.json
    assert (said["points"], said["cells"], said["finished_before"]) == (2, 4, 4)
    assert said["not_lived"] == {}
    assert len(said["summary"]) == 4
    assert {row["measure"] for row in said["summary"]} == {"chilling", "ties.mean"}


def test_a_dry_run_says_what_it_takes_and_lives_nothing(
    glasshouse: Command, lived: Path, tmp_path: Path
) -> None:
    (tmp_path / "friends.yaml").write_text(TINY)
    words = ("experiment", "friends.yaml", "--dry-run")
    ended = glasshouse(*words)
    assert ended.code == 0
    for name in ("points", "cells", "finished", "pasts", "workers", "memory", "disk", "time"):
        assert name in ended.out
    said = glasshouse(*words, "--workers", "2", "--json").json
    assert (said["points"], said["cells"], said["pasts"], said["workers"]) == (2, 4, 2, 2)
    assert said["finished"] == 0 and said["seconds"] > 0
    assert [each.name for each in tmp_path.iterdir()] == ["friends.yaml"]
    again = glasshouse(*words, "--out", str(lived / "out"), "--json").json
    assert (again["finished"], again["seconds"]) == (4, 0.0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "requires an argument"),
        ("nowhere.yaml", "no such file"),
        ("friends.yaml --workers 0", "workers: found 0"),
        ("friends.yaml --workers many", "--workers: found many"),
        ("friends.yaml --on lokal", "Did you mean local?"),
        ("friends.yaml --out full", "other files"),
        ("friends.yaml --out friends.yaml", "found a file"),
        ("friends.yaml --quick", "--quick"),
        ("scenario.yaml", "found a scenario; allowed: an experiment"),
        ("bad.yaml", "bad.yaml, line 8: factors.scheme.freinds.share"),
        ("bad.yaml --dry-run", "Did you mean friends?"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    glasshouse: Command, tmp_path: Path, words: str, said: str
) -> None:
    (tmp_path / "friends.yaml").write_text(TINY)
    (tmp_path / "scenario.yaml").write_text("scheme: fear\ndays: 3\n")
    (tmp_path / "bad.yaml").write_text(TINY.replace("friends.share", "freinds.share").lstrip())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    ended = glasshouse("experiment", *words.split())
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.startswith("glasshouse: ") and ended.err.count("\n") == 1
    assert ended.out == ""
    assert not list(tmp_path.rglob("*.parquet")) and not (tmp_path / "experiments").exists()


def test_cells_that_cannot_be_lived_are_named_with_exit_code_1(
    glasshouse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(task: Any, result: Any) -> Any:
        return here.Done(task, None, "OSError: a broken disk")

    monkeypatch.setattr(here, "_done", fails)
    (tmp_path / "friends.yaml").write_text(TINY.replace("seeds: 2", "seeds: 1"))
    ended = glasshouse("experiment", "friends.yaml", "--workers", "1", "--json")
    assert ended.code == 1
    assert "2 cells could not be lived: point 0, seed 1 (OSError: a broken disk)" in ended.err
    assert "the same command tries these again" in ended.err
    assert set(ended.json["not_lived"]) == {"point 0, seed 1", "point 1, seed 1"}


def test_without_the_parts_of_a_report_there_is_none(
    glasshouse: Command, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "glasshouse.lab.sensitivity.writing", None)
    assert experimenting._reported(Findings.load(lived / "out")) is None


def at_work_in(group: int) -> list[str]:
    """Processes of a group that have not ended."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group, *_ = each.read_text().rpartition(")")[2].split()
            if int(its_group) == group and state != "Z":
                found.append(each.parent.name)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_interrupting_ends_with_130_says_what_is_kept_and_leaves_no_worker(tmp_path: Path) -> None:
    (tmp_path / "friends.yaml").write_text(TINY.replace("seeds: 2", "seeds: 1000"))
    words = ["experiment", "friends.yaml", "--workers", "1", "--out", "here"]
    process = subprocess.Popen(
        [*PROGRAM, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    cells = tmp_path / "here" / "cells"
    deadline = time.monotonic() + 60
    while not (cells.exists() and list(cells.glob("*.parquet"))) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "of 2000 cells are finished and kept in here; the same command goes on" in said
    assert "Traceback" not in said
    assert Findings.load(tmp_path / "here").cells == len(list(cells.glob("*.parquet")))
    while (left := at_work_in(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []
