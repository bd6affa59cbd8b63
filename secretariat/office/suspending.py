"""Shutting somebody out at once, and letting her in again. The floors above look after her callers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger

from . import going_home, presence, sign_ins, signals
from .models import PlannedShift, Secretary, Suspension, User
from .rota import absences, planning, rules
from .rota.rules import Stretch

SHIFTS_AHEAD = timedelta(days=2)  # her later shifts wait until they are so near, or she is let in again
A_ROUND = 50


class NotAllowed(Exception):
    """The message says why this person may not suspend that one."""


def why_not(user: User, *, by: User) -> str:
    """Why `by` may not suspend `user`, or let her in again; empty if she may."""
    if user == by:
        return _("Nobody suspends herself. Ask another administrator.")
    if not by.roles.firm_wide:
        return _("Only the firm suspends people.")
    if not by.roles.admin and user.posts.current().exists():
        return _("%(name)s holds a post in the firm. Only an administrator may do this.") % {
            "name": user.name
        }
    return ""


@transaction.atomic
def suspend(user: User, *, by: User, reason: str, at: datetime, note: str = "") -> Suspension:
    """End whatever she has open, and let her in no more. `reason` is one of Suspension.Reason.

    Her sign-ins end, her pages hear of it within seconds, what rings at her is taken away, who talks to her
    is offered anew, her shift ends. Suspended already: that stands. Raises NotAllowed.
    """
    refusal = why_not(user, by=by)
    if refusal:
        raise NotAllowed(refusal)
    # Before any lock of a call or of her presence, which come in that order.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    standing = Suspension.objects.filter(user=user, lifted_at=None).first()
    if standing:
        return standing
    suspension = Suspension.objects.create(user=user, by=by, reason=reason, note=note, from_at=at)
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_ins.end_all(user)
    secretary = getattr(user, "secretary", None)
    handed = _hand_over(secretary, at=at) if secretary else []
    _record("office.suspended", user, by, reason=reason, suspension=suspension.pk)
    signals.person_suspended.send(sender=User, user=user, by=by, at=at, handed=handed)
    Suspension.objects.filter(pk=suspension.pk).update(handed_over=handed)
    suspension.handed_over = handed
    if secretary:
        presence.stop_now(secretary, at=at, by=by)
    return suspension


def _hand_over(secretary: Secretary, *, at: datetime) -> list[str]:
    """In words, what was hers and goes to others: her open work, and her shifts of the days ahead."""
    left = [
        f"{each.client}: {each.what}" if each.client else each.what for each in going_home.left(secretary)
    ]
    return left + _open_shifts(secretary, at=at)


def _open_shifts(secretary: Secretary, *, at: datetime) -> list[str]:
    """Those of the days ahead are open to others; which, in words."""
    planning.hold([secretary])
    soon = Stretch(at, at + SHIFTS_AHEAD)
    return [
        _("Her shift is open: %(when)s") % {"when": rules.said(each.stretch, each.zone)}
        for each in absences.open_hers(secretary, soon, PlannedShift.Because.SUSPENDED, at=at)
    ]


def open_what_nears(*, at: datetime) -> int:
    """Open the shifts of whoever is still suspended as they come near. Returns of how many people."""
    near = PlannedShift.objects.standing().between(at, at + SHIFTS_AHEAD)
    due = Suspension.objects.filter(lifted_at=None, user__secretary__in=near.values("secretary"))
    return sum(_open_of(each, at=at) for each in due.order_by("from_at", "pk")[:A_ROUND])


@transaction.atomic
def _open_of(suspension: Suspension, *, at: datetime) -> bool:
    # As it is suspended and lifted: whoever lets her in meanwhile is waited for, and asked.
    user = User.objects.select_for_update(no_key=True).get(pk=suspension.user_id)
    standing = Suspension.objects.filter(pk=suspension.pk, lifted_at=None).first()
    if standing is None:
        return False
    opened = _open_shifts(user.secretary, at=at)
    Suspension.objects.filter(pk=standing.pk).update(handed_over=[*standing.handed_over, *opened])
    return True


@transaction.atomic
def lift(user: User, *, by: User, at: datetime) -> bool:
    """Let her in again; she signs in anew. False if she was not suspended. Raises NotAllowed."""
    refusal = why_not(user, by=by)
    if refusal:
        raise NotAllowed(refusal)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return False
    Suspension.objects.filter(user=user, lifted_at=None).update(lifted_at=at, lifted_by=by)
    signals.person_let_in.send(sender=User, user=user, by=by, at=at)
    _record("office.suspension_lifted", user, by)
    return True


def _record(verb: str, user: User, by: User, **detail) -> None:
    ledger.record(verb, actor_id=by.pk, subject=("office.user", user.pk), detail=detail)
