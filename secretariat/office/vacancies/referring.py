"""References: asked by mail with one press, reminded once, answered by a link without a sign-in.

The link is signed, not stored, and bound to the address it went to. It opens until the answer is there, the
time to answer is over, or the application is decided. She who applies reads none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat import ledger, outbox
from secretariat.office import signals
from secretariat.office.models import Application, Firm, Referee, Step, User

KIND = "office.reference"
SUBJECT = "office.referee"
LINK = "{link}"  # stands in the frozen words of a mail; the link itself is made when it is sent
PLACES = (1, 2, 3)
TO_ANSWER, REMIND_AFTER = timedelta(days=21), timedelta(days=7)
AT_ONCE = 50  # reminders of one round
ASKING = (Application.State.SENT, Application.State.INVITED)


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


@dataclass(frozen=True)
class Named:
    """One whom she names; None: that part could not be read, and stays as it was."""

    place: int
    name: str | None
    known: str | None
    email: str | None


def keep(application: Application, named: Iterable[Named]) -> None:
    """Keep whom she names, each in its place; an empty place holds nobody."""
    for each in named:
        said = {"name": each.name, "known": each.known, "email": each.email}
        facts = {name: value for name, value in said.items() if value is not None}
        if len(facts) == len(said) and not any(facts.values()):
            Referee.objects.filter(application=application, place=each.place).delete()
        elif any(facts.values()) or Referee.objects.filter(application=application, place=each.place):
            Referee.objects.update_or_create(application=application, place=each.place, defaults=facts)


def are_said(application: Application) -> bool:
    """Whether she has named somebody, and each of them so that she can be written to."""
    rows = list(application.named.all())
    return all(row.is_whole for row in rows) and bool(rows or application.referees)


def waiting(application: Application) -> list[Referee]:
    """Whom a press would write to: whoever was not asked yet, let her time pass, or was not reached."""
    again = Q(asked_at=None) | Q(given_up_at__isnull=False) | Q(mail_failed=True)
    found = application.named.filter(again, answered_at=None).exclude(Q(email="") | Q(name=""))
    return list(found)


@transaction.atomic
def ask(application: Application, *, by: User, at: datetime) -> int:
    """Write to each who may still be asked. Returns to how many. Raises NotNow where there is nobody."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("vacancy")
    application = rows.get(pk=application.pk)
    if application.state not in ASKING:
        raise NotNow(_("Nobody is asked before she has sent her application, or once it is decided."))
    asked = waiting(application)
    if not asked:
        raise NotNow(_("Everybody she has named was asked."))
    for each in asked:
        ask_one(each, by=by, at=at)
    ledger.record(f"{KIND}.asked", actor_id=by.pk, subject=("office.application", application.pk), detail={})
    return len(asked)


def ask_one(referee: Referee, *, by: User, at: datetime) -> None:
    """Write to her, for the first time or once more."""
    facts = {"asked_at": at, "asked_by": by, "reminded_at": None, "given_up_at": None}
    Referee.objects.filter(pk=referee.pk).update(**facts, mail_failed=False)
    settled(referee, by=by, outcome=_("Asked again"))
    referee.refresh_from_db()
    _write(referee, "asked", at)


def is_newest(referee: Referee, key: str) -> bool:
    """Whether the mail of this key is one of those by which she is asked now, and of no time before."""
    newest = (("asked", referee.asked_at), ("reminded", referee.reminded_at))
    return any(key.startswith(_key(referee, what, at)) for what, at in newest if at)


def _key(referee: Referee, what: str, at: datetime) -> str:
    return f"{KIND}:{what}:{referee.pk}:{at:%Y%m%d%H%M%S}"


def _write(referee: Referee, what: str, at: datetime) -> None:
    last = (referee.asked_at or at) + TO_ANSWER
    about = {
        "name": referee.name,
        "applicant": referee.application.name,
        "firm": Firm.figure("name"),
        "title": referee.application.vacancy.title,
        "day": date_words(Firm.day(last), "j F Y"),
    }
    asks = _(
        "Dear %(name)s,\n\n%(applicant)s applies to %(firm)s for “%(title)s”, answering the telephone and "
        "writing for other firms from home, and has named you as somebody who knows how she works. Would you "
        "tell us? It takes a few minutes, and needs no sign-in:"
    )
    reminds = _(
        "Dear %(name)s,\n\na week ago we asked you about the work of %(applicant)s, who applies to %(firm)s "
        "for “%(title)s”. We write this once more and then not again. Here you can answer, or say that you "
        "would rather not:"
    )
    private = _("Only %(firm)s reads what you write, and she does not. The link opens until %(day)s.")
    outbox.post(
        KIND,
        key=f"{_key(referee, what, at)}:{_digest(referee.email)}",
        subject=(SUBJECT, referee.pk),
        payload={
            "to": referee.email,
            "subject": _("A word about %(applicant)s, for %(firm)s") % about,
            "text": (asks if what == "asked" else reminds) % about + f"\n\n{LINK}\n\n{private % about}",
        },
    )


def _digest(address: str) -> str:
    """Tells one address from another; what it is stays with us."""
    return sha256(address.lower().encode()).hexdigest()[:12]


# --- The link --------------------------------------------------------------------------------------------


def token(referee: Referee) -> str:
    return f"{signing.b64_encode(referee.pk.bytes).decode()}.{_signer().signature(_bound(referee))}"


def read(text: str) -> Referee:
    """Who answers by this token. Raises Referee.DoesNotExist for what we never signed."""
    key, _dot, signature = text.partition(".")
    try:
        pk = UUID(bytes=signing.b64_decode(key.encode()))
    except ValueError as nonsense:
        raise Referee.DoesNotExist from nonsense
    found = Referee.objects.select_related("application__vacancy").get(pk=pk, asked_at__isnull=False)
    if not signing.constant_time_compare(signature, _signer().signature(_bound(found))):
        raise Referee.DoesNotExist
    return found


def address(referee: Referee) -> str:
    return settings.PUBLIC_BASE_URL + reverse("reference", args=[token(referee)])


def _signer() -> signing.Signer:
    return signing.Signer(salt="office.reference")


def _bound(referee: Referee) -> str:
    return f"{referee.pk.hex}:{referee.email.lower()}"


def is_open(referee: Referee, *, at: datetime) -> bool:
    """Whether an answer is still taken."""
    return (
        referee.answered_at is None
        and referee.asked_at is not None
        and at < referee.asked_at + TO_ANSWER
        and referee.application.state in ASKING
    )


@transaction.atomic
def answer(referee: Referee, *, again: str, worked: str, words: str, at: datetime) -> None:
    """She answers, once. The firm is told. Raises NotNow where it is too late."""
    rows = Referee.objects.select_for_update(of=("self",)).select_related("application")
    referee = rows.get(pk=referee.pk)
    if not is_open(referee, at=at):
        raise NotNow(_("This is answered, or over: nothing more is taken down here."))
    silent = again == Referee.Again.SILENT
    facts = {"again": again, "worked": "" if silent else worked, "words": "" if silent else words}
    Referee.objects.filter(pk=referee.pk).update(answered_at=at, **facts)
    ledger.record(f"{KIND}.answered", actor_id=None, subject=("office.application", referee.application_id))
    settled(referee, by=None, outcome=_("Answered"))  # what was said of a mail that came back is past
    show(referee, _("%(name)s has answered about %(applicant)s."), at)


# --- The sweep -------------------------------------------------------------------------------------------


@transaction.atomic
def go_on(*, at: datetime) -> int:
    """Remind once, and say of whose time is over that she has not answered. Returns of how many.

    Once the firm has settled the references it waits for nobody: nobody is reminded, or missed.
    """
    settled = Step.objects.filter(application=OuterRef("application"), kind=Step.Kind.REFERENCES)
    well = settled.exclude(state=Step.State.FAILED)
    open_ones = Referee.objects.filter(
        ~Exists(well), asked_at__isnull=False, answered_at=None, given_up_at=None
    ).filter(application__state__in=ASKING)
    over = _some(open_ones.filter(asked_at__lte=at - TO_ANSWER))
    for each in over:
        Referee.objects.filter(pk=each.pk).update(given_up_at=at)
        show(each, _("%(name)s has not answered about %(applicant)s."), at)
    due = _some(open_ones.filter(asked_at__lte=at - REMIND_AFTER, reminded_at=None, mail_failed=False))
    for each in due:
        Referee.objects.filter(pk=each.pk).update(reminded_at=at)
        _write(each, "reminded", at)
    return len(over) + len(due)


def _some(rows: QuerySet[Referee]) -> list[Referee]:
    """A round's share of them, which nobody else is at."""
    rows = rows.select_related("application__vacancy")
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])


def mail_ended(referee: Referee, *, failed: bool) -> None:
    """The mail arrived, or did not."""
    Referee.objects.filter(pk=referee.pk).update(mail_failed=failed)


def settled_all(application: Application, *, by: User | None, outcome: str) -> None:
    """References are settled, or the application is: nothing of them is left to look at."""
    for each in application.named.all():
        settled(each, by=by, outcome=outcome)


def show(referee: Referee, words: str, at: datetime) -> None:
    """Put it before the firm."""
    about = {"name": referee.name, "applicant": referee.application.name}
    subject = (SUBJECT, referee.pk)
    signals.request_made.send(sender=Referee, kind=KIND, subject=subject, because=words % about, at=at)


def settled(referee: Referee, *, by: User | None, outcome: str) -> None:
    signals.request_settled.send(sender=Referee, subject=(SUBJECT, referee.pk), by=by, outcome=outcome)
