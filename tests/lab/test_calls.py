"""The calls of the laboratory: whatever is handed to them, one clear message at most."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glasshouse as gh

BRIEF = {"population": 64, "days": 1, "replicates": 1, "timeline": {"spin_up": 0}}


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: gh.run(3), "scenario"),  # type: ignore[arg-type]
        (lambda: gh.run({"scheme": "fear"}), "scenario"),  # type: ignore[arg-type]
        (lambda: gh.run("feer"), "scheme"),
        (lambda: gh.run("none", populaton=64), "populaton"),
        (lambda: gh.run("none", population="many"), "population"),
        (lambda: gh.run("none", alone="yes"), "alone"),
        (lambda: gh.run("none", out=3, **BRIEF), "out"),  # type: ignore[arg-type]
        (lambda: gh.run("none", rules=[print], **BRIEF), "rules"),  # type: ignore[arg-type]
        (lambda: gh.run("none", rules={"joins": 3}, **BRIEF), "rules.joins"),  # type: ignore[dict-item]
        (lambda: gh.run("none", measures=3, **BRIEF), "measures"),  # type: ignore[arg-type]
        (lambda: gh.compare([]), "schemes"),
        (lambda: gh.compare(3), "scenario"),  # type: ignore[arg-type]
        (lambda: gh.compare("fear", days=0), "days"),
        (lambda: gh.explain(3, 1, 1), "run"),  # type: ignore[arg-type]
        (lambda: gh.explain("nowhere", 1, 1), "run"),
    ],
)
def test_bad_input_is_one_message(call: Callable[[], object], field: str) -> None:
    with pytest.raises(gh.BadInput) as caught:
        call()
    assert caught.value.field == field
    assert "\n" not in str(caught.value)


def test_a_scheme_and_a_file_are_scenarios_too(tmp_path: Path) -> None:
    scheme = gh.Scenario.load("fear").scheme
    (tmp_path / "fear.yaml").write_text(gh.Scenario.load("fear").to_yaml())
    brief: dict[str, Any] = {**BRIEF, "progress": False}
    digests = {gh.run(each, **brief).digest for each in ("fear", scheme, tmp_path / "fear.yaml")}
    assert len(digests) == 1


def test_a_kept_run_has_a_report(tmp_path: Path) -> None:
    result = gh.run("fear", out=tmp_path / "here", progress=False, **BRIEF)
    assert result.folder == tmp_path / "here"
    assert (tmp_path / "here" / "report.html").exists()


def test_a_run_without_a_folder_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gh.run("none", progress=False, **BRIEF)
    assert list(tmp_path.iterdir()) == []


def test_run_stays_a_function_whatever_is_imported() -> None:
    code = (
        "import glasshouse as gh; import glasshouse.run.result, glasshouse.run.worlds;"
        "from glasshouse.run.result import Run; assert callable(gh.run); assert gh.Run is Run"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_public_names_are_there() -> None:
    assert {"run", "compare", "explain", "Scenario", "Scheme", "Run"} <= set(gh.__all__)
    for name in gh.__all__:
        assert getattr(gh, name) is not None
        assert name in dir(gh)
    with pytest.raises(AttributeError, match="nothing"):
        _ = gh.nothing
