"""The engine: runs the rules over everybody, one day after another.

- :mod:`~glasshouse.engine.nation`: a nation that lives.
- :mod:`~glasshouse.engine.reference`: the whole day in plain Python.
- :mod:`~glasshouse.engine.sweep`: the same day in compiled loops; its stages in
  :mod:`~glasshouse.engine.look`, :mod:`~glasshouse.engine.choose`,
  :mod:`~glasshouse.engine.act` and :mod:`~glasshouse.engine.friends`.
- :mod:`~glasshouse.engine.ledger`: one citizen's day as rows that sum to the change.
- :mod:`~glasshouse.engine.own_rules`: a user's functions in place of rules.
"""
