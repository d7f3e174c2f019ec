"""The folder: nothing half, nothing damaged, nothing of another version, one writer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars
import pytest

import glasshouse as gh
from glasshouse.lab.experiments.folder import EXPERIMENT, MANIFEST, RESULTS, Folder, model_hash
from glasshouse.run.folder import locked
from glasshouse.scenario.scenario import Graph
from tests.lab.experiments.tiny import Inside, came_to, conducted, experiment


def flipped(content: bytes) -> bytes:
    middle = len(content) // 3
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


def other_value(path: Path) -> None:
    frame = polars.read_parquet(path)
    frame.with_columns(polars.col("value") + 1).write_parquet(path)


DAMAGES: dict[str, Any] = {
    "written half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "a byte flipped": lambda path: path.write_bytes(flipped(path.read_bytes())),
    "a value changed": other_value,
    "another table": lambda path: polars.DataFrame({"day": [1]}).write_parquet(path),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_a_damaged_cell_is_lived_again(found: gh.Findings, folder: Path, damage: Any) -> None:
    conducted(experiment(), folder, Inside())
    damage(min((folder / "cells").glob("*.parquet")))
    place = Inside()
    conduct, table = conducted(experiment(), folder, place)
    assert len(place.cells) == 1
    assert conduct.before == 3
    assert came_to(table).equals(came_to(found.table))


def test_damaged_results_are_written_anew_and_refused_when_read(folder: Path) -> None:
    conducted(experiment(), folder, Inside())
    (folder / RESULTS).write_bytes(b"PAR1")
    with pytest.raises(gh.BadInput, match="a damaged table"):
        gh.Findings.load(folder)
    _, table = conducted(experiment(), folder, Inside(stopped_after=0))
    assert gh.Findings.load(folder).table.equals(table)


def test_an_experiment_is_read_back_as_it_was_found(found: gh.Findings) -> None:
    again = gh.Findings.load(found.folder)
    assert again.table.equals(found.table)
    assert again.experiment == found.experiment
    assert again.points == found.points
    assert again.summary().equals(found.summary())


def test_every_row_says_where_it_comes_from(found: gh.Findings) -> None:
    table = found.table
    assert set(table["seed"]) == {1, 2}
    assert set(table["scheme.friends.share"]) == {0.0, 0.3}
    assert set(table["model"]) == {model_hash()}
    assert set(table["version"]) == {gh.__version__}
    of_cell = table.group_by("cell").agg(polars.col("digest", "past", "seed").n_unique())
    assert of_cell.select("digest", "past", "seed").unique().rows() == [(1, 1, 1)]
    assert table.group_by("past").agg(polars.col("cell").n_unique())["cell"].to_list() == [2, 2]
    assert table["seconds"].min() > 0 and table["past_seconds"].min() > 0
    assert not list(found.folder.glob("pasts*")) and not list(found.folder.rglob("*.partial"))


def test_a_folder_with_something_else_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(gh.BadInput, match="other files"):
        gh.experiment(experiment(), out=folder)
    assert [each.name for each in folder.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder(folder: Path) -> None:
    folder.write_text("mine")
    with pytest.raises(gh.BadInput, match="found a file"):
        gh.experiment(experiment(), out=folder)


def test_two_versions_of_the_model_are_never_mixed(folder: Path) -> None:
    conducted(experiment(), folder, Inside(stopped_after=0))
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "model": "another"}))
    with pytest.raises(gh.BadInput, match="another version of the model"):
        gh.experiment(experiment(), out=folder)
    (folder / MANIFEST).write_text("{")
    with pytest.raises(gh.BadInput, match="an unreadable"):
        gh.experiment(experiment(), out=folder)


def test_what_a_process_killed_at_the_very_start_leaves_is_gone_on_with(folder: Path) -> None:
    (folder / "cells").mkdir(parents=True)
    (folder / ".lock").touch()
    (folder / EXPERIMENT).write_text(experiment().to_yaml())
    conduct, _ = conducted(experiment(), folder, Inside())
    assert conduct.finished == 4


def test_pasts_of_a_process_that_was_killed_are_deleted(folder: Path) -> None:
    (folder / "pasts" / "old").mkdir(parents=True)
    (folder / MANIFEST).write_text(json.dumps({"model": model_hash()}))
    conducted(experiment(), folder, Inside())
    assert not (folder / "pasts").exists()


def test_there_is_one_writer(folder: Path) -> None:
    conducted(experiment(), folder, Inside(stopped_after=0))
    with locked(folder, new=False), pytest.raises(gh.BadInput, match="another process"):
        gh.experiment(experiment(), out=folder)


def test_nothing_is_left_where_the_input_was_bad(folder: Path) -> None:
    with pytest.raises(gh.BadInput), Folder(folder).held(experiment()):
        raise gh.BadInput(field="workers", found="9", allowed="8")
    assert not folder.exists()


def test_a_graph_is_kept_with_the_experiment(folder: Path) -> None:
    ring = np.array([(each, (each + 1) % 80) for each in range(80)])
    scenario = experiment().scenario.replace({"society": Graph(edges=ring)})
    asked = experiment(scenario=scenario, seeds=1)
    _, table = conducted(asked, folder, Inside())
    again = gh.Findings.load(folder)
    place = Inside()
    conducted(again.experiment, folder, place)
    assert place.cells == []
    assert table["cell"].n_unique() == 2
    assert again.points[0].life.population == 80
