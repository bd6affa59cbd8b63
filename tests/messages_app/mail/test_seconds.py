"""The seconds in which mail is read, sorted, approved and written at the desk, and letters are written."""

import pytest
from django.db import transaction
from django.urls import reverse

from clients.models import WorkRecord
from messages_app.answering import approving, asking_client
from messages_app.letters import hours as letter_hours
from messages_app.letters import lettering
from messages_app.models import MailTemplate, MailThread, OutgoingMail
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models import Post, Presence


@pytest.fixture
def thread(mailbox, writes):
    writes("When do you open on Monday?", Message_ID="<first@harlow.example>")
    return MailThread.objects.get()


def opened(desk, name, *ids, **asked) -> str:
    return desk.get(reverse(name, args=ids), asked).context["began"]


def kept(kind="reading") -> list[float]:
    rows = WorkRecord.objects.filter(kind=kind).order_by("started_at")
    return [round((each.ended_at - each.started_at).total_seconds()) for each in rows]


@pytest.mark.parametrize(
    ("verb", "said"),
    [("inbox-verdict", {"verdict": "later"}), ("inbox-done", {}), ("inbox-answer", {"whom": "author"})],
)
def test_a_mail_that_was_read_and_dealt_with(office, okafor, priya, desk, thread, verb, said):
    began = opened(desk, "inbox-thread", thread.pk)
    office.passes(40)
    assert desk.post(reverse(verb, args=[thread.pk]), said | {"began": began}).status_code == 303
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, record.subject_id) == (okafor.row, priya, thread.pk)
    assert kept() == [40]


def test_what_changed_nothing_is_not_kept(office, desk, thread):
    desk.post(reverse("inbox-done", args=[thread.pk]))
    began = opened(desk, "inbox-thread", thread.pk)
    office.passes(40)
    desk.post(reverse("inbox-done", args=[thread.pk]), {"began": began})
    assert kept() == []


def test_a_rule_that_is_proposed_and_a_mail_put_back(office, desk, thread):
    began = opened(desk, "inbox-thread", thread.pk)
    office.passes(10)
    desk.post(reverse("inbox-verdict", args=[thread.pk]), {"verdict": "later", "began": began})
    for seconds, verb in ((20, "inbox-propose"), (30, "inbox-reopen")):
        began = opened(desk, "inbox-thread", thread.pk)
        office.passes(seconds)
        desk.post(reverse(verb, args=[thread.pk]), {"began": began})
    assert kept() == [10, 20, 30]


def test_sorting_on_the_list_counts_from_one_to_the_next(office, desk, thread, writes):
    writes("And on Tuesday?", about="Another")
    first, second = MailThread.objects.order_by("pk")
    there = reverse("inbox")
    began = opened(desk, "inbox")
    office.passes(12)
    said = {"verdict": "later", "began": began}
    desk.post(f"{reverse('inbox-verdict', args=[first.pk])}?next={there}", said)
    began = opened(desk, "inbox")
    office.passes(121)  # the list stands open all day; nothing is said, and nothing kept
    answer = desk.post(
        f"{reverse('inbox-verdict', args=[second.pk])}?next={there}", said | {"began": began}, follow=True
    )
    assert "half an hour" not in answer.content.decode()
    assert kept() == [12]


def test_a_page_drawn_anew_because_mail_came_keeps_its_beginning(office, desk, thread):
    began = opened(desk, "inbox-thread", thread.pk)
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "hx-vals" in page
    office.passes(60)
    assert opened(desk, "inbox-thread", thread.pk, began=began) == began


def typed(**facts):
    usual = {"to": "dana@harlow.example", "subject": "Re: Hours", "words": "We open at nine.", "quote": "on"}
    return usual | facts


@pytest.fixture
def begun(desk, thread):
    desk.post(reverse("inbox-answer", args=[thread.pk]))
    return OutgoingMail.objects.get()


def test_one_paste_that_is_sent_counts_from_opening_the_page(office, desk, begun):
    desk.get(reverse("outgoing", args=[begun.pk]))
    office.passes(50)
    sent = desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0"))
    assert sent.status_code == 303
    assert kept("mail") == [50]


def test_reading_it_over_before_sending_counts(office, desk, begun):
    desk.get(reverse("outgoing", args=[begun.pk]))
    office.passes(30)
    desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(revision="0"))
    office.passes(25)
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="1"))
    assert kept("mail") == [55]


def test_a_page_that_stood_open_counts_from_the_first_letter(office, desk, begun):
    desk.get(reverse("outgoing", args=[begun.pk]))
    office.is_later(600)
    desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(revision="0"))
    office.passes(20)
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="1"))
    assert kept("mail") == [20]


def test_a_part_of_the_page_drawn_anew_begins_nothing(office, desk, begun):
    desk.get(reverse("outgoing", args=[begun.pk]), headers={"HX-Request": "true", "HX-Target": "asked"})
    begun.refresh_from_db()
    assert begun.writing_by is None


@pytest.mark.parametrize(
    "said", [{"decision": "approve"}, {"decision": "change", "note": "Say half past eight."}]
)
def test_whoever_reads_it_before_it_leaves_has_worked(office, okafor, mailbox, desk, begun, said):
    mailbox.needs_approval = True
    mailbox.save()
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0"))
    rui = office.secretary("Rui", okafor)
    hers = office.browser(rui)
    began = opened(hers, "outgoing", begun.pk)
    office.passes(35)
    hers.post(reverse("outgoing-decide", args=[begun.pk]), said | {"began": began, "version": "1"})
    begun.refresh_from_db()
    assert approving.latest(begun).decided_by == rui.user
    assert WorkRecord.objects.get(kind="reading", secretary=rui).subject_id == begun.pk
    assert kept() == [35]


def test_looking_where_a_mail_went_counts(office, desk, begun):
    OutgoingMail.objects.update(state="unknown", message_id="1@okafor.example")
    began = opened(desk, "outgoing", begun.pk)
    office.passes(80)
    desk.post(reverse("outgoing-settle", args=[begun.pk]), {"how": "left", "began": began})
    assert kept() == [80]


def test_a_mail_that_was_read_and_passed_on(office, okafor, priya, desk, thread):
    page = desk.get(reverse("inbox-thread", args=[thread.pk]))
    began = page.context["began"]
    form = page.content.decode().partition('<form id="pass-on"')[2].partition("</form>")[0]
    assert began in form
    office.passes(70)
    mail = thread.mails.get()
    assert desk.post(reverse("inbox-pass-on", args=[mail.pk]), {"began": began}).status_code == 303
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, record.subject_id) == (okafor.row, priya, thread.pk)
    assert kept() == [70]


def a_call_of_another_client(office, priya, since, until) -> None:
    """Kept when it is over, as calls keep their own seconds."""
    WorkRecord.objects.create(
        client=office.client("Harbour Dental").row,
        secretary=priya,
        kind=WorkRecord.Kind.TALK,
        subject_kind="calls.call",
        subject_id=uuid7(),
        started_at=since,
        ended_at=until,
    )


def test_a_call_for_somebody_else_while_she_writes_is_not_billed_as_writing(office, priya, desk, begun):
    desk.get(reverse("outgoing", args=[begun.pk]))
    office.passes(20)
    desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(revision="0"))
    rang = clock.now()
    office.passes(80)
    a_call_of_another_client(office, priya, rang, clock.now())
    office.passes(10)
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="1"))
    assert kept("mail") == [20, 10]


def test_what_is_sent_from_within_a_call_counts_up_to_the_call(office, priya, desk, begun):
    desk.get(reverse("outgoing", args=[begun.pk]))
    office.passes(30)
    desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(revision="0"))
    Presence.objects.update_or_create(
        secretary=priya, defaults={"state": Presence.State.ON_CALL, "since": clock.now()}
    )
    office.passes(15)
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="1"))
    assert kept("mail") == [30]


def test_a_letter_is_not_written_while_she_is_on_a_call_for_somebody_else(office, okafor, priya):
    letter = lettering.begin(okafor.row, by=priya.user, at=clock.now())
    office.passes(25)
    letter_hours.typed(letter, by=priya.user, at=clock.now())
    rang = clock.now()
    office.passes(80)
    a_call_of_another_client(office, priya, rang, clock.now())
    office.passes(5)
    with transaction.atomic():
        letter_hours.typed(letter, by=priya.user, at=clock.now())
        letter_hours.ended(letter)
    assert kept("letter") == [25, 5]


def test_what_machines_wrote_and_was_looked_through(office, okafor, priya, desk, mailbox, writes):
    writes(about="Newsletter", List_Id="<news.harlow.example>")
    office.clock_says("2026-11-27 10:30")
    office.passes(60)
    began = opened(desk, "inbox", show="later", client=okafor.row.pk)
    office.passes(75)
    read = reverse("inbox-looked-through", args=[okafor.row.pk])
    for _twice in range(2):
        assert desk.post(read, {"began": began}).status_code == 303
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, record.subject_id) == (okafor.row, priya, okafor.row.pk)
    assert kept() == [75]


def test_asking_the_client_counts_as_writing(office, okafor, desk, begun):
    began = opened(desk, "outgoing", begun.pk)
    office.passes(30)
    desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(revision="0"))
    office.passes(150)  # nothing is typed in the mail meanwhile
    asked = {"contact": okafor.owner.pk, "question": "Nine or ten?", "began": began}
    assert began in desk.get(reverse("outgoing", args=[begun.pk]), {"began": began}).content.decode()
    desk.post(reverse("outgoing-ask", args=[begun.pk]), asked)
    assert kept("mail") == [30, 150]
    office.passes(600)
    assert kept("mail") == [30, 150]


def in_the_form(browser, page: str, action: str = "") -> str:
    """When the page was opened, as its form says."""
    form = browser.get(page).content.decode().partition(f'action="{action}"' if action else "<form")[2]
    return form.partition("</form>")[0].partition('name="began" value="')[2].partition('"')[0]


def test_a_template_that_is_written_replaced_and_ended(office, okafor, priya, desk):
    new = reverse("mail-template-new")
    words = {"client": okafor.row.pk, "name": "Hours", "words": "We open at nine."}
    for seconds, of in ((60, None), (20, "Hours")):
        page = new if of is None else reverse("mail-template", args=[MailTemplate.objects.get().pk])
        shown = desk.get(page).content.decode()
        began = shown.rpartition('name="words"')[0].rpartition('name="began" value="')[2].partition('"')[0]
        office.passes(seconds)
        assert desk.post(page, words | {"began": began}).status_code == 303
    last = MailTemplate.objects.get(ended_at=None)
    there, end = reverse("mail-template", args=[last.pk]), reverse("mail-template-end", args=[last.pk])
    began = in_the_form(desk, there, end)
    office.passes(5)
    for _twice in range(2):
        desk.post(end, {"began": began})
    assert kept("desk") == [60, 20, 5]
    assert {(each.client, each.secretary) for each in WorkRecord.objects.all()} == {(okafor.row, priya)}


def test_a_template_for_every_client_is_the_offices_own_time(office, okafor, priya):
    Post.objects.create(user=priya.user, post=Post.Kind.SUPERVISOR)
    hers, new = office.browser(priya), reverse("mail-template-new")
    began = hers.get(new).content.decode().rpartition('name="words"')[0]
    began = began.rpartition('name="began" value="')[2].partition('"')[0]
    office.passes(60)
    said = {"client": "", "name": "Hours", "words": "We open at nine.", "began": began}
    assert hers.post(new, said).status_code == 303
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, kept("desk")) == (None, priya, [60])


def test_beginning_a_mail_and_noting_what_she_was_told(office, okafor, priya, desk, mailbox):
    new = reverse("outgoing-new")
    began = in_the_form(desk, new, new)
    office.passes(15)
    desk.post(new, {"mailbox": mailbox.pk, "to": "dana@harlow.example", "began": began})
    begun = OutgoingMail.objects.get()
    asked = asking_client.ask(begun, okafor.owner, "Nine or ten?", by=priya.user, at=clock.now())
    office.is_later(600)
    there, told = (
        reverse("outgoing", args=[begun.pk]),
        reverse("outgoing-told", args=[begun.pk, asked.pk]),
    )
    began = in_the_form(desk, there, told)
    office.passes(40)
    for _twice in range(2):
        desk.post(told, {"contact": okafor.owner.pk, "words": "Ten.", "began": began})
    assert kept("mail") == [15, 40]
    assert {each.subject_id for each in WorkRecord.objects.all()} == {begun.pk}
