"""What the client reads of a dictated draft before she agrees: what changed since, and whose word counts."""

import re

import pytest
from django.urls import reverse

from messages_app.dictated import typing
from messages_app.models import Letter, Letterhead, Mailbox, OutgoingMail
from secretariat import clock
from tests.dictating import handed_in

from .test_dictated import MAIL, again, asked, says


@pytest.fixture
def mailbox(okafor):
    return Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )


@pytest.fixture
def draft(okafor, priya):
    return typing.begin(handed_in(okafor.owner), by=priya.user, at=clock.now())


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def differences_in(shown: str) -> set[str]:
    return set(re.findall(r"<(?:ins|del)>\s*(.*?)</(?:ins|del)>", shown))


@pytest.mark.parametrize(
    ("field", "now"),
    [
        ("to", "tom@harlow.example"),
        ("cc", "tom@harlow.example"),
        ("bcc", "tom@harlow.example"),
        ("subject", "Rent"),
    ],
)
def test_what_stands_above_the_words_is_held_against_what_she_saw_too(
    draft, desk, portal, mailbox, field, now
):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    says(portal, draft, "change", words="To somebody else.")
    asked(desk, draft, mailbox=mailbox.pk, **MAIL | {field: now})
    shown = portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()
    assert now in differences_in(shown)


def test_another_kind_is_a_difference(draft, desk, portal, mailbox):
    asked(desk, draft, mailbox=mailbox.pk, **MAIL)
    says(portal, draft, "change", words="Only a note for myself.")
    asked(desk, draft, kind="task", words=MAIL["words"])
    shown = portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()
    assert {"Mail", "Task"} <= differences_in(shown)


@pytest.fixture
def of_a_member(office, okafor, priya):
    """What one dictated who speaks for herself alone."""
    tunde = office.contact(okafor, "Tunde Adeyemi")
    return typing.begin(handed_in(tunde), by=priya.user, at=clock.now())


def test_a_member_agrees_to_her_mail_and_whoever_speaks_for_the_client_approves_it(
    office, of_a_member, desk, portal, mailbox
):
    hers = office.browser(of_a_member.dictation.contact)
    asked(desk, of_a_member, mailbox=mailbox.pk, **MAIL)
    says(hers, of_a_member)
    assert OutgoingMail.objects.get().state == OutgoingMail.State.AWAITING
    read = hers.get(reverse("dictated-approval", args=[of_a_member.pk])).content.decode()
    assert "Whoever speaks for Okafor Legal reads it before it leaves." in read
    outgoing = OutgoingMail.objects.get()
    portal.post(reverse("mail-approval-decide", args=[outgoing.pk]), {"decision": "approve", "version": 1})
    assert again(outgoing).state == OutgoingMail.State.SCHEDULED
    read = hers.get(reverse("dictated-approval", args=[of_a_member.pk])).content.decode()
    assert "Whoever speaks for" not in read


def test_a_members_letter_is_agreed_to_by_whoever_speaks_for_the_client(
    office, okafor, of_a_member, desk, portal
):
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", layout="uk-dl", signer="Ada Okafor")
    address = {"name": "Dana Reyes", "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
    typed = {"subject": "The lease", "words": "We agree.", "salutation": "Dear Dana,", "closing": "Yours,"}
    asked(desk, of_a_member, "letter", country="GB", **address, **typed)
    says(office.browser(of_a_member.dictation.contact), of_a_member)
    letter = Letter.objects.get()
    assert letter.state == Letter.State.ASKED
    portal.post(reverse("letters-portal-agree", args=[letter.pk]), {"number": 1})
    assert again(letter).state == Letter.State.READY
