"""Telling those concerned what the rota says of them: on their open pages at once, and by mail.

A mail says how many shifts are new and where they stand, and of no time and no client: others may see it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat import live, outbox
from secretariat.ids import uuid7
from secretariat.office.audience import firm
from secretariat.office.models import Firm, PlannedShift, Secretary

from . import circumstances, rules
from .rules import Grade, Stretch

KIND = "office.rota_word"


@transaction.atomic
def tell_published(shifts: Iterable[PlannedShift], monday: date) -> None:
    """Each whose shifts have been published, once."""
    counted = Counter(each.secretary for each in shifts if each.secretary)
    for secretary, count in counted.items():
        words = ngettext(
            "One shift of yours is published for the week of %(day)s.",
            "%(n)d shifts of yours are published for the week of %(day)s.",
            count,
        )
        say(
            secretary,
            _("Your shifts are published"),
            words % {"n": count, "day": f"{monday:%d.%m.%Y}"},
        )
    announce(counted)


def tell_changed(secretaries: Iterable[Secretary], shift: PlannedShift) -> None:
    """Those whose published shift was given, changed or taken away."""
    people = set(secretaries)
    for secretary in people:
        say(
            secretary,
            _("A shift of yours has changed"),
            _("A shift of yours that was published has been changed, given to you or taken out of the plan."),
        )
    announce(people)


def say(secretary: Secretary, subject: str, words: str) -> None:
    """A mail to her own address, with the way to her shifts under it."""
    if not secretary.user.is_active:
        return
    there = settings.PUBLIC_BASE_URL + reverse("my-shifts")
    outbox.post(
        KIND,
        key=f"{KIND}:{uuid7()}",
        queue="bulk",
        subject=("office.secretary", secretary.pk),
        payload={
            "to": secretary.user.email,
            "subject": f"{Firm.current().name}: {subject}",
            "text": f"{words}\n\n{_('They stand here, after you have signed in:')}\n{there}\n",
        },
    )


def announce(secretaries: Iterable[Secretary]) -> None:
    """Their open pages, and those of the firm, look again."""
    concerned = {each.user_id for each in secretaries} | firm()
    live.announce("rota.changed", uuid7(), 0, concerned)


def tell_open(shifts: Iterable[PlannedShift], *, at: datetime, but: Secretary | None = None) -> None:
    """Those who could take one of these open shifts, once each."""
    ahead = [each for each in shifts if each.is_open and each.ends_at > at]
    if not ahead:
        return
    staying = Q(engaged_until=None) | Q(engaged_until__gte=at.date() - rules.DAY)
    people = list(Secretary.objects.filter(staying, user__is_active=True).select_related("user"))
    whole = Stretch(min(each.starts_at for each in ahead), max(each.ends_at for each in ahead))
    known = circumstances.Around(people, whole)
    told = []
    for secretary in people:
        if secretary != but and any(_may_take(secretary, each, known) for each in ahead):
            told.append(secretary)
            say(
                secretary,
                _("A shift is open"),
                _("There is a shift to take. Whoever takes it first has it."),
            )
    announce([*told, *([but] if but else [])])


def _may_take(secretary: Secretary, shift: PlannedShift, known: circumstances.Around) -> bool:
    found = circumstances.weigh_to_take(shift, known.facts(secretary.pk, shift.stretch))
    return all(each.grade < Grade.REASONED for each in found)
