"""The verb resume, and what else says how a run is lived."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glasshouse as gh
from glasshouse.run import keeper
from glasshouse.run.folder import CannotWrite
from glasshouse.run.result import Run

Command = Callable[..., Any]
PROGRAM = [sys.executable, "-c", "import sys; from glasshouse.cli import main; sys.exit(main())"]
TINY = ["--population", "64", "--days", "2", "--replicates", "1", "--set", "timeline.spin_up=1"]
LONG = ["--population", "64", "--days", "400", "--replicates", "3", "--every", "50"]


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_stopped_goes_on(number: signal.Signals, tmp_path: Path) -> None:
    words = [*PROGRAM, "run", "fear", *LONG, "--checkpoint-every", "0.5", "--out", "here", "--json"]
    process = subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 120
    while not list((tmp_path / "here").glob("checkpoints/0*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    out, said = process.communicate(timeout=60)
    assert out == ""
    assert process.returncode == (130 if number != signal.SIGKILL else -number), said
    if number != signal.SIGKILL:
        assert said.endswith(
            "seeds are finished and kept in here; glasshouse resume here goes on\n"
        )
    words = [*PROGRAM, "resume", "here", "--json"]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    asked = gh.Scenario.load("fear").replace(
        {"measured.every": 50}, population=64, days=400, replicates=3
    )
    assert Run.load(tmp_path / "here").digest == gh.run(asked, progress=False).digest
    assert (tmp_path / "here" / "report.html").exists()


def test_in_a_finished_run_there_is_nothing_to_do(glasshouse: Command, kept: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in kept.rglob("*")}
    ended = glasshouse("resume", str(kept))
    assert (ended.code, ended.err) == (0, "")
    assert "othing to do" in ended.out
    assert glasshouse("resume", str(kept), "--json").json["digest"] == Run.load(kept).digest
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*")} == before


def test_a_report_that_is_missing_is_written(glasshouse: Command) -> None:
    assert glasshouse("run", "none", *TINY, "--out", "here").code == 0
    Path("here/report.html").unlink()
    assert glasshouse("resume", "here").code == 0
    assert Path("here/report.html").exists()


def test_own_functions_are_refused_with_the_way_to_go_on(
    glasshouse: Command, tmp_path: Path
) -> None:
    def trusting(score: float) -> float:
        return score / 2.0

    tiny = {"population": 64, "days": 2, "replicates": 1}
    run = gh.run("fear", out=tmp_path / "own", measures=[trusting], progress=False, **tiny)
    manifest = tmp_path / "own" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"finished"', '"running"'))
    ended = glasshouse("resume", str(run.folder))
    assert ended.code == 2
    assert "trusting: gh.resume(folder, measures=...)" in ended.err


def test_a_full_disk_is_one_message_with_the_way_to_go_on(
    glasshouse: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, table: object) -> None:
        raise CannotWrite(path, OSError(errno.ENOSPC, "No space left on device"))

    with monkeypatch.context() as patch:
        patch.setattr(keeper, "write_table", full)
        ended = glasshouse("run", "none", *TINY, "--out", "here")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "no space left on device" in ended.err
    assert "glasshouse resume here goes on" in ended.err
    assert glasshouse("resume", "here").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run none --threads 0", "threads: found 0; allowed: a whole number from 1 to"),
        ("run none --threads 100000", "threads: found 100000"),
        ("run none --threads many", "--threads: found many"),
        ("run none --threads 1.5", "--threads: found 1.5"),
        ("run none --checkpoint-every -1", "--checkpoint-every: found -1"),
        ("run none --checkpoint-every often", "--checkpoint-every: found often"),
        ("run none --checkpoint-every nan", "--checkpoint-every: found nan"),
        ("run none --slots 33", "society.slots: found 33; allowed: 32, 64, 128"),
        ("run none --dry-run --population 8e9", "GiB of memory"),
        ("resume", "requires an argument"),
        ("resume nowhere", "no such folder"),
        ("resume .", "without a run"),
        ("resume . --dry-run", "--dry-run"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    glasshouse: Command, words: str, said: str, tmp_path: Path
) -> None:
    ended = glasshouse(*words.split())
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_slots_and_threads_are_heard(glasshouse: Command) -> None:
    few = glasshouse("run", "none", *TINY, "--threads", "1", "--json").json
    assert glasshouse("run", "none", *TINY, "--json").json["digest"] == few["digest"]
    many = glasshouse("run", "none", *TINY, "--slots", "64", "--json").json
    assert many["bytes_per_citizen"] > few["bytes_per_citizen"]
    assert many["digest"] != few["digest"]


def test_a_profile_is_a_table_on_stderr(glasshouse: Command) -> None:
    ended = glasshouse("run", "press-sesame", *TINY, "--profile", "--out", "here", "--json")
    assert ended.json["population"] == 64
    lines = ended.err.splitlines()
    assert "ns per citizen-day" in lines[0]
    known = {line.split()[0] for line in lines[1:]}
    assert {"making", "living", "measuring", "census", "checkpointing", "together"} <= known
    profile = Run.load("here").manifest["profile"]
    assert set(profile) <= known
    living = sum(each["seconds"] for each in profile.values())
    assert living == pytest.approx(Run.load("here").manifest["seconds_living"], abs=0.02)


def test_a_dry_run_says_what_it_takes_and_leaves_nothing(
    glasshouse: Command, tmp_path: Path
) -> None:
    words = ["press-sesame", "--population", "2000", "--days", "5", "--replicates", "1"]
    said = glasshouse("run", *words, "--dry-run", "--json").json
    assert said["memory_bytes"]["nation"] >= 16 * 2000
    assert said["memory_bytes"]["together"] < said["free_memory_bytes"]
    assert said["disk_bytes"]["together"] < said["free_disk_bytes"]
    assert 0 < said["seconds"]["living"] < said["seconds"]["together"]
    ended = glasshouse("compare", "fear", "watched", *words[1:], "--dry-run", "--out", "there")
    assert ended.code == 0
    assert "memory" in ended.out and "together" in ended.out
    assert list(tmp_path.iterdir()) == []
