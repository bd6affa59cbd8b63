"""Post that comes for a client: what presses reaches her the same day, and its paper is followed."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as postbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import Client, WorkItem, WorkRecord
from messages_app.incoming_post import receiving
from messages_app.models import Message, PostRules, ReceivedPost
from secretariat import clock
from secretariat.media.models import MediaFile

PAGES = b"%PDF-1.7 a writ"


@pytest.fixture
def rules(okafor):
    return PostRules.objects.create(
        client=okafor.row, address="Okafor Legal\nc/o 1 High Street\nLondon N1 1AA", opens="ordinary"
    )


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner.user)


def note(desk, okafor, **facts):
    began = desk.get(reverse("post-new"), {"client": okafor.row.pk}).context["began"]
    said = {"client": okafor.row.pk, "kind": "ordinary", "sender": "Harlow & Sons", "place": "tray 2"}
    answer = desk.post(reverse("post-new"), said | facts | {"began": began})
    assert answer.status_code == 303, answer.context["form"].errors
    return ReceivedPost.objects.order_by("-number").first()


def does(browser, page, post, **said):
    post.refresh_from_db()
    return browser.post(reverse(page, args=[post.pk]), {"version": post.version} | said)


def pages(name="writ.pdf", content=PAGES):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_registered_post_is_told_at_once_and_passed_on_the_same_day(office, okafor, rules, desk, portal):
    post = note(desk, okafor, kind="registered", tracking="RR123")
    office.settle()
    message = Message.objects.get()
    assert (post.message, message.urgency) == (message, Message.Urgency.URGENT)
    assert message.deliveries.exists()
    assert "Harlow" not in message.text
    item = WorkItem.objects.get(kind="post.to_pass_on")
    assert (item.urgency, item.promised_at) == (WorkItem.Urgency.URGENT, post.promised_at)
    assert post.promised_at.astimezone(okafor.row.tz).date() == post.came_at.astimezone(okafor.row.tz).date()

    refused = does(desk, "post-scan", post, file=pages(), opened="on")
    assert refused.status_code == 422
    assert "does not want this opened" in refused.content.decode()
    assert not MediaFile.objects.filter(kind="post.scan").exists()
    does(desk, "post-scan", post, file=pages("envelope.pdf"))
    does(desk, "post-pass-on", post)
    office.settle()
    post.refresh_from_db()
    assert (post.state, post.opened_at) == ("passed_on", None)
    assert not WorkItem.objects.open().filter(kind="post.to_pass_on").exists()
    told = [each for each in postbox.outbox if each.subject == "Post has come for you"]
    assert [each.to for each in told] == [[okafor.owner.user.email]]
    assert "Harlow" not in told[0].body
    page = portal.get(reverse("post-portal-one", args=[post.pk]))
    assert "Harlow &amp; Sons" in page.content.decode()
    scan = portal.get(reverse("media-file", args=[post.scan_id]))
    assert b"".join(scan.streaming_content) == PAGES


def test_the_client_says_open_it_and_then_it_may_be(office, okafor, rules, desk, portal):
    post = note(desk, okafor, kind="legal")
    does(portal, "post-portal-wish", post, wish="open")
    assert WorkItem.objects.open().get(kind="post.wished").urgency == WorkItem.Urgency.TODAY
    does(desk, "post-scan", post, file=pages(), opened="on")
    post.refresh_from_db()
    assert post.opened_by is not None
    assert not WorkItem.objects.open().filter(kind="post.wished").exists()


def test_what_is_opened_at_her_wish_is_told_her_at_once(office, okafor, rules, desk, portal):
    """A term may run from the day it came: she has its envelope only, and waits for the pages."""
    post = note(desk, okafor, kind="legal", sender="Bath County Court")
    does(desk, "post-scan", post, file=pages("envelope.pdf"))
    does(desk, "post-pass-on", post)
    does(portal, "post-portal-wish", post, wish="open")
    office.settle()
    before = len(postbox.outbox)
    does(desk, "post-scan", post, file=pages("envelope again.pdf"))
    office.settle()
    assert len(postbox.outbox) == before
    does(desk, "post-scan", post, file=pages(), opened="on")
    does(desk, "post-scan", post, file=pages("all pages.pdf"), opened="on")
    office.settle()
    (told,) = postbox.outbox[before:]
    assert (told.to, told.subject) == ([okafor.owner.user.email], "Your post was opened")
    assert "Court" not in told.body
    page = portal.get(re.search(r"http\S+?(/\S+)", told.body).group(1))
    assert "Bath County Court" in page.content.decode()
    post.refresh_from_db()
    assert reverse("media-file", args=[post.scan_id]) in page.content.decode()


def test_what_is_opened_by_her_rule_is_told_once_it_is_passed_on(office, okafor, rules, desk):
    post = note(desk, okafor)
    does(desk, "post-scan", post, file=pages(), opened="on")
    office.settle()
    assert not postbox.outbox
    does(desk, "post-pass-on", post)
    office.settle()
    assert [each.subject for each in postbox.outbox] == ["Post has come for you"]


def test_the_paper_is_followed_until_it_is_gone(office, okafor, rules, desk, portal):
    post = note(desk, okafor, kind="legal")
    does(desk, "post-lies", post, place="the safe")
    does(desk, "post-pass-on", post)
    refused = does(desk, "post-left", post, paper="shredded")
    assert "own word" in refused.content.decode()
    does(portal, "post-portal-wish", post, wish="send_on")
    does(desk, "post-left", post, paper="sent_on", postage="1.70", tracking="RM12")
    post.refresh_from_db()
    assert (post.paper, post.place, post.gone_tracking) == ("sent_on", "", "RM12")
    assert post.gone_at is not None
    assert not WorkItem.objects.open().exists()
    late = does(portal, "post-portal-wish", post, wish="shred")
    assert late.status_code == 303
    post.refresh_from_db()
    assert post.wish == "send_on"


def test_ordinary_paper_is_shredded_after_its_days_by_a_person(office, okafor, rules, desk):
    PostRules.objects.update(then="shred", days=3)
    post = note(desk, okafor)
    does(desk, "post-scan", post, file=pages(), opened="on")
    does(desk, "post-pass-on", post)
    assert receiving.to_shred(at=clock.now() + timedelta(days=2)) == 0
    assert receiving.to_shred(at=clock.now() + timedelta(days=3)) == 1
    assert WorkItem.objects.open().get().kind == "post.to_shred"
    does(desk, "post-left", post, paper="shredded")
    assert not WorkItem.objects.open().exists()


@pytest.mark.parametrize(("wish", "still"), [("open", 1), ("shred", 1), ("keep", 0), ("send_on", 0)])
def test_only_her_word_on_the_paper_stands_before_her_rule_to_shred(
    office, okafor, rules, desk, portal, wish, still
):
    """That its pages are to be read says nothing of what becomes of the paper."""
    PostRules.objects.update(then="shred", days=3)
    for before in (True, False):
        post = note(desk, okafor)
        if not before:
            does(desk, "post-pass-on", post)
        does(portal, "post-portal-wish", post, wish=wish)
        if before:
            does(desk, "post-pass-on", post)
        assert receiving.to_shred(at=clock.now() + timedelta(days=3)) == still


@pytest.mark.parametrize(
    ("zone", "at", "due"),
    [
        ("Europe/London", "2026-11-26 12:00", 0),
        ("Pacific/Auckland", "2026-11-26 12:00", 1),
        ("Europe/London", "2026-11-27 02:00", 1),
        ("America/Los_Angeles", "2026-11-27 02:00", 0),
    ],
)
def test_paper_is_kept_until_its_day_has_come_where_the_client_is(office, okafor, rules, desk, zone, at, due):
    PostRules.objects.update(then="shred", days=3)
    post = note(desk, okafor)
    does(desk, "post-scan", post, file=pages(), opened="on")
    does(desk, "post-pass-on", post)
    ReceivedPost.objects.update(shred_on=date(2026, 11, 27))
    Client.objects.update(zone=zone)
    assert receiving.to_shred(at=datetime.fromisoformat(f"{at}+00:00")) == due


def test_paper_is_shredded_by_the_clients_own_day(office, okafor, rules, desk):
    """In Lagos a day begins before the machine’s own; in Honolulu it ends later."""
    PostRules.objects.update(then="shred", days=1)
    post = note(desk, okafor)
    does(desk, "post-pass-on", post)
    ReceivedPost.objects.update(shred_on=date(2026, 11, 26))
    evening = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
    assert receiving.to_shred(at=evening) == 0
    Client.objects.filter(pk=okafor.row.pk).update(zone="Pacific/Honolulu")
    assert receiving.to_shred(at=datetime(2026, 11, 26, 9, 30, tzinfo=UTC)) == 0
    Client.objects.filter(pk=okafor.row.pk).update(zone="Africa/Lagos")
    assert receiving.to_shred(at=evening + timedelta(hours=1)) == 1


def test_paper_is_sent_on_by_her_rule_by_a_person(office, okafor, rules, desk, portal):
    PostRules.objects.update(then="send_on", send_on_to="3 Marina\nLagos")
    post = note(desk, okafor)
    assert not WorkItem.objects.open().filter(kind="post.to_send_on").exists()
    does(desk, "post-pass-on", post)
    item = WorkItem.objects.open().get()
    assert (item.kind, item.promised_at) == ("post.to_send_on", post.came_at + timedelta(hours=24))
    page = desk.get(reverse("post-one", args=[post.pk])).content.decode()
    assert "It is to be sent on to: 3 Marina" in page
    assert '<option value="sent_on" selected>' in page
    does(desk, "post-left", post, paper="sent_on", postage="1.70", tracking="RM77")
    post.refresh_from_db()
    assert (post.paper, post.place, post.gone_tracking) == ("sent_on", "", "RM77")
    assert not WorkItem.objects.open().exists()


@pytest.mark.parametrize(
    ("wish", "still"),
    [
        ("keep", set()),
        ("return", {"post.wished"}),
        ("shred", {"post.wished"}),
        ("send_on", {"post.wished"}),
        ("open", {"post.wished", "post.to_send_on"}),
    ],
)
def test_her_word_on_one_piece_of_post_stands_before_her_rule(
    office, okafor, rules, desk, portal, wish, still
):
    PostRules.objects.update(then="send_on", send_on_to="3 Marina\nLagos")
    for before in (True, False):
        post = note(desk, okafor)
        if not before:
            does(desk, "post-pass-on", post)
        does(portal, "post-portal-wish", post, wish=wish)
        if before:
            does(desk, "post-pass-on", post)
        items = WorkItem.objects.open().filter(subject_id=post.pk)
        assert {item.kind for item in items} == still


@pytest.mark.parametrize("first", ["keep", "return", "send_on"])
@pytest.mark.parametrize("then", ["send_on", "shred"])
def test_her_rule_holds_anew_where_she_says_no_more_of_the_paper(
    office, okafor, rules, desk, portal, first, then
):
    PostRules.objects.update(then=then, days=3, send_on_to="3 Marina\nLagos")
    post = note(desk, okafor)
    does(desk, "post-pass-on", post)
    does(portal, "post-portal-wish", post, wish=first)
    office.clock_says("2026-12-30 10:00")
    does(portal, "post-portal-wish", post, wish="open")
    does(desk, "post-scan", post, file=pages(), opened="on")
    assert receiving.to_shred(at=clock.now() + timedelta(days=2)) == 0
    shredded = receiving.to_shred(at=clock.now() + timedelta(days=3))
    items = list(WorkItem.objects.open().filter(subject_id=post.pk))
    assert [each.kind for each in items] == [{"send_on": "post.to_send_on", "shred": "post.to_shred"}[then]]
    assert shredded == (then == "shred")
    if then == "send_on":
        assert items[0].promised_at == clock.now() + timedelta(hours=24)


def test_what_presses_is_not_shredded_once_she_has_taken_that_word_back(okafor, rules, desk, portal):
    PostRules.objects.update(then="shred", days=3)
    post = note(desk, okafor, kind="legal")
    does(desk, "post-pass-on", post)
    for wish in ("keep", "shred", "open"):
        does(portal, "post-portal-wish", post, wish=wish)
    assert receiving.to_shred(at=clock.now() + timedelta(days=4)) == 0


def test_what_she_does_not_want_shredded_is_nobodys_to_shred(office, okafor, rules, desk, portal):
    PostRules.objects.update(then="shred", days=3)
    post = note(desk, okafor)
    does(desk, "post-pass-on", post)
    receiving.to_shred(at=clock.now() + timedelta(days=3))
    does(portal, "post-portal-wish", post, wish="send_on")
    assert [each.kind for each in WorkItem.objects.open()] == ["post.wished"]


def test_what_has_left_before_it_is_passed_on_is_not_to_be_sent_on(office, okafor, rules, desk):
    PostRules.objects.update(then="send_on", send_on_to="3 Marina\nLagos")
    post = note(desk, okafor)
    does(desk, "post-left", post, paper="collected")
    does(desk, "post-pass-on", post)
    assert not WorkItem.objects.open().exists()


def test_a_rule_to_send_on_says_where_to(office, okafor, rules, portal):
    said = {"opens": "all", "then": "send_on", "days": "30", "send_on_to": " "}
    refused = portal.post(reverse("post-portal-rules"), said)
    assert refused.status_code == 422
    assert "Say where the paper is to be sent on to." in refused.content.decode()
    rules.refresh_from_db()
    assert rules.then == "hold"


def test_seconds_are_kept_from_the_page_to_the_deed(office, okafor, rules, desk, priya):
    began = desk.get(reverse("post-new"), {"client": okafor.row.pk}).context["began"]
    office.passes(40)
    said = {"client": okafor.row.pk, "kind": "ordinary", "place": "tray", "began": began}
    desk.post(reverse("post-new"), said)
    record = WorkRecord.objects.get(kind="post")
    assert record.secretary == priya
    assert 39 <= (record.ended_at - record.started_at).total_seconds() <= 41
    desk.post(reverse("post-new"), said | {"began": "forged:1:2"})
    assert WorkRecord.objects.filter(kind="post").count() == 1


def test_laying_it_elsewhere_and_sending_it_on_are_work_for_her(office, okafor, rules, desk, priya):
    post = note(desk, okafor)
    for seconds, verb, said in (
        (15, "post-lies", {"place": "the safe"}),
        (50, "post-left", {"paper": "sent_on", "postage": "1.70"}),
    ):
        page = desk.get(reverse("post-one", args=[post.pk]))
        began = page.context["began"]
        form = page.content.decode().partition(f'action="{reverse(verb, args=[post.pk])}"')[2]
        assert began in form.partition("</form>")[0]
        office.passes(seconds)
        assert does(desk, verb, post, began=began, **said).status_code == 303
    records = WorkRecord.objects.filter(kind="post", client=okafor.row, secretary=priya)
    times = [(each.ended_at - each.started_at).total_seconds() for each in records.order_by("started_at")]
    assert times == [15, 50]
    assert {each.subject_id for each in records} == {post.pk}


def test_the_client_says_what_may_be_opened(office, okafor, rules, portal):
    said = {"opens": "all", "opened_by": "everybody", "then": "send_on", "days": "30"}
    said["send_on_to"] = "3 Marina, Lagos"
    assert portal.post(reverse("post-portal-rules"), said).status_code == 303
    rules.refresh_from_db()
    assert (rules.opens, rules.then) == ("all", "send_on")


def test_her_own_page_of_rules_speaks_to_her(rules, portal):
    page = re.sub(r"<[^>]*>", " ", portal.get(reverse("post-portal-rules")).content.decode())
    assert "Kept until you say" in page
    assert "Sent on to you" in page
    assert "the client" not in page


def test_where_the_paper_went_is_said_to_her_and_of_her(okafor, rules, desk, portal):
    post = note(desk, okafor)
    does(desk, "post-left", post, paper="sent_on", postage="0")
    for page in (reverse("post-portal"), reverse("post-portal-one", args=[post.pk])):
        shown = portal.get(page).content.decode()
        assert "Sent on to you" in shown
        assert "Sent on to the client" not in shown
    assert "Sent on to the client" in desk.get(reverse("post-one", args=[post.pk])).content.decode()


def test_without_an_address_no_post_is_noted(office, okafor, desk):
    assert "No client’s post comes here" in desk.get(reverse("post-new")).content.decode()
    assert desk.get(reverse("post-new"), {"client": okafor.row.pk}).status_code == 404
