"""Which of her planned shifts somebody may be offered a client's calls in, each judged on its own day: a
certificate may lapse, and a contract end, between now and then. `fit` judges; what it asks for is looked up
here, once for everybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.office.contracts import holding
from secretariat.office.models import Firm, PlannedShift, Secretary, SecretarySkill
from secretariat.office.profiles import qualifications, requirements
from secretariat.office.rota import rules
from secretariat.office.rota.rules import Stretch
from secretariat.office.vacancies import for_her

from . import fit
from .fit import Hindrance, What
from .models import Assignment, Client, ClientRequirement, NeededSkill

POOL = Assignment.Turn.POOL


@dataclass(frozen=True)
class Part:
    """So much of a shift as is alike: she may be offered the calls, or this keeps her from them."""

    shift: PlannedShift
    stretch: Stretch
    hindrance: Hindrance | None


@dataclass(frozen=True)
class KeptOut:
    """Somebody who is planned and may not be offered the calls: why, and where that is mended.

    `times`: when, in words, with the address of the shift.
    """

    secretary_id: UUID
    name: str
    words: str
    what: What
    times: tuple[tuple[str, str], ...]
    mend: str
    address: str


class Abilities:
    """What the people planned have and what these clients ask for: as many queries however many they are."""

    def __init__(self, clients: Iterable[Client], shifts: Sequence[PlannedShift]):
        ids, clients = {each.secretary_id for each in shifts}, list(clients)
        self._held = qualifications.held_by_all(ids)
        self._of_firm = qualifications.of_firm()
        self._asked_from = Firm.figure("contracts_from")
        self._signed: dict = {}
        if self._asked_from and shifts:
            # A day more on either side: days are those where she lives.
            first = min(each.starts_at for each in shifts).date() - rules.DAY
            last = max(each.ends_at for each in shifts).date() + rules.DAY
            self._signed = holding.signed_days(ids, first, last)
        self._training = for_her.open_steps(ids)
        self._days = {each.pk: list(_days(each)) for each in shifts}
        self._of_day: dict[tuple[UUID, date], dict] = {}
        self._skills = set(
            SecretarySkill.objects.filter(secretary__in=ids).values_list("secretary_id", "skill_id")
        )
        self._needed, self._of_clients = defaultdict(list), defaultdict(list)
        needed = NeededSkill.objects.filter(client__in=clients).order_by("skill__name")
        for client, *skill in needed.values_list("client_id", "skill_id", "skill__name"):
            self._needed[client].append(skill)
        for row in ClientRequirement.objects.filter(client__in=clients).select_related("training"):
            self._of_clients[row.client_id].append(qualifications.need(row))

    def level(self, secretary: UUID, language: str) -> int:
        return self._held[secretary].level(language)

    def parts(self, shift: PlannedShift, place: Assignment | None = None) -> Iterator[Part]:
        """A shift by what holds on its days where she lives. `place`: hers on a client's team."""
        days = [(each, self._hindrance(shift.secretary, on, place)) for on, each in self._days[shift.pk]]
        for found, alike in groupby(days, key=lambda each: each[1]):
            stretches = [stretch for stretch, _found in alike]
            yield Part(shift, Stretch(stretches[0].begins, stretches[-1].ends), found)

    def _hindrance(self, her: Secretary, on: date, place: Assignment | None) -> Hindrance | None:
        facts = self._known(her, on)
        if place is None:
            return fit.hindrance(**facts)
        client = place.client
        of_client = self._of_clients[client.pk]
        if of_client:
            lacks = requirements.lacking_dated(of_client, self._held[her.pk], on)
            facts = facts | {"required": dict.fromkeys([*facts["required"], *lacks])}
        return fit.hindrance(
            of_pool=place.turn == POOL,
            terms_waiting=place.terms_waiting,
            terms_accepted=place.terms_accepted_at is not None,
            level=self.level(her.pk, client.language),
            level_needed=client.level_needed,
            skills=[name for skill, name in self._needed[client.pk] if (her.pk, skill) not in self._skills],
            **facts,
        )

    def _known(self, her: Secretary, on: date) -> dict:
        """What holds of her on this day whoever calls, as `fit` reads it."""
        if found := self._of_day.get((her.pk, on)):
            return found
        found = self._of_day[her.pk, on] = {
            "suspended": not her.user.is_active,
            "engaged": (her.engaged_from is None or her.engaged_from <= on)
            and (her.engaged_until is None or on <= her.engaged_until),
            "training": self._training.get(her.pk, ()),
            "contracted": not holding.wanted_by(on, self._asked_from)
            or holding.is_among(on, self._signed.get(her.pk, ())),
            "required": requirements.lacking_dated(self._of_firm, self._held[her.pk], on),
        }
        return found


def _days(shift: PlannedShift) -> Iterator[tuple[date, Stretch]]:
    """What of it lies on each day where she lives."""
    zone = shift.secretary.zone
    on, last = (_day(at, zone) for at in (shift.starts_at, shift.ends_at - timedelta(microseconds=1)))
    while on <= last:
        day = rules.days(on, on, zone)
        yield on, Stretch(max(day.begins, shift.starts_at), min(day.ends, shift.ends_at))
        on += rules.DAY


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def kept_out_of(
    gaps: Iterable[Stretch], parts: Iterable[Part], zone: str, client: Client | None
) -> Iterator[KeptOut]:
    """Of these, whoever is planned in a gap and may not be offered the calls; times as on the clocks of
    `zone`."""
    gaps, of_each = list(gaps), defaultdict(list)
    for part in parts:
        if part.hindrance and any(part.stretch.meets(gap) for gap in gaps):
            of_each[part.shift.secretary, part.hindrance].append(part)
    for (her, found), theirs in of_each.items():
        mend, address = _where(found.what, her, client)
        words = _("%(name)s is planned, but %(why)s") % {"name": her.spoken_name, "why": found.words}
        times = tuple(
            (rules.said(each.stretch, zone), reverse("rota-shift", args=[each.shift.pk])) for each in theirs
        )
        yield KeptOut(her.pk, her.spoken_name, words, found.what, times, mend, address)


def _where(what: What, her: Secretary, client: Client | None) -> tuple[str, str]:
    """What is looked at to mend it, and its address."""
    if what == What.SHUT_OUT:
        return _("People"), f"{reverse('firm-people')}?{urlencode({'q': her.user.name})}"
    if what == What.TRAINING:
        return _("Applicants"), f"{reverse('applicants')}?{urlencode({'q': her.user.name})}"
    if what == What.CONTRACT:
        return _("Her next contract"), reverse("contract-write", args=[her.pk])
    if what == What.TERMS and client:
        return _("The client’s terms"), reverse("client-terms", args=[client.pk])
    return _("Her profile"), reverse("profile", args=[her.pk])
