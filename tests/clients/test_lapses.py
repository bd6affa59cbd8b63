"""What follows from a lapse happens: she is told, is off the team, her contract ends; the client is told."""

import pytest
from django.urls import reverse

from clients import suppressing
from clients.models import Assignment, ContactAddress, Lapse, WorkItem
from secretariat import clock
from secretariat.office.contracts import agreeing
from secretariat.outbox.models import Effect
from tests.office.test_contracts import signed


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    return office


@pytest.fixture
def owner(firm):
    return firm.okafor.owner.user


@pytest.fixture
def lapse(firm) -> Lapse:
    said = {"kind": "sent", "what": "A letter went to a neighbour", "client": str(firm.okafor.row.pk)}
    firm.browser(firm.supervisor("Ruth")).post(reverse("lapse-report"), said)
    return Lapse.objects.get()


def closed(firm, lapse, consequence, **more):
    about = {"consequence": consequence, "findings": "It was her envelope", "about": str(firm.priya.pk)}
    return firm.browser(firm.helen).post(reverse("lapse-close", args=[lapse.pk]), about | more)


def mails(kind) -> list[dict]:
    return [each.payload for each in Effect.objects.filter(kind=kind).order_by("place")]


def test_a_warning_is_told_her_in_writing_and_stands_on_her_record(firm, lapse):
    nothing_said = closed(firm, lapse, "warning")
    assert nothing_said.status_code == 422
    assert "It was her envelope" in nothing_said.content.decode()  # nothing typed is lost
    nobody = closed(firm, lapse, "warning", about="", said_to_her="Look twice at each envelope")
    assert "Say whom it concerns" in nobody.content.decode()
    hers, desk = firm.browser(firm.priya), firm.browser(firm.helen)
    assert "on your record" not in hers.get(reverse("my-terms")).content.decode()
    assert closed(firm, lapse, "warning", said_to_her="Look twice at each envelope").status_code == 303
    [mail] = mails("clients.lapse_word")
    assert (mail["to"], "warning" in mail["subject"]) == (firm.priya.user.email, True)
    assert "envelope" not in mail["text"]  # the words are at her desk
    for page in ("my-terms", "my-supervision"):
        shown = hers.get(reverse(page)).content.decode()
        assert "Warning in writing" in shown, page
        assert "Look twice at each envelope" in shown, page
        assert "A letter went to a neighbour" not in shown, page  # what somebody else reported
    record = desk.get(reverse("supervision-of", args=[firm.priya.pk])).content.decode()
    assert "Look twice at each envelope" in record
    assert reverse("lapse", args=[lapse.pk]) in record


def test_where_nothing_was_done_wrong_nothing_stands_on_her_record(firm, lapse):
    lost = closed(firm, lapse, "none", said_to_her="You did nothing wrong").content.decode()
    assert "she reads nothing here" in lost  # the words would have reached nobody
    assert "You did nothing wrong" in lost
    assert closed(firm, lapse, "none").status_code == 303
    assert mails("clients.lapse_word") == []
    assert not Lapse.objects.on_record_of(firm.priya).exists()
    assert not Lapse.objects.visible_to(firm.priya.user).exists()


def test_whoever_no_longer_answers_for_the_client_is_off_its_team(firm, lapse):
    assert closed(firm, lapse, "off_team").status_code == 303
    assert Assignment.objects.get(secretary=firm.priya).until_at == clock.now()
    assert len(mails("clients.lapse_word")) == 1


def test_without_a_client_there_is_no_team_to_leave(firm, lapse):
    Lapse.objects.update(client=None)
    assert "no team to leave" in closed(firm, lapse, "off_team").content.decode()
    lapse.refresh_from_db()
    assert lapse.closed_at is None


def test_where_her_contract_is_to_end_its_page_comes_next_until_it_has_an_end(firm, lapse):
    contract = signed(firm.priya, firm.helen)
    page = reverse("contract", args=[contract.pk])
    assert closed(firm, lapse, "ended").headers["Location"] == page
    desk, shown = firm.browser(firm.helen), reverse("lapse", args=[lapse.pk])
    assert "Her contract has no end yet" in desk.get(shown).content.decode()
    last = {"on": clock.now().date(), "because": "A letter", "how": "cause"}
    agreeing.end(contract, **last, by=firm.helen, at=clock.now())
    assert "Her contract has no end yet" not in desk.get(shown).content.decode()


def test_nobody_closes_what_concerns_herself(firm, lapse):
    hers = firm.secretary("Helga", firm.okafor, ready=False)
    hers.user = firm.helen
    hers.save()
    refused = closed(firm, lapse, "talk", about=str(hers.pk))
    assert "It concerns yourself" in refused.content.decode()
    lapse.refresh_from_db()
    assert lapse.closed_at is None


def test_the_client_is_told_by_mail_and_reads_it_in_the_portal(firm, lapse, owner):
    desk, tell = firm.browser(firm.helen), reverse("lapse-tell", args=[lapse.pk])
    assert "has not been told" in desk.get(reverse("lapse", args=[lapse.pk])).content.decode()
    assert desk.post(tell, {"words": ""}).status_code == 422
    assert desk.post(tell, {"words": "A letter of yours lay with a neighbour"}).status_code == 303
    lapse.refresh_from_db()
    assert lapse.client_told_at == clock.now()
    [mail] = mails("clients.lapse_to_client")
    assert "A letter of yours lay with a neighbour" in mail["text"]
    assert mail["to"] == ContactAddress.objects.get(contact=firm.okafor.owner, kind="email").value
    portal = firm.browser(owner).get(reverse("lapse-portal")).content.decode()
    assert "A letter of yours lay with a neighbour" in portal
    assert "A letter went to a neighbour" not in portal  # as it was said within the firm
    firm.settle()
    assert Effect.objects.get(kind="clients.lapse_to_client").state == "done"


def test_where_a_mail_reaches_nobody_the_firm_says_that_it_told_them_another_way(firm, lapse):
    ContactAddress.objects.filter(kind="email").delete()
    desk, tell = firm.browser(firm.helen), reverse("lapse-tell", args=[lapse.pk])
    refused = desk.post(tell, {"words": "A letter of yours lay astray"})
    assert refused.status_code == 422
    assert "has a mailbox" in refused.content.decode()
    assert "A letter of yours lay astray" in refused.content.decode()
    assert desk.post(tell, {"words": "A letter of yours lay astray", "was_told": "on"}).status_code == 303
    lapse.refresh_from_db()
    assert lapse.client_words == "A letter of yours lay astray"
    assert mails("clients.lapse_to_client") == []


def test_a_mailbox_that_is_written_to_no_more_is_no_way_to_tell_them(firm, lapse):
    mailbox = ContactAddress.objects.get(contact=firm.okafor.owner, kind="email").value
    suppressing.suppress("email", mailbox, "bounced", at=clock.now())
    tell = reverse("lapse-tell", args=[lapse.pk])
    refused = firm.browser(firm.helen).post(tell, {"words": "A letter of yours lay astray"})
    assert refused.status_code == 422
    assert "that we may write to" in refused.content.decode()
    lapse.refresh_from_db()
    assert lapse.client_told_at is None


def test_the_desk_and_the_portal_ask_alike_but_for_whom_the_words_are(firm, owner):
    desk = firm.browser(firm.helen).get(reverse("lapse-report")).content.decode()
    portal = firm.browser(owner).get(reverse("lapse-portal")).content.decode()
    for page, whom in (
        (desk, "Write no more of a client than is needed."),
        (portal, "It need not be certain."),
    ):
        assert whom in page
        assert page.count('name="kind"') == len(Lapse.Kind)
        assert 'name="what"' in page
    assert 'name="client"' in desk
    assert "Client concerned" not in portal


def test_a_client_reports_in_the_portal_and_the_firm_has_it_at_once(firm, owner):
    theirs, page = firm.browser(owner), reverse("lapse-portal")
    refused = theirs.post(page, {"kind": "", "what": "Our file was named aloud"})
    assert refused.status_code == 422
    assert "Our file was named aloud" in refused.content.decode()
    assert theirs.post(page, {"kind": "seen", "what": "Our file was named aloud"}).status_code == 303
    lapse = Lapse.objects.get()
    assert (lapse.client, lapse.reported_by) == (firm.okafor.row, owner)
    item = WorkItem.objects.open().get(kind="clients.lapse")
    assert item.because == "Okafor Legal reports: Somebody saw or heard what was not for her"
    assert "Our file was named aloud" in theirs.get(page).content.decode()
    tilda = firm.client("Tilda Flowers")
    others = firm.browser(tilda.owner.user).get(page).content.decode()
    assert "Our file was named aloud" not in others
