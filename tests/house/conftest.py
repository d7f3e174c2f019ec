"""The files of the project, for tests that hold the house in order."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "runs", "dist", "build", "_build", "__pycache__"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file of the project that is kept, or about to be."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        paths = [ROOT / name for name in names.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.parts)]
    return sorted(path for path in paths if path.is_file())


@pytest.fixture(scope="session")
def texts(files: list[Path]) -> dict[str, str]:
    """What every file says, by its name; pictures are left out."""
    said = {}
    for path in files:
        try:
            said[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return said


@pytest.fixture(scope="session")
def package(texts: dict[str, str]) -> dict[str, str]:
    """The package's Python files, by their name in it."""
    start = "src/glasshouse/"
    return {
        name.removeprefix(start): text
        for name, text in texts.items()
        if name.startswith(start) and name.endswith(".py")
    }
