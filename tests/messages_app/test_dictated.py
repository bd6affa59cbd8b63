"""From what was dictated to what leaves: typed, shown, agreed to or sent back, and made."""

import re
from datetime import timedelta

import pytest
from django.core import mail as postbox
from django.test import Client as Browser
from django.urls import reverse

from calendar_app.models import Meeting
from calls.models import Dictation
from clients.models import WorkItem, WorkRecord
from messages_app.dictated import deciding, making, players, stamps, typing
from messages_app.models import (
    DictatedDraft,
    DictatedVersion,
    Letter,
    Letterhead,
    Mailbox,
    Message,
    OutgoingMail,
)
from secretariat import clock
from tests.dictating import dictated, handed_in

State = DictatedDraft.State
MAIL = {"to": "dana@harlow.example", "subject": "The lease", "words": "We agree to the lease."}


@pytest.fixture
def mailbox(okafor):
    return Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )


@pytest.fixture
def item(okafor):
    return handed_in(okafor.owner)


@pytest.fixture
def draft(item, priya):
    return typing.begin(item, by=priya.user, at=clock.now())


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def again(row):
    row.refresh_from_db()
    return row


def open_work():
    return sorted(WorkItem.objects.open().values_list("kind", flat=True))


def asked(desk, draft, kind="mail", **values):
    """It is typed at the desk and shown to the client."""
    if kind != "mail":
        desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": kind, "revision": draft.revision})
    again(draft)
    typed = {"wording": "as_dictated", "revision": draft.revision} | values
    answer = desk.post(reverse("dictated-ask", args=[draft.pk]), typed)
    assert answer.status_code == 303, answer.content.decode()
    return again(draft)


def says(portal, draft, decision="agree", number=1, words=""):
    page = reverse("dictated-decide", args=[draft.pk])
    return portal.post(page, {"number": number, "decision": decision, "words": words})


def link_in(letter) -> str:
    return re.search(r"http\S+(/d/\S+/)", letter.body).group(1)


def test_whoever_begins_to_type_has_the_work_and_what_she_types_is_kept(office, okafor, priya, desk):
    item = dictated(office, okafor.owner)
    queue = desk.get(reverse("dictation-queue")).content.decode()
    assert "Owner of Okafor Legal" in queue
    page = reverse("dictation", args=[item.pk])
    assert "<audio" in desk.get(page).content.decode()
    begun = desk.post(reverse("dictation-type", args=[item.pk]))
    draft = DictatedDraft.objects.get()
    assert begun.headers["Location"] == reverse("dictated-draft", args=[draft.pk])
    assert WorkItem.objects.open().get(kind="dictation.waiting").owner == priya.user
    save = reverse("dictated-save", args=[draft.pk])
    assert desk.post(save, {"words": "Dear", "revision": "0"}).json()["revision"] == 1
    office.passes(40)
    assert desk.post(save, {"words": "Dear Dana", "revision": "1"}).json()["revision"] == 2
    stale = desk.post(save, {"words": "Dear Tom", "revision": "1"})
    assert (stale.status_code, stale.json()["fields"]["words"]) == (409, "Dear Dana")
    shown = desk.get(reverse("dictated-draft", args=[draft.pk])).content.decode()
    assert "Dear Dana" in shown
    assert desk.post(reverse("dictation-type", args=[item.pk])).headers["Location"].endswith(f"{draft.pk}/")
    assert DictatedDraft.objects.count() == 1


def test_a_mail_is_shown_agreed_to_once_and_leaves_as_mail_does(office, item, draft, desk, portal, mailbox):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    assert draft.state == State.ASKED
    assert again(item).state == Dictation.State.DONE
    assert open_work() == []
    office.settle()
    (told,) = postbox.outbox
    assert "lease" not in told.body
    assert (
        "We agree to the lease." in portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()
    )
    assert says(portal, draft).status_code == 303
    assert says(portal, draft).status_code == 303  # pressed twice
    outgoing = OutgoingMail.objects.get()
    assert (outgoing.state, outgoing.to) == (OutgoingMail.State.SCHEDULED, ["dana@harlow.example"])
    assert again(draft).state == State.MADE
    assert players.place_of(draft) == reverse("outgoing", args=[outgoing.pk])
    office.passes(12)
    sent = postbox.outbox[-1]
    assert (sent.recipients(), sent.subject) == (["dana@harlow.example"], "The lease")
    assert "We agree to the lease." in sent.body


def test_a_change_comes_back_to_whoever_typed_it_and_the_difference_is_shown(
    office, draft, desk, portal, mailbox, priya
):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    empty = says(portal, draft, "change")
    assert empty.status_code == 422
    says(portal, draft, "change", words="Say it more kindly.")
    assert again(draft).state == State.CHANGE
    (work,) = WorkItem.objects.open()
    assert (work.kind, work.owner) == ("dictation.change", priya.user)
    page = desk.get(reverse("dictated-draft", args=[draft.pk])).content.decode()
    assert "Say it more kindly." in page
    asked(desk, draft, mailbox=mailbox.pk, **MAIL | {"words": "We gladly agree to the lease."})
    assert open_work() == []
    late = says(portal, draft, "agree", number=1)
    assert late.status_code == 303
    assert again(draft).state == State.ASKED  # she agreed to what she no longer sees
    shown = portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()
    assert "<ins>" in shown
    says(portal, draft, number=2)
    assert again(draft).state == State.MADE


def test_the_link_opens_one_draft_and_one_tap_decides(office, okafor, draft, desk, mailbox):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    office.settle()
    link, phone = link_in(postbox.outbox[0]), Browser()
    assert "We agree to the lease." in phone.get(link).content.decode()
    assert again(draft).state == State.ASKED  # a mail scanner that looks decides nothing
    assert phone.post(f"{link}decide/", {"number": 1, "decision": "agree"}).status_code == 303
    version = DictatedVersion.objects.get()
    assert (version.agreed, version.decided_by, version.how) == (True, okafor.owner, "link")
    assert again(draft).state == State.MADE
    assert phone.post(f"{link}decide/", {"number": 1, "decision": "agree"}).status_code == 409
    assert OutgoingMail.objects.count() == 1
    assert phone.get(f"{link[:-2]}x/").status_code == 404
    office.clock_says("2026-12-02 10:30")
    assert phone.get(link).status_code == 410


def test_the_link_is_good_for_as_long_as_the_key_it_was_signed_with(office, settings, draft, desk, mailbox):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    office.settle()
    address = link_in(postbox.outbox[0])
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, " * 5
    assert Browser().get(address).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [old]
    assert Browser().get(address).status_code == 200


def test_a_wish_opens_the_text_again_where_it_was_shown_and_loads_no_page_anew(draft, desk, portal, mailbox):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    page, live = reverse("dictated-draft", args=[draft.pk]), {"HX-Request": "true", "HX-Target": "dictated"}
    assert "HX-Reselect" not in desk.get(page, headers=live)
    says(portal, draft, "change", words="Not before Monday.")
    answer = desk.get(page, headers=live)
    assert (answer["HX-Reselect"], answer["HX-Reswap"]) == ("#dictated-form", "outerHTML")
    assert "HX-Refresh" not in answer
    # What the transcriber heard comes while she types.
    beside = desk.get(page, headers=live | {"HX-Target": "heard"})
    assert not {"HX-Reselect", "HX-Refresh"} & set(beside.headers)


def test_by_the_link_a_change_can_be_asked_for(office, draft, desk, mailbox):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    office.settle()
    link, phone = link_in(postbox.outbox[0]), Browser()
    assert phone.post(f"{link}decide/", {"number": 1, "decision": "change", "words": ""}).status_code == 422
    phone.post(f"{link}decide/", {"number": 1, "decision": "change", "words": "Shorter."})
    assert again(draft).state == State.CHANGE
    assert "Shorter." in phone.get(link).content.decode()


def test_a_letter_is_agreed_to_and_waits_to_be_posted(okafor, draft, desk, portal):
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", layout="uk-dl", signer="Ada Okafor")
    address = {"name": "Dana Reyes", "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
    typed = {"subject": "The lease", "words": "We agree.", "salutation": "Dear Dana,", "closing": "Yours,"}
    asked(desk, draft, "letter", country="GB", **address, **typed)
    says(portal, draft)
    letter = Letter.objects.get()
    assert letter.state == Letter.State.READY
    assert open_work() == ["letters.to_post"]
    assert again(draft).made_id == letter.pk


def test_a_message_reaches_somebody_at_the_client(office, okafor, draft, desk, portal):
    tunde = office.contact(okafor, "Tunde Adeyemi")
    asked(desk, draft, "message", contact=tunde.pk, urgency=1, words="Ring the court.")
    says(portal, draft)
    message = Message.objects.get()
    assert (message.contact, message.text) == (tunde, "Ring the court.")
    assert message.deliveries.filter(contact=tunde).exists()


def test_a_task_stands_in_the_queue_with_its_day(draft, desk, portal):
    asked(desk, draft, "task", words="Order flowers.", due_on="2026-11-27")
    says(portal, draft)
    (work,) = WorkItem.objects.open()
    assert work.kind == "dictation.task"
    assert f"{work.promised_at:%Y-%m-%d %H:%M}" == "2026-11-27 16:00"  # five in Lagos
    assert "flowers" not in work.because


def test_a_meeting_is_booked_or_comes_back_with_what_stands_against_it(okafor, draft, desk, portal):
    plan = {"subject": "The lease", "words": "With Dana.", "on": "2026-11-26", "at": "11:00", "minutes": 30}
    asked(desk, draft, "meeting", **plan)
    says(portal, draft)
    meeting = Meeting.objects.get()
    assert (meeting.about, f"{meeting.starts_at:%H:%M}") == ("The lease", "10:00")
    second = typing.begin(draft.dictation, by=draft.author, at=clock.now(), another=True)
    assert (second.number, draft.number) == ("1-2", "1")
    asked(desk, second, "meeting", **plan)
    says(portal, second)
    assert again(second).state == State.CHANGE
    assert second.error
    assert open_work() == ["dictation.stuck"]
    assert DictatedVersion.objects.get(draft=second).agreed is True
    asked(desk, second, "meeting", **plan | {"at": "15:00"})
    assert open_work() == []


def test_what_the_client_need_not_see_is_done_without_asking(draft, desk, mailbox):
    form = {"mailbox": mailbox.pk, "without": "1", "wording": "to_be_worded", "revision": 0} | MAIL
    desk.post(reverse("dictated-ask", args=[draft.pk]), form)
    assert again(draft).state == State.TYPING  # she wants to see her mail
    Mailbox.objects.update(needs_approval=False)
    desk.post(reverse("dictated-ask", args=[draft.pk]), form | {"revision": draft.revision})
    assert (again(draft).state, draft.wording) == (State.MADE, "to_be_worded")
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SCHEDULED
    assert not draft.versions.exclude(agreed=None).exists()


def test_what_is_missing_or_still_marked_is_said_before_the_client_sees_it(draft, desk, mailbox):
    page = reverse("dictated-ask", args=[draft.pk])
    form = {"mailbox": mailbox.pk, "wording": "as_dictated", "revision": 0} | MAIL
    marked = desk.post(page, form | {"words": "We agree to [0:07] the lease."})
    assert marked.status_code == 422
    assert "[0:07]" in marked.content.decode()
    nobody = desk.post(page, form | {"to": "dana", "revision": 1})
    assert nobody.status_code == 422
    assert again(draft).state == State.TYPING
    assert draft.values["to"] == "dana"  # nothing typed is lost


@pytest.mark.parametrize(
    ("kind", "facts"),
    [("message", {"urgency": 1}), ("meeting", {"on": "2026-11-26", "at": "11:00", "minutes": 30})],
)
def test_words_that_its_kind_does_not_hold_are_said_before_the_client_sees_them(
    okafor, draft, desk, portal, kind, facts
):
    """What she agrees to is what is made of it, to the last word."""
    facts = {"subject": "The lease " * 15 + "ends.", "contact": okafor.owner.pk} | facts
    whole = "We agree. " * 399 + "We agree!!"
    desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": kind, "revision": draft.revision})
    longer = facts | {"wording": "as_dictated", "words": whole + "!", "revision": again(draft).revision}
    refused = desk.post(reverse("dictated-ask", args=[draft.pk]), longer)
    assert refused.status_code == 422
    assert "nothing is cut" in refused.content.decode()
    assert again(draft).values["words"] == whole + "!"
    asked(desk, draft, kind, **facts, words=whole)
    says(portal, draft)
    assert again(draft).state == State.MADE
    if kind == "message":
        assert Message.objects.get().text == whole
    else:
        meeting = Meeting.objects.get()
        assert (meeting.about, meeting.notes) == (facts["subject"], whole)


def test_what_was_agreed_to_and_is_too_long_comes_back_whole(okafor, draft, desk, portal):
    asked(desk, draft, "message", contact=okafor.owner.pk, urgency=1, words="Ring the court.")
    longer = "Ring the court. " * 300
    DictatedVersion.objects.update(values=DictatedVersion.objects.get().values | {"words": longer})
    says(portal, draft)
    assert not Message.objects.exists()
    assert (again(draft).state, open_work()) == (State.CHANGE, ["dictation.stuck"])


def test_what_she_sees_is_what_the_client_sees(office, okafor, draft, desk, mailbox):
    """A keystroke of hers that was still being saved is older than what she pressed on; another's is not."""
    save, page = reverse("dictated-save", args=[draft.pk]), reverse("dictated-ask", args=[draft.pk])
    whole = {"mailbox": mailbox.pk, "wording": "as_dictated", "revision": "0"} | MAIL
    desk.post(save, {"words": "We agr", "revision": "0"})
    assert desk.post(page, whole).status_code == 303
    assert DictatedVersion.objects.get().values["words"] == MAIL["words"]
    desk.post(reverse("dictated-take-back", args=[draft.pk]))
    seen = again(draft).revision
    rui = office.browser(office.secretary("Rui", okafor))
    rui.post(save, {"words": "We do not agree.", "revision": seen})
    late = desk.post(page, whole | {"words": "We agree, Rui.", "revision": seen})
    assert late.status_code == 422
    assert "changed elsewhere" in late.content.decode()
    assert "We agree, Rui." in late.content.decode()
    assert DictatedVersion.objects.count() == 1
    assert desk.post(page, whole | {"revision": again(draft).revision}).status_code == 303


def test_seconds_of_typing_are_written_down(office, draft, desk, priya, mailbox):
    save = reverse("dictated-save", args=[draft.pk])
    desk.post(save, {"words": "Dear", "revision": "0"})
    office.passes(60)
    desk.post(save, {"words": "Dear Dana", "revision": "1"})
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    (record,) = WorkRecord.objects.filter(subject_id=draft.pk)
    assert record.ended_at - record.started_at == timedelta(seconds=60)
    assert (record.secretary, record.kind) == (priya, WorkRecord.Kind.DICTATION)


def test_taken_back_thrown_away_and_closed(item, draft, desk, portal, mailbox):
    assert desk.post(reverse("dictation-close", args=[item.pk])).status_code == 303
    assert again(item).state == Dictation.State.WAITING  # something is being typed of it
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    desk.post(reverse("dictated-take-back", args=[draft.pk]))
    assert again(draft).state == State.TYPING
    says(portal, draft)
    assert again(draft).state == State.TYPING
    desk.post(reverse("dictated-drop", args=[draft.pk]))
    assert again(draft).state == State.DROPPED


def test_one_without_anything_to_type_is_closed(item, desk):
    desk.post(reverse("dictation-close", args=[item.pk]))
    assert again(item).state == Dictation.State.DONE
    assert open_work() == []


def test_somebody_without_mailbox_or_portal_is_asked_otherwise(office, okafor, priya, desk):
    tunde = office.contact(okafor, "Tunde Adeyemi", signs_in=False)
    item = handed_in(tunde)
    tunde.addresses.filter(kind="email").delete()
    draft = typing.begin(item, by=priya.user, at=clock.now())
    asked(desk, draft, "task", words="Order flowers.")
    assert open_work() == ["dictation.stuck"]


def test_a_version_that_was_decided_is_decided_once(okafor, draft, desk):
    asked(desk, draft, "task", words="Order flowers.")
    told = {"number": 1, "contact": okafor.owner, "how": "portal", "by": None, "at": clock.now()}
    assert deciding.agree(draft, **told)
    with pytest.raises(deciding.NotAsSeen):
        deciding.wish(draft, "No", **told)
    with pytest.raises(making.NotMade):
        making.make(draft, DictatedVersion(kind="meeting", values={}), contact=None, by=None, at=clock.now())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Dear [0:07] Dana", ["[0:07]"]),
        ("[1:02:03] and [61:00], [1:02:03]", ["[1:02:03]", "[61:00]"]),
        ("at 10:30, [sic], [1:75], [note 1:20]", []),
    ],
)
def test_positions_in_the_text(words, found):
    assert stamps.stamps_in(words) == found
    assert not stamps.stamps_in(stamps.without(words))
