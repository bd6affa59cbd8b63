"""Client agreements: written, offered, accepted in the portal, followed, ended and worked off."""

import hashlib
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from clients import work
from clients.models import Client, WorkItem
from messages_app.models import Mailbox
from secretariat import clock
from secretariat.books.agreements import agreeing, leaving, usual_words, where
from secretariat.books.models import Agreement, LeavingStep
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Firm
from secretariat.outbox.models import Effect

from .conftest import local

FIRST = {
    "services": "Calls answered\nMessages passed on",
    **{f"hours_{day}": "8-18" for day in range(5)},
    "answer_percent": "90",
    "answer_seconds": "15",
    "from_on": "2026-12-01",
    "term": "yearly",
    "notice_days": "60",
    "data_terms": "Nothing leaves the house",
}


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    return office


def accepted(firm, from_on=date(2026, 11, 1), **facts) -> Agreement:
    draft = Agreement(client=firm.okafor.row, from_on=from_on, **usual_words.to_begin_with() | facts)
    offered = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    said = {"name": "Chidi Okafor", "sha256": offered.sha256, "by": firm.okafor.owner.user}
    return agreeing.accept(offered, at=clock.now(), **said)


def test_an_agreement_is_offered_read_and_accepted_in_the_portal(firm):
    desk, portal = firm.browser(firm.helen), firm.browser(firm.okafor.owner)
    write = reverse("agreement-write", args=[firm.okafor.row.pk])
    assert desk.post(write, FIRST | {"services": ""}).status_code == 422
    assert desk.post(write, FIRST).status_code == 303
    agreement = Agreement.objects.get()
    assert "No agreement in writing yet" in portal.get(reverse("portal-agreement")).content.decode()
    assert desk.post(reverse("agreement-offer", args=[agreement.pk])).status_code == 303
    [mail] = Effect.objects.filter(kind="books.mail")
    assert reverse("portal-agreement") in mail.payload["text"]
    page = portal.get(reverse("portal-agreement")).content.decode()
    for words in (
        "90 percent of calls are answered within 15 seconds",
        "From 1 December 2026 for a year, and then from year to year",
        "60 days’ notice",
        "Nothing leaves the house",
        "No plan is agreed yet",
    ):
        assert words in page
    agreement.refresh_from_db()
    accept = reverse("portal-agreement-accept", args=[agreement.pk])
    said = {"name": "Chidi Okafor", "sha256": agreement.sha256}
    assert portal.post(accept, said).status_code == 422
    assert portal.post(accept, said | {"agreed": "on"}).status_code == 303
    assert agreeing.of(firm.okafor.row, date(2026, 11, 30)) is None
    assert agreeing.of(firm.okafor.row, date(2026, 12, 1)) == agreement
    paper = portal.get(reverse("portal-agreement-pdf", args=[agreement.pk]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")


def test_the_client_asks_in_writing_before_she_accepts_and_the_firm_answers(firm):
    desk, portal = firm.browser(firm.helen), firm.browser(firm.okafor.owner)
    draft = Agreement(client=firm.okafor.row, from_on=date(2026, 12, 1), **usual_words.to_begin_with())
    offered = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    ask = reverse("portal-agreement-ask", args=[offered.pk])
    assert portal.post(ask, {"words": " "}).status_code == 422
    assert portal.post(ask, {"words": "Is the time on hold billed?"}).status_code == 303
    item = WorkItem.objects.get(kind="books.agreement_asked")
    assert (item.because, item.client) == ("Okafor Legal asks about the agreement", None)
    page = reverse("agreement", args=[offered.pk])
    assert "Is the time on hold billed?" in desk.get(page).content.decode()
    desk.post(reverse("agreement-answer", args=[offered.pk]), {"words": "It is not"})
    item.refresh_from_db()
    assert item.outcome == "Answered"
    assert "It is not" in portal.get(reverse("portal-agreement")).content.decode()
    assert Agreement.objects.get().state == "offered"


def test_the_next_version_shows_the_difference_and_follows_the_one_before(firm):
    first = accepted(firm)
    draft = Agreement(
        client=firm.okafor.row,
        from_on=date(2027, 1, 1),
        **usual_words.to_begin_with() | {"cover": "Every hour of the day"},
    )
    second = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    page = firm.browser(firm.okafor.owner).get(reverse("portal-agreement")).content.decode()
    assert "<ins>Every hour of the day</ins>" in page
    said = {"name": "Chidi", "by": firm.okafor.owner.user, "at": clock.now()}
    with pytest.raises(agreeing.NotNow, match="not the paper"):
        agreeing.accept(second, sha256=first.sha256, **said)
    agreeing.accept(second, sha256=second.sha256, **said)
    first.refresh_from_db()
    assert (first.until_on, first.ended_because) == (date(2026, 12, 31), "Followed by version 2")


def test_ending_one_lists_what_is_left_and_it_is_worked_off(firm):
    firm.okafor.line.forwarded_from = "+442079460999"
    firm.okafor.line.save()
    agreement, desk = accepted(firm), firm.browser(firm.helen)
    ended = {"on": "2026-12-31", "because": "They moved"}
    assert desk.post(reverse("agreement-end", args=[agreement.pk]), ended).status_code == 303
    kinds = list(LeavingStep.objects.values_list("kind", flat=True))
    assert kinds == ["forward", "number", "messages", "bill", "return", "access", "erase"]
    page = desk.get(reverse("agreement", args=[agreement.pk])).content.decode()
    assert "Have the forwarding from +44 20 7946 0999 cancelled by 31 December 2026" in page
    step = LeavingStep.objects.get(kind="forward")
    done = reverse("agreement-step", args=[step.pk])
    assert desk.post(done, {"note": "Rang the operator"}).status_code == 303
    step.refresh_from_db()
    assert (step.done_by, step.note) == (firm.helen, "Rang the operator")
    desk.post(done, {"note": "Again"})
    step.refresh_from_db()
    assert step.note == "Rang the operator"
    hers = firm.browser(firm.okafor.owner).get(reverse("portal-agreement")).content.decode()
    assert "What we do because it ends" in hers
    [mail] = words_to_client(":ended:")
    assert "31 December 2026" in mail
    item = leaving_of(agreement)
    assert item.promised_at == local("2027-01-01 00:00")
    assert "each thing on the list is done" in work.ends_by(item)
    for each in LeavingStep.objects.filter(done_at=None):
        desk.post(reverse("agreement-step", args=[each.pk]), {"note": ""})
    item.refresh_from_db()
    assert item.outcome == "All of it is done"


def test_each_step_of_leaving_leads_to_the_page_on_which_it_is_done(firm):
    firm.okafor.line.forwarded_from = "+442079460999"
    firm.okafor.line.save()
    client = firm.okafor.row
    box = Mailbox.objects.create(client=client, address="office@okafor.example")
    agreement, desk = accepted(firm), firm.browser(firm.helen)
    agreeing.end(agreement, on=date(2026, 12, 31), because="They moved", by=firm.helen, at=clock.now())
    page = unescape(desk.get(reverse("agreement", args=[agreement.pk])).content.decode())
    line = reverse("admin:clients_line_change", args=[firm.okafor.line.pk])
    led = {
        "forward": [line],
        "number": [reverse("telephony"), line],
        "messages": [f"{reverse(name)}?client={client.pk}" for name in ("messages", "inbox")],
        "bill": [f"{reverse('books-bills')}?month=2026-12"],
        "return": [reverse("data-copy", args=[client.pk])],
        "access": [
            reverse("admin:messages_app_mailbox_change", args=[box.pk]),
            f"{reverse('admin:clients_contact_changelist')}?q=Okafor+Legal",
        ],
        "erase": [],
    }
    found: dict[str, list[str]] = {}
    for step in LeavingStep.objects.all():
        found.setdefault(step.kind, []).extend(place.address for place in where.of(step))
    assert found == led
    for address in {each for some in led.values() for each in some} - {reverse("telephony")}:
        assert f'href="{address}"' in page, address
        assert desk.get(address).status_code == 200, address
    LeavingStep.objects.filter(kind="number").update(about_id=None)  # of a list from before
    number = LeavingStep.objects.get(kind="number")
    assert desk.get(where.of(number)[1].address).status_code == 200
    leaving.done(number, note="", by=firm.helen, at=clock.now())
    number.refresh_from_db()
    assert where.of(number) == []


def leaving_of(agreement) -> WorkItem:
    return WorkItem.objects.open().get(kind="books.agreement_leaving", subject_id=agreement.pk)


def words_to_client(about: str) -> list[str]:
    mails = Effect.objects.filter(kind="books.agreement_word", key__contains=about).order_by("place")
    return [each.payload["text"] for each in mails]


def test_the_firm_hears_of_the_clients_answer_and_the_client_of_the_firms(firm):
    draft = Agreement(client=firm.okafor.row, from_on=date(2026, 12, 1), **usual_words.to_begin_with())
    offered = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    desk, portal = firm.browser(firm.helen), firm.browser(firm.okafor.owner)
    portal.post(reverse("portal-agreement-ask", args=[offered.pk]), {"words": "Is hold time billed?"})
    desk.post(reverse("agreement-answer", args=[offered.pk]), {"words": "It is not"})
    [mail] = words_to_client(":said:")
    assert "It is not" not in mail
    portal.post(reverse("portal-agreement-decline", args=[offered.pk]))
    item = WorkItem.objects.open().get(kind="books.agreement_answered")
    assert item.because == "Okafor Legal does not want the agreement as it is"
    assert work.describe(item).url == reverse("agreement", args=[offered.pk])
    later = accepted(firm, from_on=date(2026, 12, 1))
    item = WorkItem.objects.open().get(kind="books.agreement_answered", subject_id=later.pk)
    assert item.because == "Okafor Legal has accepted the agreement"


def test_the_notice_that_was_agreed_holds_for_the_firm_unless_it_says_why_not(firm):
    agreement, desk = accepted(firm), firm.browser(firm.helen)
    end = reverse("agreement-end", args=[agreement.pk])
    said = {"on": "2026-12-23", "because": "They never pay"}
    refused = desk.post(end, said)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "24 December 2026 at the earliest" in page
    assert "They never pay" in page
    assert desk.post(end, said | {"how": "cause", "on": "2026-11-24"}).status_code == 303
    agreement.refresh_from_db()
    assert agreement.ended_because == "At once, for cause: They never pay"


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        ("2026-12-31", "30 April 2027 at the earliest"),
        ("2027-06-30", "its last day is that of a year"),
        ("2027-04-30", ""),
        ("2028-04-30", ""),
    ],
)
def test_what_runs_from_year_to_year_ends_with_a_year_of_it(firm, on, refused):
    agreement = accepted(firm, from_on=date(2025, 5, 1), term="yearly", notice_days=60)
    said = {"on": date.fromisoformat(on), "because": "They moved", "by": firm.helen, "at": clock.now()}
    if refused:
        with pytest.raises(agreeing.NotNow, match=refused):
            agreeing.end(agreement, **said)
        agreeing.end(agreement, how="agreed", **said)
    else:
        agreeing.end(agreement, **said)
    agreement.refresh_from_db()
    assert agreement.until_on == said["on"]


def test_the_clients_owner_gives_notice_in_the_portal_and_the_firm_has_its_list(firm):
    agreement, portal = accepted(firm), firm.browser(firm.okafor.owner)
    end = reverse("portal-agreement-end", args=[agreement.pk])
    assert end in portal.get(reverse("portal-agreement")).content.decode()
    said = {"on": "2026-12-01", "because": "We hire somebody", "sure": "on"}
    refused = portal.post(end, said)
    assert refused.status_code == 422
    assert "We hire somebody" in refused.content.decode()
    assert portal.post(end, said | {"on": "2026-12-24"}).status_code == 303
    agreement.refresh_from_db()
    assert (agreement.until_on, agreement.ended_by) == (date(2026, 12, 24), firm.okafor.owner.user)
    assert agreement.ended_because == "The client gives notice: We hire somebody"
    assert "leaves on 24 December 2026" in leaving_of(agreement).because
    assert agreement.steps.exists()
    assert end not in portal.get(reverse("portal-agreement")).content.decode()


def test_what_has_not_begun_is_called_off_and_the_next_can_be_offered(firm):
    first = accepted(firm)
    mistyped, desk = accepted(firm, from_on=date(2062, 1, 1)), firm.browser(firm.helen)
    page, end = (reverse(name, args=[mistyped.pk]) for name in ("agreement", "agreement-end"))
    assert "calls it off: it never begins" in desk.get(page).content.decode()
    said = {"on": "2026-11-24", "how": "agreed", "because": "It was to be 2027"}
    assert desk.post(end, said).status_code == 303
    mistyped.refresh_from_db()
    assert (mistyped.state, mistyped.until_on, mistyped.steps.exists()) == ("withdrawn", None, False)
    why = "It never began: Earlier, as both sides have agreed: It was to be 2027"
    for who, name in ((firm.helen, "agreement"), (firm.okafor.owner, "portal-agreement-one")):
        shown = firm.browser(who).get(reverse(name, args=[mistyped.pk])).content.decode()
        assert why in shown
        assert "Chidi Okafor" in shown  # who accepted it stays on record
    [mail] = words_to_client(":called_off")
    assert "called off before it began" in mail
    assert "What held before goes on as before, without a last day." in mail
    assert "What held before goes on" in desk.get(page).content.decode()  # said once, to whoever did it
    first.refresh_from_db()
    assert (first.state, first.until_on, first.ended_because) == ("accepted", None, "")
    assert LedgerEntry.objects.filter(verb="books.agreement.goes_on", subject_id=str(first.pk)).exists()
    accepted(firm, from_on=date(2027, 1, 1))
    first.refresh_from_db()
    assert first.until_on == date(2026, 12, 31)


def test_the_client_calls_off_what_has_not_begun_by_the_notice_that_was_agreed_and_says_why(firm):
    agreement = accepted(firm, from_on=date(2027, 3, 1), term="yearly")
    owners, portal = firm.okafor.owner, firm.browser(firm.okafor.owner)
    end, said = reverse("portal-agreement-end", args=[agreement.pk]), {"on": "2026-12-01", "sure": "on"}
    assert "its last day is 24 December 2026" in portal.post(end, said | {"because": "No"}).content.decode()
    said["on"] = "2026-12-24"
    assert "say why" in portal.post(end, said).content.decode()
    assert portal.post(end, said | {"because": "We hire somebody"}).status_code == 303
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_by) == ("withdrawn", owners.user)
    [item] = WorkItem.objects.open().filter(kind="books.agreement_answered")
    assert item.because == "Okafor Legal calls off the agreement before it has begun"


def test_what_ends_by_its_own_date_has_its_list_thirty_days_before_and_loses_it_with_the_next(firm):
    agreement = accepted(firm, term="project", until_on=date(2026, 12, 25))
    assert leaving.notice_what_ends(at=clock.now()) == 0
    firm.clock_says("2026-11-25 10:30")
    assert leaving.notice_what_ends(at=clock.now()) == 1
    assert leaving.notice_what_ends(at=clock.now()) == 0
    assert len(words_to_client(":ends:")) == 1
    assert "leaves on 25 December 2026" in leaving_of(agreement).because
    assert agreement.steps.filter(kind="number").exists()
    accepted(firm, from_on=date(2026, 12, 26))
    assert not agreement.steps.exists()
    assert not WorkItem.objects.open().filter(kind="books.agreement_leaving").exists()


def test_the_accepted_paper_says_who_accepted_which_paper_and_when(firm):
    agreement, portal = accepted(firm), firm.browser(firm.okafor.owner)
    address = reverse("portal-agreement-pdf", args=[agreement.pk])
    offered = b"".join(portal.get(f"{address}?offered").streaming_content)
    assert hashlib.sha256(offered).hexdigest() == agreement.sha256
    paper = b"".join(portal.get(address).streaming_content)
    words = " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(paper)).pages).split())
    assert "Okafor Legal: Chidi Okafor, 24 November 2026, 10:30:00" in words
    assert f"Offered for {Firm.current().name}: {firm.helen.name}, 24 November 2026, 10:30:00" in words


@pytest.mark.parametrize("is_known", [True, False])
def test_both_sides_read_who_offered_it_for_the_firm_and_of_older_ones_that_it_was_the_firm(firm, is_known):
    agreement = accepted(firm)
    if not is_known:
        Agreement.objects.update(offered_by=None)
    said = f"Offered by {firm.helen.name if is_known else 'the firm'}"
    for who, name in ((firm.helen, "agreement"), (firm.okafor.owner, "portal-agreement-one")):
        page = firm.browser(who).get(reverse(name, args=[agreement.pk])).content.decode()
        assert said in page, name


@pytest.mark.parametrize(
    ("zone", "at", "holds"),
    [
        ("Europe/London", "2026-11-24 13:30", True),
        ("Pacific/Auckland", "2026-11-24 13:30", False),
        ("America/Los_Angeles", "2026-11-25 02:00", True),
    ],
)
def test_an_agreement_holds_by_the_calendar_where_the_client_is(firm, zone, at, holds):
    held = accepted(firm, until_on=date(2026, 11, 24))
    Client.objects.filter(pk=firm.okafor.row.pk).update(zone=zone)
    firm.clock_says(at)
    page = firm.browser(firm.helen).get(reverse("agreements")).content.decode()
    assert (reverse("agreement", args=[held.pk]) in page) is holds
