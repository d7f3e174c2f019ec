"""Run: a nation's lives from the first day to the last, the worlds compared, and the folder kept.

What is lived:

- :mod:`~glasshouse.run.plan`: which worlds, on which days they change or are measured.
- :mod:`~glasshouse.run.manner`: how; nothing of it changes what comes out.
- :mod:`~glasshouse.run.worlds`: one world. :mod:`~glasshouse.run.course`: all worlds of a seed.
- :mod:`~glasshouse.run.sample`: the few citizens whose every day is kept.
- :mod:`~glasshouse.run.own`: a user's own measures and rules.

How it is lived to the end, whatever happens:

- :mod:`~glasshouse.run.living`, :mod:`~glasshouse.run.resuming`: a run begun, or gone on with.
- :mod:`~glasshouse.run.keeper`: seed after seed, and what they leave.
- :mod:`~glasshouse.run.interrupts`, :mod:`~glasshouse.run.throttle`: when to stop, when to keep.
- :mod:`~glasshouse.run.checkpoints`: all that is needed to go on. Of it:
  :mod:`~glasshouse.run.nation_store` and :mod:`~glasshouse.run.pieces`, the nation on disk;
  :mod:`~glasshouse.run.branching`, the nation that worlds branch from;
  :mod:`~glasshouse.run.keepsakes`, one number of everybody; :mod:`~glasshouse.run.rows`.

What is said before: :mod:`~glasshouse.run.room`, :mod:`~glasshouse.run.needs`,
:mod:`~glasshouse.run.trial`, :mod:`~glasshouse.run.estimate`.

What is there after:

- :mod:`~glasshouse.run.folder`, :mod:`~glasshouse.run.asked`, :mod:`~glasshouse.run.manifest`,
  :mod:`~glasshouse.run.tidying`: the folder.
- :mod:`~glasshouse.run.result`, :mod:`~glasshouse.run.tables`: a finished run as data frames.
- :mod:`~glasshouse.run.ledger`, :mod:`~glasshouse.run.reliving`: any citizen's any day.
- :mod:`~glasshouse.run.clock`, :mod:`~glasshouse.run.profile`: where the time went.

Nothing is imported here, so that the name ``glasshouse.run`` costs nothing.
"""
