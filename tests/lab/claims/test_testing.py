from __future__ import annotations

import json
from pathlib import Path

import pytest

from glasshouse.lab.claims.testing import put_to_test
from glasshouse.report.claims import VERDICTS

TINY = {"population": 64, "draws": 2, "seeds": 1}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("claims") / "first"
    put_to_test(["staff"], quick=True, out=out, workers=1, progress=False, scale=TINY)
    return out


def test_a_claim_is_kept_with_every_effect(kept: Path) -> None:
    told = json.loads((kept / VERDICTS).read_text(encoding="utf-8"))
    (claim,) = told["claims"]
    assert (claim["number"], claim["name"], told["tested"]) == (15, "staff", 1)
    assert len(claim["values"]) == TINY["draws"] and claim["values"][0][0] > 0
    assert claim["verdict"]["draws"] == TINY["draws"]


def test_another_claim_takes_over_the_lives_that_are_there(kept: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (kept / "cells").iterdir()}
    names = ["staff", "innocent"]
    tested = put_to_test(names, quick=True, out=kept, workers=1, progress=False, scale=TINY)
    assert [each.claim.name for each in tested.tested] == ["innocent", "staff"]
    after = {path.name: path.stat().st_mtime_ns for path in (kept / "cells").iterdir()}
    assert after == before
