"""Questions about a brief and their answers, in writing, for all who may propose to read."""

from datetime import datetime

from django.db import transaction

from secretariat.books.models import Brief, BriefQuestion
from secretariat.office.models import Secretary, User

from . import telling
from .standing import changed, locked, record


@transaction.atomic
def ask(brief: Brief, *, words: str, by: Secretary, at: datetime) -> BriefQuestion:
    """Her name is kept, and shown to the firm alone."""
    brief = locked(brief)
    if not brief.is_open:
        raise changed()
    made = BriefQuestion.objects.create(
        brief=brief, client_id=brief.client_id, words=words, asked_by=by, asked_at=at
    )
    telling.asked(made)
    record("asked", brief, by.user, subject=("books.briefquestion", made.pk))
    return made


@transaction.atomic
def answer(question: BriefQuestion, *, words: str, by: User, at: datetime) -> BriefQuestion:
    """Answer it, once. She who asked is told; the others read it on the brief."""
    locked(question.brief)  # of two answers at once the last one finds that nothing waits
    waiting = BriefQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not waiting.update(answer=words, answered_by=by, answered_at=at):
        raise changed()
    question.refresh_from_db()
    telling.answered(question)
    record("answered", question.brief, by, subject=("books.briefquestion", question.pk))
    return question
