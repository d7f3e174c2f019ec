"""Chance: where every random number comes from, and how it becomes a count or a choice.

- :mod:`~glasshouse.chance.rule`: the mark that lets one function run as plain Python and compile.
- :mod:`~glasshouse.chance.streams`: 64-bit counter-based streams and the list of all processes.
- :mod:`~glasshouse.chance.functions`: exponential and logistic from ``+ - x /`` alone.
- :mod:`~glasshouse.chance.counts`: Poisson and binomial counts by inverse CDF.
- :mod:`~glasshouse.chance.normal`: normal draws from a table.
"""
