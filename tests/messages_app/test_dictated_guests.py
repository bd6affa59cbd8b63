"""Who comes to a meeting that was dictated: typed or out of the book, read by the client, and invited."""

import pytest
from django.core import mail as postbox
from django.urls import reverse

from calendar_app.models import Meeting
from clients.models import Correspondent, CorrespondentAddress
from messages_app.dictated import guests, typing
from messages_app.models import DictatedDraft
from secretariat import clock
from tests.dictating import handed_in

from .test_dictated import again, asked, says
from .test_dictated_agreed import differences_in

PLAN = {"subject": "The lease", "words": "Bring the plan.", "on": "2026-11-26", "at": "11:00", "minutes": 30}
DANA = "Dana Reyes <dana@harlow.example>"


@pytest.fixture
def draft(okafor, priya) -> DictatedDraft:
    return typing.begin(handed_in(okafor.owner), by=priya.user, at=clock.now())


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def dana(okafor) -> Correspondent:
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes", firm="Harlow & Sons")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=dana, kind="email", value="dana@harlow.example"
    )
    return dana


def shown_to(portal, draft) -> str:
    return portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()


def refused(desk, draft, **values) -> str:
    if draft.kind != "meeting":
        desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": "meeting", "revision": draft.revision})
    said = {"wording": "as_dictated", "revision": again(draft).revision} | PLAN | values
    answer = desk.post(reverse("dictated-ask", args=[draft.pk]), said)
    assert answer.status_code == 422
    return answer.content.decode()


def test_the_client_reads_who_comes_and_they_are_invited_as_by_the_desk(office, draft, desk, portal, dana):
    asked(desk, draft, "meeting", **PLAN, guests=f"{DANA}\nTom Harlow")
    office.settle()
    told = len(postbox.outbox)
    assert "Dana Reyes &lt;dana@harlow.example&gt;<br>Tom Harlow" in shown_to(portal, draft)
    says(portal, draft)
    coming = Meeting.objects.get().guests.all()
    assert [(each.name, each.email, each.correspondent) for each in coming] == [
        ("Dana Reyes", "dana@harlow.example", dana),
        ("Tom Harlow", "", None),
    ]
    office.settle()
    [invitation] = postbox.outbox[told:]
    assert (invitation.to, invitation.subject) == (["dana@harlow.example"], "Invitation: The lease")
    assert "Bring the plan." not in invitation.body


def test_who_else_comes_is_held_against_what_she_saw(draft, desk, portal):
    asked(desk, draft, "meeting", **PLAN, guests=DANA)
    says(portal, draft, "change", words="With Tom, and without her.")
    asked(desk, draft, "meeting", **PLAN, guests="Tom Harlow <tom@harlow.example>")
    changed = differences_in(shown_to(portal, draft))
    assert any("dana@harlow.example" in each for each in changed)
    assert any("tom@harlow.example" in each for each in changed)
    says(portal, draft, number=2)
    assert [each.email for each in Meeting.objects.get().guests.all()] == ["tom@harlow.example"]


def test_who_comes_is_put_in_from_the_address_book(okafor, draft, desk, dana):
    Correspondent.objects.create(client=okafor.row, name="Tom Harlow")
    desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": "meeting", "revision": 0})
    for whom in ("Dana Reyes, Harlow & Sons", "tom", "dana"):
        again(draft)
        said = {"book": whom, "guests": draft.values.get("guests", ""), "revision": draft.revision} | PLAN
        page = desk.post(reverse("dictated-book", args=[draft.pk]), said, follow=True).content.decode()
    assert again(draft).values["guests"] == f"{DANA}\nTom Harlow"
    assert draft.values["words"] == PLAN["words"]
    assert "Dana Reyes &lt;dana@harlow.example&gt;" in page
    assert 'value="Dana Reyes, Harlow &amp; Sons"' in page  # it is suggested as it is typed


def test_an_address_alone_is_called_as_in_the_book(draft, desk, portal, dana):
    asked(desk, draft, "meeting", **PLAN, guests="DANA@harlow.example")
    says(portal, draft)
    guest = Meeting.objects.get().guests.get()
    assert (guest.name, guest.email, guest.correspondent) == ("Dana Reyes", "dana@harlow.example", dana)


def test_what_is_no_address_is_said_before_the_client_sees_it(draft, desk):
    page = refused(desk, draft, guests=f"{DANA}\ntom@")
    assert "This is no address that can be written to: tom@" in page
    assert again(draft).state == typing.State.TYPING
    assert draft.values["guests"] == f"{DANA}\ntom@"  # nothing typed is lost


def test_no_private_address_of_one_of_ours_comes_into_an_invitation(
    office, okafor, priya, draft, desk, portal
):
    page = refused(desk, draft, guests=f"Priya <{priya.user.email.upper()}>")
    assert "the private address of one of ours" in page
    assert not draft.versions.exists()
    # Agreed to before she was one of ours.
    asked(desk, draft, "meeting", **PLAN, guests="Rui <rui@home.example>")
    rui = office.secretary("Rui", okafor)
    rui.user.email = "rui@home.example"
    rui.user.save()
    says(portal, draft)
    assert not Meeting.objects.exists()
    assert again(draft).state == typing.State.CHANGE
    assert "the private address of one of ours" in draft.error


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", []),
        ("Dana Reyes", [("Dana Reyes", "")]),
        (
            "Dana@Harlow.example, tom@harlow.example",
            [("", "dana@harlow.example"), ("", "tom@harlow.example")],
        ),
        ("Reyes, Dana <dana@harlow.example>", [("Reyes, Dana", "dana@harlow.example")]),
        ("“Dana” <dana@harlow.example>;\r\n Tom ,", [("“Dana”", "dana@harlow.example"), ("Tom", "")]),
        (
            "Dana <dana@harlow.example>\ndana@harlow.example\nTom\ntom",
            [("Dana", "dana@harlow.example"), ("Tom", "")],
        ),
    ],
)
def test_a_line_is_a_name_an_address_or_both(typed, meant):
    read, wrong = guests.read(typed)
    assert [(each.name, each.email) for each in read] == meant
    assert not wrong


@pytest.mark.parametrize("typed", ["dana@", "Dana dana@harlow.example", "Dana <dana>", "<>", "D" * 121])
def test_what_cannot_be_meant_is_named(typed):
    assert guests.read(typed) == ([], [typed[:120]])
