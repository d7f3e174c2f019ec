from __future__ import annotations

import json
from pathlib import Path

import pytest

import glasshouse as gh
from glasshouse.cli import main


def test_claims_are_listed_without_living_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["number"] for each in listed[:21]] == list(range(1, 22))
    assert main(["claims", "7", "--list"]) == 0
    assert "recovery" in capsys.readouterr().out


def test_a_claim_is_shown_as_an_experiment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", "--show", "map", "--quick"]) == 0
    file = tmp_path / "map.yaml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert "map-hidden" in gh.Experiment.load(file).factors["arm"].arms


def test_a_tested_claim_is_told_as_a_table_or_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scale = ["--population", "64", "--draws", "1", "--seeds", "1", "--workers", "1"]
    asked = ["claims", "staff", "--quick", "--out", str(tmp_path / "claims"), *scale]
    assert main(asked) == 0
    assert "15 staff" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["name"] == "staff"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["claims", "22"], "claim: found 22"),
        (["claims", "silense"], "Did you mean silence?"),
        (["claims", "1", "--draws", "0"], "--draws: found 0"),
        (["claims", "1", "--on", "rey"], "Did you mean ray?"),
    ],
)
def test_what_cannot_be_asked_is_said(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert not any(tmp_path.iterdir())
