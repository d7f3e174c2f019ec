"""The engine: runs the rules over everybody, one day after another.

- :mod:`~glasshouse.engine.nation`: a nation that lives; :mod:`~glasshouse.engine.day`, its day on
  several threads.
- :mod:`~glasshouse.engine.reference`: the whole day in plain Python.
- :mod:`~glasshouse.engine.sweep`: the same day in compiled loops, 32 citizens at once in the rows
  of :mod:`~glasshouse.engine.lanes`. Its stages: :mod:`~glasshouse.engine.look_circles` and
  :mod:`~glasshouse.engine.look_edges`, :mod:`~glasshouse.engine.traits`,
  :mod:`~glasshouse.engine.choose`, :mod:`~glasshouse.engine.act` and
  :mod:`~glasshouse.engine.errands`, :mod:`~glasshouse.engine.settling`,
  :mod:`~glasshouse.engine.friends`, :mod:`~glasshouse.engine.tally`; after it
  :mod:`~glasshouse.engine.offering`.
- :mod:`~glasshouse.engine.tables`: what is worked out once for a scheme and looked up ever after.
- :mod:`~glasshouse.engine.vector`, :mod:`~glasshouse.engine.bounds`: what the processor does for
  several numbers in one step.
- :mod:`~glasshouse.engine.keeping`: what is remembered of everybody, written, counted and hashed.
- :mod:`~glasshouse.engine.ledger`: one citizen's day as rows that sum to the change.
- :mod:`~glasshouse.engine.own_rules`: a user's functions in place of rules.
"""
