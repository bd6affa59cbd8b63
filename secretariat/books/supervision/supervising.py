"""Naming a supervisor, asking of a day in writing, answering, and what is said of somebody's work.

What waits for somebody is work of hers: a question and a complaint for the secretary, her word on it for
whoever asked, until each has done her part.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import ledger
from secretariat.books.models import DaySeen, HoursQuestion, Remark, Supervision
from secretariat.office.audience import firm
from secretariat.office.models import Post, Secretary, User

from . import qualified, standing, telling

QUESTION, REMARK = "books.hoursquestion", "books.remark"
ASKED, ANSWERED = "books.hours_asked", "books.hours_answered"
COMPLAINT, HER_WORD = "books.complaint", "books.complaint_answered"
TRAINING, OVERDUE = "books.training", "books.training_overdue"
TODAY = WorkItem.Urgency.TODAY


class NotNow(Exception):
    """It cannot be as somebody wanted. Says why."""


def of(secretary: Secretary) -> Supervision | None:
    rows = Supervision.objects.filter(secretary=secretary, until_at=None)
    return rows.select_related("supervisor", "stand_in").first()


@transaction.atomic
def name(
    secretary: Secretary,
    *,
    supervisor: User,
    stand_in: User | None,
    qualified_by: str,
    covers: Iterable[str] = (),
    by: User,
    at: datetime,
) -> Supervision:
    """From now on she is supervised by this person. Raises NotNow where nobody supervises herself.

    `covers`: the keys of what this person is qualified in, of what her clients ask for (`qualified.Asked`).
    Of whoever supervised her before, too, it stays known what no client asks for just now.
    """
    if secretary.user_id in (supervisor.pk, stand_in.pk if stand_in else None):
        raise NotNow(_("Nobody supervises her own work. Choose somebody else."))
    Secretary.objects.select_for_update(of=("self",), no_key=True).get(pk=secretary.pk)
    before = of(secretary)
    known = before.covers if before and before.supervisor == supervisor else []
    could_be_ticked = {each.key for each in qualified.asked_of(secretary)}
    Supervision.objects.filter(secretary=secretary, until_at=None).update(until_at=at)
    made = Supervision.objects.create(
        secretary=secretary,
        supervisor=supervisor,
        stand_in=stand_in,
        qualified_by=qualified_by,
        covers=[*covers, *(key for key in known if key not in could_be_ticked)],
        from_at=at,
    )
    _record("named", secretary, by)
    return made


@transaction.atomic
def leave_to_stand_ins(supervisor: User, *, until_on: date | None, by: User) -> None:
    """Until this day is over where she lives, her stand-ins act for all whom she has. None: she is back.

    Raises NotNow where she runs the firm no more.
    """
    if not Post.objects.running_the_firm().filter(user=supervisor).update(away_until_on=until_on):
        raise NotNow(_("%(name)s is suspended or has left.") % {"name": supervisor.name})
    ledger.record("books.supervision.away", actor_id=by.pk, subject=("office.user", supervisor.pk))
    theirs = Supervision.objects.filter(supervisor=supervisor, until_at=None)
    telling.show_all(set(theirs.values_list("secretary__user_id", flat=True)))


@transaction.atomic
def see(secretary: Secretary, *, on: date, by: User, at: datetime) -> DaySeen:
    """Somebody has gone through this day of hers."""
    seen, _made = DaySeen.objects.update_or_create(secretary=secretary, on=on, defaults={"by": by, "at": at})
    _record("day_seen", secretary, by, on=on.isoformat())
    telling.show(secretary)
    return seen


@transaction.atomic
def ask(secretary: Secretary, *, on: date, words: str, by: User, at: datetime) -> HoursQuestion:
    """Ask of a day, in writing. It is work of hers, and stands on her own page, until she answers."""
    made = HoursQuestion.objects.create(secretary=secretary, on=on, words=words, asked_by=by, asked_at=at)
    _record("asked", secretary, by)
    tell_of_question(made)
    return made


def tell_of_question(question: HoursQuestion) -> None:
    """It is work of hers, and she is mailed that it is there, once."""
    because = _("A question about your hours of %(day)s") % {"day": f"{question.on:%d.%m.%Y}"}
    for_her(question.secretary, ASKED, (QUESTION, question.pk), because)
    telling.asked(question)


@transaction.atomic
def answer(question: HoursQuestion, *, words: str, by: User, at: datetime) -> bool:
    """She answers, once, and whoever asked is told. False if she had answered before."""
    waiting = HoursQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not waiting.update(answer=words, answered_at=at):
        return False
    _record("answered", question.secretary, by)
    work.finish_all(subject=(QUESTION, question.pk), by=by, outcome=_("Answered"))
    secretary, because = question.secretary, _("%(name)s has answered the question about %(day)s")
    words = because % {"name": secretary.spoken_name, "day": f"{question.on:%d.%m.%Y}"}
    for_the_firm(secretary, ANSWERED, (QUESTION, question.pk), words, first=question.asked_by)
    return True


@transaction.atomic
def remark(secretary: Secretary, row: Remark, *, by: User, at: datetime) -> Remark:
    """Say something of her work, for her to read. To a complaint she says how she sees it. Raises NotNow."""
    if secretary.user_id == by.pk:
        raise NotNow(_("Nobody supervises her own work. Somebody else says something of it."))
    row.secretary, row.by, row.at = secretary, by, at
    row.state = Remark.State.OPEN if row.is_complaint else ""
    row.save()
    _record("remarked", secretary, by, kind=row.kind)
    tell_of_remark(row)
    return row


def tell_of_remark(row: Remark) -> None:
    """The same of what is said of her work; to do is only what waits for her word."""
    if row.wants_an_answer:
        because = _("A complaint about your work: say how you see it")
        for_her(row.secretary, COMPLAINT, (REMARK, row.pk), because)
    telling.remarked(row)


@transaction.atomic
def say_of_complaint(row: Remark, *, words: str, by: User, at: datetime) -> bool:
    """How she sees it, once. False if she had said so before, or it is settled."""
    waiting = Remark.objects.filter(pk=row.pk, kind=Remark.Kind.COMPLAINT, answered_at=None)
    if not waiting.exclude(state__in=Remark.SETTLED).update(answer=words, answered_at=at):
        return False
    _record("complaint_answered", row.secretary, by)
    work.finish_all(subject=(REMARK, row.pk), by=by, outcome=_("Answered"))
    because = _("%(name)s has said how she sees a complaint") % {"name": row.secretary.spoken_name}
    for_the_firm(row.secretary, HER_WORD, (REMARK, row.pk), because, first=row.by)
    return True


@transaction.atomic
def judge_complaint(row: Remark, *, state: str, outcome: str, by: User, at: datetime) -> None:
    """How it stands. Settled, it says what came of it, and nothing is left to do about it."""
    row = Remark.objects.select_for_update(of=("self",)).select_related("secretary__user").get(pk=row.pk)
    if not row.is_complaint or row.is_settled:
        raise NotNow(_("This complaint is settled."))
    if row.secretary.user_id == by.pk:
        raise NotNow(_("Somebody else judges a complaint about you."))
    row.state, row.outcome = state, outcome
    row.done_at = at if row.is_settled else None
    row.save(update_fields=["state", "outcome", "done_at"])
    _record("complaint_judged", row.secretary, by, state=state)
    if row.is_settled:
        work.finish_all(subject=(REMARK, row.pk), by=by, outcome=row.get_state_display())
        telling.settled(row)
    else:
        telling.show(row.secretary)


@transaction.atomic
def train(row: Remark, *, by: User, at: datetime) -> bool:
    """The training that was due is done. False if it was before."""
    due = Remark.objects.filter(pk=row.pk, kind=Remark.Kind.TRAINING, done_at=None)
    if not due.update(done_at=at):
        return False
    _record("trained", row.secretary, by)
    work.finish_all(subject=(REMARK, row.pk), by=by, outcome=_("Done"))
    telling.show(row.secretary)
    return True


def for_her(secretary: Secretary, kind: str, subject: tuple[str, UUID], because: str) -> None:
    """Work of hers; who has no desk any more is given none."""
    if secretary.user.is_active:
        work.open_item(kind, subject=subject, because=because, urgency=TODAY, owner=secretary.user)


def for_the_firm(
    secretary: Secretary,
    kind: str,
    subject: tuple[str, UUID],
    because: str,
    *,
    first: User | None = None,
    but: User | None = None,
) -> None:
    """Work of whoever asked, while she is there; else of whoever supervises her just now; else of anybody.

    It is never given to `but`, who has done her part of it.
    """
    is_there = first and first.pk in firm() - standing.away([first])
    owner = first if is_there else standing.acting_for(secretary)
    owner = None if owner == but else owner
    work.open_item(kind, subject=subject, because=because, urgency=TODAY, owner=owner)


def _record(verb: str, secretary: Secretary, by: User, **detail) -> None:
    ledger.record(
        f"books.supervision.{verb}",
        actor_id=by.pk,
        subject=("office.secretary", secretary.pk),
        detail=detail,
    )
