"""What can wait comes up on its day: to be answered, or, of what machines wrote, to be looked through."""

import re
from datetime import timedelta

import pytest
from django.core import mail as postbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import WorkItem
from messages_app import work
from messages_app.answering import checking, drafting
from messages_app.mail import choosing, coming_up, filing, herself, history, standing
from messages_app.models import Mail, Mailbox, MailRule, MailThread
from secretariat import clock
from secretariat.local.outside import letters


def open_work():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def test_what_machines_write_is_for_later_and_comes_up_on_its_day(office, mailbox, desk, writes):
    writes(about="Newsletter", List_Id="<news.harlow.example>")
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.state) == ("later", "open")
    assert not open_work().exists()
    assert "Newsletter" in desk.get(reverse("inbox"), {"show": "later"}).content.decode()
    office.clock_says("2026-11-27 10:30")
    office.passes(60)
    assert not open_work().exists()  # nobody waits for an answer
    assert "Newsletter" not in desk.get(reverse("inbox")).content.decode()
    [to_read] = WorkItem.objects.open().filter(kind=coming_up.TO_READ)
    page = work.describe[to_read.kind](to_read).url
    assert "Newsletter" in desk.get(page).content.decode()
    read = reverse("inbox-looked-through", args=[mailbox.client_id])
    assert read in desk.get(page).content.decode()
    assert desk.post(read).status_code == 303
    thread.refresh_from_db()
    assert (thread.state, thread.done_because) == ("done", "Looked through")
    assert not WorkItem.objects.open().exists()


def test_what_came_up_since_she_looked_is_not_looked_through(office, mailbox, desk, writes):
    news = {"List_Id": "<news.harlow.example>"}
    first = writes(about="Newsletter", **news)
    writes(about="Offers", **news)
    writes(about="Events", **news)
    office.clock_says("2026-11-27 10:30")
    MailThread.objects.filter(subject="Events").update(promised_at=clock.now() + timedelta(seconds=90))
    office.passes(60)
    there = f"{reverse('inbox')}?show=later&client={mailbox.client_id}"
    page = desk.get(there).content.decode()
    assert "2 mails without a day" in page
    [shown] = re.findall(r'name="shown" value="([^"]+)"', page)
    writes("And one more.", about="Newsletter", In_Reply_To=first["Message-ID"], **news)
    office.passes(60)  # “Events” comes up
    read = reverse("inbox-looked-through", args=[mailbox.client_id])
    answer = desk.post(read, {"shown": shown}, follow=True)
    assert answer.redirect_chain[-1][0] == there
    page = answer.content.decode()
    assert "1 mail is looked through." in page
    assert "More has come up since. Look through that, too." in page
    assert "2 mails without a day" in page
    states = dict(MailThread.objects.values_list("subject", "state"))
    assert states == {"Newsletter": "open", "Offers": "done", "Events": "open"}
    assert WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()


def test_what_the_client_files_herself_is_to_be_read_no_more(office, mailbox, writes):
    writes(about="Newsletter", List_Id="<news.harlow.example>")
    office.clock_says("2026-11-27 10:30")
    office.passes(60)
    assert WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()
    herself.took_away(Mail.objects.get(), at=clock.now())
    office.passes(60)
    assert not WorkItem.objects.open().exists()


def test_what_somebody_keeps_for_a_day_comes_up_on_it(office, mailbox, desk, writes):
    writes(about="Lease")
    thread = MailThread.objects.get()
    address = reverse("inbox-verdict", args=[thread.pk])
    for wrong in ("2026-11-24", "2028-01-01", "soon", ""):
        refused = desk.post(address, {"verdict": "later", "on": wrong}, follow=True).content.decode()
        assert "Choose a day" in refused or "no day" in refused or "on which day" in refused
        thread.refresh_from_db()
        assert thread.verdict == "answer"
    for day in (8, 9):  # she thinks again
        desk.post(address, {"verdict": "later", "on": f"2026-12-0{day}"})
    thread.refresh_from_db()
    assert (thread.verdict, f"{thread.promised_at:%Y-%m-%d %H:%M}") == ("later", "2026-12-09 08:00")
    assert not open_work().exists()
    office.clock_says("2026-12-09 09:01")
    office.passes(60)
    assert open_work().count() == 1
    assert "Lease" in desk.get(reverse("inbox")).content.decode()


def test_a_rule_says_after_how_many_days(office, okafor, mailbox, writes):
    MailRule.objects.create(client=okafor.row, verdict="later", sender="harlow.example", later_days=7)
    writes(about="Lease")
    assert f"{MailThread.objects.get().promised_at:%Y-%m-%d}" == "2026-12-01"


BY_GROUP = {  # as Google writes them
    "Precedence": "list",
    "Mailing_list": "list ngozi@okafor.example; contact ngozi+owners@okafor.example",
    "List_ID": "<ngozi.okafor.example>",
    "List_Post": "<https://groups.google.com/group/ngozi/post>, <mailto:ngozi@okafor.example>",
    "List_Unsubscribe": "<mailto:googlegroups-manage+7+unsubscribe@googlegroups.com>",
}


def test_who_writes_to_a_group_is_a_person_and_owed_an_answer(office, mailbox, desk, priya, writes):
    Mailbox.objects.update(acknowledges=True)
    first = writes(about="Lease", **BY_GROUP)
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.promised_at is not None) == ("answer", True)
    assert open_work().exists()
    assert not postbox.outbox  # though no machine answers a list
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    office.passes(60)
    again = writes("One more thing.", about="Re: Lease", In_Reply_To=first["Message-ID"], **BY_GROUP)
    happened = checking.meanwhile(draft)
    assert (happened.how, f"<{happened.mail.message_id}>") == ("more_came", again["Message-ID"])
    drafting.drop(draft, by=priya.user, at=clock.now())
    assert drafting.answer(thread, by=priya.user, at=clock.now()).answers == happened.mail
    standing.end(thread, "Answered", by=priya.user, state="waiting", at=clock.now())
    office.passes(60)
    writes("And another.", about="Re: Lease", In_Reply_To=first["Message-ID"], **BY_GROUP)
    assert open_work().count() == 1


def test_nobody_s_letter_goes_to_many_by_a_group(mailbox, writes):
    writes(about="News", of="no-reply@harlow.example", **BY_GROUP)
    writes(about="More news", List_Unsubscribe_Post="List-Unsubscribe=One-Click", **BY_GROUP)
    assert set(MailThread.objects.values_list("verdict", flat=True)) == {"later"}


@pytest.mark.parametrize("state", ["waiting", "done"])
def test_what_a_machine_writes_where_nothing_waits_is_for_later(office, mailbox, desk, priya, writes, state):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    standing.end(thread, "Seen to", by=priya.user, state=state, at=clock.now())
    office.passes(60)
    away = {"In_Reply_To": first["Message-ID"], "Auto_Submitted": "auto-replied"}
    writes("I am away until May.", about="Re: Lease", **away)
    thread.refresh_from_db()
    assert (thread.verdict, thread.state, thread.done_because) == ("later", "open", "")
    assert thread.because == "a machine wrote it, and no rule says otherwise"
    assert not open_work().exists()
    assert "Lease" in desk.get(reverse("inbox"), {"show": "later"}).content.decode()
    office.clock_says("2026-11-27 10:30")
    office.passes(60)
    assert WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()


def test_what_a_machine_writes_where_somebody_waits_changes_nothing(office, mailbox, desk, priya, writes):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    office.passes(60)
    writes("Your ticket is 7.", In_Reply_To=first["Message-ID"], Auto_Submitted="auto-generated")
    before, thread = thread, MailThread.objects.get()
    assert (thread.verdict, thread.because) == ("answer", before.because)
    assert (thread.promised_at, thread.waits_since) == (before.promised_at, before.waits_since)
    assert checking.meanwhile(draft).how == "more_came"
    assert open_work().count() == 1


# --- What waits is not always what came last ----------------------------------------------------------------

TICKET = {"about": "Re: Lease", "Auto_Submitted": "auto-generated"}


@pytest.fixture
def waits(office, okafor, mailbox, writes):
    """Somebody's mail is for later by a rule of the client's, and a machine writes after it."""
    MailRule.objects.create(client=okafor.row, verdict="later", subject="lease, ticket", known="anyone")
    first = writes("May I have it on Friday?", about="Lease")
    office.passes(60)
    MailRule.objects.all().delete()
    writes("Your ticket is 7.", In_Reply_To=first["Message-ID"], **TICKET)
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.state, thread.mails.count()) == ("later", "open", 2)
    return thread


def comes_up(office):
    office.clock_says("2026-11-27 10:30")
    office.passes(60)


def test_somebody_is_answered_though_a_machine_wrote_after_her(office, desk, waits):
    comes_up(office)
    waits.refresh_from_db()
    assert (waits.verdict, open_work().count()) == ("answer", 1)
    assert not WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()
    assert "Lease" in desk.get(reverse("inbox")).content.decode()


def test_what_was_answered_before_waits_no_more(office, mailbox, priya, writes):
    """Somebody wrote, and was answered; then a machine wrote."""
    first = writes(about="Lease")
    standing.end(MailThread.objects.get(), "Answered", by=priya.user, state="waiting", at=clock.now())
    office.passes(60)
    writes("Your ticket is 7.", In_Reply_To=first["Message-ID"], **TICKET)
    comes_up(office)
    assert not open_work().exists()
    assert WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()


@pytest.mark.parametrize("mark", ["gone", "answered_by_client"])
def test_nor_does_what_the_client_saw_to_herself(office, waits, mark):
    Mail.objects.filter(automatic=False).update(**{mark: True})
    comes_up(office)
    assert not open_work().exists()
    assert WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()


def test_by_filing_what_a_machine_wrote_she_has_seen_to_nobody(office, waits):
    herself.took_away(Mail.objects.get(automatic=True), at=clock.now())
    waits.refresh_from_db()
    assert waits.state == "open"
    comes_up(office)
    assert open_work().count() == 1


@pytest.mark.parametrize("flag", ["\\answered", ""])
def test_by_seeing_to_her_who_waits_she_has_seen_to_it_all(waits, flag):
    somebody = Mail.objects.get(automatic=False)
    if flag:
        herself.marked(somebody, frozenset({flag}), at=clock.now())
    else:
        herself.took_away(somebody, at=clock.now())
    waits.refresh_from_db()
    assert waits.state == ("waiting" if flag else "done")


def test_what_she_puts_back_comes_up_on_its_day(office, waits):
    somebody = Mail.objects.get(automatic=False)
    herself.took_away(somebody, at=clock.now())
    office.passes(60)
    herself.put_back(somebody, at=clock.now())
    comes_up(office)
    waits.refresh_from_db()
    assert (waits.verdict, open_work().count()) == ("answer", 1)


def test_however_many_come_up_their_mails_are_looked_at_together(office, okafor, mailbox, writes):
    MailRule.objects.create(client=okafor.row, verdict="later", subject="lease")
    for each in range(3):
        writes(about=f"Lease {each}")
    office.clock_says("2026-11-27 10:30")
    with CaptureQueriesContext(connection) as asked:
        assert coming_up.bring_up(at=clock.now()) == 3
    looks = [each["sql"] for each in asked if '"messages_app_mail"' in each["sql"]]
    assert len(looks) == 1


def sort(priya, *verdicts) -> MailThread:
    """She calls it one thing after the other."""
    thread = MailThread.objects.get()
    for verdict in verdicts:
        assert choosing.call_it(thread, verdict, by=priya.user, at=clock.now())
    return thread


@pytest.mark.parametrize(
    "sorted_as",
    [("later", "answer"), ("later", "junk", "answer"), ("junk", "answer"), ("later", "urgent", "answer")],
)
def test_what_was_promised_stands_however_it_is_sorted(office, mailbox, priya, writes, sorted_as):
    writes()
    promised_at = MailThread.objects.get().promised_at
    office.is_later(3 * 3600)
    thread = sort(priya, *sorted_as)
    assert (thread.state, thread.promised_at) == ("open", promised_at)
    office.is_later(2 * 3600)
    standing.end(thread, "Dealt with", by=priya.user, at=clock.now())
    assert history.told(thread, at=clock.now()).is_late


def test_what_was_answered_is_promised_anew(office, mailbox, priya, writes):
    first = writes()
    thread = MailThread.objects.get()
    office.is_later(600)
    sort(priya, "later")
    standing.end(thread, "Answered", by=priya.user, state="waiting", at=clock.now())
    writes("I am away.", about="Re: Hours", In_Reply_To=first["Message-ID"], Auto_Submitted="auto-replied")
    thread = sort(priya, "answer")
    assert thread.promised_at - clock.now() == timedelta(hours=4)


def test_what_is_called_urgent_is_promised_no_later(office, okafor, mailbox, priya, writes):
    MailRule.objects.create(client=okafor.row, sender="harlow.example", within_hours=1)
    writes()
    promised_at = MailThread.objects.get().promised_at
    office.is_later(600)
    assert sort(priya, "urgent").promised_at == promised_at


def test_the_rule_s_hours_hold_for_what_is_put_back(office, okafor, mailbox, priya, writes):
    MailRule.objects.create(client=okafor.row, sender="harlow.example", within_hours=1)
    writes()
    thread = MailThread.objects.get()
    standing.end(thread, "Dealt with", by=priya.user, at=clock.now())
    office.is_later(600)
    choosing.reopen(thread, by=priya.user, at=clock.now())
    assert thread.promised_at - clock.now() == timedelta(hours=1)


@pytest.fixture
def junk_by_rule(mailbox, writes):
    MailRule.objects.create(client=mailbox.client, verdict="junk", sender="harlow.example")
    first = writes("Buy a lease.", about="Offer")
    assert MailThread.objects.get().state == "done"

    def goes_on(**headers):
        writes("And?", about="Re: Offer", In_Reply_To=first["Message-ID"], **headers)
        return MailThread.objects.get()

    return goes_on


def answered_here(mailbox, by):
    letter = letters.written(mailbox.address, "dana@harlow.example", "Re: Offer", "Which?")
    thread = MailThread.objects.get()
    filing.file(mailbox, letter.as_bytes(), direction="out", at=clock.now(), thread=thread, by=by)


@pytest.mark.parametrize("how", ["later", "answer", "written to"])
def test_no_rule_makes_junk_of_what_somebody_here_took_up(office, mailbox, priya, junk_by_rule, how):
    if how == "written to":
        answered_here(mailbox, priya.user)
    else:
        sort(priya, how)
        MailThread.objects.filter(verdict="answer").update(state="waiting")
    office.passes(60)
    thread = junk_by_rule()
    assert (thread.state, thread.verdict, thread.done_because) == ("open", "answer", "")
    assert thread.promised_at > clock.now()
    assert open_work().count() == 1


def test_what_a_machine_adds_to_it_leaves_its_day(mailbox, priya, junk_by_rule):
    before = sort(priya, "later")
    thread = junk_by_rule(Auto_Submitted="auto-generated")
    stands = (thread.state, thread.verdict, thread.judged_by, thread.promised_at)
    assert stands == ("open", "later", priya.user, before.promised_at)


def test_what_somebody_here_calls_junk_and_what_nobody_saw_stay_junk(mailbox, priya, junk_by_rule):
    assert junk_by_rule().state == "done"
    answered_here(mailbox, priya.user)
    sort(priya, "junk")
    assert (junk_by_rule().state, MailThread.objects.get().verdict) == ("done", "junk")
