"""Report: a run's folder turned into one page that anybody can read.

- :mod:`~glasshouse.report.page`: the page of one run.
- :mod:`~glasshouse.report.comparison`: the page of several schemes, side by side.
- :mod:`~glasshouse.report.material`: the files of the folder, read once, and nothing else.
- :mod:`~glasshouse.report.intervals`: means over seeds and how sure they are.
- :mod:`~glasshouse.report.summary`: what happened, in a handful of sentences.
- :mod:`~glasshouse.report.asked`: the scheme in sentences.
- :mod:`~glasshouse.report.pictures`: one file per picture, each with its sentence and its table.
- :mod:`~glasshouse.report.appendix`: parameters, measures, how to run it again.
- :mod:`~glasshouse.report.theme`: the one palette.
- :mod:`~glasshouse.report.wording`: numbers as people read them.
- :mod:`~glasshouse.report.odd`: the description of the model, made from the rules' own text.

Nothing is imported here, so that the name ``glasshouse.report`` costs nothing.
"""
