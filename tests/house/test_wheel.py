"""The wheel: everything the package needs when it runs, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel built from the folder as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*build, str(folder)], cwd=root, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_has_every_file_of_the_package(names: set[str], texts: dict[str, str]) -> None:
    ours = {name.removeprefix("src/") for name in texts if name.startswith("src/glasshouse/")}
    assert ours <= names
    assert "glasshouse/scenario/defaults.yaml" in names
    assert "glasshouse/scenario/presets/press-sesame.yaml" in names
    assert "glasshouse/report/templates/odd.md.j2" in names
    assert "glasshouse/py.typed" in names


def test_the_wheel_has_nothing_but_the_package(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"glasshouse"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".nbi"))]


def test_the_wheel_carries_the_licence_and_the_command(names: set[str]) -> None:
    assert [name for name in names if name.endswith("licenses/LICENSE")]
    assert [name for name in names if name.endswith("entry_points.txt")]
