"""The lock file: complete, with hashes, and in agreement with the project file."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pins(lock: str) -> dict[str, str]:
    """Version of every package that the lock gives to this machine."""
    chosen = {}
    for name, version, marker in PIN.findall(lock):
        if not marker or Requirement(f"{name} ; {marker}").marker.evaluate():  # type: ignore[union-attr]
            chosen[canonicalize_name(name)] = version
    return chosen


@pytest.fixture(scope="module")
def wanted(root: Path) -> list[Requirement]:
    with (root / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    listed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [Requirement(line) for line in listed]


def test_the_lock_meets_every_requirement(wanted: list[Requirement], pins: dict[str, str]) -> None:
    unmet = [
        str(requirement)
        for requirement in wanted
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == [], "make the lock anew: ./go lock"


def test_nothing_is_locked_that_nobody_asks_for(wanted: list[Requirement], lock: str) -> None:
    asked = {canonicalize_name(requirement.name) for requirement in wanted}
    direct = re.findall(
        r"^([a-z0-9.-]+)==(?:.+\n)(?:    --hash.+\n)+"
        r"(?:    # via(?:\n    #  .+)*?(?: |\n    #   )glasshouse \(pyproject.toml(?::dev)?\)\n)",
        lock,
        re.MULTILINE,
    )
    assert set(direct) <= asked, "make the lock anew: ./go lock"


def test_every_package_of_the_lock_has_a_hash(lock: str) -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) > 50
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_address(lock: str) -> None:
    assert "://" not in lock
    assert "--index" not in lock.replace("./go lock", "")


def test_the_lock_is_complete(wanted: list[Requirement], pins: dict[str, str]) -> None:
    """Everything that a locked package needs on this machine is locked too."""
    environment = default_environment()
    missing = set()
    for name in pins:
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for need in map(Requirement, needs):
            applies = need.marker is None or need.marker.evaluate({**environment, "extra": ""})
            if applies and canonicalize_name(need.name) not in pins:
                missing.add(f"{name} needs {need}")
    assert missing == set()
