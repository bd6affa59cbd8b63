"""Joining by invitation: once, in time, by the address it was sent to; and no other way in."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Contact
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office import inviting
from secretariat.office.models import Invitation, Post, Secretary, User
from secretariat.outbox.models import Effect

PASSWORD = "a lantern by the sea"
SAID = {"name": "Ana Reyes", "password": PASSWORD, "again": PASSWORD}
THREE_DAYS = 72 * 3600


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def helen(office):
    office.clock_says("2026-11-24 10:30")
    return office.supervisor()


def link_in(message) -> str:
    """The address in a mail, without its host."""
    return re.search(r"https?://[^/\s]+(/join/\S+)", message.body).group(1)


def invited(office, by, gives="secretary", email="ana@example.com") -> str:
    inviting.invite(email=email, name="Ana", gives=gives, by=by, at=clock.now())
    office.settle()
    return link_in(mail.outbox[-1])


def test_the_firm_invites_a_secretary_who_joins_and_lands_at_her_desk(office, helen):
    add = reverse("admin:office_invitation_add")
    posted = {"name": "Ana", "email": "Ana@Example.com", "gives": "secretary"}
    answer = office.browser(helen).post(add, posted)
    assert answer.status_code == 302
    office.settle()
    [message] = mail.outbox
    assert message.to == ["ana@example.com"]
    assert "Helen invites you" in message.body

    ana = Browser()
    link = link_in(message)
    assert "Welcome, Ana" in ana.get(link).content.decode()
    answer = ana.post(link, SAID)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert ana.get("/").headers["Location"] == "/desk/"
    person = User.objects.get(email="ana@example.com")
    assert (person.name, person.secretary.spoken_name) == ("Ana Reyes", "Ana")
    assert EmailAddress.objects.get(user=person).verified
    assert not person.posts.exists()
    assert LedgerEntry.objects.filter(verb="office.joined", actor_id=person.pk).exists()


def test_the_link_opens_once(office, helen):
    link = invited(office, helen)
    assert Browser().post(link, SAID).status_code == 303
    second = Browser().post(link, SAID | {"name": "Mallory"})
    assert second.status_code == 410
    assert "has been used" in second.content.decode()
    assert User.objects.get(email="ana@example.com").name == "Ana Reyes"


def test_after_three_days_it_offers_to_ask_for_a_new_one(office, helen):
    link = invited(office, helen)
    Invitation.objects.update(expires_at=clock.now() + inviting.GOOD_FOR)
    office.clock_says("2026-11-27 10:29")
    assert Browser().get(link).status_code == 200
    office.clock_says("2026-11-27 10:31")
    gone = Browser().get(link)
    assert gone.status_code == 410
    assert "Ask for a new one" in gone.content.decode()
    assert Browser().post(link, SAID).status_code == 410
    assert not User.objects.filter(email="ana@example.com").exists()

    asked = Browser().post(f"{link}again/", follow=True)
    assert "have been asked for a new one" in asked.content.decode()
    Browser().post(f"{link}again/")
    office.settle()
    assert [message.to for message in mail.outbox] == [["ana@example.com"], [helen.email]]

    page = reverse("admin:office_invitation_changelist")
    chosen = {"action": "send_again", "_selected_action": [str(Invitation.objects.get().pk)]}
    office.browser(helen).post(page, chosen)
    office.settle()
    assert mail.outbox[-1].to == ["ana@example.com"]
    assert link_in(mail.outbox[-1]) != link
    assert Browser().get(link_in(mail.outbox[-1])).status_code == 200
    assert "taken back, or a newer one" in Browser().get(link).content.decode()


def test_the_link_is_bound_to_its_address(office, helen):
    link = invited(office, helen)
    Invitation.objects.update(email="mallory@example.com")
    assert Browser().get(link).status_code == 404


def test_no_table_holds_what_would_open_it(office, helen):
    link = invited(office, helen)
    token = link.split("/")[2]
    [effect] = Effect.objects.filter(kind="office.invitation")
    assert token.partition(".")[2] not in str(effect.payload)
    assert effect.state == Effect.State.DONE


def test_who_has_a_sign_in_joins_with_it_and_with_nothing_else(office, helen):
    ana = office.user("ana@example.com", "Ana")
    ana.set_password(PASSWORD)
    ana.save()
    link = invited(office, helen)
    stranger = Browser()
    assert "Sign in with it" in stranger.get(link).content.decode()
    stranger.post(link, SAID | {"password": "another long password", "again": "another long password"})
    office.browser(helen).post(link)
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)
    assert not Secretary.objects.exists()
    assert office.browser(ana).post(link).status_code == 303
    assert Secretary.objects.get().user == ana


def test_somebody_the_firm_entered_beforehand_gets_her_own_sign_in(office, helen):
    ana = office.user("ana@example.com", "Ana")
    ana.set_unusable_password()
    ana.save()
    page = reverse("admin:office_user_changelist")
    office.browser(helen).post(page, {"action": "invite", "_selected_action": [str(ana.pk)]})
    office.settle()
    assert Browser().post(link_in(mail.outbox[-1]), SAID).status_code == 303
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"password": "short", "again": "short"}, "at least 10 characters"),
        ({"again": "something else"}, "not the same"),
        ({"password": "ana@example.com", "again": "ana@example.com"}, "similar to"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_good(office, helen, said, told):
    link = invited(office, helen)
    answer = Browser().post(link, SAID | said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert 'value="Ana Reyes"' in answer.content.decode()
    assert Browser().post(link, SAID).status_code == 303


def test_a_supervisor_gives_no_post_by_invitation(office, helen):
    add = reverse("admin:office_invitation_add")
    posted = {"name": "Ana", "email": "ana@example.com", "gives": "admin"}
    assert office.browser(helen).post(add, posted).status_code == 200
    assert not Invitation.objects.exists()
    ada = office.user("ada@example.com", "Ada")
    Post.objects.create(user=ada, post=Post.Kind.ADMIN)
    sent = inviting.invite(email="eve@example.com", name="Eve", gives="admin", by=ada, at=clock.now())
    page = reverse("admin:office_invitation_changelist")
    for action in ("send_again", "take_back"):
        office.browser(helen).post(page, {"action": action, "_selected_action": [str(sent.pk)]})
    sent.refresh_from_db()
    assert (Invitation.objects.count(), sent.withdrawn_at) == (1, None)
    assert office.browser(ada).post(add, posted).status_code == 302
    office.settle()
    eve = Browser()
    eve.post(link_in(mail.outbox[-1]), SAID)
    assert User.objects.get(email="ana@example.com").posts.get().post == "admin"


def test_whoever_tries_links_is_let_go(office, helen, settings):
    """By her own address: what she writes into X-Forwarded-For is not believed."""
    cache.clear()
    link = invited(office, helen)
    forged = f"{link[:-5]}xxxx/"
    answers = [
        Browser().get(forged, REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": f"198.51.100.{n}"})
        for n in range(22)
    ]
    assert [answer.status_code for answer in answers] == [404] * 20 + [429] * 2
    assert Browser().get(link, REMOTE_ADDR="203.0.113.10").status_code == 200
    assert Browser().get(forged, REMOTE_ADDR="203.0.113.10").status_code == 404
    cache.clear()


def test_mail_that_bounces_at_once_is_shown(office, helen, settings):
    settings.EMAIL_BACKEND = "tests.office.test_joining.Refuses"
    inviting.invite(email="ana@example.com", name="Ana", gives="secretary", by=helen, at=clock.now())
    office.settle()
    assert Invitation.objects.get().mail_failed
    shown = office.browser(helen).get(reverse("admin:office_invitation_changelist"))
    assert "could not be delivered" in shown.content.decode()


class Refuses:
    """A mail server that knows no such mailbox."""

    def __init__(self, **how):
        pass

    def send_messages(self, messages):
        import smtplib

        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})


def test_an_owner_invites_a_member_who_sees_only_her_own_in_the_portal(office, helen):
    okafor = office.client("Okafor Legal")
    tunde = office.contact(okafor, "Tunde Ade", by=("email",), signs_in=False)
    owner = office.browser(okafor.owner)
    answer = owner.post(reverse("people-invite", args=[tunde.pk]), {"email": "tunde@okafor.example"})
    assert answer.status_code == 303
    office.settle()
    assert "Invited" in owner.get(reverse("people")).content.decode()
    portal = Browser()
    assert portal.post(link_in(mail.outbox[-1]), SAID).status_code == 303
    assert portal.get("/").headers["Location"] == "/portal/"
    tunde.refresh_from_db()
    assert tunde.user.email == "tunde@okafor.example"
    assert portal.get(reverse("people")).status_code == 404
    assert "Signs in." in owner.get(reverse("people")).content.decode()


def test_somebody_who_left_meanwhile_does_not_get_in(office, helen):
    okafor = office.client("Okafor Legal")
    tunde = office.contact(okafor, "Tunde Ade", by=("email",), signs_in=False)
    owner = office.browser(okafor.owner)
    owner.post(reverse("people-invite", args=[tunde.pk]), {"email": "tunde@okafor.example"})
    office.settle()
    owner.post(reverse("people-gone", args=[tunde.pk]))
    assert Browser().post(link_in(mail.outbox[-1]), SAID).status_code == 410
    assert Contact.objects.get(pk=tunde.pk).user is None
