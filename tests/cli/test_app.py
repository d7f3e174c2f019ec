"""How a command ends: exit codes, one clear message for bad input, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glasshouse.cli import app as verbs
from glasshouse.cli import main

Command = Callable[..., Any]
PROGRAM = [sys.executable, "-c", "import sys; from glasshouse.cli import main; sys.exit(main())"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rnu press-sesame", "Did you mean run?"),
        ("xyzzy", "allowed: run, compare, resume, explain"),
        ("run", "requires an argument"),
        ("run presss-sesame", "Did you mean press-sesame?"),
        ("run nowhere.yaml", "no such file"),
        ("run .", "a folder"),
        ("run none extra", "extra"),
        ("run none --popultion 64", "Did you mean --population?"),
        ("run none --population", "--population requires an argument"),
        ("run none --population many", "population: found many"),
        ("run none --population 63", "from 64"),
        ("run none --population 1e99", "population: found a number of more than"),
        ("run none --population 100.5", "population: found 100.5"),
        ("run none --population nan", "population"),
        ("run none --days 0", "days: found 0"),
        ("run none --days -3", "days: found -3"),
        ("run none --seed -1", "seed: found -1"),
        ("run none --seed 1.5", "seed: found 1.5"),
        ("run none --replicates 0", "replicates: found 0"),
        ("run none --replicates five", "replicates: found five"),
        ("run none --every 0", "measured.every: found 0"),
        ("run none --alone=perhaps", "--alone"),
        ("run none --set", "--set requires an argument"),
        ("run none --set days", "allowed: path=value"),
        ("run none --set =3", "allowed: path=value"),
        ("run none --set a..b=3", "allowed: path=value"),
        ("run none --set scheme.freinds.share=0.1", "Did you mean friends?"),
        ("run none --set scheme.friends.share=2", "scheme.friends.share: found 2"),
        ("run none --set scheme.friends.share=[", "a value of YAML"),
        ("run none --set days.x=1", "days"),
        ("run none --set parameters.weight_of_feer=1", "Did you mean weight_of_fear?"),
        ("run none --set timeline.abolition=soon", "timeline.abolition: found soon"),
        ("compare", "none at all"),
        ("compare fear fear", "fear twice"),
        ("compare fear waatched", "Did you mean watched?"),
        ("explain", "requires an argument"),
        ("explain nowhere 3", "no such folder"),
        ("explain . 3", "without a run"),
        ("show", "requires an argument"),
        ("show feer", "Did you mean fear?"),
        ("structure feer", "Did you mean fear?"),
        ("schema scehme", "Did you mean scheme?"),
        ("schemes now", "now"),
        ("doctor --fast", "--fast"),
        ("--verbose", "--verbose"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    glasshouse: Command, words: str, said: str, tmp_path: Path
) -> None:
    ended = glasshouse(*words.split())
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.startswith("glasshouse: ")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    assert ended.out == ""
    assert list(tmp_path.rglob("*.parquet")) == []


def test_no_folder_is_left_where_the_input_was_bad(glasshouse: Command, tmp_path: Path) -> None:
    (tmp_path / "graph.csv").write_text("ann,bob\n")
    ended = glasshouse(
        "run", "none", "--set", "society={kind: graph, edges: graph.csv}", "--days", "1"
    )
    assert ended.code == 2
    assert "graph.csv" in ended.err
    assert not list(tmp_path.glob("runs/*"))


def test_a_faulty_file_is_named_with_its_line(glasshouse: Command, tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("scheme: fear\ndays: 30\npopulaton: 100\n")
    ended = glasshouse("run", "my.yaml")
    assert ended.code == 2
    assert "my.yaml, line 3" in ended.err
    assert "Did you mean population?" in ended.err


def test_a_nation_that_cannot_fit_is_refused_before_it_is_made(glasshouse: Command) -> None:
    start = time.monotonic()
    ended = glasshouse("run", "none", "--population", "8e9", "--days", "1")
    assert ended.code == 2
    assert "GiB of memory" in ended.err and "at most about" in ended.err
    assert time.monotonic() - start < 5


def test_help_and_version_are_exit_code_0(glasshouse: Command) -> None:
    assert glasshouse("--help").code == 0
    assert "--population" in glasshouse("run", "--help").out
    version = glasshouse("--version")
    assert version.code == 0 and version.out.strip()[0].isdigit()
    assert "compare" in glasshouse().out


def test_what_nobody_expected_is_one_line_and_exit_code_1(
    glasshouse: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("a\nfault")

    monkeypatch.setattr(verbs, "app", breaks)
    ended = glasshouse("schemes")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "ZeroDivisionError: a fault" in ended.err
    monkeypatch.setenv("GLASSHOUSE_DEBUG", "1")
    assert "Traceback" in glasshouse("schemes").err


def test_too_little_memory_is_said_in_words(
    glasshouse: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(verbs, "app", breaks)
    ended = glasshouse("schemes")
    assert ended.code == 1 and "memory" in ended.err


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_interrupting_ends_with_130_and_keeps_what_is_finished(tmp_path: Path) -> None:
    words = ["run", "none", "--population", "64", "--days", "20", "--replicates", "1000"]
    process = subprocess.Popen(
        [*PROGRAM, *words, "--out", "here"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    table = tmp_path / "here" / "measures.parquet"
    deadline = time.monotonic() + 120
    while not table.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "of 1000 seeds are finished and kept in here" in said
    assert "Traceback" not in said
    assert '"interrupted"' in (tmp_path / "here" / "manifest.json").read_text()
    assert not list((tmp_path / "here").glob(".*"))


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    command = " ".join(f"'{word}'" for word in [*PROGRAM, "schema", "scenario"])
    shell = f"set -o pipefail; {command} | head -1"
    ended = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, cwd=tmp_path)
    assert ended.stdout == "{\n"
    assert ended.stderr == ""


def test_looking_is_quick() -> None:
    code = "import sys, glasshouse.cli; sys.exit('numba' in sys.modules or 'polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
    resource = pytest.importorskip("resource")

    def seconds() -> float:
        """Seconds of a processor, which other programs of the machine do not lengthen."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return float(used.ru_utime + used.ru_stime)

    before = seconds()
    subprocess.run([*PROGRAM, "schemes"], check=True, capture_output=True)
    assert seconds() - before < 1.5


def test_main_takes_the_words_of_the_program_by_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["glasshouse", "schemes"])
    assert main() == 0
    assert "press-sesame" in capsys.readouterr().out
