"""Whether a secretary's own telephone is hers: a code is told there, and typed at her desk.

No table holds the code: it is made from the check's id and the office's secret key whenever it is told or
compared. Wrong tries are counted in rows, so neither another browser nor another number gives new ones.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from secretariat import codes, ledger, outbox

from .models import NumberCheck, Secretary, User

LASTS = timedelta(minutes=10)
TRIES = 3  # for one code
TRIES_AN_HOUR = 5  # for one secretary, whatever the code and the number
ASKED_AN_HOUR = 5
HOUR = timedelta(hours=1)
KIND = {NumberCheck.By.CALL: "office.code_call", NumberCheck.By.TEXT: "office.code_text"}


class NotNow(Exception):
    """No code is sent just now. The message says why."""


class Outcome(StrEnum):
    VERIFIED = "verified"
    WRONG = "wrong"
    OVER = "over"  # too late, or too many tries with this code: ask for another
    LOCKED = "locked"  # too many tries in an hour


@transaction.atomic
def ask(secretary: Secretary, *, number: str, by: str, asked_by: User, at: datetime) -> NumberCheck:
    """Tell a code at `number` (E.164), by call or text. Raises NotNow after too many.

    The number becomes hers to be rung at when the code is typed; until then the one before stays.
    """
    _lock(secretary)
    if is_locked(secretary, at=at):
        raise NotNow(_("There were too many wrong codes. Wait an hour, or ask the office."))
    lately = NumberCheck.objects.filter(secretary=secretary, asked_at__gt=at - HOUR)
    if lately.count() >= ASKED_AN_HOUR:
        raise NotNow(_("Enough codes for one hour. Wait a little, or ask the office."))
    NumberCheck.objects.filter(secretary=secretary, ended_at=None).update(ended_at=at)
    check = NumberCheck.objects.create(
        secretary=secretary, number=number, by=by, asked_by=asked_by, asked_at=at, expires_at=at + LASTS
    )
    outbox.post(
        KIND[NumberCheck.By(by)],
        key=f"office.code:{check.pk}",
        queue="calls",
        subject=("office.numbercheck", check.pk),
        payload={"to": number},
    )
    _record("office.number.code_asked", secretary, asked_by, way=by)
    return check


@transaction.atomic
def confirm(secretary: Secretary, code: str, *, at: datetime) -> Outcome:
    """She types what she was told. Never raises: the count of wrong tries must stand."""
    _lock(secretary)
    if is_locked(secretary, at=at):
        return Outcome.LOCKED
    check = waiting(secretary, at=at)
    if check is None:
        return Outcome.OVER
    if not codes.is_it(code, code_of(check)):
        return _wrong(check, at=at)
    NumberCheck.objects.filter(pk=check.pk).update(passed_at=at, ended_at=at)
    Secretary.objects.filter(pk=secretary.pk).update(home_number=check.number, verified_number=check.number)
    secretary.refresh_from_db()
    _record("office.number.verified", secretary, secretary.user)
    return Outcome.VERIFIED


@transaction.atomic
def vouch(secretary: Secretary, *, by: User) -> bool:
    """Somebody of the firm has reached her there and says so. False without a number, or if it was so."""
    fresh = Secretary.objects.filter(pk=secretary.pk).exclude(home_number="")
    if not fresh.exclude(verified_number=F("home_number")).update(verified_number=F("home_number")):
        return False
    secretary.refresh_from_db()
    _record("office.number.vouched", secretary, by)
    return True


def waiting(secretary: Secretary, *, at: datetime) -> NumberCheck | None:
    """The check whose code she may type now."""
    return NumberCheck.objects.filter(secretary=secretary, ended_at=None, expires_at__gt=at).first()


def is_locked(secretary: Secretary, *, at: datetime) -> bool:
    """Too many wrong codes within the hour, counted by when their codes were asked for."""
    lately = NumberCheck.objects.filter(secretary=secretary, asked_at__gt=at - HOUR - LASTS)
    return (lately.aggregate(n=Sum("wrong_tries"))["n"] or 0) >= TRIES_AN_HOUR


def code_of(check: NumberCheck) -> str:
    """The six digits told for this check."""
    return codes.six_digits("office.home_number", f"{check.pk.hex}:{check.number}")


def _wrong(check: NumberCheck, *, at: datetime) -> Outcome:
    NumberCheck.objects.filter(pk=check.pk).update(wrong_tries=F("wrong_tries") + 1)
    check.refresh_from_db(fields=["wrong_tries"])
    secretary = check.secretary
    if is_locked(secretary, at=at):
        NumberCheck.objects.filter(pk=check.pk).update(ended_at=at)
        _record("office.number.locked", secretary, secretary.user)
        outbox.post(
            "office.number_locked",
            key=f"office.number_locked:{check.pk}",
            subject=("office.numbercheck", check.pk),
            payload={
                "to": secretary.user.email,
                "subject": _("Too many wrong codes for your telephone"),
                "text": _(
                    "Somebody signed in as you typed wrong codes for a home number, so none is taken for an "
                    "hour. If that was not you, ring the office now."
                ),
            },
        )
        return Outcome.LOCKED
    if check.wrong_tries >= TRIES:
        NumberCheck.objects.filter(pk=check.pk).update(ended_at=at)
        return Outcome.OVER
    return Outcome.WRONG


def _lock(secretary: Secretary) -> None:
    Secretary.objects.select_for_update(no_key=True).get(pk=secretary.pk)


def _record(verb: str, secretary: Secretary, by: User, **detail) -> None:
    ledger.record(verb, actor_id=by.pk, subject=("office.secretary", secretary.pk), detail=detail)
