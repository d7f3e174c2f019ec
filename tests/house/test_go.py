"""The one command: it makes the environment once, and no failed check goes unnoticed."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


class Recorder:
    """Stands for the programs that would be started, and keeps their command lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.failing: set[str] = set()

    def check(self, *command: object) -> None:
        self.lines.append(" ".join(map(str, command)))

    def call(self, program: str, *arguments: str, **_: object) -> int:
        self.lines.append(" ".join([program, *arguments]))
        return int(program in self.failing)

    def named(self, words: str) -> list[str]:
        return [line for line in self.lines if words in line]


@pytest.fixture
def started() -> Recorder:
    return Recorder()


@pytest.fixture
def go(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: Recorder
) -> ModuleType:
    """The command, in an empty folder, starting nothing."""
    loader = importlib.machinery.SourceFileLoader("go_command", str(root / "go"))
    spec = importlib.util.spec_from_loader("go_command", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    environment = tmp_path / ".venv"
    environment.mkdir()
    (tmp_path / "requirements.lock").write_text("numpy==1")
    (tmp_path / "pyproject.toml").write_text("[project]")
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "ENVIRONMENT", environment)
    monkeypatch.setattr(module, "STAMP", tmp_path / "made-from")
    monkeypatch.setattr(module, "check", started.check)
    monkeypatch.setattr(module, "call", started.call)
    monkeypatch.setattr(module, "hand_over", started.call)
    monkeypatch.setattr(module, "find_browser", lambda: None)
    return module


def test_the_environment_comes_from_the_lock_with_hashes(go: ModuleType, started: Recorder) -> None:
    go.make_environment()
    made, locked, package = started.lines
    assert "-m venv" in made
    assert "--require-hashes --requirement" in locked
    assert "--no-deps" in package
    assert "--no-build-isolation" in package


def test_the_environment_is_made_once(go: ModuleType, started: Recorder) -> None:
    go.make_environment()
    started.lines.clear()
    go.make_environment()
    assert started.lines == []


def test_a_changed_lock_makes_it_anew(go: ModuleType, started: Recorder) -> None:
    go.make_environment()
    go.LOCK.write_text("numpy==2")
    go.make_environment()
    assert len(started.named("--require-hashes")) == 2


def test_a_changed_project_file_installs_only_the_package(
    go: ModuleType, started: Recorder
) -> None:
    go.make_environment()
    (go.HERE / "pyproject.toml").write_text("[project]\n")
    go.make_environment()
    assert len(started.named("--require-hashes")) == 1
    assert len(started.named("--no-deps")) == 2


def test_any_word_but_its_own_goes_to_the_command_line(go: ModuleType, started: Recorder) -> None:
    assert go.main(["run", "press-sesame"]) == 0
    assert started.lines[-1] == "glasshouse run press-sesame"


def test_the_tests_run_last_and_take_the_arguments(go: ModuleType, started: Recorder) -> None:
    assert go.main(["test", "-x"]) == 0
    assert started.lines[-1].startswith("pytest --numprocesses")
    assert started.lines[-1].endswith(" -x")


def test_a_warning_of_the_documentation_is_a_failure(go: ModuleType, started: Recorder) -> None:
    started.failing.add("sphinx-build")
    assert go.main(["docs", "--quiet"]) != 0
    (line,) = started.named("sphinx-build")
    assert {"-W", "--keep-going", "--fresh-env", "--quiet"} <= set(line.split())


@pytest.mark.parametrize("program", ["ruff", "mypy", "lint-imports", "pytest"])
def test_no_failed_check_goes_unnoticed(go: ModuleType, started: Recorder, program: str) -> None:
    started.failing.add(program)
    assert go.main(["test"]) != 0
    assert started.named("pytest --numprocesses")


def test_a_python_that_is_too_old_is_told(
    go: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(go.sys, "version_info", (3, 9, 1))
    assert go.main(["run", "press-sesame"]) == 1
    assert "needs Python 3.11" in capsys.readouterr().err
