"""Where a secretary lives, is rung and is written to, and what she is called at home, stays with the firm.

She works a day for a client by telephone from home, with a number, a mailbox and a name that stand nowhere
else: a canary each. Then everything is looked through that went to the client, her callers and her
correspondents: what telephones showed and said, mails with their headers and invitations, the portal.
"""

from email import message_from_bytes, policy
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.urls import reverse

from calendar_app.models import Diary, Meeting
from calendar_app.planning import Coming
from calls.models import BookedDictation, Call, MeetingCall
from clients.models import DataCopy, Ladder, Rung
from messages_app import taking
from messages_app.answering import asking_client, drafting, sending_off
from messages_app.answering.sending_off import Said
from messages_app.mail import choosing
from messages_app.models import Mailbox, MailThread, OutgoingMail
from secretariat import clock
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import Secretary, User
from secretariat.overview.privacy import copying
from tests.access.matrix import addresses, content
from tests.calendar_app import diaries
from tests.messages_app.mail.conftest import writes  # noqa: F401  found through here

pytestmark = pytest.mark.slow

HOME, MAILBOX, NAMES = "+447700900787", "kettle@private.example", ("Pratibha", "Kettleworth")
CANARIES = (HOME, HOME[1:], "07700 900787", "7700 900787", MAILBOX, *NAMES)
CALLER, GUEST, DANA = "+447700900123", "lena@guest.example", "dana@harlow.example"


def canaries_in(text: str) -> set[str]:
    return {each for each in CANARIES if each.lower() in text.lower()}


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    client = office.client("Okafor Legal", country="GB", answer_phrase="Okafor, {secretary} speaking.")
    Mailbox.objects.create(
        client=client.row, address="ngozi@okafor.example", name="Ngozi Okafor", incoming="ours"
    )
    return client


@pytest.fixture
def priya(office, okafor):
    """Who answers at her own telephone."""
    made = office.secretary("Priya", okafor, line="phone", ready=False)
    User.objects.filter(pk=made.user_id).update(name=" ".join(NAMES), email=MAILBOX)
    Secretary.objects.filter(pk=made.pk).update(home_number=HOME, verified_number=HOME)
    priya = Secretary.objects.select_related("user").get(pk=made.pk)
    office.starts_shift(priya)
    return priya


def verb(office, desk, words, call, **said) -> None:
    answer = desk.post(f"/desk/calls/{call.pk}/{words}/", said, headers={"HX-Request": "true"})
    assert answer.status_code == 200, words
    office.settle()


def a_call_is_put_through(office, okafor, priya, desk) -> None:
    leg = office.rings(okafor, caller=CALLER)
    office.answers(priya)
    call = Call.objects.get(caller_number=CALLER, closed_at=None)
    mobile = office.mobile_of(okafor.owner)
    mobile.is_by_its_owner()
    verb(office, desk, "through/ask", call, person=okafor.owner.pk)
    office.passes(2)
    office.carrier.control.answer(mobile.call)
    office.settle()
    office.carrier.control.press(mobile.call, "1")
    office.settle()
    verb(office, desk, "through/connect", call)
    office.passes(30)
    office.hangs_up(leg)
    office.settle()


def a_message_goes_by_every_way(office, okafor, priya) -> None:
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=2, passes=1)
    for rank, channel in enumerate(("text", "email", "call")):
        Rung.objects.create(
            client=okafor.row, ladder=ladder, contact=okafor.owner, channel=channel, rank=rank
        )
    taking.take_message(
        call=Call.objects.get(), by=priya.user, at=clock.now(), answers=[],
        contact=okafor.owner, caller_name="Dana", caller_firm="", call_back_on=CALLER, text="Ring back.",
        urgency=3,
    )  # fmt: skip
    office.passes(600)


def mail_is_answered_and_asked_about(office, okafor, priya, writes) -> None:  # noqa: F811
    writes("May I come on Monday?", about="Monday")
    thread = MailThread.objects.get()
    choosing.call_it(thread, "urgent", by=priya.user, at=clock.now())
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    asking_client.ask(draft, okafor.owner, "At nine?", by=priya.user, at=clock.now())
    said = Said(to=[DANA], cc=[], bcc=[], subject="Re: Monday", words="We open at nine.")
    sending_off.send(draft, said, by=priya.user, at=clock.now())
    office.passes(900)  # she is rung about what is urgent, too, and by then no more
    Mailbox.objects.update(needs_approval=True)
    writes("And on Tuesday?", about="Tuesday")
    thread = MailThread.objects.get(subject="Tuesday")
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    said = Said(to=[DANA], cc=[], bcc=[], subject="Re: Tuesday", words="At ten.")
    sending_off.send(draft, said, by=priya.user, at=clock.now())
    office.settle()
    desk = office.browser(priya)
    desk.post(reverse("inbox-propose", args=[MailThread.objects.get(subject="Monday").pk]))


def a_meeting_is_arranged(office, okafor, priya) -> Meeting:
    diary = Diary.objects.filter(client=okafor.row).first() or diaries.diary_of(okafor.row)
    coming = (Coming(name="Lena", email=GUEST, zone="Europe/London"),)
    meeting = diaries.booked(diary, "14:00", by=priya.user, when=clock.now(), guests=coming)
    office.settle()
    return meeting


def dictation_is_booked_and_rung(office, okafor, priya, desk) -> Meeting:
    said = {
        "client": okafor.row.pk,
        "contact": okafor.owner.pk,
        "typist": priya.pk,
        "minutes": 30,
        "on": "2026-11-25",
        "at": "10:00",
    }
    answer = desk.post(reverse("dictation-book"), said)
    assert answer.status_code == 303, answer.context["form"].errors
    office.settle()
    meeting = BookedDictation.objects.get().meeting
    office.clock_says("2026-11-25 09:59")
    office.settle()
    hers = office.mobile_of(okafor.owner)
    office.carrier.control.answer(hers.call)
    office.settle()
    office.carrier.control.press(hers.call, "1")
    office.passes(4)  # the carrier begins one call each second
    at_home = office.carrier.control.legs_of(HOME)[-1]
    office.carrier.control.answer(at_home)
    office.settle()
    office.carrier.control.press(at_home, "1")
    office.settle()
    assert MeetingCall.objects.get().talking_at, "she was rung where the firm knows, and talks"
    office.hangs_up(hers.call)
    office.passes(60)
    return meeting


@pytest.fixture
def day(office, okafor, priya, writes):  # noqa: F811
    """Everything she does for the client. The rows that pages are about, by the pages' names."""
    desk = office.browser(priya)
    a_call_is_put_through(office, okafor, priya, desk)
    a_message_goes_by_every_way(office, okafor, priya)
    mail_is_answered_and_asked_about(office, okafor, priya, writes)
    meeting = a_meeting_is_arranged(office, okafor, priya)
    dictated = dictation_is_booked_and_rung(office, okafor, priya, desk)
    threads = MailThread.objects.order_by("first_at")
    return [
        *(("mail-history-thread", each.pk) for each in threads),
        *(("mail-approval", each.pk) for each in OutgoingMail.objects.exclude(state="drafting")),
        *(("diary-portal-meeting", each.pk) for each in (meeting, dictated)),
        *(("portal-call", each.pk) for each in Call.objects.all()),
    ]


def test_no_telephone_shows_or_says_where_she_is(office, okafor, day):
    legs = list(office.carrier.legs.values())
    assert {leg.from_ for leg in legs if leg.to == HOME} <= {okafor.number, CALLER}
    assert len([leg for leg in legs if leg.to == HOME]) == 2, "she was rung for a call and for dictation"
    assert {leg.sid for leg in legs if canaries_in(leg.from_)} == set()
    texts = [each for each in office.carrier.messages.by_sid.values() if each.to != HOME]
    assert texts
    assert {each.body for each in texts if canaries_in(f"{each.from_} {each.body}")} == set()
    said = [answer.decode() for _posting, _status, answer in office.transport.answers]
    assert len(said) > 10
    assert [words for words in said if canaries_in(words)] == []


def test_no_mail_and_no_invitation_names_her(office, okafor, day):
    left = [each for each in mail.outbox if MAILBOX not in each.recipients()]
    to = {address for each in left for address in each.recipients()}
    assert {DANA, GUEST, okafor.owner.addresses.get(kind="email").value} <= to
    kinds = set()
    for each in left:
        message = message_from_bytes(each.message().as_bytes(), policy=policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
        kinds |= {part.get_content_type() for part in parts}
        texts = [part.get_payload(decode=True).decode(errors="replace") for part in parts]
        heads = [f"{name}: {value}" for part in message.walk() for name, value in part.items()]
        unfolded = "\n".join([*heads, *texts]).replace("\r\n ", "")  # as calendars fold what is long
        assert not canaries_in(unfolded), each.subject
    assert "text/calendar" in kinds


def test_no_page_of_the_portal_names_her(office, okafor, day):
    portal = office.browser(okafor.owner)
    lists = sorted(name for name, route in addresses() if route.startswith("portal/") and "<" not in route)
    assert len(lists) > 30
    seen = 0
    for name, *args in [*((each,) for each in lists), *day]:
        answer = portal.get(reverse(name, args=args))
        if answer.status_code == 200:
            seen += 1
            assert not canaries_in(content(answer)), name
        else:
            assert not args, f"{name}: {answer.status_code}"
    assert seen > 30
    assert "Priya" in content(portal.get(reverse("mail-history"))), "by the name she says she is known"


def test_nothing_that_the_client_takes_with_her_tells_where_she_is(office, okafor, day):
    copy = DataCopy.objects.create(
        client=okafor.row, asked_by=okafor.owner.user, asked_at=clock.now(), state=DataCopy.State.MAKING
    )
    file = MediaFile.objects.get(pk=copying.make(copy, at=clock.now()))
    packed = ZipFile(BytesIO(b"".join(storing.read(file))))
    for name in packed.namelist():
        found = canaries_in(packed.read(name).decode(errors="replace"))
        assert found <= set(NAMES), name  # whose hand a row is of is hers to know; where that lives is not


def test_what_would_tell_of_her_would_be_noticed():
    assert canaries_in(f"Ring {HOME}")
    assert canaries_in("mailto:KETTLE@private.example")
    assert not canaries_in("Priya, for Okafor Legal")
