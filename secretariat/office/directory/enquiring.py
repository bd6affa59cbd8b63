"""An enquiry: asked by somebody outside, answered by the firm, which may suggest a secretary."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger, outbox
from secretariat.office import signals
from secretariat.office.models import Enquiry, Firm, Profile, Secretary, Skill, User
from secretariat.office.profiles import matching, qualifications, suiting
from secretariat.office.profiles.matching import Match, Wanted
from secretariat.office.specialities import Speciality

KIND = "office.enquiry"
State = Enquiry.State
WAITING = (State.OPEN, State.MATCHED)
FLUENT = 4  # B2 of the Common European Framework


class NotNow(Exception):
    """It was answered before. Says how it stands."""


@transaction.atomic
def ask(*, profile: Profile | None, at: datetime, skills: Iterable[Skill] = (), **said) -> Enquiry:
    """Keep what somebody asks, and tell her that it arrived. `said` are the fields of Enquiry."""
    made = Enquiry.objects.create(profile=profile, asked_at=at, **said)
    made.skills.set(skills)
    _show(made, _("%(name)s looks for a secretary."), at)
    _mail(
        made,
        "asked",
        at,
        _("Your enquiry has arrived"),
        _("%(firm)s has your enquiry. Somebody reads it and writes to you at this address."),
    )
    return made


def asks_for(enquiry: Enquiry) -> list[str]:
    """The skills and kinds of work that are wished for, in words."""
    return [
        *enquiry.skills.order_by("name").values_list("name", flat=True),
        *(str(Speciality(each).label) for each in enquiry.works_in),
    ]


def matches(enquiry: Enquiry, *, at: datetime, only: Secretary | None = None) -> list[Match]:
    """Everybody who works here beside this enquiry, the best first; or one of them. Whom she asked about
    counts as wished."""
    everybody = Secretary.objects.filter(user__is_active=True).select_related("user")
    if only is not None:
        everybody = everybody.filter(pk=only.pk)
    wished = [enquiry.profile.secretary_id] if enquiry.profile else []
    wanted = Wanted(
        language=enquiry.language,
        level=FLUENT if enquiry.language else 0,
        needs=qualifications.of_firm(),
        skills=frozenset(enquiry.skills.values_list("name", flat=True)),
        specialities=frozenset(enquiry.works_in),
        hours_week=enquiry.hours_week,
    )
    engaged = [each for each in everybody if each.is_engaged]
    found = matching.rank(wanted, suiting.people(engaged, at=at))
    return sorted(found, key=lambda each: (not each.fits, each.person.key not in wished))


@transaction.atomic
def suggest(enquiry: Enquiry, secretary: Secretary, *, by: User, at: datetime, note: str = "") -> Enquiry:
    """Answer with somebody, by the name she shows; of her own number and mailbox nothing is said.

    Whoever shows no name is named by the firm once both want it. Raises NotNow where she does not fit.
    """
    found = matches(enquiry, at=at, only=secretary)
    if not found:
        raise NotNow(_("She does not work here any more."))
    if not found[0].fits:
        raise NotNow(" ".join(each[:1].upper() + each[1:] for each in found[0].why_not))
    enquiry = _answered(enquiry, State.MATCHED, by, at, matched=secretary, note=note)
    profile = Profile.objects.filter(secretary=secretary, is_public=True).first()
    name = profile.public_name if profile else ""
    words = _("%(firm)s suggests %(name)s.") if name else _("%(firm)s has a secretary for you.")
    go_on = _("To go on, answer this mail: somebody of the firm arranges it.")
    _mail(enquiry, "matched", at, _("A secretary for you"), f"{words} {go_on}", name=name)
    return enquiry


@transaction.atomic
def close(enquiry: Enquiry, *, by: User, at: datetime, note: str, words: str = "") -> Enquiry:
    """Nothing comes of it, or of what was suggested, and why. `words` are what whoever asked is written;
    without them she is written nothing, as where she took it back herself."""
    said = {"written": words} if words else {}  # what she was written before stays on record
    enquiry = _answered(enquiry, State.CLOSED, by, at, of=WAITING, note=note, **said)
    if words:
        subject = _("Your enquiry at %(firm)s") % {"firm": Firm.figure("name")}
        _post(enquiry, "closed", at, subject, words)
    return enquiry


@transaction.atomic
def reopen(enquiry: Enquiry, *, by: User, at: datetime) -> Enquiry:
    """It was closed, and somebody looks again after all: it waits for an answer, as at first."""
    closed = Enquiry.objects.filter(pk=enquiry.pk, state=State.CLOSED)
    if not closed.update(state=State.OPEN, answered_by=None, answered_at=None):
        raise NotNow(_("This enquiry is not closed."))
    enquiry.refresh_from_db()
    ledger.record(f"{KIND}.reopened", actor_id=by.pk, subject=(KIND, enquiry.pk))
    _show(enquiry, _("%(name)s looks for a secretary: opened again."), at)
    return enquiry


def words_of_no(enquiry: Enquiry) -> str:
    """What somebody is written to begin with of whose enquiry nothing comes."""
    if enquiry.matched_id:
        said = _(
            "Dear %(name)s,\n\nwe had suggested somebody to you, and nothing has come of it. We close your "
            "enquiry with this. Should you look for somebody again, answer this mail.\n\n%(firm)s"
        )
        return said % {"name": enquiry.name, "firm": Firm.figure("name")}
    said = _(
        "Dear %(name)s,\n\nthank you for asking us. We have looked through everybody who works here, and "
        "have nobody just now who could do this as you need it. We are sorry, and wish you luck.\n\n%(firm)s"
    )
    return said % {"name": enquiry.name, "firm": Firm.figure("name")}


@transaction.atomic
def became(enquiry: Enquiry, client_id: UUID, *, by: User, at: datetime) -> Enquiry:
    """A client was made of it, whether or not somebody had been suggested. Raises NotNow if it is over."""
    if Enquiry.objects.filter(pk=enquiry.pk, state=State.OPEN).exists():
        return _answered(enquiry, State.CLIENT, by, at, made_client_id=client_id)
    suggested = Enquiry.objects.filter(pk=enquiry.pk, state=State.MATCHED)
    if not suggested.update(state=State.CLIENT, made_client_id=client_id):
        raise NotNow(_("This enquiry was answered before."))
    enquiry.refresh_from_db()
    ledger.record(f"{KIND}.{State.CLIENT}", actor_id=by.pk, subject=(KIND, enquiry.pk))
    return enquiry


@transaction.atomic
def _answered(enquiry: Enquiry, to: str, by: User, at: datetime, of=(State.OPEN,), **facts) -> Enquiry:
    open_ones = Enquiry.objects.filter(pk=enquiry.pk, state__in=of)
    if not open_ones.update(state=to, answered_by=by, answered_at=at, **facts):
        raise NotNow(_("This enquiry was answered before."))
    enquiry.refresh_from_db()
    signals.request_settled.send(
        sender=Enquiry, subject=(KIND, enquiry.pk), by=by, outcome=enquiry.get_state_display()
    )
    ledger.record(f"{KIND}.{to}", actor_id=by.pk, subject=(KIND, enquiry.pk))
    return enquiry


def _show(enquiry: Enquiry, words: str, at: datetime) -> None:
    """Put it before the firm."""
    because = words % {"name": enquiry.name}
    signals.request_made.send(sender=Enquiry, kind=KIND, subject=(KIND, enquiry.pk), because=because, at=at)


def _mail(enquiry: Enquiry, what: str, at: datetime, subject: str, words: str, **facts) -> None:
    _post(enquiry, what, at, subject, words % (facts | {"firm": Firm.current().name}))


def _post(enquiry: Enquiry, what: str, at: datetime, subject: str, text: str) -> None:
    outbox.post(
        KIND,
        key=f"{KIND}:{what}:{enquiry.pk}:{at:%Y%m%d%H%M%S%f}",  # an enquiry may be answered once more
        subject=(KIND, enquiry.pk),
        payload={"to": enquiry.email, "subject": subject, "text": text},
    )
