"""Places on a line from 0 to 1: each as long as its chance, in order, none between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.engine.act_places import (
    CHANNELS,
    ERRAND_PLACES,
    ERRANDS_BY_PLACE,
    SPEECH_PLACES,
    ends_of_channel,
    readings_of,
)
from glasshouse.engine.lives import CitizenDay
from glasshouse.engine.reference.acting import cumulative, drawn, places_of_speech
from glasshouse.model.acts import BILL, CARTOON, ERRANDS, GRUMBLE, POST, SPEECH_KINDS
from glasshouse.model.expression import Tones, chances_of_tones
from glasshouse.model.recording import chances_of_readings
from glasshouse.scenario import default_parameters

DRAW = st.integers(0, 2**31 - 1)
UTILITY = st.floats(-20, 20)
SHARE = st.floats(0, 1)
RATES = st.lists(st.floats(0.001, 60), min_size=4, max_size=4)


def tone_of(u: float, chances: Tones) -> int:
    """Tone of a draw that falls into one channel."""
    return drawn(int(u * 2**31), ends_of_channel(0.0, 1.0, chances)[:-1]) - 1


def test_a_tone_begins_where_the_one_before_it_ends() -> None:
    chances = Tones(0.25, 0.5, 0.25)
    draws = (0.0, 0.25 - 1e-9, 0.25, 0.75 - 1e-9, 0.75, 1.0 - 1e-9)
    assert [tone_of(u, chances) for u in draws] == [-1, -1, 0, 0, 1, 1]
    assert tone_of(0.0, Tones(0.0, 0.5, 0.5)) == 0


@given(st.floats(0, 1, exclude_max=True), UTILITY, UTILITY, st.floats(0, 5))
def test_less_utility_of_dissent_never_adds_dissent(u: float, a: float, f: float, d: float) -> None:
    before = tone_of(u, chances_of_tones(Tones(a, 0.0, f)))
    after = tone_of(u, chances_of_tones(Tones(a - d, 0.0, f)))
    assert after >= before


def tones(draw: st.DrawFn) -> Tones:
    return chances_of_tones(Tones(draw(UTILITY), draw(UTILITY), draw(UTILITY)))


@st.composite
def lines(draw: st.DrawFn) -> tuple[float, list[float], CitizenDay]:
    """Share said face to face, shares of channels, and a day with chances of tones."""
    day = CitizenDay(0, 0, 0)
    day.free, day.speech = tones(draw), tones(draw)
    return draw(SHARE), cumulative(draw(RATES)), day


@given(lines())
def test_a_place_of_speech_is_as_long_as_its_chance(
    line: tuple[float, list[float], CitizenDay],
) -> None:
    at_face, shares, day = line
    ends = places_of_speech(at_face, shares, day)
    assert len(ends) == SPEECH_PLACES == 3 * len(CHANNELS)
    lengths = [b - a for a, b in zip([0.0, *ends], ends, strict=False)]
    assert min(lengths) >= -1e-15
    assert ends[-1] == pytest.approx(1.0)
    assert lengths[:3] == pytest.approx([at_face * chance for chance in day.free], abs=1e-12)
    before = 0.0
    for channel, share in enumerate([*shares, 1.0], start=1):
        found = lengths[3 * channel : 3 * channel + 3]
        length = (1.0 - at_face) * (share - before)
        assert found == pytest.approx([length * chance for chance in day.speech], abs=1e-12)
        before = share


@given(lines(), DRAW)
def test_a_draw_falls_into_one_place(
    line: tuple[float, list[float], CitizenDay], draw: int
) -> None:
    ends = places_of_speech(*line)
    place = drawn(draw, ends[:-1])
    assert 0 <= place < SPEECH_PLACES
    u, slack = draw / 2**31, 2.0**-31
    assert place == SPEECH_PLACES - 1 or u < ends[place] + slack
    assert place == 0 or u >= ends[place - 1] - slack


@given(st.lists(st.floats(0, 60), min_size=2, max_size=5))
def test_kinds_share_the_line_in_proportion_to_their_rates(rates: list[float]) -> None:
    shares = cumulative(rates)
    assert len(shares) == len(rates) - 1
    expected = [sum(rates[: n + 1]) / sum(rates) if sum(rates) else 0.0 for n in range(len(shares))]
    assert shares == pytest.approx(expected)


def test_every_kind_has_its_place() -> None:
    assert sorted(CHANNELS) == list(range(SPEECH_KINDS))
    assert len(ERRANDS_BY_PLACE) == ERRAND_PLACES
    assert tuple(dict.fromkeys(ERRANDS_BY_PLACE)) == ERRANDS


@given(st.sampled_from([-1, 0, 1]), st.integers(0, 1), SHARE, SHARE, SHARE)
def test_bills_and_innocent_acts_are_never_misread(
    tone: int, minority: int, coverage: float, fn: float, fp: float
) -> None:
    numbers = default_parameters()
    for kind in (BILL, GRUMBLE, CARTOON):
        found = readings_of(kind, tone, minority, coverage, fn, fp, numbers)
        assert found == chances_of_readings(tone, coverage, 0.0, 0.0)
        assert found[tone + 1] == coverage
    ratio = numbers.minority_false_positive_ratio if minority else 1.0
    found = readings_of(POST, tone, minority, coverage, fn, fp, numbers)
    assert found == chances_of_readings(tone, coverage, fn, min(fp * ratio, 1.0))
