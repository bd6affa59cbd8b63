"""What a client waits for is not ticked off on the page of the work: it ends by what is done about it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from calls.dictation import dictating
from clients import work
from clients.models import WorkItem
from messages_app.dictated import typing
from messages_app.models import ClientRequest, Letter, PostRules, ReceivedPost, SerialLetter
from secretariat import clock
from secretariat.ids import uuid7
from tests.dictating import handed_in

AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def a_draft(okafor, priya):
    draft = typing.begin(handed_in(okafor.owner), by=priya.user, at=clock.now())
    type(draft).objects.filter(pk=draft.pk).update(state="change")
    return draft


def a_letter(okafor, priya, **facts):
    paper = {"media_id": uuid7(), "sha256": "0" * 64, "pages": 1}
    return Letter.objects.create(
        client=okafor.row, number=1, state="ready", written_by=priya.user, **paper, **facts
    )


def a_copy(okafor, priya):
    facts = {"layout": "uk-dl", "dated_on": AT.date(), "written_by": priya.user}
    return a_letter(okafor, priya, serial=SerialLetter.objects.create(client=okafor.row, **facts))


def some_post(okafor, priya, **facts):
    at = AT
    return ReceivedPost.objects.create(
        client=okafor.row, number=1, noted_by=priya.user, promised_at=at, **facts
    )


def by_her_rule(then):
    def made(okafor, priya):
        PostRules.objects.create(client=okafor.row, then=then)
        return some_post(okafor, priya)

    return made


def wished(okafor, priya):
    return some_post(okafor, priya, wish="return")


def a_request(okafor, priya):
    return ClientRequest.objects.create(client=okafor.row, contact=okafor.owner, number=1, words="A table")


GONE = {"paper": "returned", "gone_at": AT}


@pytest.mark.parametrize(
    ("kind", "made", "says", "then"),
    [
        ("dictation.waiting", lambda okafor, _: handed_in(okafor.owner), "is typed", {"state": "done"}),
        ("dictation.change", a_draft, "is shown it again", {"state": "asked"}),
        ("letters.to_post", a_letter, "is posted", {"state": "posted"}),
        ("letters.serial_to_post", a_copy, "all copies", {"state": "posted"}),
        ("post.to_pass_on", some_post, "pass it on", {"state": "passed_on", "passed_on_at": AT}),
        ("post.wished", wished, "what the client wishes", GONE),
        ("post.to_shred", by_her_rule("shred"), "where the paper has gone", GONE),
        ("post.to_send_on", by_her_rule("send_on"), "where the paper has gone", GONE),
        ("requests.open", a_request, "answer the client", {"state": "done", "answered_at": AT}),
    ],
)
def test_it_is_not_ticked_off_while_the_client_waits_for_it(okafor, priya, desk, kind, made, says, then):
    row = made(okafor, priya)
    about = row.serial if kind == "letters.serial_to_post" else row
    item = work.open_item(kind, subject=(about._meta.label_lower, about.pk), client=okafor.row)
    tick = reverse("work-done", args=[item.pk])
    refused = desk.post(tick, {"outcome": "Done"})
    assert refused.status_code == 422
    assert says in refused.content.decode()
    assert WorkItem.objects.open().filter(pk=item.pk).exists()
    type(row).objects.filter(pk=row.pk).update(**then)
    assert desk.post(tick, {"outcome": "Done"}).status_code == 303  # nothing is left that would end it


@pytest.mark.parametrize(("kind", "then"), [("post.to_shred", "shred"), ("post.to_send_on", "send_on")])
def test_paper_that_is_kept_by_her_rule_of_today_is_ticked_off(okafor, priya, desk, kind, then):
    row = by_her_rule(then)(okafor, priya)
    item = work.open_item(kind, subject=("messages_app.receivedpost", row.pk), client=okafor.row)
    PostRules.objects.update(then="hold")
    assert desk.post(reverse("work-done", args=[item.pk]), {"outcome": "Kept"}).status_code == 303


def test_of_which_a_draft_was_thrown_away_it_can_be_said_that_there_is_nothing_to_type(okafor, priya, desk):
    item = handed_in(okafor.owner)
    draft = typing.begin(item, by=priya.user, at=clock.now())
    page, close = reverse("dictation", args=[item.pk]), reverse("dictation-close", args=[item.pk])
    assert close not in desk.get(page).content.decode()
    typing.drop(draft, by=priya.user, at=clock.now())
    assert close in desk.get(page).content.decode()
    desk.post(close)
    assert not WorkItem.objects.open().filter(kind=dictating.WORK_KIND).exists()
