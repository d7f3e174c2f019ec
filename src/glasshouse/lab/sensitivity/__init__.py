"""Sensitivity: which of the things that an experiment varied matter, and how much.

All functions take what an experiment found and the name of a measure and give a Polars frame:
:func:`curves` along each factor, :func:`changes` from a factor's lowest to its highest outcome,
:func:`main_effects` with the interactions of a factorial design, :func:`elementary_effects` of a
Morris design, :func:`variance_shares` of a Sobol design or a Latin hypercube,
:func:`rank_correlations` of a Latin hypercube, and :func:`arm_differences` between arms.
:func:`largest_factor` names the factor on which a list of outcomes depends most. :func:`report`
writes the experiment's page.

>>> import glasshouse as gh
>>> from glasshouse.lab.sensitivity import main_effects
>>> brief = gh.Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
>>> found = gh.experiment({
...     "name": "tiny", "question": "Does fear silence?", "scenario": brief, "seeds": 2,
...     "factors": {"parameters.weight_of_fear": [0.1, 0.9]}, "measures": ["dissent.said"],
... }, workers=1)
>>> main_effects(found, "dissent.said").select("factor", "from", "to").row(0)
('parameters.weight_of_fear', '0.1', '0.9')
"""

from glasshouse.lab.sensitivity.contrasts import arm_differences
from glasshouse.lab.sensitivity.curves import changes, curves
from glasshouse.lab.sensitivity.elementary import elementary_effects
from glasshouse.lab.sensitivity.factorial import main_effects
from glasshouse.lab.sensitivity.given import Largest, largest_factor
from glasshouse.lab.sensitivity.ranks import rank_correlations
from glasshouse.lab.sensitivity.variances import variance_shares
from glasshouse.lab.sensitivity.writing import report, write_analysis

__all__ = [
    "Largest",
    "arm_differences",
    "changes",
    "curves",
    "elementary_effects",
    "largest_factor",
    "main_effects",
    "rank_correlations",
    "report",
    "variance_shares",
    "write_analysis",
]
