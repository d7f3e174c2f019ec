"""The verb that puts what is said about such systems to the test: claims."""

from __future__ import annotations

import json as plain_json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from glasshouse.cli.options import Word, at_least, whole_number

if TYPE_CHECKING:
    from glasshouse.lab.claims.testing import ClaimsTested

Out = Annotated[
    Path | None,
    Parameter(help="Folder to keep it in; experiments/claims or experiments/claims-quick without."),
]
Flag = Annotated[bool, Parameter(negative=())]
WHERE = Path("experiments")


def claims(
    *names: str,
    quick: Flag = False,
    list: Flag = False,  # noqa: A002
    show: str | None = None,
    out: Out = None,
    on: str = "local",
    workers: Word = None,
    population: Word = None,
    draws: Word = None,
    seeds: Word = None,
    json: Flag = False,
) -> None:
    """Put what is said about such systems to the test, each claim by a number and how sure it is.

    Started again with the same folder, it goes on with what is finished.

    Parameters
    ----------
    names
        Numbers or names of claims; all without any.
    quick
        Fewer people, draws and nations: minutes on a laptop instead of a night.
    list
        Only name the claims, with what is measured.
    show
        Print the experiment of one claim as a file for glasshouse experiment, and do nothing.
    on
        local, ray, or ray=ADDRESS.
    workers
        Lives at once; as many as there are processors without.
    population
        Citizens of each nation.
    draws
        Draws of the assumptions.
    seeds
        Nations in each draw.
    json
        Print one JSON object on stdout, and nothing else there.
    """
    from glasshouse.lab.claims.claim import assumptions, chosen, experiment_for
    from glasshouse.lab.claims.testing import put_to_test

    if list:
        _list(names, as_json=json)
        return
    if show is not None:
        usual = assumptions().quick if quick else assumptions().full
        print(experiment_for(chosen([show]), usual).to_yaml(), end="")
        return
    folder = out or WHERE / ("claims-quick" if quick else "claims")
    given = {"population": population, "draws": draws, "seeds": seeds}
    scale = {
        name: at_least(1, word, f"--{name}") for name, word in given.items() if word is not None
    }
    tested = put_to_test(
        names, quick=quick, out=folder, on=on,
        workers=None if workers is None else whole_number(workers, "--workers"), scale=scale,
    )  # fmt: skip
    if json:
        print(plain_json.dumps(tested.as_dict(), ensure_ascii=False, allow_nan=False))
    else:
        _tell(tested, folder)


def _list(names: tuple[str, ...], *, as_json: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from glasshouse.lab.claims.claim import chosen

    wanted = chosen(names)
    if as_json:
        said = [each.model_dump(mode="json") for each in wanted]
        print(plain_json.dumps(said, ensure_ascii=False))
        return
    table = Table(title="What is said, and what is measured", title_justify="left")
    table.add_column("claim")
    table.add_column("what is said")
    table.add_column("what is measured, and the smallest that would matter")
    for each in wanted:
        measured = f"{each.measured} At least {each.smallest:g} ({each.unit})."
        table.add_row(_title(each.number, each.name), each.claim, measured)
    Console(soft_wrap=False).print(table)


def _tell(tested: ClaimsTested, folder: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    scale = tested.scale
    table = Table(
        title=f"{len(tested.tested)} tested; {scale.draws} draws of the assumptions, "
        f"{scale.seeds} nations of {scale.population:,} in each",
        title_justify="left",
    )
    for name, justify in COLUMNS:
        table.add_column(name, justify="right" if justify else "left", no_wrap=justify)
    for each in tested.tested:
        verdict = each.verdict
        table.add_row(
            _title(each.claim.number, each.claim.name),
            verdict.said,
            _number(verdict.mean),
            _between(verdict.low, verdict.high),
            _between(verdict.least, verdict.most),
            f"{each.claim.smallest:g}",
            each.claim.unit,
        )
    terminal = sys.stdout.isatty()
    console = Console(soft_wrap=not terminal, width=None if terminal else WIDE)
    console.print(table)
    console.print(
        "Effect: mean over draws and nations. Nations: its 95% interval over nations. Assumptions: "
        "between these lie 95% of the draws. Smallest: the smallest effect that would matter.",
        highlight=False,
    )
    console.print(f"Kept in {folder}", highlight=False)


WIDE = 150
"""Letters of a line where nobody looks at a terminal."""
COLUMNS = (
    ("claim", False), ("verdict", False), ("effect", True), ("nations", True),
    ("assumptions", True), ("smallest", True), ("unit", False),
)  # fmt: skip


def _title(number: int | None, name: str) -> str:
    return f"{number} {name}" if number is not None else name


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def _between(low: float | None, high: float | None) -> str:
    return "-" if low is None or high is None else f"{low:.3g} to {high:.3g}"
