"""What may stand in the project's files, and how long they may be."""

import re

# A folder of somebody's own machine; relative paths and those under /etc or /usr say nothing.
MACHINE_PATH = re.compile(
    r"(?<![\w.~/:<>*)\]}-])/(?:home|root|Users|tmp|var/tmp|mnt|media|opt|work|workspace|private|data)"
    r"(?:/|\b(?![\w=\"]))"
)
REGISTRY = re.compile(
    r"index-url|find-links|trusted-host|https?://[^\s\"'<>)]*(?:/simple\b|pypi|registry|mirror|nexus|artifactory)",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b(?:(?:10|127)(?:\.\d{1,3}){3}|(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2})\b"
)
LOCAL_ADDRESSES = {"127.0.0.1"}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "stuff"}

MOST_LINES = 320
# None may be added without a reason that a reader would accept.
LONGER = {
    "src/glasshouse/engine/reference.py": "the whole day on one page, to be read as the model"
}
CODE = (".py", ".j2", ".css", ".html", ".js", ".ts")
ITSELF = "tests/house/test_files.py"


def lines_with(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    return [
        f"{name}, line {number}: {line.strip()[:120]}"
        for name, text in texts.items()
        if name != ITSELF
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_folder_of_somebodys_machine(texts: dict[str, str]) -> None:
    assert lines_with(MACHINE_PATH, texts) == []


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    named = lines_with(REGISTRY, texts)
    # Leaving the address out of the lock file is how the lock is made.
    assert [line for line in named if "--no-emit-index-url" not in line] == []


def test_no_file_names_a_machine_of_somebodys_network(texts: dict[str, str]) -> None:
    found = {found for text in texts.values() for found in ADDRESS.findall(text)}
    assert found <= LOCAL_ADDRESSES


def test_nothing_is_left_unfinished(texts: dict[str, str]) -> None:
    assert lines_with(UNFINISHED, texts) == []


def test_files_are_short_enough_to_read(texts: dict[str, str]) -> None:
    lengths = {name: len(text.splitlines()) for name, text in texts.items() if name.endswith(CODE)}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_file_or_folder_has_a_name_that_says_nothing(texts: dict[str, str]) -> None:
    parts = {part.split(".")[0] for name in texts for part in name.split("/")}
    assert parts & VAGUE_NAMES == set()


def test_every_test_file_mirrors_a_file_or_layer_of_the_package(texts: dict[str, str]) -> None:
    folders = {
        name.split("/")[1] for name in texts if name.startswith("tests/") and "/" in name[6:]
    }
    layers = {name.split("/")[2] for name in texts if name.startswith("src/glasshouse/")}
    # Besides the layers: the documentation, and what holds the house in order.
    assert folders - layers <= {"docs", "house"}
