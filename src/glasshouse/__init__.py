"""Glasshouse: a laboratory for social-scoring systems, with synthetic people only.

>>> import glasshouse as gh
>>> scenario = gh.Scenario.load("press-sesame").replace(population=2_000, days=30)
>>> scenario.scheme.name
'press-sesame'

``gh.run(scenario)`` lives it, ``gh.compare(["fear", "press-sesame"])`` lives several schemes side
by side, ``gh.experiment("design.yaml")`` lives a whole design, ``gh.explain(result, citizen, day)``
gives one citizen's ledger, ``gh.resume(folder)`` goes on with a run that was stopped.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Importing the calls loads the package ``glasshouse.run`` first; the function then takes its name,
# and modules of the package are still imported as ``from glasshouse.run.result import Run``.
from glasshouse.lab.calls import compare, explain, resume, run
from glasshouse.run.folder import CannotWrite
from glasshouse.scenario import BadInput, Scenario, Scheme, presets

if TYPE_CHECKING:
    from glasshouse.lab.claims.testing import put_to_test
    from glasshouse.lab.experiments.call import experiment
    from glasshouse.lab.experiments.design import Experiment
    from glasshouse.lab.experiments.findings import Findings
    from glasshouse.run.ledger import Explanation
    from glasshouse.run.living import Interrupted
    from glasshouse.run.result import Comparison, Run

__version__ = "0.1.0"
__all__ = [
    "BadInput",
    "CannotWrite",
    "Comparison",
    "Experiment",
    "Explanation",
    "Findings",
    "Interrupted",
    "Run",
    "Scenario",
    "Scheme",
    "compare",
    "experiment",
    "explain",
    "presets",
    "put_to_test",
    "resume",
    "run",
]

_LATER = {
    "Comparison": "glasshouse.run.result",
    "Experiment": "glasshouse.lab.experiments.design",
    "Explanation": "glasshouse.run.ledger",
    "Findings": "glasshouse.lab.experiments.findings",
    "Interrupted": "glasshouse.run.living",
    "Run": "glasshouse.run.result",
    "experiment": "glasshouse.lab.experiments.call",
    "put_to_test": "glasshouse.lab.claims.testing",
}


def __getattr__(name: str) -> Any:
    """Import what is heavy only when it is asked for."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'glasshouse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
