"""Measures: what is counted, and what is worked out of it, by group and region.

- :mod:`~glasshouse.measures.counters`: what the day counts in passing.
- :mod:`~glasshouse.measures.snapshot`: the nation at the end of a day, ready to be measured.
- :mod:`~glasshouse.measures.view`: one group of people in one region.
- :mod:`~glasshouse.measures.observe`: all measures of a day.
- :mod:`~glasshouse.measures.dictionary`: name, unit and meaning of every measure.

Each family of measures is a file: speech, doors, scores, ties, segregation, reading, acts,
sanctions, revolt. A measure never changes anything.
"""
