#!/usr/bin/env python3
"""The one command of this folder: make the environment if it is not there, then do the work.

    ./go run press-sesame     any verb of `glasshouse`; `./go --help` lists them
    ./go test [ARGUMENTS]     every check and every test; arguments go to pytest
    ./go docs [ARGUMENTS]     build the documentation, tutorials executed, into docs/_build/html
    ./go lock [ARGUMENTS]     make requirements.lock anew from pyproject.toml

It needs Python 3.11 to 3.14 with pip, and nothing else. Everything goes into the folder .venv.
On Windows: `python go run press-sesame`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypeAlias

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
ENVIRONMENT = HERE / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = ENVIRONMENT / "made-from"
Command: TypeAlias = list[str | Path]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main(arguments: list[str]) -> int:
    """Do what the first word asks and return the exit status."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        say("needs Python 3.11 to 3.14, and this is " + sys.version.split()[0] + ".")
        say("Start it with another one, for example: python3.11 go " + " ".join(arguments))
        return 1
    if arguments[:1] == ["lock"]:
        return lock(arguments[1:])
    try:
        make_environment()
    except subprocess.CalledProcessError as failure:
        say("this failed: " + " ".join(map(str, failure.cmd)))
        return 1
    except KeyboardInterrupt:
        return 130
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    if arguments[:1] == ["docs"]:
        return docs(arguments[1:])
    return hand_over("glasshouse", *arguments)


def make_environment() -> None:
    """Install what the lock file names into .venv, unless that has been done already."""
    place = [sys.version.split()[0], str(HERE)]
    wanted = [" ".join([digest(LOCK), *place]), digest(HERE / "pyproject.toml")]
    made = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else [""]
    if made == wanted:
        return
    STAMP.unlink(missing_ok=True)
    install: Command = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet"]
    install += ["--disable-pip-version-check", "--no-input"]
    if made[0] != wanted[0]:
        say("making the environment in .venv: once, a few minutes ...")
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        # Debian's Python has pip and venv but not what puts pip into a new environment, so the
        # pip at hand installs into it from outside.
        check(sys.executable, "-m", "venv", "--without-pip", ENVIRONMENT)
        check(*install, "--require-hashes", "--requirement", LOCK)
    check(*install, "--no-deps", "--no-build-isolation", "--editable", HERE)
    STAMP.write_text("\n".join(wanted), encoding="utf-8")


def digest(path: Path) -> str:
    """Name what a file says, in short."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test(arguments: list[str]) -> int:
    """Run every check, then every test, so that pytest's closing line comes last."""
    find_browser()
    checks = {
        "style": ("ruff", "check"),
        "layout": ("ruff", "format", "--check"),
        "types": ("mypy",),
        "imports": ("lint-imports", "--no-cache"),
    }
    failed = [name for name, (program, *options) in checks.items() if call(program, *options)]
    say("not clean: " + ", ".join(failed) if failed else "all checks clean; now the tests")
    workers = str(min(os.cpu_count() or 1, 8))
    tests = call("pytest", "--numprocesses", workers, *arguments)
    return tests or int(bool(failed))


def docs(arguments: list[str]) -> int:
    """Build the documentation anew, whatever was built before; a warning is a failure."""
    options = ["-W", "--keep-going", "--fresh-env", "-b", "html"]
    return call("sphinx-build", *options, *arguments, "docs", "docs/_build/html")


def find_browser() -> None:
    """Have a Chromium for the tests that look at pages; without one they are skipped."""
    if any(map(shutil.which, BROWSERS)):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("installing Debian's Chromium for the tests that look at pages ...")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(
                ["apt-get", "-qq", *command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=False,
            )
    if not any(map(shutil.which, BROWSERS)):
        say("no Chromium here: the tests that look at pages are skipped.")


def lock(arguments: list[str]) -> int:
    """Make the lock file anew; `--upgrade` also takes newer versions."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        check(sys.executable, "-m", "venv", "--without-pip", place)
        program = place / PROGRAMS.relative_to(ENVIRONMENT)
        check(sys.executable, "-m", "pip", "--python", program / PYTHON.name, "install", "-q", "uv")
        command: Command = [program / "uv", "pip", "compile", "pyproject.toml", "--group", "dev"]
        command += ["--output-file", LOCK.name, "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-emit-index-url", "--quiet"]
        command += ["--custom-compile-command", "./go lock"]
        check(*command, *arguments)
    return 0


def say(words: str) -> None:
    """Tell the person at the terminal what is going on, beside the output of the work."""
    print("go: " + words, file=sys.stderr, flush=True)


def call(program: str, *arguments: str, folder: Path = HERE) -> int:
    """Run a program of the environment in a folder and return its exit status.

    An interrupt reaches the program too: it is left to end in its own way.
    """
    signal.signal(signal.SIGINT, lambda *_: None)
    status = subprocess.run([PROGRAMS / program, *arguments], cwd=folder, check=False).returncode
    return status if status >= 0 else 128 - status


def hand_over(program: str, *arguments: str) -> int:
    """Become a program of the environment, so that every signal and its exit status are its own."""
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(PROGRAMS / program, [program, *arguments])
    return call(program, *arguments, folder=Path.cwd())


def check(*command: str | Path) -> None:
    """Run a command that must succeed."""
    subprocess.run([str(part) for part in command], cwd=HERE, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
