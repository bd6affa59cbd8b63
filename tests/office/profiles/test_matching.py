"""Who suits, in what order, and why: a table, and whatever the facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.office.profiles import matching
from secretariat.office.profiles.matching import Person, Wanted
from secretariat.office.profiles.requirements import Held, Need, Paper

TODAY = date(2026, 11, 24)
FIRST_AID = UUID(int=7)
NEEDS_IT = Need("First aid", training=FIRST_AID)
TYPES = Need("typing at 60", words_a_minute=60)


def person(name="Priya", *, papers=(), levels=None, **facts) -> Person:
    held = Held(tuple(papers), {"en": 7} if levels is None else levels)
    return Person(key=UUID(int=sum(map(ord, name))), name=name, held=held, **({"on": TODAY} | facts))


def typist(speed) -> Person:
    her = person()
    return replace(her, held=replace(her.held, words_a_minute=Decimal(speed)))


def wanted(**facts) -> Wanted:
    return Wanted(**({"language": "en-GB", "level": 4} | facts))


@pytest.mark.parametrize(
    ("asked", "who", "why", "why_not", "beside"),
    [
        ({}, person(), "speaks the language", "", ""),
        ({}, person(levels={"fr": 7}), "", "callers’ language", ""),
        ({}, person(levels={"en": 3}), "", "callers’ language", ""),
        ({"language": ""}, person(levels={}), "", "", ""),
        ({"needs": (NEEDS_IT,)}, person(), "", "lacks what is required: First aid", ""),
        ({"needs": (NEEDS_IT,)}, person(papers=[Paper(FIRST_AID)]), "speaks", "", ""),
        ({"needs": (NEEDS_IT,)}, person(papers=[Paper(FIRST_AID, TODAY)]), "speaks", "", ""),
        ({"needs": (NEEDS_IT,)}, person(papers=[Paper(FIRST_AID, date(2026, 11, 23))]), "", "required", ""),
        (  # where she lives it is the next day already
            {"needs": (NEEDS_IT,)},
            person(papers=[Paper(FIRST_AID, TODAY)], on=date(2026, 11, 25)),
            "",
            "required",
            "",
        ),
        ({"must_know": frozenset({"Legal"})}, person(), "", "lacks a skill: Legal", ""),
        (
            {"must_know": frozenset({"Legal"})},
            person(skills={"Legal": True}),
            "“Legal”, which was checked",
            "",
            "",
        ),
        ({"skills": frozenset({"Excel"})}, person(skills={"Excel": False}), "“Excel”, as she says", "", ""),
        ({"skills": frozenset({"Excel"})}, person(), "speaks", "", "does not name “Excel”"),
        (
            {"specialities": frozenset({"minutes"})},
            person(specialities=frozenset({"minutes", "figures"})),
            "specialises in Minutes and reports",
            "",
            "",
        ),
        (
            {"skills": frozenset({"Excel"})},
            person(skills={"Excel": True}, how_well={"Excel": 3}),
            "“Excel” (shows others how), which was checked",
            "",
            "",
        ),
        ({"words_a_minute": 60}, typist(62), "types 62 correct words a minute, by our test", "", ""),
        ({"words_a_minute": 60}, typist(59), "speaks", "", "types 59 correct words a minute"),
        ({"words_a_minute": 60}, person(), "speaks", "", "has not done the typing test"),
        ({"needs": (TYPES,)}, typist(60), "speaks", "", ""),
        ({"needs": (TYPES,)}, typist(59), "", "lacks what is required: typing", ""),
        ({"needs": (TYPES,)}, person(), "", "lacks what is required: typing", ""),
        ({"hours_week": 20}, person(hours_from=10, hours_to=25), "so many hours", "", ""),
        ({"hours_week": 30}, person(hours_from=10, hours_to=25), "speaks", "", "25 hours a week at most"),
        ({"offset": 0.0}, person(offset=9.5), "speaks", "", "9.5 hours away"),
        ({}, person(knows_them=True), "worked for them before", "", ""),
        ({}, person(barred="no signed contract"), "", "no signed contract", ""),
    ],
)
def test_each_reason_is_said(asked, who, why, why_not, beside):
    found = matching.match(wanted(**asked), who)
    assert why in " ".join(found.why)
    assert why_not in " ".join(found.why_not)
    assert found.fits is (not why_not)
    assert beside in " ".join(found.beside)


def test_those_who_fit_come_first_and_of_them_the_best():
    people = [
        person("Ana", levels={"en": 5}),
        person("Bo", levels={"fr": 7}, knows_them=True, skills={"Excel": True}),
        person("Cy", levels={"en": 5}, skills={"Excel": False}),
        person("Di", levels={"en": 5}, skills={"Excel": True}),
        person("Eve", levels={"en": 5}, skills={"Excel": True}, how_well={"Excel": 2}),
    ]
    ranked = matching.rank(wanted(skills=frozenset({"Excel"})), people)
    assert [each.person.name for each in ranked] == ["Eve", "Di", "Cy", "Ana", "Bo"]
    assert [each.fits for each in ranked] == [True, True, True, True, False]


@st.composite
def somebody(draw):
    levels = {code: draw(st.integers(1, 7)) for code in draw(st.sets(st.sampled_from(["en", "fr", "de"])))}
    papers = [Paper(FIRST_AID, date(2026, 11, draw(st.integers(1, 30))))] if draw(st.booleans()) else []
    skills = {name: draw(st.booleans()) for name in draw(st.sets(st.sampled_from(["Legal", "Excel"])))}
    who = person(draw(st.sampled_from("ABCDEFGH")), levels=levels, papers=papers, skills=skills)
    return replace(who, key=UUID(int=draw(st.integers(1, 10**6))), knows_them=draw(st.booleans()))


@settings(max_examples=50, deadline=None)
@given(st.lists(somebody(), max_size=8), st.booleans(), st.randoms(use_true_random=False))
def test_whatever_the_facts(people, strict, shuffled):
    asked = wanted(needs=(NEEDS_IT,) if strict else (), must_know=frozenset({"Legal"} if strict else ()))
    ranked = matching.rank(asked, people)
    assert sorted(map(repr, (each.person for each in ranked))) == sorted(map(repr, people))
    order = [(each.fits, each.score) for each in ranked]
    assert order == sorted(order, reverse=True) or not all(each.fits for each in ranked)
    assert [each.fits for each in ranked] == sorted((each.fits for each in ranked), reverse=True)
    again = list(people)
    shuffled.shuffle(again)
    assert [each.score for each in matching.rank(asked, again)] == [each.score for each in ranked]
    for each in ranked:
        assert each.fits is (not each.why_not)
        assert (each.score > 0) is bool(each.why)
        if strict and each.fits:
            assert "Legal" in each.person.skills
            assert any(paper.holds(TODAY) for paper in each.person.held.papers)
