"""What is left of work that the firm has ended: posted again, for somebody else to go on with."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.books.models import Brief, Milestone, Proposal, Side
from secretariat.office.models import User
from secretariat.office.profiles.matching import Match

from . import changing, milestones, noticing, posting, telling
from .standing import NotNow, record

SAME = (
    *("client", "kind", "title", "currency", "words_a_minute", "for_whom", "paid"),
    *("language", "level", "also_language", "also_level"),
    *("firm_percent", "window_days", "shows_names", "posted_by"),
)


def left_of(brief: Brief):
    """The milestones that were open when the work was ended."""
    return Milestone.objects.filter(brief=brief, state=Milestone.State.ENDED, over_at=brief.ended_at)


def others(brief: Brief, *, at: datetime) -> list[Match]:
    """Who could go on with it, the best first."""
    had = brief.proposals.filter(state=Proposal.State.CHOSEN).values_list("secretary", flat=True).first()
    return [each for each in posting.matches(brief, at=at) if each.fits and each.person.key != had]


@transaction.atomic
def end_and_post(
    brief: Brief,
    *,
    because: str,
    settlement: milestones.Settlement,
    only: UUID | None,
    by: User,
    at: datetime,
) -> Brief:
    """End it for the firm, and post what is left for everybody who fits, or for one alone."""
    ended = milestones.end_work(brief, of=Side.FIRM, because=because, by=by, at=at, settlement=settlement)
    return post_rest(ended, only=only, by=by, at=at)


@transaction.atomic
def post_rest(brief: Brief, *, only: UUID | None, by: User, at: datetime) -> Brief:
    """A brief of what is left, on the terms it had. Nothing is owed until a new proposal is accepted."""
    left = list(left_of(brief))
    if not left:
        raise NotNow(_("Nothing is left of it that somebody could go on with."))
    agreed = changing.in_force(brief)
    outcome = "\n".join(agreed.words[0]["words"]) if agreed else brief.outcome
    whats = ", ".join(each.title for each in left)
    made = Brief(
        **{name: getattr(brief, name) for name in SAME},
        follows=brief,
        outcome=outcome + "\n\n" + _("What is left of it: %(what)s.") % {"what": whats},
        due_on=max([at.astimezone(brief.client.tz).date(), brief.due_on, *(each.due_on for each in left)]),
        budget=sum((each.amount for each in left), Decimal(0)) if brief.budget else None,
        posted_at=at,
    )
    made.save(force_insert=True)
    made.skills.set(brief.skills.all())
    record("posted", made, by, follows=str(brief.pk))
    fits = [each for each in posting.matches(made, at=at) if each.fits]
    asked = [each for each in fits if only in (None, each.person.key)]
    if not posting.invite(made, asked, at=at):
        noticing.nobody_fits(made)
    telling.goes_on(made)
    return made


def before(brief: Brief) -> list[Brief]:
    """What it goes on from, the earliest first. Whoever reads it reads the files and answers of these."""
    found: list[Brief] = []
    while earlier := (found[0] if found else brief).follows:
        found.insert(0, earlier)
    return found


def after(brief_id: UUID) -> list[UUID]:
    """What goes on from it, and from that in turn."""
    found: list[UUID] = []
    last = [brief_id]
    while last := list(Brief.objects.filter(follows__in=last).values_list("pk", flat=True)):
        found += last
    return found


def first_offer(brief: Brief) -> tuple[list[dict], dict]:
    """What the form of a proposal begins with: the milestones that are left, and how they were paid."""
    before = brief.follows
    if before is None:
        return [], {}
    parts = [
        {"title": each.title, "due_on": each.due_on, "hours": each.hours, "amount": each.amount}
        for each in left_of(before)
    ]
    chosen = before.proposals.get(state=Proposal.State.CHOSEN)
    return parts, {"pays": chosen.pays, "rate": chosen.rate}
