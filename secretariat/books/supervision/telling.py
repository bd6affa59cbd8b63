"""Telling a secretary that something was asked, said or decided of her work: her open pages, and by mail.

A mail says what kind of thing it is and no word of it, as others may see it; the rest is at her desk.
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat import live, outbox
from secretariat.books.models import Correction, HoursQuestion, Remark, Week
from secretariat.ids import uuid7
from secretariat.office.models import Firm, Secretary

KIND = "books.supervision_word"


def asked(question: HoursQuestion) -> None:
    words = _("There is a question about a day of yours. You read and answer it at your desk.")
    _say(question.secretary, f"asked:{question.pk}", _("A question about your hours"), words, _seen())


def remarked(remark: Remark) -> None:
    if remark.is_complaint:
        subject = _("A complaint about your work")
        words = _("A complaint is written down. You read it at your desk, and say how you see it.")
    else:
        subject = _("Something is said of your work")
        words = _("Somebody of the firm has written something about your work. You read it at your desk.")
    _say(remark.secretary, f"remark:{remark.pk}", subject, words, _seen())


def settled(remark: Remark) -> None:
    words = _("A complaint about your work is settled. What came of it is at your desk.")
    _say(remark.secretary, f"settled:{uuid7()}", _("A complaint is settled"), words, _seen())


def training(remark: Remark) -> None:
    words = _("A training of yours is due by %(day)s. Which one, you read at your desk.")
    facts = {"day": f"{remark.due_on:%d.%m.%Y}"}
    _say(remark.secretary, f"training:{remark.pk}", _("A training is due"), words % facts, _seen())


def sent_back(week: Week) -> None:
    words = _("Your week from %(day)s is sent back to you. Read why at your desk, and confirm it again.")
    facts = {"day": f"{week.starts_on:%d.%m.%Y}"}
    there = of_week(week.starts_on)
    _say(week.secretary, f"back:{uuid7()}", _("A week is sent back to you"), words % facts, there)


def corrected(made: Correction, *, starts_on: date) -> None:
    """By somebody else than herself; of several in one week she is mailed once a day."""
    words = _("Time of yours in the week from %(day)s was corrected. What it was before stands beside it.")
    what = f"corrected:{made.secretary_id}:{starts_on}:{made.made_at:%Y%m%d}"
    facts = {"day": f"{starts_on:%d.%m.%Y}"}
    _say(made.secretary, what, _("Your time was corrected"), words % facts, of_week(starts_on))


def confirmed_for_her(week: Week) -> None:
    words = _("Your week from %(day)s was confirmed in your place. By whom, and why, stands on its page.")
    facts = {"day": f"{week.starts_on:%d.%m.%Y}"}
    there = of_week(week.starts_on)
    _say(week.secretary, f"for-her:{uuid7()}", _("Your week was confirmed for you"), words % facts, there)


def to_confirm(week: Week) -> None:
    words = _("Your week from %(day)s is over and not confirmed. Pay is reckoned from weeks you confirm.")
    facts = {"day": f"{week.starts_on:%d.%m.%Y}"}
    there = of_week(week.starts_on)
    _say(week.secretary, f"confirm:{week.pk}", _("Please confirm your week"), words % facts, there)


def show(secretary: Secretary) -> None:
    """Her open pages look again."""
    live.announce("rota.changed", uuid7(), 0, {secretary.user_id})


def show_all(users: set[UUID]) -> None:
    """The same of many."""
    live.announce("rota.changed", uuid7(), 0, users)


def of_week(starts_on: date) -> str:
    return f"{reverse('books-time')}?week={starts_on.isoformat()}"


def _seen() -> str:
    return reverse("my-supervision")


def _say(secretary: Secretary, what: str, subject: str, words: str, there: str) -> None:
    show(secretary)
    if not secretary.user.is_active:
        return
    outbox.post(
        KIND,
        key=f"{KIND}:{what}",
        subject=("office.secretary", secretary.pk),
        payload={
            "to": secretary.user.email,
            "subject": f"{Firm.current().name}: {subject}",
            "text": f"{words}\n\n{settings.PUBLIC_BASE_URL}{there}\n",
        },
    )
