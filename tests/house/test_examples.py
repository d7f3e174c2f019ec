"""The examples run as they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["own_rule.py", "own_measure.py", "query_with_duckdb.py"])
def test_an_example_runs_and_prints(root: Path, tmp_path: Path, name: str) -> None:
    ended = subprocess.run(
        [sys.executable, root / "examples" / name, "128"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    assert len(ended.stdout.splitlines()) >= 2
