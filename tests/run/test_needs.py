"""What is said before a run, against what then happens: arrays and files are counted, not timed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from glasshouse.run import needs
from glasshouse.run.estimate import SLOWER, seconds_needed, slower_by
from glasshouse.run.keepsakes import Keepsakes
from glasshouse.run.living import Manner, Memory
from glasshouse.run.needs import (
    check_room,
    checkpoints_expected,
    disk_needs,
    keepsakes_of,
    memory_needs,
    sizes_of,
)
from glasshouse.run.plan import Plan, plan_of_comparison, plan_of_run
from glasshouse.run.progress import Quiet
from glasshouse.run.room import free_disk, free_memory, memory_of_machine, memory_taken
from glasshouse.run.trial import DayCost, Trial
from glasshouse.scenario import BadInput, Scenario
from tests.run.stopping import EVERY_DAY, lived, newest

PEOPLE = 20_000


def plan(**changes: object) -> Plan:
    shared = {
        "population": PEOPLE,
        "days": 35,
        "replicates": 1,
        "timeline": {"spin_up": 2},
        "measured": {"every": 5, "structure_every": 100, "citizens": 0},
    }
    return plan_of_run(Scenario.load("press-sesame").replace({**shared, **changes}))


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"society.slots": 128},
        {"scheme.period": 3},
        {"scheme.opt_out": True},
        {"scheme.appeals": {"delay": 3, "success": 0.5}},
        {"society": {"kind": "graph", "edges": [(i, (i + 1) % 5000) for i in range(5000)]}},
    ],
)
def test_the_size_of_a_nation_and_its_checkpoint_is_known_before(
    changes: dict[str, object], tmp_path: Path
) -> None:
    asked = plan(**{**changes, "days": 2})
    sizes = sizes_of(asked)
    run = lived(tmp_path, asked)
    assert sizes.lived == pytest.approx(
        run.manifest["bytes_per_citizen"] * asked.population, rel=0.01
    )
    pieces = [
        path.stat().st_size
        for name in ("records", "published", "absent", "waiting", "consent")
        for path in newest(tmp_path).glob(f"{name}-*.bin")
    ]
    assert sum(pieces) == pytest.approx(sizes.kept, rel=0.01)


class Measures(Quiet):
    """Looks at the size of a folder, part by part, at the end of every day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.most: dict[str, int] = defaultdict(int)

    def day(self) -> None:
        place = self.folder / "checkpoints"
        found = {
            "checkpoints": sum(bytes_in(each) for each in place.glob("[0-9]*")),
            "branch": sum(bytes_in(each) for each in place.glob("branch-*")),
            "keepsakes": sum(each.stat().st_size for each in (place / "kept").glob("*.bin")),
        }
        for name, size in found.items():
            self.most[name] = max(self.most[name], size)


def test_disk_is_what_was_said(tmp_path: Path) -> None:
    asked = plan()
    sizes = sizes_of(asked)
    said = disk_needs(asked, sizes, checkpoints=50, branch_in_memory=True)
    measures = Measures(tmp_path)
    lived(tmp_path, asked, watcher=measures, manner=EVERY_DAY)
    # Between days there are two checkpoints; the third is there only while it is written.
    assert measures.most["checkpoints"] * 3 / 2 == pytest.approx(said["checkpoints"], rel=0.2)
    assert measures.most["branch"] == pytest.approx(said["branch"], rel=0.2)
    assert measures.most["keepsakes"] == pytest.approx(said["keepsakes"], rel=0.2)


@pytest.mark.parametrize("worlds", [["none"], ["none", "fear"], ["none", "fear", "watched"]])
def test_keepsakes_in_memory_are_what_was_said(
    worlds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = plan().scenario
    asked = plan_of_comparison([shared.replace(scheme=name) for name in worlds])
    most, keep = 0, Keepsakes.keep

    def watched(self: Keepsakes, name: str, count: int, *given: object) -> None:
        nonlocal most
        keep(self, name, count, *given)  # type: ignore[arg-type]
        if count == PEOPLE:
            most = max(most, sum(each.nbytes for each in self._held.values()))

    monkeypatch.setattr(Keepsakes, "keep", watched)
    lived(None, asked, manner=Manner())
    assert most == pytest.approx(sum(keepsakes_of(asked)), rel=0.2)


def test_a_second_nation_is_counted_where_it_is_held() -> None:
    asked = plan()
    sizes = sizes_of(asked)
    found = memory_needs(asked, sizes)
    assert found.total(branch=True) - found.total(branch=False) == sizes.spin_up == 8 * PEOPLE
    alone = plan(alone=True)
    assert memory_needs(alone, sizes_of(alone)).branch == 0


def test_a_billion_fit_where_the_documents_say() -> None:
    whole = plan(population=1_300_000_000, days=30)
    found = memory_needs(whole, sizes_of(whole))
    assert found.nation / 1.3e9 == pytest.approx(16, rel=0.01)
    assert found.total(branch=False) < 18 * 1.3e9


def test_what_does_not_fit_is_refused_with_the_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "free_memory", lambda: 2**30)
    with pytest.raises(BadInput, match=r"100,000,000, which needs about .* GiB of memory"):
        check_room(plan(population=100_000_000), None)
    check_room(plan(population=10_000_000), None)
    assert not needs.branch_fits(plan(population=40_000_000))
    monkeypatch.setattr(needs, "free_disk", lambda folder: 2**20)
    with pytest.raises(BadInput, match="are needed, most for keepsakes"):
        check_room(plan(population=10_000_000), tmp_path)


def test_a_run_without_a_copy_in_memory_keeps_it_on_disk(tmp_path: Path) -> None:
    asked = plan(days=2, population=64)
    lived(tmp_path, asked, manner=Manner(memory=Memory(branch=False)))
    assert not (tmp_path / "checkpoints").exists()


def test_checkpoints_are_expected_as_they_are_written() -> None:
    assert checkpoints_expected(59, 0) == 0
    assert checkpoints_expected(61, 0) == 1
    assert checkpoints_expected(60 + 300, 0) == 2
    # Ten gigabytes take twenty seconds, which is a twentieth of four hundred.
    assert checkpoints_expected(300, 10**10) == 0
    assert checkpoints_expected(3600, 10**10) == 9


def test_time_is_added_up_over_lives_days_and_people() -> None:
    asked = plan()
    day = DayCost(living=1.0, diary=0.0, ties=0.1, quintiles=0.2, census=0.3, net=0.4)
    trial = Trial(PEOPLE, 5.0, {-1: day, 0: day, 1: day})
    found = seconds_needed(asked, trial, 0)
    assert found["making"] == 5.0
    assert found["living"] == 2 + 35 * 2
    measured, net = len([0, 5, 10, 15, 20, 25, 30, 34]), 2
    assert found["measuring"] == pytest.approx(2 * (measured * 0.3 + net * 0.4), abs=0.1)
    assert found["pairing"] == pytest.approx(measured * 0.1 + 2 * 0.2)
    more = seconds_needed(plan(population=PEOPLE * 10), trial, 0)
    slower = slower_by(PEOPLE * 10) / slower_by(PEOPLE)
    assert more["living"] == pytest.approx(found["living"] * 10 * slower)


def test_a_large_nation_lives_no_faster_per_head() -> None:
    sizes = [10.0**power for power in range(2, 10)]
    factors = [slower_by(int(each)) for each in sizes]
    assert factors == sorted(factors)
    assert factors[0] == SLOWER[0][1] == 1.0


def test_the_machine_says_what_it_has(tmp_path: Path) -> None:
    free, whole = free_memory(), memory_of_machine()
    assert free is None or whole is None or 0 < free <= whole
    assert free_disk(tmp_path / "not" / "yet") == pytest.approx(free_disk(tmp_path), rel=0.1)
    assert memory_taken() >= 0
