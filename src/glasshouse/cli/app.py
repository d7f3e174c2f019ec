"""The verbs gathered; the command line read; and every way in which a command may end."""

from __future__ import annotations

import os
import shlex
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError

from glasshouse.cli.calibrating import calibrate
from glasshouse.cli.claiming import claims
from glasshouse.cli.doctor import doctor
from glasshouse.cli.experimenting import Unlived, experiment
from glasshouse.cli.explaining import explain
from glasshouse.cli.living import compare, run
from glasshouse.cli.looking import odd, schema, schemes, show, structure
from glasshouse.cli.resuming import resume
from glasshouse.cli.verifying import verify
from glasshouse.run.folder import CannotWrite
from glasshouse.scenario.faults import BadInput, nearest_word

if TYPE_CHECKING:
    from cyclopts.exceptions import UnknownCommandError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
VERBS = (
    run,
    compare,
    resume,
    explain,
    schemes,
    show,
    structure,
    schema,
    odd,
    calibrate,
    verify,
    claims,
    experiment,
    doctor,
)
DEBUG = "GLASSHOUSE_DEBUG"

app = App(
    name="glasshouse",
    help="A laboratory for social-scoring systems. Synthetic people only.",
    version="0.1.0",
    help_format="plaintext",
    exit_on_error=False,
    print_error=False,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
for verb in VERBS:
    app.command(verb)


def main(words: Sequence[str] | None = None) -> int:
    """Do what a command line asks.

    Parameters
    ----------
    words : sequence of str, optional
        The words after the name of the program; by default those it was started with.

    Returns
    -------
    int
        0 done, 2 bad input, 130 interrupted, 1 anything else, a failed verdict too.
    """
    try:
        ended = app(list(sys.argv[1:] if words is None else words))
        sys.stdout.flush()
    except BadInput as fault:
        return _ended(BAD_INPUT, str(fault))
    except CycloptsError as fault:
        return _ended(BAD_INPUT, _said(fault))
    except KeyboardInterrupt as stopped:
        return _ended(INTERRUPTED, f"interrupted{_kept(stopped)}")
    except CannotWrite as fault:
        return _ended(FAILED, f"{fault}; what was kept before is whole{_goes_on(fault.run)}")
    except Unlived as fault:
        return _ended(FAILED, str(fault))
    except BrokenPipeError:
        # Whoever read the output has seen enough; closing stdout once more must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MemoryError:
        return _ended(FAILED, "not enough memory; a smaller --population needs less")
    except SystemExit:
        raise
    except Exception as error:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        detail = " ".join(str(error).split())
        return _ended(
            FAILED, f"failed unexpectedly: {type(error).__name__}: {detail} ({DEBUG}=1 tells more)"
        )
    return ended if isinstance(ended, int) else DONE


def _ended(code: int, message: str) -> int:
    print(f"glasshouse: {message}", file=sys.stderr)
    return code


def _kept(stopped: KeyboardInterrupt) -> str:
    """Say what an interrupted run or experiment has kept."""
    if (told := getattr(stopped, "told", None)) is not None:
        return f"; {told}"
    run = getattr(stopped, "run", None)
    if run is None or run.folder is None:
        return ""
    asked = len(run.manifest["seeds_asked"])
    kept = f"; {len(run.seeds)} of {asked} seeds are finished and kept in {run.folder}"
    return kept + _goes_on(run.folder)


def _goes_on(folder: Path | None) -> str:
    """Say how a run that was stopped goes on."""
    return "" if folder is None else f"; glasshouse resume {shlex.quote(str(folder))} goes on"


def _said(fault: CycloptsError) -> str:
    """One line about a command line that cannot be read, with the nearest right word."""
    from cyclopts.exceptions import UnknownCommandError, UnusedCliTokensError

    if isinstance(fault, UnknownCommandError):
        return str(_unknown_verb(fault))
    if isinstance(fault, UnusedCliTokensError):
        words = " ".join(fault.unused_tokens or [])
        return str(BadInput(found=f"{words}, which is one word too many", allowed="see --help"))
    fault.verbose = False
    return " ".join(str(fault).split())


def _unknown_verb(fault: UnknownCommandError) -> BadInput:
    names = [verb.__name__ for verb in VERBS]
    word = (fault.unused_tokens or [""])[0]
    near = nearest_word(word, names)
    return BadInput(field="verb", found=word, allowed=", ".join(names), nearest=near)
