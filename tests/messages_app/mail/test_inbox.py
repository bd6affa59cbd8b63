"""What is written to a client comes to the desk once, is judged, is read safely, and is seen to."""

import html
import re
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress, WorkItem
from messages_app.answering import claiming
from messages_app.mail import coming_in
from messages_app.models import InboundMail, Mail, MailRule, MailThread, Message
from messages_app.views import desk_inbox, mails_shown
from secretariat import clock
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.outbox.models import InboundEvent

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


def open_work():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def test_a_mail_comes_to_the_desk_with_its_promise_and_is_seen_to(office, mailbox, desk, priya, writes):
    writes("May I come on Monday?", about="Monday")
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.state, thread.subject) == ("answer", "open", "Monday")
    assert thread.promised_at - thread.last_at == timedelta(hours=4)
    assert open_work().get().promised_at == thread.promised_at
    page = desk.get(reverse("inbox")).content.decode()
    assert "Monday" in page
    assert "Dana Reyes" in page
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "May I come on Monday?" in page
    desk.post(reverse("inbox-done", args=[thread.pk]))
    thread.refresh_from_db()
    assert (thread.state, thread.done_by) == ("done", priya.user)
    assert not open_work().exists()
    assert "Monday" not in desk.get(reverse("inbox")).content.decode()
    assert "Monday" in desk.get(reverse("inbox"), {"show": "done"}).content.decode()


def test_the_same_mail_twice_is_one_and_another_with_its_id_is_another(office, mailbox, writes):
    one = writes()
    writes(one)
    assert Mail.objects.count() == 1
    writes("Something else.", Message_ID=one["Message-ID"], Date="Tue, 24 Nov 2026 10:00:00 +0000")
    assert Mail.objects.count() == 2
    assert MediaFile.objects.filter(kind="correspondence", deleted_at=None).count() == 2


def test_an_answer_joins_its_conversation_and_puts_it_back_on_the_desk(office, mailbox, desk, writes):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    desk.post(reverse("inbox-done", args=[thread.pk]))
    writes("One more thing.", about="Re: Lease", In_Reply_To=first["Message-ID"])
    assert MailThread.objects.get().state == "open"
    assert open_work().count() == 1
    writes("And another.", about="AW: [ext] Lease")  # no headers: by its subject and whom it is from
    assert MailThread.objects.count() == 1
    writes("I am somebody else.", of="kim@elsewhere.example", about="Re: Lease")
    assert MailThread.objects.count() == 2
    writes("Let me in.", of="eve@elsewhere.example", about="Re: Lease", In_Reply_To=first["Message-ID"])
    stranger = Mail.objects.get(sender="eve@elsewhere.example")
    assert (stranger.thread, stranger.stranger) == (thread, True)
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "was not in the conversation before" in page


def test_what_is_urgent_by_her_rule_goes_straight_on_to_the_client(office, okafor, mailbox, desk, writes):
    MailRule.objects.create(client=okafor.row, verdict="urgent", sender="harlow.example", subject="court")
    writes("The hearing is moved to tomorrow.", about="Court: hearing moved")
    message = Message.objects.get()
    assert message.urgency == Message.Urgency.URGENT
    assert message.contact == okafor.owner
    assert "The hearing is moved to tomorrow." in message.text
    assert message.ladder_steps.exists()
    thread = MailThread.objects.get()
    assert thread.because == "from harlow.example, with “court” in the subject"
    assert open_work().get().urgency == WorkItem.Urgency.URGENT
    owner = office.browser(okafor.owner)
    owner.post(reverse("messages-portal-acknowledge", args=[message.pk]))
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "Acknowledged by Owner of Okafor Legal" in page


def test_one_key_says_what_it_is_and_the_rule_is_proposed(office, okafor, mailbox, desk, priya, writes):
    writes(about="Buy now")
    thread = MailThread.objects.get()
    page = reverse("inbox-thread", args=[thread.pk])
    assert "Propose it" not in desk.get(page).content.decode()
    desk.post(reverse("inbox-verdict", args=[thread.pk]), {"verdict": "junk"})
    thread.refresh_from_db()
    assert (thread.verdict, thread.state, thread.judged_by) == ("junk", "done", priya.user)
    assert not open_work().exists()
    assert "Propose it" in desk.get(page).content.decode()
    desk.post(reverse("inbox-propose", args=[thread.pk]))
    rule = MailRule.objects.get()
    assert (rule.state, rule.verdict, rule.sender) == ("proposed", "junk", "dana@harlow.example")
    writes("Still only proposed.", about="Buy again")
    assert MailThread.objects.first().verdict == "answer"
    MailRule.objects.update(state="in_force")
    writes("In force.", about="Buy once more")
    assert MailThread.objects.first().verdict == "junk"


def test_mail_for_an_address_that_is_no_mailbox_is_the_offices(office, mailbox, writes):
    writes(to="office@secretariat.example")
    assert InboundMail.objects.count() == 1
    assert not Mail.objects.exists()


def test_who_writes_is_shown_while_she_does_and_beside_what_is_urgent(office, okafor, mailbox, desk, writes):
    writes(about="Water")
    thread = MailThread.objects.get()
    rui = office.secretary("Rui", okafor)
    claiming.claim(thread, by=rui.user, at=clock.now())
    assert "Rui writes" in desk.get(reverse("inbox")).content.decode()
    MailThread.objects.update(verdict="urgent")
    page = desk.get(reverse("inbox")).content.decode()
    assert "Rui writes" in page
    assert '<span class="pill pill-danger">Urgent</span>' in page
    office.is_later(31 * 60)
    for page in (reverse("inbox"), reverse("inbox-thread", args=[thread.pk])):
        shown = desk.get(page).content.decode()
        assert "Rui writes" not in shown
        assert '<span class="pill pill-danger">Urgent</span>' in shown


def test_whoever_does_not_serve_the_client_finds_nothing(office, mailbox, writes):
    writes(about="Monday")
    stranger = office.browser(office.secretary("Stella"))
    thread = MailThread.objects.get()
    assert "Monday" not in stranger.get(reverse("inbox")).content.decode()
    assert stranger.get(reverse("inbox-thread", args=[thread.pk])).status_code == 404
    assert stranger.get(reverse("inbox-frame", args=[thread.mails.get().pk])).status_code == 404


@pytest.fixture
def laid_out(writes):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "d@harlow.example", "ngozi@okafor.example", "Offer"
    letter["Message-ID"], letter["Date"] = "<1@harlow.example>", "Tue, 24 Nov 2026 10:30:00 +0000"
    letter.set_content("Our offer")
    letter.add_alternative(
        '<p onclick="x()">Our <b>offer</b><script>alert(1)</script> <a href="https://evil.example/a">bank</a>'
        '<img src="https://track.example/1.gif"><img src="cid:logo"></p>',
        subtype="html",
    )
    letter.get_payload()[1].add_related(PIXEL, "image", "png", cid="<logo>")
    letter.add_attachment(b"MZ\x90\x00", maintype="application", subtype="pdf", filename="bill.pdf")
    letter.add_attachment(PIXEL, maintype="application", subtype="octet-stream", filename="plan.png")
    writes(letter)
    return Mail.objects.get()


def test_html_is_shown_in_a_frame_that_may_do_nothing_and_fetches_nothing(office, mailbox, desk, laid_out):
    answer = desk.get(reverse("inbox-frame", args=[laid_out.pk]))
    html, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert "<b>offer</b>" in html
    assert "data:image/png;base64," in html
    assert not any(each in html for each in ("script", "onclick", "evil.example", "track.example"))
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "https:" not in policy
    page = desk.get(reverse("inbox-mail", args=[laid_out.pk])).content.decode()
    assert "https://evil.example/a" in page
    assert " sandbox src=" in page
    assert "1 picture lies elsewhere" in page
    asked = desk.get(reverse("inbox-mail", args=[laid_out.pk]), {"pictures": ""}).content.decode()
    assert reverse("inbox-pictures", args=[laid_out.pk]) in asked
    shown = desk.get(reverse("inbox-pictures", args=[laid_out.pk]))
    assert "track.example" not in shown.content.decode()  # her own browser asks for nothing there
    assert "img-src data: 'self'" in shown["Content-Security-Policy"]


def test_attachments_are_what_is_in_them_and_cannot_run(office, mailbox, desk, laid_out):
    assert [each["kind"] for each in laid_out.attachments if not each["drawn"]] == [
        "application/x-dosexec",
        "image/png",
    ]
    page = desk.get(reverse("inbox-thread", args=[laid_out.thread_id])).content.decode()
    assert "Could run: do not open" in page
    [program] = [n for n, each in enumerate(laid_out.attachments) if each["name"] == "bill.pdf"]
    [picture] = [n for n, each in enumerate(laid_out.attachments) if each["name"] == "plan.png"]
    looked_at = desk.get(reverse("inbox-part", args=[laid_out.pk]), {"n": picture})
    assert (looked_at.content, looked_at["Content-Type"]) == (PIXEL, "image/png")
    assert looked_at["Content-Disposition"].startswith("inline")
    assert desk.get(reverse("inbox-part", args=[laid_out.pk]), {"n": program}).status_code == 404
    Firm.objects.update(may_download=True)
    kept = desk.get(reverse("inbox-part", args=[laid_out.pk]), {"n": program})
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment")
    assert "sandbox" in kept["Content-Security-Policy"]


def test_everything_is_found_by_its_words(office, mailbox, desk, writes):
    writes("The boiler is broken.", about="Heating")
    writes("The lift, too.", about="Lift")
    page = desk.get(reverse("inbox"), {"q": "boiler"}).content.decode()
    assert "Heating" in page
    assert "Lift" not in page
    assert "No mail holds these words" in desk.get(reverse("inbox"), {"q": "unicorn"}).content.decode()
    thread = MailThread.objects.get(subject="Heating")
    heating = thread.mails.get()
    writes("The boiler again.", about="Re: Heating", In_Reply_To=f"<{heating.message_id}>")
    assert thread.mails.count() == 2
    page = desk.get(reverse("inbox"), {"q": "boiler", "client": str(thread.client_id)}).content.decode()
    assert page.count(reverse("inbox-thread", args=[thread.pk])) == 1
    elsewhere = {"q": "boiler", "client": str(heating.pk)}
    assert "No mail holds these words" in desk.get(reverse("inbox"), elsewhere).content.decode()


def test_whom_the_client_knows_is_named_and_whom_she_blocked_is_junk(office, okafor, mailbox, writes):
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes", firm="Harlow", blocked=True)
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=dana, kind="email", value="dana@harlow.example"
    )
    writes()
    thread = MailThread.objects.get()
    assert (thread.correspondent, thread.verdict) == (dana, "junk")


def test_from_the_list_each_is_sorted_by_one_key_and_gives_way_to_the_next(
    office, mailbox, desk, priya, writes
):
    writes(about="Buy now", of="shop@harlow.example")
    office.passes(60)
    writes(about="Monday")
    first, second = MailThread.objects.order_by("promised_at")
    page = desk.get(reverse("inbox")).content.decode()
    then = f"{reverse('inbox')}?at={second.pk}&sorted={first.pk}"
    sorted_at = f"{reverse('inbox-verdict', args=[first.pk])}?"
    sorted_at += urlencode({"seen": first.mails.get().pk, "next": then})
    assert f'formaction="{html.escape(sorted_at)}"' in page
    answer = desk.post(sorted_at, {"verdict": "junk"})
    assert answer["Location"] == then
    page = desk.get(then).content.decode()
    assert f'class="chosen"><a class="work-row" href="{reverse("inbox-thread", args=[second.pk])}"' in page
    assert "Always “Junk” for mail from shop@harlow.example?" in page
    desk.post(reverse("inbox-propose", args=[first.pk]), {"next": reverse("inbox")})
    assert MailRule.objects.get().state == "proposed"
    assert "Always" not in desk.get(then).content.decode()
    stranger = office.browser(office.secretary("Stella"))
    assert "Buy now" not in stranger.get(then).content.decode()


def test_what_is_proposed_stays_while_the_list_is_drawn_anew(office, mailbox, desk, writes):
    writes(about="Buy now", of="shop@harlow.example")
    thread = MailThread.objects.get()
    then = f"{reverse('inbox')}?sorted={thread.pk}"
    desk.post(reverse("inbox-verdict", args=[thread.pk]), {"verdict": "junk", "next": then})
    [again] = re.findall(r'id="mail-rows" hx-get="([^"]+)"', desk.get(then).content.decode())
    drawn = desk.get(html.unescape(again), headers={"HX-Request": "true"}).content.decode()
    assert "Always “Junk” for mail from shop@harlow.example?" in drawn


def test_what_waits_comes_page_by_page_and_nothing_of_it_is_out_of_reach(
    office, mailbox, desk, writes, monkeypatch
):
    monkeypatch.setattr(desk_inbox, "MOST_OPEN", 2)
    for number in range(5):
        writes(about=f"Number {number}.")
    seen, address = [], reverse("inbox")
    for more in (3, 1, 0):
        page = desk.get(address).content.decode()
        seen += re.findall(r"Number \d\.", page)
        assert (f"{more} more wait" in page) == bool(more)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else address
    assert seen == [f"Number {number}." for number in range(5)]
    MailThread.objects.update(state="done")
    assert "moved up" in desk.get(address).content.decode()
    assert desk.get(reverse("inbox"), {"past": "-1"}).status_code == 200
    assert desk.get(reverse("inbox"), {"past": "９" * 40}).status_code == 200


def test_a_page_that_is_drawn_anew_leaves_the_mails_and_says_that_there_is_more(
    office, mailbox, desk, writes
):
    first = writes(about="Lease")
    thread, mail = MailThread.objects.get(), Mail.objects.get()
    page = reverse("inbox-thread", args=[thread.pk])
    assert f'hx-get="{page}?seen={mail.pk}"' in desk.get(page).content.decode()
    writes("One more thing.", about="Re: Lease", In_Reply_To=first["Message-ID"])
    again = desk.get(page, {"seen": mail.pk}).content.decode()
    assert "There is a newer mail in this conversation." in again
    assert f'hx-get="{page}?seen={mail.pk}"' in again
    assert "newer mail" not in desk.get(page).content.decode()


def test_a_long_conversation_comes_page_by_page_and_asks_no_more_for_each_mail(
    office, mailbox, desk, writes, monkeypatch
):
    first = writes("The words of number 0", about="Lease")
    page = reverse("inbox-thread", args=[MailThread.objects.get().pk])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            shown = desk.get(page).content.decode()
        return len(queries), shown

    desk.get(page)
    once, _page = asked()
    for number in range(1, 4):
        writes(f"The words of number {number}", about="Re: Lease", In_Reply_To=first["Message-ID"])
    again, shown = asked()
    assert again <= once
    assert "Earlier mails" not in shown

    monkeypatch.setattr(mails_shown, "MOST", 3)
    shown = asked()[1]
    assert [number in shown for number in ("number 0", "number 1", "number 3")] == [False, True, True]
    [earlier] = re.findall(r"\?before=[0-9a-f-]{36}", shown)
    shown = desk.get(page + earlier).content.decode()
    assert ("number 0" in shown, "number 1" in shown, "Earlier mails" in shown) == (True, False, False)
    assert desk.get(page + "?before=x").status_code == 200


def test_a_mail_that_cannot_be_filed_is_kept_and_shown_to_the_firm(office, mailbox, writes, monkeypatch):
    def falls(*_args, **_facts):
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(coming_in.filing, "file", falls)
    letter = writes(about="Lease")
    assert InboundEvent.objects.filter(kind="mail", state="kept", attempts=1).exists()
    InboundEvent.objects.filter(kind="mail").update(attempts=7, due_at=clock.now())
    office.settle()
    came = InboundMail.objects.get()
    kept = b"".join(storing.read(MediaFile.objects.get(pk=came.media_id)))
    assert letter["Message-ID"].encode() in kept
    firm = office.browser(office.supervisor())
    page = firm.get(reverse("messages-mail", args=[came.pk])).content.decode()
    assert "could not be read" in page
