"""verify: one model with one's own inputs, or verdicts and an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from glasshouse.lab.verification import suite
from glasshouse.lab.verification.finding import Finding, Say, exact
from glasshouse.lab.verification.published import Model

Command = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("thresholds --thresholds 0,20,20,30", "joined  4"),
        ("thresholds --thresholds 0,26,26,30", "joined  1"),
        ("thresholds --normal-mean 25 --normal-sd 12.3 --people 100", "12.2220868"),
        ("recursion --graph ring --people 51 --weight 0.3 --shock -100", "-73.3799 -11.2665"),
        ("wei --own -1 --high 5 --low 1 --error 0.2 --odds 0.3", "0.78488"),
        ("dissent --severity 0.6", "defied_from  0.711538462"),
        ("dissent --punishment proportional --severity 1", "most_acted  0.625"),
        ("holme-newman --people 200 --phi 0.35", "largest"),
        ("civil-violence --legitimacy 0.9 --steps 10", "most       0"),
        ("civil-violence --floor no --steps 10", "outbursts"),
    ],
)
def test_a_model_runs_with_ones_own_inputs(glasshouse: Command, words: str, said: str) -> None:
    ended = glasshouse("verify", *words.split())
    assert ended.code == 0, ended.err
    assert said in ended.out


def test_what_a_model_gives_is_one_json_object_too(glasshouse: Command) -> None:
    found = glasshouse("verify", "thresholds", "--thresholds", "0,50,100", "--json").json
    assert found["joined"] == 1
    found = glasshouse("verify", "wei", "--people", "2", "--degree", "0", "--json").json
    assert found["similar"] == [None, None]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("holme-newmann", "Did you mean holme-newman?"),
        ("holme-newman --phi 2", "holme-newman.phi: found 2; allowed: a number from 0 to 1"),
        ("holme-newman --phy 0.2", "Did you mean phi?"),
        ("holme-newman --phi", "--phi requires an argument"),
        ("holme-newman --people -5", "holme-newman.people: found -5"),
        ("holme-newman --people 3.5", "a whole number"),
        ("holme-newman --people many", "found many"),
        ("holme-newman --phi nan", "holme-newman.phi"),
        ("thresholds --thresholds 0,a", "thresholds.thresholds: found 0,a"),
        ("dissent --punishment proportionl", "Did you mean proportional?"),
        ("civil-violence --floor perhaps", "yes or no"),
        ("civil-violence --density 0.99 --cops 0.5", "at most 1 together"),
        ("recursion --graph rng", "Did you mean ring?"),
        ("recursion --people 2", "3 or more"),
        ("--phi 0.2", "inputs after the name of a model"),
        ("dissent --full --severity 1", "the checks have their own"),
        ("dissent wei", "wei"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    glasshouse: Command, words: str, said: str
) -> None:
    ended = glasshouse("verify", *words.split())
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.startswith("glasshouse: ") and ended.err.count("\n") == 1
    assert ended.out == ""


def test_models_are_listed(glasshouse: Command) -> None:
    ended = glasshouse("verify", "--list")
    assert ended.code == 0
    assert "holme-newman" in ended.out and "--phi" in ended.out
    assert set(glasshouse("verify", "--list", "--json").json) == set(suite.MODELS)


def test_verdicts_are_printed_and_the_exit_code_tells(
    glasshouse: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert glasshouse("verify", "dissent", "--full").code == 0

    def fails(full: bool, say: Say) -> Iterator[Finding]:
        say("now")
        yield exact("holds", 1, 1, 0)
        yield exact("does not", 1, 2 if full else 3, 0)

    broken = Model("broken", "nowhere", dict, fails)
    monkeypatch.setattr(suite, "MODELS", {"broken": broken})
    ended = glasshouse("verify")
    assert ended.code == 1
    assert "FAIL" in ended.out and "2 verdicts, 1 failed" in ended.out
    ended = glasshouse("verify", "--json")
    assert ended.code == 1
    assert [row["got"] for row in ended.json["findings"]] == ["1", "3"]
    assert not ended.json["passed"]
    assert [row["got"] for row in glasshouse("verify", "--full", "--json").json["findings"]] == [
        "1",
        "2",
    ]
