"""Whoever has a contract before her hears what the other side says of it; and either side can end it."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from clients import work
from clients.models import WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.contracts import agreeing, ending
from secretariat.outbox.models import Effect

from .test_contracts import signed, written


@pytest.fixture
def priya(office):
    office.clock_says("2026-11-24 10:30")
    return office.secretary("Priya", office.client("Okafor Legal"), ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()


def words_of(paper: bytes) -> str:
    pages = PdfReader(BytesIO(paper)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def told(contract, about) -> list[str]:
    """What she was mailed of this, in its words."""
    mails = Effect.objects.filter(kind="office.contract", key__contains=f":{contract.pk}:{about}")
    return [each.payload["text"] for each in mails.order_by("place")]


def ledger_of(contract) -> list[str]:
    rows = LedgerEntry.objects.filter(subject_kind="office.contract", subject_id=str(contract.pk))
    return list(rows.exclude(verb__contains="looked").order_by("pk").values_list("verb", flat=True))


def to_do(contract) -> list[str]:
    """What the firm has before it about this contract."""
    items = WorkItem.objects.open().filter(kind__startswith="office.contract", subject_id=contract.pk)
    return [each.because for each in items.order_by("created_at", "pk")]


def test_each_side_hears_what_the_other_says_of_a_contract(office, priya, helen):
    contract = agreeing.offer(written(priya, helen), by=helen, at=clock.now())
    firm, hers = office.browser(helen), office.browser(priya)
    hers.post(reverse("my-contract-say", args=[contract.pk]), {"words": "Is the pause paid?"})
    assert to_do(contract) == ["Priya asks about her contract"]
    item = WorkItem.objects.open().get(subject_id=contract.pk)
    assert work.describe(item).url == reverse("contract", args=[contract.pk])
    firm.post(reverse("contract-say", args=[contract.pk]), {"words": "It is"})
    assert to_do(contract) == []
    [answer] = told(contract, "said")
    assert "It is" not in answer  # what is said stands on the page
    assert reverse("my-contract-one", args=[contract.pk]) in answer
    signing = {"name": "Priya Nair", "sha256": contract.sha256, "at": clock.now()}
    agreeing.accept(contract, by=priya.user, **signing)
    assert to_do(contract) == ["Priya has signed her contract: the firm signs next"]
    agreeing.countersign(contract, by=helen, **signing)
    assert (to_do(contract), len(told(contract, "signed"))) == ([], 1)


def test_an_answer_ends_the_question_and_not_that_the_firm_signs_next(office, priya, helen):
    contract = agreeing.offer(written(priya, helen), by=helen, at=clock.now())
    firm, hers = office.browser(helen), office.browser(priya)
    signing = {"name": "Priya Nair", "sha256": contract.sha256, "agreed": "on"}
    hers.post(reverse("my-contract-accept", args=[contract.pk]), signing)
    signs_next = "Priya has signed her contract: the firm signs next"
    office.passes(60)
    hers.post(reverse("my-contract-say", args=[contract.pk]), {"words": "When do I start?"})
    assert to_do(contract) == [signs_next, "Priya asks about her contract"]
    firm.post(reverse("contract-say", args=[contract.pk]), {"words": "On Monday"})
    assert to_do(contract) == [signs_next]
    hers.post(reverse("my-contract-say", args=[contract.pk]), {"words": "At what time?"})
    firm.post(reverse("contract-sign", args=[contract.pk]), signing)
    assert to_do(contract) == ["Priya asks about her contract"]  # it is not answered by a signature


def test_what_is_declined_lies_before_the_firm_and_what_is_taken_back_is_told_to_her(office, priya, helen):
    contract = agreeing.offer(written(priya, helen), by=helen, at=clock.now())
    office.browser(priya).post(reverse("my-contract-decline", args=[contract.pk]))
    assert to_do(contract) == ["Priya does not want the contract as it is"]
    another = agreeing.offer(written(priya, helen), by=helen, at=clock.now())
    agreeing.withdraw(another, by=helen)
    assert len(told(another, "withdrawn")) == 1


def test_the_firm_ends_it_with_the_notice_that_was_agreed_or_says_why_not(office, priya, helen):
    contract, firm = signed(priya, helen), office.browser(helen)
    end = reverse("contract-end", args=[contract.pk])
    said = {"on": "2026-12-21", "because": "She stole"}
    refused = firm.post(end, said)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "With 28 days’ notice its last day is 22 December 2026 at the earliest" in page
    assert "She stole" in page
    assert firm.post(end, said | {"on": "2026-11-23", "how": "cause"}).status_code == 422  # that is over
    assert firm.post(end, said | {"on": "2026-11-24", "how": "cause"}).status_code == 303
    contract.refresh_from_db()
    assert contract.ended_because == "At once, for cause: She stole"
    [mail] = told(contract, "ended")
    assert "24 November 2026" in mail
    assert "At once, for cause: She stole" in mail


def test_she_gives_notice_on_her_own_page_and_the_firm_is_told(office, priya, helen):
    contract, hers = signed(priya, helen), office.browser(priya)
    end = reverse("my-contract-end", args=[contract.pk])
    page = hers.get(reverse("my-contract")).content.decode()
    assert end in page
    assert 'value="2026-12-22"' in page
    said = {"on": "2026-12-01", "because": "We move", "sure": "on"}
    refused = hers.post(end, said)
    assert refused.status_code == 422
    assert "We move" in refused.content.decode()
    assert hers.post(end, said | {"on": "2026-12-22", "sure": ""}).status_code == 422
    assert hers.post(end, said | {"on": "2026-12-22"}).status_code == 303
    contract.refresh_from_db()
    assert contract.until_on == date(2026, 12, 22)
    assert contract.ended_because == "She gives notice: We move"
    assert to_do(contract) == ["Priya gives notice: her last day is 22 December 2026"]
    assert len(told(contract, "ended")) == 1
    page = hers.get(reverse("my-contract")).content.decode()
    assert end not in page
    assert "She gives notice: We move" in page


def test_what_has_not_begun_is_called_off_and_the_next_can_be_offered(office, priya, helen):
    first = signed(priya, helen)
    mistyped, firm = signed(priya, helen, from_on=date(2062, 1, 1)), office.browser(helen)
    page, end = (reverse(name, args=[mistyped.pk]) for name in ("contract", "contract-end"))
    assert "calls it off: it never begins" in firm.get(page).content.decode()
    said = {"on": "2026-11-24", "how": "agreed", "because": "It was to be 2026"}
    assert firm.post(end, said).status_code == 303
    mistyped.refresh_from_db()
    assert (mistyped.state, mistyped.until_on) == ("withdrawn", None)
    why = "Earlier, as both sides have agreed: It was to be 2026"
    for who, name in ((helen, "contract"), (priya, "my-contract-one")):
        shown = office.browser(who).get(reverse(name, args=[mistyped.pk])).content.decode()
        assert f"It never began: {why}" in shown
        assert mistyped.sha256[:16] in shown  # its signatures stay on record
    [mail] = told(mistyped, "called_off")
    assert f"called off before it began: {why}" in mail
    assert "What held before goes on as before, without a last day." in mail
    assert "What held before goes on" in firm.get(page).content.decode()  # said once, to whoever did it
    assert ledger_of(mistyped)[-1] == "office.contract.called_off"
    first.refresh_from_db()
    assert (first.state, first.until_on, first.ended_because) == ("signed", None, "")
    assert ledger_of(first)[-1] == "office.contract.goes_on"
    following = signed(priya, helen, from_on=date(2026, 12, 1))
    first.refresh_from_db()
    assert (following.state, first.until_on) == ("signed", date(2026, 11, 30))


def test_she_calls_off_what_has_not_begun_with_a_reason_and_the_notice_that_was_agreed(office, priya, helen):
    soon, hers = signed(priya, helen, from_on=date(2026, 12, 22)), office.browser(priya)
    end, said = reverse("my-contract-end", args=[soon.pk]), {"on": "2026-12-21", "sure": "on"}
    too_late = hers.post(end, said | {"because": "We move"})
    assert "With 28 days’ notice its last day is 22 December 2026" in too_late.content.decode()
    office.clock_says("2026-11-23 10:30")
    assert "say why" in hers.post(end, said).content.decode()
    assert hers.post(end, said | {"because": "We move"}).status_code == 303
    soon.refresh_from_db()
    assert (soon.state, soon.ended_because) == ("withdrawn", "She gives notice: We move")
    assert to_do(soon) == ["Priya calls off her contract before it has begun"]


def calls_off(contract, by) -> str:
    facts = {"because": "Too few hours", "by": by, "at": clock.now()}
    return agreeing.end(contract, on=date(2026, 11, 24), how="agreed", **facts)


def test_what_held_before_one_that_is_called_off_is_warned_of_as_it_ended_before(office, priya, helen):
    first = signed(priya, helen, until_on=date(2026, 12, 20))
    said = calls_off(signed(priya, helen, from_on=date(2026, 12, 10)), helen)
    assert said == "What held before goes on as before. Its last day is 20 December 2026."
    assert ending.warn(at=clock.now()) == 1
    assert to_do(first) == ["The contract of Priya ends on 20 December 2026, and none follows it"]


def test_what_was_ended_for_a_reason_ends_for_it_again(office, priya, helen):
    first = signed(priya, helen)
    facts = {"because": "She moves abroad", "by": helen, "at": clock.now()}
    agreeing.end(first, on=date(2026, 12, 22), **facts)
    second = signed(priya, helen, from_on=date(2026, 12, 10))
    hers = office.browser(priya)
    office.clock_says("2026-11-11 10:30")  # 28 days and more before it begins
    end = reverse("my-contract-end", args=[second.pk])
    said = {"on": "2026-12-09", "because": "I move after all", "sure": "on"}
    assert hers.post(end, said).status_code == 303
    first.refresh_from_db()
    assert (first.until_on, first.ended_because) == (date(2026, 12, 22), "She moves abroad")
    goes_on = "What held before goes on as before. Its last day is 22 December 2026."
    assert to_do(second) == [f"Priya calls off her contract before it has begun. {goes_on}"]
    assert goes_on in told(second, "called_off")[0]


def test_an_end_that_was_changed_meanwhile_stays(office, priya, helen):
    first, second = signed(priya, helen), signed(priya, helen, from_on=date(2027, 1, 10))
    facts = {"because": "Sooner", "by": helen, "at": clock.now()}
    agreeing.end(first, on=date(2026, 12, 31), **facts)
    stays = "The last day of what held before was changed meanwhile and stays as it is: 31 December 2026."
    assert calls_off(second, helen) == stays
    assert stays in told(second, "called_off")[0]
    first.refresh_from_db()
    assert (first.until_on, first.ended_because) == (date(2026, 12, 31), "Sooner")


def test_with_a_third_one_signed_the_first_lasts_until_that_and_then_as_before(office, priya, helen):
    first = signed(priya, helen)
    second, third = (signed(priya, helen, from_on=date(2027, month, 1)) for month in (1, 3))
    calls_off(second, helen)
    first.refresh_from_db()
    assert (first.until_on, first.ended_because) == (date(2027, 2, 28), "Followed by version 3")
    calls_off(third, helen)
    first.refresh_from_db()
    assert (first.until_on, first.ended_because, first.followed_by) == (None, "", None)


def test_whoever_had_gone_and_whose_next_contract_is_called_off_is_gone(office, priya, helen):
    signed(priya, helen, until_on=date(2026, 11, 30))
    office.clock_says("2026-12-01 00:10")
    office.is_later(400)
    called_off = signed(priya, helen, from_on=date(2027, 1, 1))
    facts = {"because": "Too few hours", "by": helen, "at": clock.now()}
    agreeing.end(called_off, on=date(2026, 12, 2), how="agreed", **facts)
    priya.refresh_from_db()
    assert priya.engaged_until == date(2026, 11, 30)


def test_thirty_days_before_a_contract_ends_by_itself_both_sides_are_told_once(office, priya, helen):
    contract = signed(priya, helen, until_on=date(2026, 12, 25))
    assert ending.warn(at=clock.now()) == 0
    office.clock_says("2026-11-25 10:30")
    assert (ending.warn(at=clock.now()), ending.warn(at=clock.now())) == (1, 0)
    assert to_do(contract) == ["The contract of Priya ends on 25 December 2026, and none follows it"]
    [mail] = told(contract, "ends")
    assert "25 December 2026" in mail


def test_whose_next_contract_is_before_her_is_not_warned_of_the_end_of_the_last(office, priya, helen):
    signed(priya, helen, until_on=date(2026, 12, 10))
    agreeing.offer(written(priya, helen, from_on=date(2026, 12, 11)), by=helen, at=clock.now())
    assert ending.warn(at=clock.now()) == 0


def test_the_signed_paper_says_who_signed_which_paper_and_when(office, priya, helen):
    contract, hers = signed(priya, helen), office.browser(priya)

    def paper(query="") -> bytes:
        answer = hers.get(reverse("my-contract-pdf", args=[contract.pk]) + query)
        return b"".join(answer.streaming_content)

    kept = paper("?offered")
    assert hashlib.sha256(kept).hexdigest() == contract.sha256
    words = words_of(paper())
    assert "The secretary: Priya Nair, 24 November 2026, 10:30:00 (Europe/London)" in words
    assert "The firm: Priya Nair, 24 November 2026" in words  # as the test typed it
    assert contract.sha256[:20] in words.replace(" ", "")
    assert "version 1 as it was offered" in words
    assert "14.50 GBP" in words
