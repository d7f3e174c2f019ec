"""What the documents say is so: links lead somewhere, commands and examples work."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(texts: dict[str, str], name: str, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(texts[name]) if kind == language]


def commands(texts: dict[str, str]) -> list[list[str]]:
    lines = [
        line.partition("#")[0].partition(">")[0].split()
        for name in DOCUMENTS
        for body in blocks(texts, name, "sh")
        for line in body.splitlines()
    ]
    return [words[1:] for words in lines if words and words[0] == "./go"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file(texts: dict[str, str], root: Path, name: str) -> None:
    targets = [link for link in LINK.findall(texts[name]) if "://" not in link]
    assert [link for link in targets if not (root / link).exists()] == []


def test_the_readme_names_the_two_commands(texts: dict[str, str]) -> None:
    named = commands(texts)
    assert ["run", "press-sesame"] in named
    assert ["test"] in named


def test_every_command_named_is_one(texts: dict[str, str]) -> None:
    listed = subprocess.run(
        [sys.executable, "-c", "from glasshouse.cli import main; main()", "--help"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    verbs = set(re.findall(r"^\W*([a-z]+)  ", listed, re.MULTILINE))
    verbs |= {"test", "docs", "lock", "--help"}
    assert {words[0] for words in commands(texts)} <= verbs


def test_the_continuous_check_is_the_readmes_test_command(texts: dict[str, str]) -> None:
    assert texts[".ci/run"].rstrip().endswith("exec python3 go test")


def test_the_python_of_the_readme_runs(texts: dict[str, str], tmp_path: Path) -> None:
    (shown,) = blocks(texts, "README.md", "python")
    small = shown.replace("2_000", "64").replace("days=60", "days=2, timeline={'spin_up': 1}")
    assert small != shown
    subprocess.run([sys.executable, "-c", small], check=True, cwd=tmp_path, timeout=300)


def test_the_picture_comes_within_the_first_screen(texts: dict[str, str]) -> None:
    before = texts["README.md"].partition("![")[0]
    assert len(before) < 700


def test_the_picture_draws_itself_without_help(texts: dict[str, str]) -> None:
    drawn = texts["docs/pictures/year.svg"]
    assert "<script" not in drawn
    assert re.findall(r"(?:href|src)=|url\((?!#)", drawn) == []
    assert 'role="img"' in drawn
    assert "aria-label=" in drawn


def test_versions_agree(texts: dict[str, str]) -> None:
    (written,) = re.findall(r'^version = "(.+)"$', texts["pyproject.toml"], re.MULTILINE)
    assert yaml.safe_load(texts["CITATION.cff"])["version"] == written
    assert f"## [{written}]" in texts["CHANGELOG.md"]
