"""One tiny experiment, lived once by two workers for all tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasshouse as gh
from tests.lab.experiments.tiny import experiment


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> gh.Findings:
    """What the tiny experiment found; nobody may change its folder."""
    folder = tmp_path_factory.mktemp("experiments") / "tiny"
    return gh.experiment(experiment(), out=folder, workers=2, progress=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A name that is free."""
    return tmp_path / "here"
