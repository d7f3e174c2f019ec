"""What the day counts in passing, one sum for each region and cell.

The engine adds to ``totals[region, cell, counter]`` while it lives a day; the measures read
nothing else of what people did. The counters are plain integers so that a compiled loop takes
them as constants. A cell is one of four kinds of people: ``minority + 2 * (opinion < 0)``. The
counters of ``IN_POINTS`` are in points of the score, all others count and are whole numbers.

>>> COUNTERS[SAID_AGAINST], COUNTERS[APPEALS_WON]
('SAID_AGAINST', 'APPEALS_WON')
>>> len(COUNTERS)
50
"""

from glasshouse.society.people import CITY_SIZE as CITY_SIZE
from glasshouse.society.people import DISTRICT_SIZE as DISTRICT_SIZE

CELLS = 4
"""Kinds of people told apart: ``minority + 2 * (opinion < 0)``."""

SUBJECTS = 12
"""Subjects people read about."""

MAX_DOORS = 16
"""The most doors a scheme may have."""

CITIZENS = 0
"""One for each citizen."""

# Speech, by its true tone: all channels, face to face included.
SAID_AGAINST = 1
SAID_NEUTRAL = 2
SAID_FOR = 3

# The part of it that is said face to face.
FACE_AGAINST = 4
FACE_NEUTRAL = 5
FACE_FOR = 6

# Purchases, by tone.
SHOPPED_AGAINST = 7
SHOPPED_NEUTRAL = 8
SHOPPED_FOR = 9

# Reading: by the tone of the outlet, by subject, and each citizen's own variety.
READ_AGAINST = 10
READ_NEUTRAL = 11
READ_FOR = 12
READ_SUBJECT_0 = 13
PERSONAL_HILL1 = 25
"""The exponential of the entropy of the citizen's own chances of subjects, once a month."""
VARIETY_ASKED = 26
"""Citizens of whom that was worked out on the day."""

# The record: what was seen of what was done, and what it cost.
RECORDED = 27
MISREAD = 28
LOST = 29
"""Points lost through acts, after the share that is left to them, as a positive number."""
LOST_INNOCENT = 30
"""The part of LOST that is for a grumble or a cartoon."""
LOST_MISREAD = 31
"""The part of LOST that is for a tone that was not there."""
PENALTIES = 32
"""Recorded acts that cost points."""

# Absolute rows of the ledgers.
ROWS_ACTS = 33
ROWS_FRIENDS = 34
ROWS_FORGETTING = 35
ROWS_OTHER = 36

SANCTIONS = 37
"""Sanctions by the scheme."""
PRESSED = 38
"""Friends who press the citizen."""

# Ties cut, by layer (CUTS_KIN + layer).
CUTS_KIN = 39
CUTS_CIRCLE = 40
CUTS_DISTRICT = 41
CUTS_CITY = 42
CUTS_NATION = 43
CUTS_FOR_SCORE = 44
"""Cuts of a friend who dragged the score down."""
OPENED = 45
"""Ties opened."""

ABSENT = 46
"""Citizens who have left the scheme."""
BILLS = 47
BILLS_LATE = 48
APPEALS_WON = 49

IN_POINTS = (
    *(LOST, LOST_INNOCENT, LOST_MISREAD),
    *(ROWS_ACTS, ROWS_FRIENDS, ROWS_FORGETTING, ROWS_OTHER),
)
"""The counters that are sums of points."""

COUNTERS = (
    "CITIZENS",
    *("SAID_AGAINST", "SAID_NEUTRAL", "SAID_FOR"),
    *("FACE_AGAINST", "FACE_NEUTRAL", "FACE_FOR"),
    *("SHOPPED_AGAINST", "SHOPPED_NEUTRAL", "SHOPPED_FOR"),
    *("READ_AGAINST", "READ_NEUTRAL", "READ_FOR"),
    *(f"READ_SUBJECT_{subject}" for subject in range(SUBJECTS)),
    *("PERSONAL_HILL1", "VARIETY_ASKED"),
    *("RECORDED", "MISREAD", "LOST", "LOST_INNOCENT", "LOST_MISREAD", "PENALTIES"),
    *("ROWS_ACTS", "ROWS_FRIENDS", "ROWS_FORGETTING", "ROWS_OTHER"),
    *("SANCTIONS", "PRESSED"),
    *("CUTS_KIN", "CUTS_CIRCLE", "CUTS_DISTRICT", "CUTS_CITY", "CUTS_NATION"),
    *("CUTS_FOR_SCORE", "OPENED"),
    *("ABSENT", "BILLS", "BILLS_LATE", "APPEALS_WON"),
)
"""Names of the counters, in their order."""
