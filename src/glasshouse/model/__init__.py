"""The rules: one file for each thing that people or the scheme do.

Every public function is a pure function of scalars with its equation. The reference calls it as
Python, the loops compile it, and a user may replace most of them (see
:mod:`glasshouse.engine.own_rules`).

- :mod:`~glasshouse.model.acts`: how often people act.
- :mod:`~glasshouse.model.expression`: in which tone they speak, buy and read, and where.
- :mod:`~glasshouse.model.recording`: what the scheme records, and what it takes it for.
- :mod:`~glasshouse.model.scoring`: how acts and friends become a score.
- :mod:`~glasshouse.model.doors`: what a score opens, and what people believe it is worth.
- :mod:`~glasshouse.model.friendship`: whom people hear, drop and let in.
- :mod:`~glasshouse.model.pressure`: how friends press friends.
- :mod:`~glasshouse.model.drift`: how stance and opinion move.
- :mod:`~glasshouse.model.participation`: opting out and coming back.
- :mod:`~glasshouse.model.revolt`: who would join one.
- :mod:`~glasshouse.model.terms`: a scheme as the numbers the rules take.
"""
