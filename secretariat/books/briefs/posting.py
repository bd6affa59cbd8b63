"""A brief: posted by the client or the firm, shown to those who fit, taken back while nobody has it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Assignment, Client
from secretariat import media
from secretariat.books import planning
from secretariat.books.models import Brief, BriefFile, BriefInvitation, Milestone, Proposal
from secretariat.media.models import MediaFile
from secretariat.office import languages
from secretariat.office.models import Secretary, Skill, User
from secretariat.office.profiles import matching, qualifications, suiting
from secretariat.office.profiles.matching import Match, Wanted
from secretariat.office.profiles.requirements import Need

from . import noticing, telling
from .standing import NotNow, changed, locked, record

FILE = "books.brief"
State = Brief.State


def wanted(brief: Brief, *, at: datetime) -> Wanted:
    """What the brief asks for. Its skills, and what firm and client require, shut out."""
    required = brief.client.requirements.select_related("training")
    return Wanted(
        language=brief.language,
        level=brief.level if brief.language else 0,
        also=_also(brief),
        needs=(*qualifications.of_firm(), *map(qualifications.need, required)),
        must_know=frozenset(brief.skills.values_list("name", flat=True)),
        specialities=frozenset([brief.kind]),
        words_a_minute=brief.words_a_minute,
    )


def _also(brief: Brief) -> tuple[Need, ...]:
    code, level = brief.also_language, brief.also_level
    return (Need(languages.at_level(code, level), language=code, level=level),) if code else ()


def matches(brief: Brief, *, at: datetime, only: Secretary | None = None) -> list[Match]:
    """Everybody the brief is for, those who fit first; or one of them."""
    people = Secretary.objects.filter(user__is_active=True).select_related("user")
    team = Assignment.objects.filter(client=brief.client_id)
    if brief.for_whom == Brief.ForWhom.TEAM:
        people = people.filter(pk__in=team.filter(until_at=None).values("secretary"))
    if brief.follows_id:  # whoever had it before is not asked again
        had = Proposal.objects.filter(brief=brief.follows_id, state=Proposal.State.CHOSEN)
        people = people.exclude(pk__in=had.values("secretary"))
    if only is not None:
        people = people.filter(pk=only.pk)
    known = set(team.values_list("secretary", flat=True))
    engaged = [each for each in people if each.is_engaged]
    judged = suiting.people(engaged, at=at, known=known, apart=suiting.apart_from(brief.client_id))
    return matching.rank(wanted(brief, at=at), judged)


def currency_of(client: Client, *, on: date) -> str:
    """The money in which this client is billed: that of the plan of this day, else the client's own."""
    plan = planning.on(client, on)
    return plan.currency if plan else client.currency


def why_not_billed(brief: Brief, *, on: date) -> str:
    """Why nothing of it could be billed as things stand, in words; empty if it can."""
    plan = planning.on(brief.client, on)
    if plan is None:
        return _("No plan is agreed with this client. Nothing of it can be billed until there is one.")
    if plan.currency != brief.currency:
        return _("The client’s plan is in %(plan)s. What is in %(brief)s cannot be on its bills.") % {
            "plan": plan.currency,
            "brief": brief.currency,
        }
    return ""


def why_not(secretary: Secretary, brief: Brief, *, at: datetime) -> str:
    """Why she cannot be given this work, in words; empty if she can."""
    found = matches(brief, at=at, only=secretary)
    if not found:
        return _("She is not among those whom this brief is for.")
    return " ".join(each[:1].upper() + each[1:] for each in found[0].why_not)


@transaction.atomic
def post(
    brief: Brief,
    *,
    skills: Iterable[Skill],
    files: Iterable[tuple[File, str]] = (),
    by: User,
    at: datetime,
) -> Brief:
    """Put it before whoever fits, with its files. Each is told by mail, without a word of what it says.

    `files`: each with its content type.
    """
    brief.posted_by, brief.posted_at = by, at
    brief.save(force_insert=True)
    brief.skills.set(skills)
    record("posted", brief, by)
    for file, content_type in files:
        add_file(brief, file=file, content_type=content_type, by=by, at=at)
    if not invite_all(brief, at=at):
        noticing.nobody_fits(brief)
    return brief


def invite_all(brief: Brief, *, at: datetime) -> int:
    """Ask whoever fits and was not asked yet. Returns how many those were."""
    return invite(brief, [each for each in matches(brief, at=at) if each.fits], at=at)


def invite(brief: Brief, those: Iterable[Match], *, at: datetime) -> int:
    """Ask these, as far as they were not asked yet."""
    asked = set(BriefInvitation.objects.filter(brief=brief).values_list("secretary", flat=True))
    new = [each for each in those if each.person.key not in asked]
    BriefInvitation.objects.bulk_create(
        [
            BriefInvitation(
                brief=brief,
                client_id=brief.client_id,
                secretary_id=each.person.key,
                score=max(0, each.score),
                why=list(each.why),
                invited_at=at,
            )
            for each in new
        ],
        ignore_conflicts=True,
    )
    people = Secretary.objects.filter(pk__in=[each.person.key for each in new])
    telling.invited(brief, people.select_related("user"))
    if new:
        noticing.asked_somebody(brief)
    return len(new)


def is_asked_of_somebody(brief: Brief) -> bool:
    return BriefInvitation.objects.filter(brief=brief).exists()


@transaction.atomic
def look_again(brief: Brief, *, by: User, at: datetime) -> int:
    """Ask those who have come to fit since."""
    brief = locked(brief)
    if not brief.is_open:
        raise changed()
    record("looked_again", brief, by)
    return invite_all(brief, at=at)


@transaction.atomic
def set_share(brief: Brief, *, firm_percent, window_days: int, shows_names: bool, by: User) -> Brief:
    """What the firm keeps, how long the client may take, and whether names are shown. Before any proposal."""
    brief = locked(brief)
    if not brief.is_open or brief.proposals.exists():
        raise NotNow(_("Somebody has proposed on these terms. They stand as they are."))
    brief.firm_percent, brief.window_days, brief.shows_names = firm_percent, window_days, shows_names
    brief.save(update_fields=["firm_percent", "window_days", "shows_names"])
    record("share_set", brief, by)
    return brief


@transaction.atomic
def move(brief: Brief, *, due_on: date, budget: Decimal | None, by: User, at: datetime) -> Brief:
    """Another day or budget while nobody has it. Proposals stand; whoever has made one is told."""
    brief = locked(brief)
    if not brief.is_open:
        raise changed()
    if (brief.due_on, brief.budget) == (due_on, budget):
        raise NotNow(_("Day and budget are as they were."))
    before = {"due_on": brief.due_on.isoformat(), "budget": str(brief.budget or "")}
    brief.due_on, brief.budget = due_on, budget
    brief.save(update_fields=["due_on", "budget"])
    noticing.moved(brief, at=at)
    made = brief.proposals.filter(state=Proposal.State.MADE).select_related("secretary__user")
    telling.moved(brief, made, by=by, at=at)
    record("moved", brief, by, **before)
    return brief


@transaction.atomic
def withdraw(brief: Brief, *, because: str, by: User, at: datetime) -> Brief:
    """Take it back while nobody has it. Whoever has proposed is told."""
    still = Brief.objects.filter(pk=brief.pk, state=State.OPEN)
    if not still.update(state=State.WITHDRAWN, ended_at=at, ended_because=because):
        raise changed()
    brief.refresh_from_db()
    open_ones = brief.proposals.filter(state=Proposal.State.MADE).select_related("secretary__user")
    for each in open_ones:
        telling.not_chosen(each)
    open_ones.update(state=Proposal.State.NOT_CHOSEN)
    noticing.over(brief)
    telling.is_answered(brief)
    record("withdrawn", brief, by)
    return brief


@transaction.atomic
def add_file(
    brief: Brief,
    *,
    file: File,
    content_type: str,
    by: User,
    at: datetime,
    milestone: Milestone | None = None,
) -> BriefFile:
    """Keep a file with it, sealed: with the brief for whoever may propose, or with what was handed in."""
    if brief.is_over:
        raise NotNow(_("This work is over. Nothing is added any more."))
    kept = media.store(
        file,
        client_id=brief.client_id,
        kind=FILE,
        name=file.name or "file",
        content_type=content_type,
    )
    made = BriefFile.objects.create(
        brief=brief,
        milestone=milestone,
        client_id=brief.client_id,
        media_id=kept.pk,
        name=kept.name,
        added_by=by,
        added_at=at,
    )
    record("file_added", brief, by, subject=("books.brieffile", made.pk))
    return made


@transaction.atomic
def add_later(brief: Brief, *, file: File, content_type: str, by: User, at: datetime) -> BriefFile:
    """The same once it is posted: those who may propose are told, or whoever has the work."""
    made = add_file(brief, file=file, content_type=content_type, by=by, at=at)
    those = Secretary.objects.filter(user__is_active=True).exclude(user=by).select_related("user")
    if brief.is_open:
        those = those.filter(pk__in=BriefInvitation.objects.filter(brief=brief).values("secretary"))
    else:
        those = those.filter(pk__in=brief.proposals.filter(state=Proposal.State.CHOSEN).values("secretary"))
    telling.file_added(made, those)
    return made


def with_addresses(files: Iterable[BriefFile]) -> list[tuple[BriefFile, str]]:
    """Each with its address, empty where it is no longer kept."""
    rows = list(files)
    kept = MediaFile.objects.in_bulk([each.media_id for each in rows])
    found = ((each, kept.get(each.media_id)) for each in rows)
    return [(each, media.url(file) if file and not file.deleted_at else "") for each, file in found]
