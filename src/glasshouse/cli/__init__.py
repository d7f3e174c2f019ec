"""The command line: one verb for each thing that can be asked.

- :mod:`~glasshouse.cli.app`: the verbs gathered, their arguments read, and how a failure ends.
- :mod:`~glasshouse.cli.options`: the options that verbs share, and how a word becomes a value.
- :mod:`~glasshouse.cli.living`: run and compare.
- :mod:`~glasshouse.cli.resuming`: resume.
- :mod:`~glasshouse.cli.explaining`: explain.
- :mod:`~glasshouse.cli.experimenting`: experiment.
- :mod:`~glasshouse.cli.looking`: schemes, show, structure, schema, odd.
- :mod:`~glasshouse.cli.doctor`: doctor.

Results go to stdout, all else to stderr. Exit codes: 0 done, 2 bad input, 130 interrupted (by
Ctrl-C or SIGTERM; what was lived is kept in a checkpoint), 1 anything else.
"""

from glasshouse.cli.app import main

__all__ = ["main"]
