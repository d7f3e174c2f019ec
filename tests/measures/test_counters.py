"""The counters are numbered as they are named."""

from glasshouse.measures import counters


def test_every_name_stands_at_its_own_number() -> None:
    for number, name in enumerate(counters.COUNTERS):
        if not name.startswith("READ_SUBJECT_"):
            assert getattr(counters, name) == number, name


def test_subjects_have_consecutive_places() -> None:
    for subject in range(counters.SUBJECTS):
        assert counters.COUNTERS[counters.READ_SUBJECT_0 + subject] == f"READ_SUBJECT_{subject}"


def test_points_are_what_is_lost_and_the_rows_of_ledgers() -> None:
    names = {counters.COUNTERS[counter] for counter in counters.IN_POINTS}
    assert names == {name for name in counters.COUNTERS if name.startswith(("LOST", "ROWS_"))}
