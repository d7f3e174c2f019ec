"""The counters are numbered as they are named."""

from glasshouse.measures import counters


def test_every_name_stands_at_its_own_number() -> None:
    for number, name in enumerate(counters.COUNTERS):
        if not name.startswith("READ_SUBJECT_"):
            assert getattr(counters, name) == number, name


def test_subjects_and_doors_have_consecutive_places() -> None:
    for subject in range(counters.SUBJECTS):
        assert counters.COUNTERS[counters.READ_SUBJECT_0 + subject] == f"READ_SUBJECT_{subject}"
    for door in range(counters.MAX_DOORS):
        assert counters.COUNTERS[counters.DOOR_0 + door] == f"DOOR_{door}"
