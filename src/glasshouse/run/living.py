"""A run from its plan to its result: seed after seed, each kept as soon as it is finished."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from glasshouse.run.folder import MANIFEST, locked, write_table, write_text
from glasshouse.run.manifest import FAILED, FINISHED, INTERRUPTED, Progressing, manifest
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan, rehearsal
from glasshouse.run.progress import Quiet, Watcher
from glasshouse.run.result import Comparison, Run
from glasshouse.run.tables import SCHEMAS, Tables
from glasshouse.run.worlds import live_seed
from glasshouse.scenario.faults import BadInput, shown
from glasshouse.scenario.scenario import EDGES_OF_RUN, Graph, Scenario

Functions = Mapping[str, Callable[..., Any]] | Iterable[Callable[..., Any]]


class Interrupted(KeyboardInterrupt):
    """A run was interrupted; ``run`` holds the seeds that were finished."""

    def __init__(self, run: Run) -> None:
        super().__init__(f"{len(run.seeds)} of {len(run.manifest['seeds_asked'])} seeds finished")
        self.run = run


def live(
    plan: Plan,
    watcher: Watcher,
    *,
    run_id: str,
    folder: Path | None = None,
    rules: Mapping[str, Callable[..., Any]] | None = None,
    measures: Functions | None = None,
) -> Run:
    """Live a plan.

    Parameters
    ----------
    plan : Plan
    watcher : Watcher
    run_id : str
    folder : Path, optional
        Where to keep it; without one the result lives in memory only.
    rules : mapping of str to callable, optional
        Own rules by the name of the rule they replace.
    measures : mapping of str to callable, or iterable of callables, optional
        Own measures.

    Returns
    -------
    Run

    Raises
    ------
    Interrupted
        On Ctrl-C; the seeds that were finished are kept.
    """
    own = OwnMeasures({} if measures is None else measures)
    keeper = Keeper(plan, run_id, folder, _by_name(rules), own)
    with locked(folder) if folder else nullcontext():
        return keeper.live(watcher)


def _by_name(rules: object) -> dict[str, Callable[..., Any]]:
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        allowed = "a mapping of names of rules to functions"
        raise BadInput(field="rules", found=shown(rules), allowed=allowed)
    return dict(rules)


class Keeper:
    """Lives the seeds of a plan and keeps what is finished."""

    def __init__(
        self,
        plan: Plan,
        run_id: str,
        folder: Path | None,
        rules: dict[str, Callable[..., Any]],
        own: OwnMeasures,
    ) -> None:
        self.plan = plan
        self.run_id = run_id
        self.folder = folder
        self.rules = rules
        self.own = own
        self.so_far = Progressing()

    def live(self, watcher: Watcher) -> Run:
        """Live all seeds; see :func:`live`."""
        self._keep_scenarios()
        self._keep_manifest()
        try:
            watcher.begins("getting ready; on first use this compiles for half a minute")
            live_seed(rehearsal(self.plan), 1, Quiet(), rules=self.rules, own=self.own)
            for number, seed in enumerate(self.plan.seeds):
                start = time.perf_counter()
                result = live_seed(
                    self.plan, seed, watcher, rules=self.rules, own=self.own, diary=number == 0
                )
                self.so_far.seconds += time.perf_counter() - start
                self.so_far.results.append(result)
                self._keep_tables()
        except KeyboardInterrupt:
            raise Interrupted(self._closed(INTERRUPTED)) from None
        except BaseException:
            self._closed(FAILED)
            raise
        return self._closed(FINISHED)

    def _closed(self, state: str) -> Run:
        self.so_far.state = state
        self._keep_tables()
        own = {world.name: world.scenario for world in self.plan.worlds if self._files[world.name]}
        kind = Comparison if self.plan.kind == "comparison" else Run
        return kind(own, self._manifest(), self._tables(), self.folder, self.rules)

    def _tables(self) -> Tables:
        return Tables.joined([result.tables for result in self.so_far.results])

    def _manifest(self) -> dict[str, Any]:
        return manifest(
            self.plan,
            self.run_id,
            self.so_far,
            scenarios={world: name for world, name in self._files.items() if name},
            rules=self.rules,
            measures=self.own.functions,
        )

    @property
    def _files(self) -> dict[str, str]:
        """File of each world's scenario; empty for the life beside a run's scheme."""
        if self.plan.kind == "comparison":
            return {world.name: f"scenario-{world.name}.yaml" for world in self.plan.worlds}
        asked = self.plan.worlds[-1]
        return {world.name: "scenario.yaml" if world is asked else "" for world in self.plan.worlds}

    def _keep_scenarios(self) -> None:
        if self.folder is None:
            return
        society = self.plan.scenario.society
        edges = society.edge_list() if isinstance(society, Graph) else None
        if edges is not None:
            write_table(self.folder / EDGES_OF_RUN, edges.frame())
        written = {name: self._scenario(world) for world, name in self._files.items() if name}
        for name, scenario in {"scenario.yaml": self.plan.scenario, **written}.items():
            if edges is not None:
                graph = Graph(edges=edges)
                scenario = scenario.model_copy(update={"society": graph})
            write_text(self.folder / name, scenario.to_yaml())

    def _scenario(self, world: str) -> Scenario:
        return next(each.scenario for each in self.plan.worlds if each.name == world)

    def _keep_manifest(self) -> None:
        if self.folder is not None:
            text = json.dumps(self._manifest(), indent=2, ensure_ascii=False)
            write_text(self.folder / MANIFEST, text + "\n")

    def _keep_tables(self) -> None:
        """Keep the tables first and then the manifest, which never tells of more than there is."""
        if self.folder is not None:
            tables = self._tables()
            for name in SCHEMAS:
                write_table(self.folder / f"{name}.parquet", getattr(tables, name))
            self._keep_manifest()
