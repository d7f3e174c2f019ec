"""The page of an experiment: one file, offline, for somebody who has never seen the project."""

from __future__ import annotations

from pathlib import Path

from glasshouse.measures.dictionary import Measure
from glasshouse.report.answers import answer, figures_said
from glasshouse.report.appendix import grade_counts
from glasshouse.report.inquiry import FACTORIAL, LATIN_HYPERCUBE, ONE_AT_A_TIME, Inquiry
from glasshouse.report.methods import bibtex, commands, facts, paragraphs, parameters, varied
from glasshouse.report.naming import measure_about
from glasshouse.report.page import LIMITS, REPORT, filled, uncertainty
from glasshouse.report.pictures.figure import Figure
from glasshouse.report.pictures.inquiry import measure_figure
from glasshouse.report.pictures.numbers import others_tables, table_of_points
from glasshouse.report.wording import count_of
from glasshouse.run.folder import write_text

MOST_FIGURES = 12
MOST_POINTS = 400
OF_EXPERIMENTS = (
    "It says what matters among the factors that were varied and between the values that they "
    "were given. What was not varied may matter more; other ranges give other answers.",
    "Of many effects the largest that was found is a little too large: chance had a part in making "
    "it the largest.",
)
OF_ONE_AT_A_TIME = (
    "Factors were varied one at a time: what two of them do together was not looked at."
)
OF_FEW_DRAWS = (
    "First-order indices say what a factor does by itself; what factors do together is in none of "
    "them."
)


def write_experiment(folder: Path) -> Path:
    """Write the report of an experiment that was analysed into its folder.

    Parameters
    ----------
    folder
        The experiment's folder; only its files are read.

    Returns
    -------
    Path
        ``report.html`` in the folder.

    Raises
    ------
    BadInput
        When the folder holds no experiment that was analysed, or a damaged file.
    CannotWrite
    """
    folder = Path(folder)
    write_text(folder / REPORT, experiment_page(Inquiry.read(folder)))
    return folder / REPORT


def experiment_page(inquiry: Inquiry) -> str:
    """Write the page of an experiment."""
    about = inquiry.about
    shown = inquiry.measures[:MOST_FIGURES]
    pictures = [measure_figure(inquiry, measure) for measure in shown]
    sections = parameters(inquiry)
    return filled(
        "experiment.html.j2",
        version=about["version"],
        title=str(about["name"]).replace("-", " ").capitalize(),
        contents=_contents(pictures),
        question=about["question"],
        about=about["about"],
        sentence=answer(inquiry),
        people=_people(inquiry),
        warnings=_warnings(inquiry),
        answers=figures_said(inquiry, shown),
        varied=varied(inquiry),
        uncertainty=_how_sure(inquiry),
        pictures=pictures,
        points=table_of_points(inquiry, MOST_POINTS),
        all_points=about["design"]["points"],
        most_points=MOST_POINTS,
        others=others_tables(inquiry),
        methods=paragraphs(inquiry),
        bibtex=bibtex(inquiry),
        parameters=sections,
        grades=grade_counts(sections),
        changed=sum(row.changed for rows in sections.values() for row in rows),
        limits=_limits(inquiry),
        commands=commands(inquiry),
        facts=facts(inquiry),
        measures=_measures(inquiry),
    )


def _contents(pictures: list[Figure]) -> list[tuple[str, str]]:
    return [
        ("asked", "What was asked"),
        ("found", "What was found"),
        *((figure.key, figure.title) for figure in pictures),
        ("points", "All points"),
        ("methods", "Methods"),
        ("believe", "How far to believe it"),
        ("again", "Run it again"),
        ("measures", "Measures"),
    ]


def _people(inquiry: Inquiry) -> str:
    about = inquiry.about
    return (
        f"{count_of(about['cells'], 'life', 'lives')} of synthetic nations, at "
        f"{count_of(about['design']['points'], 'point')} of a design with "
        f"{count_of(len(inquiry.factors), 'factor')}, all with the same chance events."
    )


def _how_sure(inquiry: Inquiry) -> str:
    if inquiry.kind in (FACTORIAL, ONE_AT_A_TIME):
        return uncertainty(len(inquiry.seeds))
    nations = count_of(len(inquiry.seeds), "nation")
    return (
        f"What matters was worked out of the mean over {nations} at each point; its intervals "
        "(95%) say how well the sample of points catches it."
    )


def _warnings(inquiry: Inquiry) -> list[str]:
    found = []
    unfinished = inquiry.about["unfinished"]
    if unfinished:
        found.append(
            f"{count_of(unfinished, 'life', 'lives')} of the design "
            f"{'is' if unfinished == 1 else 'are'} not there: stopped or failed. What is shown "
            "leaves them out."
        )
    if inquiry.about["missing"]:
        names = ", ".join(inquiry.about["missing"])
        found.append(f"Never defined here, and so not shown: {names}.")
    return found


def _limits(inquiry: Inquiry) -> list[str]:
    own = list(OF_EXPERIMENTS)
    if inquiry.kind == ONE_AT_A_TIME:
        own.append(OF_ONE_AT_A_TIME)
    if inquiry.kind == LATIN_HYPERCUBE:
        own.append(OF_FEW_DRAWS)
    if inquiry.kind not in (FACTORIAL, ONE_AT_A_TIME):
        own.append(
            "Intervals of indices tell how well the sample catches them, for these nations; they "
            "do not tell how much another set of nations would differ."
        )
    return [*own, *LIMITS]


def _measures(inquiry: Inquiry) -> list[Measure]:
    names = [*inquiry.measures, *inquiry.about["others"]]
    return [measure_about(name) for name in dict.fromkeys(names)]
