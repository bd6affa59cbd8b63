"""What is typed into long forms is kept while it is typed, and let go once it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from secretariat.card_numbers import redact

from .models import HalfTyped, User

FORMS = ("brief", "proposal", "contract", "agreement", "vacancy", "lapse", "outcome", "practice")
NEW = UUID(int=0)  # of what is not there yet, and is about nobody in particular
MOST_FIELDS, MOST_CHARACTERS = 200, 200_000  # of one form
MOST_FORMS = 50  # of one person: beyond them the oldest goes
Fields = Mapping[str, str | list[str]]


class Kept(Protocol):
    """What is kept of a form: a row of hers, or what her browser's session holds."""

    @property
    def fields(self) -> Fields: ...
    @property
    def revision(self) -> int: ...


class Stale(Exception):
    """It was typed over an older version than the one that is kept: `row`."""

    def __init__(self, row: Kept):
        super().__init__()
        self.row = row


def clean(fields: Fields) -> tuple[dict[str, str | list[str]], dict[str, str]]:
    """As much as may be written down, and what had to be changed for it: no card number is kept."""
    kept: dict[str, str | list[str]] = {}
    redacted: dict[str, str] = {}
    left = MOST_CHARACTERS
    for name, value in list(fields.items())[:MOST_FIELDS]:
        name = _said(name)[:100]
        if isinstance(value, list):
            kept[name] = [_said(each)[:200] for each in value[:MOST_FIELDS]]
            continue
        words, found = redact(_said(value)[:left])
        left = max(0, left - len(words))
        kept[name] = words
        if found:
            redacted[name] = words
    return kept, redacted


def _said(text: str) -> str:
    """As a form would take it: no database keeps a nought byte in words."""
    return text.replace("\r\n", "\n").replace("\0", "")


@transaction.atomic
def keep(user: User, form: str, about: UUID, fields: Fields, *, revision: int, at: datetime) -> HalfTyped:
    """Keep what stands on her screen. Raises Stale where something newer is kept, or it was sent since."""
    row = _locked(user, form, about)
    if row.revision != revision:
        raise Stale(row)
    kept = _write(row, fields, at)
    if not revision:
        older = HalfTyped.objects.filter(user=user).order_by("-saved_at", "-pk")[MOST_FORMS:]
        HalfTyped.objects.filter(pk__in=[each.pk for each in older]).delete()
    return kept


@transaction.atomic
def let_go(user: User, form: str, about: UUID, *, at: datetime) -> None:
    """It was sent, or she begins anew."""
    _write(_locked(user, form, about), {}, at)


def _locked(user: User, form: str, about: UUID) -> HalfTyped:
    HalfTyped.objects.bulk_create([HalfTyped(user=user, form=form, about=about)], ignore_conflicts=True)
    return HalfTyped.objects.select_for_update().get(user=user, form=form, about=about)


def _write(row: HalfTyped, fields: Fields, at: datetime) -> HalfTyped:
    row.fields, row.revision, row.saved_at = dict(fields), row.revision + 1, at
    row.save(update_fields=["fields", "revision", "saved_at"])
    return row
