"""The folder of a run read back: one clear message for whatever is missing or damaged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars

from glasshouse.run.folder import MANIFEST
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Scenario

NEEDED = (
    *("id", "kind", "worlds", "scenarios", "seeds", "seeds_asked", "population", "days", "seed"),
    *("digest", "citizen_days_per_second", "bytes_per_citizen", "own_rules"),
)


def read_manifest(place: Path) -> dict[str, Any]:
    """Read the manifest of a run."""
    wanted = "the folder of a run, with a manifest.json"
    try:
        content = (place / MANIFEST).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        found = "no such folder" if not place.exists() else "a folder without a run in it"
        found = "a file" if place.is_file() else found
        raise BadInput(place=str(place), field="run", found=found, allowed=wanted) from None
    except UnicodeDecodeError:
        raise _damaged(place, "bytes that are no text", wanted) from None
    except OSError as error:
        found = (error.strerror or type(error).__name__).lower()
        raise BadInput(place=str(place), field="run", found=found, allowed=wanted) from None
    try:
        manifest = json.loads(content)
        if not isinstance(manifest, dict) or not set(NEEDED) <= set(manifest):
            raise ValueError("parts are missing")
    except ValueError as error:
        raise _damaged(place, str(error), wanted) from None
    return manifest


def _damaged(place: Path, reason: str, wanted: str) -> BadInput:
    found = f"a damaged manifest ({reason})"
    return BadInput(place=str(place / MANIFEST), found=found, allowed=wanted)


def read_table(path: Path, schema: polars.Schema) -> polars.DataFrame:
    """Read one of its tables."""
    try:
        table = polars.read_parquet(path)
    except (OSError, polars.exceptions.PolarsError) as error:
        words = " ".join(str(error).split())
        found = f"a damaged file ({words})" if path.exists() else "no such file"
        raise BadInput(place=str(path), found=found, allowed="the table of a run") from None
    if table.schema != schema:
        columns = ", ".join(f"{name} {kind}" for name, kind in schema.items())
        raise BadInput(place=str(path), found="other columns", allowed=columns)
    return table


def read_scenarios(place: Path, manifest: Mapping[str, Any]) -> dict[str, Scenario]:
    """Read the complete scenario of each world that has a file of its own."""
    names: Mapping[str, str] = manifest["scenarios"]
    return {world: Scenario.load(place / name) for world, name in names.items()}
