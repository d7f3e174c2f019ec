"""Society: who there is and who may know whom.

- :mod:`~glasshouse.society.people`: traits, drawn from the seed;
  :mod:`~glasshouse.society.population`, those of many at once.
- :mod:`~glasshouse.society.record`: the eight bytes that are remembered of a citizen.
- :mod:`~glasshouse.society.ties`: possible ties as half-edges.
- :mod:`~glasshouse.society.layout`: what the 32, 64 or 128 slots of a citizen stand for.
- :mod:`~glasshouse.society.circles`: computed ties of a nation of circles;
  :mod:`~glasshouse.society.written_ties`, the same written out.
- :mod:`~glasshouse.society.graph`: an explicit graph with the same rules.
- :mod:`~glasshouse.society.start`: which ties are open on the first day;
  :mod:`~glasshouse.society.first_day`, the camps balanced.
- :mod:`~glasshouse.society.make`: all of it for one scenario and seed.
- :mod:`~glasshouse.society.net`: who is tied to whom, asked in one way of either society.
- :mod:`~glasshouse.society.living`: the living ties of 32 citizens at once.
- :mod:`~glasshouse.society.structure`: degree, clustering, path and the like, measured.
"""
