"""Inviting somebody, and joining: the only way to a sign-in.

The link is signed, not stored: nothing in the database opens anything. It is bound to the address it was
sent to, opens once, and for three days.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat import clock, ledger, outbox

from . import signals
from .models import Firm, Invitation, PartnerPerson, Post, Secretary, User

GOOD_FOR = timedelta(hours=72)
LINK = "{link}"  # stands in the frozen words of the mail; the link itself is made when it is sent
Gives = Invitation.Gives
POSTS = {
    Gives.SUPERVISOR: Post.Kind.SUPERVISOR,
    Gives.ADMIN: Post.Kind.ADMIN,
    Gives.BOOKKEEPER: Post.Kind.BOOKKEEPER,
}


class NoLongerOpen(Exception):
    """The link was good once: it has been used or taken back, or its time is over."""


class SomebodyElse(Exception):
    """The address has a sign-in already, and it is not the one that is signed in here."""


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    gives: str,
    by: User | None,
    at: datetime,
    client_id: UUID | None = None,
    subject_id: UUID | None = None,
) -> Invitation:
    """Send a link to `email`. One that is open already for the same thing is taken back."""
    same = Invitation.objects.unanswered().filter(
        email=email, gives=gives, client_id=client_id, subject_id=subject_id
    )
    same.update(withdrawn_at=at)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        gives=gives,
        client_id=client_id,
        subject_id=subject_id,
        invited_by=by,
        invited_at=at,
        expires_at=at + GOOD_FOR,
    )
    firm = Firm.current().name
    context = {"invitation": invitation, "firm": firm, "by": by, "link": LINK, "hours": 72}
    outbox.post(
        "office.invitation",
        key=f"office.invitation:{invitation.pk}",
        client_id=client_id,
        subject=("office.invitation", invitation.pk),
        payload={
            "to": email,
            "subject": _("Your sign-in at %(firm)s") % {"firm": firm},
            "text": render_to_string("office/mail/invitation.txt", context),
        },
    )
    _record("office.invited", invitation, by)
    return invitation


def again(invitation: Invitation, *, by: User | None, at: datetime) -> Invitation:
    """A fresh link for whoever did not use this one."""
    return invite(
        email=invitation.email,
        name=invitation.name,
        gives=invitation.gives,
        by=by,
        at=at,
        client_id=invitation.client_id,
        subject_id=invitation.subject_id,
    )


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User | None, at: datetime) -> bool:
    """Let the link open no more. False if it was used or taken back before."""
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=at):
        return False
    _record("office.invitation_withdrawn", invitation, by)
    return True


def withdraw_all(*, subject_id: UUID, by: User | None, at: datetime) -> None:
    """Take back whatever was sent to somebody who is not to have it any more."""
    for invitation in Invitation.objects.unanswered().filter(subject_id=subject_id):
        withdraw(invitation, by=by, at=at)


def address(invitation: Invitation) -> str:
    """The whole address that stands in the mail."""
    return settings.PUBLIC_BASE_URL + reverse("join", args=[token(invitation)])


def _signer() -> signing.Signer:
    return signing.Signer(salt="office.invitation")  # made when it is used: not every process has the keys


def token(invitation: Invitation) -> str:
    signature = _signer().signature(_bound(invitation))
    return f"{signing.b64_encode(invitation.pk.bytes).decode()}.{signature}"


def read(text: str) -> Invitation:
    """The invitation behind a token, open or not. Raises Invitation.DoesNotExist for what we never signed."""
    key, _dot, signature = text.partition(".")
    try:
        pk = UUID(bytes=signing.b64_decode(key.encode()))
    except ValueError as nonsense:
        raise Invitation.DoesNotExist from nonsense
    invitation = Invitation.objects.get(pk=pk)
    if not signing.constant_time_compare(signature, _signer().signature(_bound(invitation))):
        raise Invitation.DoesNotExist
    return invitation


def is_open(invitation: Invitation) -> bool:
    return Invitation.objects.open().filter(pk=invitation.pk).exists()


def sign_in_of(invitation: Invitation) -> User | None:
    """Whoever signs in with this address already. Somebody without a password has yet to join."""
    found = User.objects.filter(email=invitation.email).first()
    return found if found and (found.has_usable_password() or found.last_login) else None


@transaction.atomic
def accept(
    invitation: Invitation, *, at: datetime, signed_in: User | None = None, name: str = "", password: str = ""
) -> User:
    """Use the link: who joins gets what it gives.

    `signed_in`: whoever is, for an address that has a sign-in; others choose `name` and `password`. Raises
    NoLongerOpen, and SomebodyElse where the address has a sign-in that is not hers.
    """
    row = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        raise NoLongerOpen
    known = sign_in_of(row)
    if known and known != signed_in:
        raise SomebodyElse
    user = known or _new_person(row, name=name, password=password)
    Invitation.objects.filter(pk=row.pk).update(user=user, used_at=at)
    _give(row, user, at=at)
    ledger.record(
        "office.joined",
        actor_id=user.pk,
        client_id=row.client_id,
        subject=("office.invitation", row.pk),
        detail={"gives": row.gives},
    )
    row.refresh_from_db()
    signals.invitation_accepted.send(sender=Invitation, invitation=row, user=user)
    return user


@transaction.atomic
def ask_again(invitation: Invitation, *, at: datetime) -> bool:
    """Whoever holds a link whose time is over asks for a new one: those who invited her are told.

    She is not sent one by this alone, for a link may have come into other hands. False: she asked before, or
    it was used or taken back.
    """
    late = Invitation.objects.unanswered().filter(pk=invitation.pk, expires_at__lte=clock.Now())
    if not late.filter(asked_again_at=None).update(asked_again_at=at):
        return False
    firm = Firm.current().name
    inviter = invitation.invited_by
    told = [inviter] if inviter and inviter.is_active else list(_firm())
    for person in told:
        outbox.post(
            "office.asked_again",
            key=f"office.asked_again:{invitation.pk}:{person.pk}",
            client_id=invitation.client_id,
            subject=("office.invitation", invitation.pk),
            payload={
                "to": person.email,
                "subject": _("Somebody asks for a new invitation"),
                "text": render_to_string(
                    "office/mail/asked_again.txt", {"invitation": invitation, "firm": firm}
                ),
            },
        )
    return True


def _bound(invitation: Invitation) -> str:
    """What the signature holds together: this invitation and this address."""
    return f"{invitation.pk.hex}:{invitation.email.lower()}"


def _firm():
    holders = Post.objects.running_the_firm().filter(user__is_active=True)
    return User.objects.filter(pk__in=holders.values("user")).order_by("pk")


def _new_person(invitation: Invitation, *, name: str, password: str) -> User:
    """A sign-in for this address, which opened the mail and so is verified."""
    user = User.objects.filter(email=invitation.email).first() or User(email=invitation.email)
    user.name = name
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=invitation.email, defaults={"verified": True, "primary": True}
    )
    return user


def _give(invitation: Invitation, user: User, *, at: datetime) -> None:
    post = POSTS.get(Gives(invitation.gives))
    if post and not Post.objects.current().filter(user=user, post=post).exists():
        Post.objects.create(user=user, post=post, from_at=at)
    if invitation.gives == Gives.SECRETARY:
        her, _made = Secretary.objects.get_or_create(
            user=user, defaults={"spoken_name": user.get_short_name()[:60], "zone": Firm.current().zone}
        )
        if her.engaged_until is not None and not her.is_engaged:  # she comes back
            Secretary.objects.filter(pk=her.pk).update(engaged_until=None)
    if invitation.gives == Gives.PARTNER and invitation.subject_id:
        _of_company(user, invitation.subject_id, at=at)


def _of_company(user: User, company_id: UUID, *, at: datetime) -> None:
    """From now on she is of this company, and of no other."""
    lasting = PartnerPerson.objects.filter(Q(until_at=None) | Q(until_at__gt=at), user=user)
    if lasting.filter(partner=company_id, from_at__lte=at).exists():
        return
    lasting.update(until_at=at)
    PartnerPerson.objects.create(partner_id=company_id, user=user, from_at=at)


def _record(verb: str, invitation: Invitation, by: User | None) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=invitation.client_id,
        subject=("office.invitation", invitation.pk),
        detail={"gives": invitation.gives},
    )
