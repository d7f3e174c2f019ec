"""Measures: what is counted, and what is worked out of it, by group and region.

- :mod:`~glasshouse.measures.counters`: what the day counts in passing.
- :mod:`~glasshouse.measures.snapshot`: the nation at the end of a day, ready to be measured.
- :mod:`~glasshouse.measures.census`: what is counted of people one by one, by region and cell.
- :mod:`~glasshouse.measures.view`: one group of people in one region.
- :mod:`~glasshouse.measures.observe`: all measures of a day.
- :mod:`~glasshouse.measures.standing`, :mod:`~glasshouse.measures.degrees`: what is kept of
  everybody to compare another day or life with.
- :mod:`~glasshouse.measures.cascade`: who joins once enough friends have.
- :mod:`~glasshouse.measures.districts`: what is counted for maps.
- :mod:`~glasshouse.measures.dictionary`: name, unit and meaning of every measure.

Each family of measures is a file: speech, doors, scores, ties, segregation, reading, acts,
sanctions, revolt. Each is worked out of whole-number counts, taken in passes over the nation that
keep nothing of any citizen. A measure never changes anything.
"""
