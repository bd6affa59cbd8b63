"""The client's own history of her mail: what came, how it was sorted and why, what was promised and kept."""

import csv
import re
from email.message import EmailMessage
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress
from messages_app.answering import drafting, sending_off
from messages_app.answering.sending_off import Said
from messages_app.mail import choosing, standing
from messages_app.models import Mail, Mailbox, MailRule, MailThread, Message
from secretariat import clock, paging
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import User

DANA = "dana@harlow.example"
LATE = '<span class="pill pill-danger">Late</span>'


@pytest.fixture
def ngozi(office, okafor):
    """Her browser."""
    return office.browser(okafor.owner)


@pytest.fixture
def priya(priya):
    """She is Priya on the telephone; what else she is called is nobody's business."""
    User.objects.filter(pk=priya.user_id).update(name="Pratibha Kettleworth")
    priya.user.refresh_from_db()
    return priya


def history(browser, **asked) -> str:
    answer = browser.get(reverse("mail-history"), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def conversation(browser, thread) -> str:
    answer = browser.get(reverse("mail-history-thread", args=[thread.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def answers(thread, priya):
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    said = Said(to=[DANA], cc=[], bcc=[], subject="Re: Hours", words="We open at nine.")
    sending_off.send(draft, said, by=priya.user, at=clock.now())


def test_she_sees_what_came_why_it_is_so_and_by_when_it_is_answered(office, mailbox, ngozi, writes):
    assert "No mail has come yet" in history(ngozi)
    writes("May I come on Monday?", about="Monday")
    page = history(ngozi)
    for words in ("Monday", "Dana Reyes", "because: no rule says otherwise", "Promised by Tue 24 Nov 14:30"):
        assert words in page
    assert LATE not in page
    page = conversation(ngozi, MailThread.objects.get())
    assert "May I come on Monday?" in page
    assert "ngozi@okafor.example" in page


def test_what_is_not_answered_by_its_time_is_late_and_says_so(office, mailbox, ngozi, writes):
    writes(about="Monday")
    assert "Nothing is late" in history(ngozi, show="late")
    office.is_later(4 * 3600 + 60)
    page = history(ngozi, show="late")
    assert LATE in page
    assert "Monday" in page
    assert "it is late" in conversation(ngozi, MailThread.objects.get())


def test_who_answered_is_named_as_she_knows_her_and_whether_the_promise_was_held(
    office, mailbox, ngozi, priya, writes
):
    writes()
    thread = MailThread.objects.get()
    answers(thread, priya)
    office.passes(11)
    page = history(ngozi, show="answered")
    assert "Promised by Tue 24 Nov 14:30 · Priya answered it, Tue 24 Nov 10:30" in page
    assert LATE not in page
    page += conversation(ngozi, thread)
    assert "We open at nine." in page
    assert "Priya, for you" in page
    assert "Kettleworth" not in page
    assert "Pratibha" not in page


def test_that_it_was_answered_too_late_stays_on_record(office, mailbox, ngozi, priya, writes):
    writes()
    thread = MailThread.objects.get()
    office.is_later(5 * 3600)
    answers(thread, priya)
    office.passes(11)
    assert "it was late" in conversation(ngozi, thread)
    assert LATE in history(ngozi, show="answered")
    thread.refresh_from_db()
    assert thread.promised_at is None
    standing.end(thread, "Dealt with", by=priya.user, at=clock.now())  # that it is over now changes nothing
    assert "it was late" in conversation(ngozi, thread)


def test_the_reasons_are_said_to_her_and_not_of_her(office, okafor, mailbox, ngozi, priya, writes):
    blocked, known = (
        Correspondent.objects.create(client=okafor.row, name=name, blocked=name == "Spam")
        for name in ("Spam", "Lena")
    )
    for person in (blocked, known):
        CorrespondentAddress.objects.create(
            client=okafor.row, correspondent=person, kind="email", value=f"{person.name.lower()}@x.example"
        )
    MailRule.objects.create(client=okafor.row, verdict="later", known="known", subject="lunch")
    writes(of="spam@x.example", about="Cheap")
    writes(of="lena@x.example", about="Lunch")
    writes(about="Sorted by hand")
    sorted_by_hand = MailThread.objects.get(subject="Sorted by hand")
    choosing.call_it(sorted_by_hand, "junk", by=priya.user, at=clock.now())
    page = history(ngozi)
    assert "you have blocked whoever wrote it" in page
    assert "your rule for mail with “lunch” in the subject, from somebody you know" in page
    assert "Priya said so" in page
    assert "the client" not in page
    assert "Kettleworth" not in page


def test_what_was_passed_on_leads_to_its_message_and_says_who_acknowledged(
    office, okafor, mailbox, ngozi, writes
):
    MailRule.objects.create(client=okafor.row, verdict="urgent", sender="harlow.example", subject="court")
    writes("The hearing is moved.", about="Court: moved")
    writes(about="Parking")
    page = history(ngozi, show="passed-on")
    assert "Passed on to Owner of Okafor Legal" in page
    assert "Parking" not in page
    thread, message = MailThread.objects.get(message__isnull=False), Message.objects.get()
    page = conversation(ngozi, thread)
    assert "To Owner of Okafor Legal, not acknowledged yet" in page
    assert reverse("messages-portal-message", args=[message.pk]) in page
    ngozi.post(reverse("messages-portal-acknowledge", args=[message.pk]))
    assert "Acknowledged by Owner of Okafor Legal" in conversation(ngozi, thread)


def test_what_she_answered_or_filed_herself_is_said_to_be_hers(office, mailbox, ngozi, writes):
    writes(about="Filed")
    writes(about="Answered")
    at = clock.now()
    filed, answered = (MailThread.objects.get(subject=each) for each in ("Filed", "Answered"))
    standing.end(filed, "The client filed or deleted it herself", at=at)
    standing.end(answered, "The client answered it herself", state="waiting", at=at)
    page = history(ngozi)
    assert "You filed or deleted it yourself" in page
    assert "You answered it yourself" in page


def test_mail_that_is_sent_on_to_us_is_there_too(office, okafor, ngozi, settings, writes):
    assert "No mailbox is connected" in history(ngozi)
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    ngozi.post(reverse("mail-forward"), {"address": "office@okafor.example"})
    writes(to=Mailbox.objects.get().our_address, about="Sent on")
    assert "Sent on" in history(ngozi)
    assert "office@okafor.example" in conversation(ngozi, MailThread.objects.get())


def test_by_words_and_by_state_and_page_by_page(office, mailbox, ngozi, writes):
    writes("The boiler is broken.", about="Heating")
    writes("The lift, too.", about="Lift")
    page = history(ngozi, q="boiler")
    assert "Heating" in page
    assert "Lift" not in page
    assert "No mail holds these words" in history(ngozi, q="unicorn")
    assert "Nothing here" in history(ngozi, show="done")
    first = MailThread.objects.first()
    facts = {"client": mailbox.client, "mailbox": mailbox, "state": "done", "verdict": "answer"}
    for number in range(30):
        MailThread.objects.create(**facts, subject=f"Past {number:02}.", last_at=first.last_at)
    seen, after = [], ""
    while after is not None:
        with CaptureQueriesContext(connection) as asked:
            page = history(ngozi, show="done", after=after)
        assert not any("OFFSET" in query["sql"] for query in asked)
        seen += re.findall(r"Past \d\d\.", page)
        following = re.search(r'rel="next" href="[^"]*after=([^"]+)"', page)
        after = following[1] if following else None
    assert len(seen) == 30 == len(set(seen))
    assert history(ngozi, after="spoilt", show="nonsense")


def test_a_page_asks_no_more_for_each_conversation(office, mailbox, ngozi, priya, writes):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            history(ngozi)
        return len(queries)

    for number in range(2):
        writes(about=f"Number {number}")
    history(ngozi)
    few = asked()
    for number in range(2, 6):
        writes(about=f"Number {number}")
        found = MailThread.objects.get(subject=f"Number {number}")
        choosing.call_it(found, "junk" if number % 2 else "urgent", by=priya.user, at=clock.now())
    assert asked() <= few


@pytest.fixture
def laid_out(writes):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = DANA, "ngozi@okafor.example", "Offer"
    letter["Message-ID"] = "<1@harlow.example>"
    letter.set_content("Our offer")
    letter.add_alternative(
        '<p>Our <b>offer</b><script>alert(1)</script><img src="https://track.example/1.gif"></p>',
        subtype="html",
    )
    letter.add_attachment(b"the plan", maintype="text", subtype="plain", filename="plan.txt")
    writes(letter)
    return Mail.objects.get()


def test_a_mail_is_opened_as_at_the_desk_in_a_frame_that_may_do_nothing(office, mailbox, ngozi, laid_out):
    page = ngozi.get(reverse("mail-history-mail", args=[laid_out.pk])).content.decode()
    assert " sandbox src=" in page
    assert reverse("mail-history-frame", args=[laid_out.pk]) in page
    assert "/desk/" not in page
    answer = ngozi.get(reverse("mail-history-frame", args=[laid_out.pk]))
    html, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert "<b>offer</b>" in html
    assert "script" not in html
    assert "track.example" not in html
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    shown = ngozi.get(reverse("mail-history-pictures", args=[laid_out.pk]))
    assert '<img src="/mail/picture/' in shown.content.decode()
    assert "track.example" not in shown.content.decode()
    assert LedgerEntry.objects.filter(verb="correspondence.pictures").count() == 1
    page = conversation(ngozi, laid_out.thread)
    assert "plan.txt" in page
    assert "/desk/" not in page
    [number] = [n for n, each in enumerate(laid_out.attachments) if each["name"] == "plan.txt"]
    plan = ngozi.get(reverse("mail-history-part", args=[laid_out.pk]), {"n": number})
    assert (plan.content, plan["Content-Type"]) == (b"the plan", "text/plain; charset=utf-8")
    assert "sandbox" in plan["Content-Security-Policy"]
    kept = ngozi.get(reverse("mail-history-part", args=[laid_out.pk]), {"n": number, "download": ""})
    assert kept["Content-Disposition"].startswith("attachment")


def pages_of(mail) -> list[str]:
    return [
        reverse("mail-history-thread", args=[mail.thread_id]),
        *(
            reverse(f"mail-history-{name}", args=[mail.pk])
            for name in ("mail", "frame", "pictures", "part", "within")
        ),
    ]


def test_it_is_her_own_and_nobody_elses(office, okafor, mailbox, priya, desk, laid_out):
    other = office.client("Brill Dental")
    member = office.contact(okafor, "Dele")
    for stranger in (office.browser(member), desk, office.browser(other.owner)):
        for page in pages_of(laid_out):
            assert stranger.get(page, {"n": 0}).status_code == 404, page
    assert office.browser(member).get(reverse("mail-history")).status_code == 404
    assert "Offer" not in history(office.browser(other.owner))
    assert "Offer" not in history(office.browser(other.owner), q="offer")


def test_who_answers_for_others_too_sees_here_her_own_alone(office, okafor, mailbox, priya, laid_out):
    """A secretary who is herself somebody’s client reads at the desk what the portal is not for."""
    hers = office.client("Priya’s own")
    hers.owner.user = priya.user
    hers.owner.save()
    browser = office.browser(priya)
    assert "Offer" not in history(browser)
    for page in pages_of(laid_out):
        assert browser.get(page, {"n": 0}).status_code == 404, page


def test_she_keeps_the_list_as_a_file_in_which_nothing_runs(office, okafor, mailbox, ngozi, priya, writes):
    writes(about="=HYPERLINK(1)")
    writes(about="Lease")
    answers(MailThread.objects.get(subject="Lease"), priya)
    office.passes(11)
    answer = ngozi.post(reverse("mail-history-file"))
    file = b"".join(answer.streaming_content).decode()
    assert answer["Content-Disposition"].startswith("attachment")
    heading, *lines = csv.reader(StringIO(file.removeprefix("\ufeff")))
    assert [heading.index(name) for name in ("Subject", "Promised by", "How it ended")] == [4, 8, 11]
    by_subject = {each[4]: each for each in lines}
    assert set(by_subject) == {"'=HYPERLINK(1)", "Lease"}
    assert by_subject["Lease"][11] == "Priya answered it"
    assert by_subject["Lease"][8] == "2026-11-24 14:30"  # by her own clock
    record = LedgerEntry.objects.get(verb="taken_out.export")
    assert (record.client_id, record.detail) == (okafor.row.pk, {"list": "mail", "rows": 2})
    answer = ngozi.post(reverse("mail-history-file"), {"show": "answered"})
    assert "HYPERLINK" not in b"".join(answer.streaming_content).decode()


def test_she_gets_there_from_her_mail_and_from_who_looked(office, okafor, mailbox, ngozi, desk, writes):
    writes(about="Monday")
    thread = MailThread.objects.get()
    assert reverse("mail-history") in ngozi.get(reverse("mail-portal")).content.decode()
    desk.get(reverse("inbox-thread", args=[thread.pk]))
    looks = ngozi.get(reverse("privacy-looks")).content.decode()
    assert reverse("mail-history-thread", args=[thread.pk]) in looks


def test_a_cursor_of_hers_is_signed(office, mailbox, ngozi, writes):
    writes(about="Monday")
    thread = MailThread.objects.get()
    before_all = paging._write(thread.first_at, thread.pk)
    assert "Monday" not in history(ngozi, after=before_all).partition('id="mail-history"')[2]
    assert "Monday" in history(ngozi, after=f"{before_all}x")
