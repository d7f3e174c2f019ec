"""Run: a nation's lives from the first day to the last, the worlds compared, and the folder kept.

- :mod:`~glasshouse.run.plan`: which worlds are lived, on which days they change or are measured.
- :mod:`~glasshouse.run.worlds`: the spin-up, then each world from the same past.
- :mod:`~glasshouse.run.sample`: the few citizens whose every day is kept.
- :mod:`~glasshouse.run.own`: a user's own measures and rules.
- :mod:`~glasshouse.run.folder`, :mod:`~glasshouse.run.manifest`: what is written, and how.
- :mod:`~glasshouse.run.result`: a finished run as data frames.
- :mod:`~glasshouse.run.ledger`: any citizen's any day, explained.
- :mod:`~glasshouse.run.progress`: how far it is.

Nothing is imported here, so that the name ``glasshouse.run`` costs nothing.
"""
