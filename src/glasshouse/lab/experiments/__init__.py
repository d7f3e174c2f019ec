"""Experiments: one question, many lives that answer it.

A file says the question, the scenario, the factors and the seeds (:mod:`.design`); the design makes
points of them (:mod:`.points`, :mod:`.sampling`); every point and seed is a cell (:mod:`.cells`),
lived from a past that it shares with others (:mod:`.lives`, :mod:`.pasts`), on this machine
(:mod:`.here`) or a cluster (:mod:`.on_ray`), in the order of :mod:`.conduct`, and kept in a folder
(:mod:`.folder`) until all are there (:mod:`.findings`). What it will take is said first by
:mod:`.foretelling`.
"""
