"""What a step shows of what the product knows, what is due where it knows nothing; no word is lost."""

from datetime import date

import pytest
from django.urls import reverse

from clients import practising, team
from clients.confidentiality import terms
from clients.models import Practice
from secretariat import clock
from secretariat.office.models import LineTest, Step, StepBefore, TypingTest
from secretariat.office.profiles import typing
from secretariat.office.vacancies import applying, for_her, steps

from .test_applying import link_of, sent
from .test_training import joined, signed

Kind = Step.Kind


@pytest.fixture
def application(vacancy, nora):
    return sent(nora, vacancy)


@pytest.fixture
def her(application, helen):
    return joined(application, helen)


def known(application, kind) -> steps.Known:
    application.refresh_from_db()
    return next(each.known for each in steps.standing(application, at=clock.now()) if each.kind == kind)


def passes(application, helen, kind, note=""):
    return steps.settle(application, kind, state="passed", note=note, by=helen, at=clock.now())


@pytest.mark.parametrize("kind", [Kind.REFERENCES, Kind.TYPING, Kind.TERMS, Kind.HOME, Kind.PRACTICE])
def test_what_nothing_shows_is_passed_with_a_reason_that_is_kept(office, application, helen, kind):
    firm, address = office.browser(helen), reverse("applicant-step", args=[application.pk])
    refused = firm.post(address, {"kind": kind.value, "state": "passed", "note": ""})
    assert refused.status_code == 422
    assert "Say in the note why it counts as passed" in refused.content.decode()
    note = "She did it here at the office"
    assert firm.post(address, {"kind": kind.value, "state": "passed", "note": note}).status_code == 303
    assert Step.objects.get(kind=kind).note == note


def test_typing_that_was_counted_needs_no_reason(office, application, nora, helen):
    go = nora.post(f"{link_of(application)}typing/").headers["Location"]
    office.passes(60)
    TypingTest.objects.update(passage=0)
    nora.post(go, {"typed": typing.PASSAGES[0][:200]})
    assert known(application, Kind.TYPING).is_done
    assert passes(application, helen, Kind.TYPING)


def test_terms_are_known_by_client(office, application, her, helen):
    okafor, lopes = office.client("Okafor Legal"), office.client("Lopes Bakery")
    assert known(application, Kind.TERMS).words == "She is on no client’s team yet."
    version = terms.write(okafor.row, "Say nothing", by=helen, at=clock.now())
    for client in (okafor, lopes):
        team.assign(her, client.row, by=helen, at=clock.now())
    found = known(application, Kind.TERMS)
    assert (found.words, found.is_done) == ("Not accepted yet: the terms of Okafor Legal.", False)
    with pytest.raises(applying.NotNow, match="Say in the note"):
        passes(application, helen, Kind.TERMS)
    terms.accept(version, by=her, at=clock.now())
    assert known(application, Kind.TERMS).words == "Accepted, for Lopes Bakery, Okafor Legal."
    assert passes(application, helen, Kind.TERMS)


def test_a_good_line_and_practice_that_went_well_are_shown_with_what_lies_behind(
    office, application, her, helen
):
    facts = {"trip_ms": 38, "lost": 0, "heard": True, "quiet": True, "unseen": True}
    LineTest.objects.create(secretary=her, at=clock.now(), spare="My mobile", **facts)
    assert passes(application, helen, Kind.HOME)
    okafor = office.client("Okafor Legal")
    practice = practising.begin(her, okafor.row, part="A builder", by=helen, at=clock.now())
    assert "talked through: 0" in known(application, Kind.PRACTICE).words
    Practice.objects.filter(pk=practice.pk).update(
        written_at=clock.now(), judged_at=clock.now(), went_well=True, judgement="Calm"
    )
    page = office.browser(helen).get(reverse("applicant", args=[application.pk])).content.decode()
    assert reverse("practice-of", args=[practice.pk]) in page
    assert "1 practice call; talked through: 1, well enough for a real call: 1." in page
    assert passes(application, helen, Kind.PRACTICE)


def test_a_contract_both_have_signed_counts_before_its_first_day(office, application, her, helen):
    firm, address = office.browser(helen), reverse("applicant-step", args=[application.pk])
    said = {"kind": "contract", "state": "passed", "note": ""}
    refused = firm.post(address, said).content.decode()
    assert "Both sides have to sign the contract first. No contract is offered yet." in refused
    signed(her, helen, from_on=date(2026, 12, 1))
    words = "Signed by both. It holds from 1 December 2026: before that she takes no calls."
    assert known(application, Kind.CONTRACT).words == words
    assert firm.post(address, said).status_code == 303
    assert "Contract" not in for_her.why_no_shift(her)


def test_no_word_on_a_step_is_lost(office, application, helen, nora):
    def says(state, note):
        steps.settle(application, Kind.CHECKS, state=state, note=note, by=helen, at=clock.now())

    says("failed", "The paper had run out")
    office.passes(60)
    says("failed", "The new one is of somebody else")
    office.passes(60)
    says("passed", "Seen at the office")
    before = list(StepBefore.objects.values_list("state", "note"))
    assert before == [("failed", "The paper had run out"), ("failed", "The new one is of somebody else")]
    page = office.browser(helen).get(reverse("applicant", args=[application.pk])).content.decode()
    for words in ("The paper had run out", "The new one is of somebody else", "Seen at the office"):
        assert words in page
    assert "had run out" not in nora.get(link_of(application)).content.decode()
