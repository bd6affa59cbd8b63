"""A client's diaries: its own, and those of people there who keep their own time."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import ngettext

from clients import audience
from clients.models import Contact
from secretariat import ledger, live
from secretariat.office.models import User

from .models import Diary, Meeting
from .planning import NotPossible

SUBJECT = "calendar_app.diary"


def in_use(diaries: QuerySet[Diary], client) -> list[Diary]:
    """Of these, the ones of this client in which something may be arranged, the client's own first."""
    found = diaries.filter(client=client, is_active=True).exclude(contact__is_active=False)
    listed = found.select_related("client", "contact").order_by("contact__rank", "contact__name", "pk")
    return sorted(listed, key=lambda each: each.contact_id is not None)


@transaction.atomic
def open_for(contact: Contact, *, by: User) -> Diary:
    """A diary of her own, or the one she had, in use again. The client's own is there beside it."""
    Diary.objects.get_or_create(client_id=contact.client_id, contact=None)
    diary, is_new = Diary.objects.get_or_create(
        client_id=contact.client_id, contact=contact, defaults={"zone": contact.zone}
    )
    if is_new:
        _record("opened", diary, by)
    elif not diary.is_active:
        _switch(diary, by, is_active=True)
    return diary


@transaction.atomic
def switch_on(diary: Diary, *, by: User) -> None:
    if not diary.is_active:
        _switch(diary, by, is_active=True)


@transaction.atomic
def switch_off(diary: Diary, *, by: User, at: datetime) -> None:
    """Nothing more is arranged in it. Raises NotPossible while something still stands there, and says so."""
    locked = Diary.objects.select_for_update().get(pk=diary.pk)
    ahead = Meeting.objects.filter(diary=locked, ends_at__gt=at).standing()
    ahead = ahead.exclude(state=Meeting.State.HELD, expires_at__lte=at).count()
    if ahead:
        raise NotPossible(
            ngettext(
                "%(n)s meeting or time held still stands in it. Move it or cancel it first.",
                "%(n)s meetings or times held still stand in it. Move them or cancel them first.",
                ahead,
            )
            % {"n": ahead}
        )
    if locked.is_active:
        _switch(locked, by, is_active=False)


def _switch(diary: Diary, by: User, *, is_active: bool) -> None:
    Diary.objects.filter(pk=diary.pk).update(is_active=is_active, version=F("version") + 1)
    diary.refresh_from_db()
    _record("switched_on" if is_active else "switched_off", diary, by)


def _record(verb: str, diary: Diary, by: User) -> None:
    ledger.record(f"{SUBJECT}.{verb}", actor_id=by.pk, client_id=diary.client_id, subject=(SUBJECT, diary.pk))
    concerned = audience.desk(diary.client_id) | audience.portal(diary.client_id)
    live.announce("meeting.changed", diary.pk, diary.version, concerned)
