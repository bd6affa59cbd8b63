"""Typing tests and certificates: begun, handed in, checked, replaced; and warned of before they expire."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat import ledger, media, outbox
from secretariat.media.models import MediaFile
from secretariat.office import signals
from secretariat.office.contracts import holding
from secretariat.office.models import Application, Certificate, Secretary, Training, TypingTest, User

from . import typing

KIND = "office.certificate"
DAY, AHEAD = timedelta(days=1), timedelta(days=30)
State = Certificate.State


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


# --- Typing ----------------------------------------------------------------------------------------------


def begin_typing(of: Secretary | Application, *, at: datetime) -> TypingTest:
    """Hand out the next passage; each begins somewhere else. One that was begun and never came back stays, as
    what it is."""
    before = typed_by(of).first()
    passage = (before.passage + 1 if before else of.pk.int) % len(typing.PASSAGES)
    return TypingTest.objects.create(passage=passage, begun_at=at, **_whose(of))


def typed_by(of: Secretary | Application):
    """Every go of hers, the newest first."""
    return TypingTest.objects.filter(**_whose(of))


def _whose(of: Secretary | Application) -> dict:
    return {"secretary": of} if isinstance(of, Secretary) else {"application": of}


def passage_of(test: TypingTest) -> str:
    return typing.PASSAGES[test.passage % len(typing.PASSAGES)]


def end_typing(test: TypingTest, typed: str, *, at: datetime) -> TypingTest:
    """Take it back and count it. Raises NotNow for one that came back before: nobody gets a second look."""
    seconds = Decimal((at - test.begun_at).total_seconds()).quantize(Decimal("0.01"))
    counted = typing.count(passage_of(test), typed, seconds)
    open_ones = TypingTest.objects.filter(pk=test.pk, ended_at=None)
    if not open_ones.update(
        ended_at=at,
        seconds=seconds,
        characters=counted.characters,
        errors=counted.errors,
        words_a_minute=counted.words_a_minute,
        not_counted=counted.not_counted,
    ):
        raise NotNow(_("This test was handed in before. Begin another."))
    test.refresh_from_db()
    return test


@dataclass(frozen=True)
class Typing:
    """What her typing tests come to: the newest that counts, and how often she has tried."""

    newest: TypingTest
    goes: int


def typing_of(of: Secretary | Application) -> Typing | None:
    ended = typed_by(of).exclude(ended_at=None)
    newest = ended.counted().first()
    return Typing(newest, ended.count()) if newest else None


# --- Certificates ----------------------------------------------------------------------------------------


@transaction.atomic
def hand_in(
    secretary: Secretary,
    *,
    training: Training,
    issued_by: str,
    issued_on: date,
    expires_on: date | None,
    paper: File | None,
    content_type: str,
    at: datetime,
) -> Certificate:
    """Keep a paper of hers, sealed; the firm is asked to look at it."""
    kept = None
    if paper is not None:
        kept = media.store(
            paper, client_id=None, kind=KIND, name=paper.name or "certificate", content_type=content_type
        )
    made = Certificate.objects.create(
        secretary=secretary,
        training=training,
        issued_by=issued_by,
        issued_on=issued_on,
        expires_on=expires_on,
        media_id=kept.pk if kept else None,
        handed_in_at=at,
    )
    _record("handed_in", made, secretary.user)
    signals.request_made.send(
        sender=Certificate,
        kind=KIND,
        subject=(KIND, made.pk),
        because=_("%(name)s hands in a certificate: %(training)s.")
        % {"name": secretary.spoken_name, "training": training.name},
        at=at,
    )
    return made


@transaction.atomic
def check(certificate: Certificate, *, by: User, at: datetime) -> Certificate:
    """Somebody of the firm has seen the paper: it counts. An older one of the same training gives way."""
    certificate = _answered(certificate, State.CHECKED, "", by, at)
    older = Certificate.objects.filter(
        secretary=certificate.secretary_id, training=certificate.training_id, state=State.CHECKED
    ).exclude(pk=certificate.pk)
    for each in older:
        if each.expires_on and (certificate.expires_on is None or each.expires_on <= certificate.expires_on):
            Certificate.objects.filter(pk=each.pk, state=State.CHECKED).update(state=State.REPLACED)
            _settled(each, by, _("Replaced by a newer one"))
    return certificate


def refuse(certificate: Certificate, *, because: str, by: User, at: datetime) -> Certificate:
    """It is not accepted; she reads why."""
    return _answered(certificate, State.REFUSED, because, by, at)


@transaction.atomic
def take_back(certificate: Certificate, *, because: str, by: User, at: datetime) -> Certificate:
    """It was checked by mistake, or was revoked: it counts no longer, and she is told. One that had given way
    to it, and has not expired, counts again."""
    certificate = _answered(certificate, State.REFUSED, because, by, at, came_from=State.CHECKED)
    hers = Certificate.objects.filter(secretary=certificate.secretary_id, training=certificate.training_id)
    gave_way = hers.filter(state=State.REPLACED).exclude(
        expires_on__lt=holding.today(certificate.secretary, at)
    )
    if not hers.filter(state=State.CHECKED).exists() and (again := gave_way.order_by("-expires_on").first()):
        hers.filter(pk=again.pk).update(state=State.CHECKED)
    words = {"training": certificate.training.name}
    page = f"{settings.PUBLIC_BASE_URL}{reverse('my-profile')}"
    outbox.post(
        KIND,
        key=f"{KIND}:{certificate.pk}:back:{at:%Y%m%d%H%M%S}",
        subject=(KIND, certificate.pk),
        payload={
            "to": certificate.secretary.user.email,
            "subject": _("A certificate of yours counts no longer"),
            "text": _(
                "The firm has taken back its check of your certificate “%(training)s”. Why is said in your "
                "profile. Where it is required, no shift is planned for you and no call is offered to you "
                "without another."
            )
            % words
            + f"\n\n{page}",
        },
    )
    return certificate


@transaction.atomic
def take_away(certificate: Certificate, *, by: User) -> None:
    """She takes back what nobody has checked yet, with its paper."""
    if not Certificate.objects.filter(pk=certificate.pk, state=State.WAITING).delete()[0]:
        raise NotNow(_("It was looked at meanwhile, and stays on record."))
    paper = MediaFile.objects.filter(pk=certificate.media_id, deleted_at=None).first()
    if paper:
        media.remove(paper)
    _settled(certificate, by, _("Taken back"))
    _record("taken_away", certificate, by)


@transaction.atomic
def _answered(
    certificate: Certificate, to: str, words: str, by: User, at: datetime, came_from: str = State.WAITING
) -> Certificate:
    if certificate.secretary.user_id == by.pk and not by.roles.admin:
        raise NotNow(_("Somebody else looks at your own paper."))
    still = Certificate.objects.filter(pk=certificate.pk, state=came_from)
    if not still.update(state=to, answer=words, checked_by=by, checked_at=at):
        raise NotNow(_("Somebody has looked at it meanwhile."))
    certificate.refresh_from_db()
    _settled(certificate, by, certificate.get_state_display())
    _record("taken_back" if came_from == State.CHECKED else to, certificate, by)
    return certificate


def warn(*, at: datetime) -> int:
    """Thirty days before a checked certificate expires, on her own calendar, she and the firm are told."""
    today = at.date()
    due = Certificate.objects.filter(
        state=State.CHECKED,
        warned_at=None,
        expires_on__range=(today - DAY, today + AHEAD + DAY),
        secretary__user__is_active=True,
    )
    return sum(
        _warn(each.pk, at)
        for each in due.select_related("secretary")
        if timedelta() <= each.expires_on - holding.today(each.secretary, at) <= AHEAD
    )


@transaction.atomic
def _warn(pk: UUID, at: datetime) -> bool:
    if not Certificate.objects.filter(pk=pk, warned_at=None).update(warned_at=at):
        return False
    found = Certificate.objects.select_related("secretary__user", "training").get(pk=pk)
    words = {
        "name": found.secretary.spoken_name,
        "training": found.training.name,
        "day": date_words(found.expires_on, "j F Y"),
    }
    outbox.post(
        KIND,
        key=f"{KIND}:{pk}",
        subject=(KIND, pk),
        payload={
            "to": found.secretary.user.email,
            "subject": _("A certificate of yours expires on %(day)s") % words,
            "text": _(
                "Your certificate “%(training)s” expires on %(day)s. Where it is required, no shift after "
                "that day is planned for you and no call is offered to you. Hand in the new one at your "
                "desk, under “My profile”."
            )
            % words,
        },
    )
    signals.request_made.send(
        sender=Certificate,
        kind="office.expiring",
        subject=(KIND, pk),
        because=_("The certificate “%(training)s” of %(name)s expires on %(day)s.") % words,
        at=at,
    )
    return True


def _settled(certificate: Certificate, by: User, outcome: str) -> None:
    signals.request_settled.send(sender=Certificate, subject=(KIND, certificate.pk), by=by, outcome=outcome)


def _record(verb: str, certificate: Certificate, by: User) -> None:
    ledger.record(
        f"{KIND}.{verb}",
        actor_id=by.pk,
        subject=(KIND, certificate.pk),
        detail={"secretary": certificate.secretary_id},
    )


def with_papers(certificates) -> list[tuple[Certificate, str]]:
    """Each with the address of its paper, empty where there is none any more."""
    rows = list(certificates)
    files = MediaFile.objects.in_bulk([each.media_id for each in rows if each.media_id])
    found = ((each, files.get(each.media_id)) for each in rows)
    return [(each, media.url(file) if file and not file.deleted_at else "") for each, file in found]
