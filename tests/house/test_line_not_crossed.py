"""The line that is not crossed: synthetic people only.

Nothing in the package has a place for what describes a real person, reads a table of people, or
speaks to a network.
"""

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pydantic
import pytest

import glasshouse

PERSONAL = {
    "email", "mail", "phone", "telephone", "mobile", "photo", "photograph", "picture", "portrait",
    "face", "fingerprint", "biometric", "voice", "surname", "forename", "firstname", "lastname",
    "birthday", "birthdate", "birth", "passport", "ssn", "iban", "address", "street", "postcode",
    "latitude", "longitude", "username", "login", "handle", "nickname", "profile", "tweet",
    "text", "body", "content", "transcript", "gender", "sex", "race", "ethnicity", "religion",
}  # fmt: skip
# Words that mean something else where they stand.
HARMLESS = {"face_to_face"}

NETWORK = {
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc",
    "socketserver", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "websockets", "boto3",
    "webbrowser",
}  # fmt: skip
# Readers of tables, and the only places that may use them: edges are bare integer pairs, and a
# run's own folder is what the project wrote itself.
TABLE_READERS = re.compile(
    r"^(?:read|scan)_(?:csv|csv_batched|excel|ods|json|ndjson|parquet|ipc|avro|database"
    r"|database_uri|delta|table|sql|html|xml|fwf|feather|stata|spss|sas|clipboard|edgelist|gml|graphml)$"
)
MAY_READ = {
    "csv": {"scenario/edge_files.py"},
    "parquet": {"run/", "report/", "lab/experiments/", "scenario/edge_files.py"},
    "table": {"run/"},
}


def modules() -> Iterator[str]:
    yield from (
        found.name
        for found in pkgutil.walk_packages(glasshouse.__path__, "glasshouse.")
        if not found.name.endswith("__main__")
    )


def fields_of(kind: type) -> set[str]:
    if issubclass(kind, pydantic.BaseModel):
        return set(kind.model_fields)
    if dataclasses.is_dataclass(kind):
        return {field.name for field in dataclasses.fields(kind)}
    return set(getattr(kind, "_fields", ()))


def is_personal(field: str) -> bool:
    for harmless in HARMLESS:
        field = field.replace(harmless, "")
    return bool(PERSONAL & set(re.split(r"[^a-z]+", field.lower())))


@pytest.mark.parametrize("layer", ["scenario", "society", "model", "engine", "measures", "run"])
def test_no_record_has_a_place_for_what_describes_a_real_person(layer: str) -> None:
    kept = {}
    for name in modules():
        if not name.startswith(f"glasshouse.{layer}"):
            continue
        for kind in vars(importlib.import_module(name)).values():
            if isinstance(kind, type) and kind.__module__ == name:
                personal = {field for field in fields_of(kind) if is_personal(field)}
                if personal:
                    kept[f"{name}.{kind.__name__}"] = personal
    assert kept == {}


def test_the_guard_itself_would_notice() -> None:
    assert is_personal("e_mail_address")
    assert is_personal("photo")
    assert not is_personal("face_to_face_per_day")
    assert not is_personal("stance")


def imported(text: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def test_the_package_imports_nothing_that_speaks_to_a_network(package: dict[str, str]) -> None:
    speaking = {name: imported(text) & NETWORK for name, text in package.items()}
    assert {name: found for name, found in speaking.items() if found} == {}


def calls(text: str) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


def test_only_edges_and_the_projects_own_runs_are_read_as_tables(package: dict[str, str]) -> None:
    reading = {
        f"{name}: {call}"
        for name, text in package.items()
        for call in calls(text)
        if TABLE_READERS.match(call)
        and not any(name.startswith(place) for place in MAY_READ.get(call.split("_")[1], ()))
    }
    assert reading == set()


def test_nothing_classifies_real_text(package: dict[str, str]) -> None:
    learners = {"sklearn", "transformers", "torch", "tensorflow", "nltk", "spacy", "openai"}
    assert {name for name, text in package.items() if imported(text) & learners} == set()
