"""The suite tells every model's verdicts, by name, and loses none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glasshouse.lab.verification import MODELS, Finding, Verification, patterns, verify
from glasshouse.lab.verification.finding import exact
from glasshouse.lab.verification.suite import listing
from glasshouse.scenario.defaults import TARGETS
from glasshouse.scenario.faults import BadInput

QUICK = [name for name in MODELS if name not in ("patterns", "spiral-of-silence", "image-scoring")]


@pytest.mark.parametrize("name", QUICK)
def test_every_model_is_what_was_published(name: str) -> None:
    said: list[str] = []
    found = verify([name], say=said.append)
    assert found.findings
    assert [each.what for each in found.findings if not each.passed] == []
    assert {each.model for each in found.findings} == {name}
    assert said[0] == name


def test_a_failed_verdict_is_told() -> None:
    passed, failed = exact("a", 1, 1, 0), exact("b", 1, 2, 0)
    found = Verification((passed, failed))
    assert not found.passed
    assert "1 failed" in found.table()
    assert "FAIL" in found.table()
    assert [row["verdict"] for row in found.as_dict()["findings"]] == ["pass", "FAIL"]
    assert Verification((passed,)).passed


def test_every_kind_of_verdict_is_one_of_three() -> None:
    kinds = {each.kind for each in verify(["dissent", "wei", "thresholds"]).findings}
    assert kinds == {"exact", "statistical", "shape"}


def test_an_unknown_model_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean holme-newman"):
        verify(["holme-newmann"])


def test_the_listing_names_models_references_and_inputs() -> None:
    text = listing()
    for name, model in MODELS.items():
        assert f"{name}  ({model.reference})" in text
        for each in model.inputs.values():
            assert f"--{each.option}" in text


def test_the_page_describes_every_model_and_shows_its_verdicts() -> None:
    page = (Path(__file__).parents[3] / "docs" / "verification.md").read_text(encoding="utf-8")
    for name in MODELS:
        assert f"**{name}** (" in page
        assert re.search(rf"^{name} .* (?:pass|FAIL) +[0-9.]+$", page, re.MULTILINE)
    assert f"{len(re.findall('(?m) (?:pass|FAIL) +[0-9.]+$', page))} verdicts" in page


def test_patterns_are_told_fitted_and_held_out() -> None:
    found = patterns(population=256, days=5)
    assert {target.name for target in TARGETS} < set(found)
    assert str(found["fitted met"]).endswith(" of 6")
    assert str(found["held out met"]).endswith(" of 7")


def test_a_row_knows_its_seconds() -> None:
    (first, *_) = verify(["dissent"]).findings
    assert isinstance(first, Finding) and first.seconds >= 0.0
