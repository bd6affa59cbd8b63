"""Practice calls: a supervisor plays the caller, and she answers for a copy of a client.

Nothing of it is delivered, billed or counted: it is no call, no message and no time worked, but a row apart.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office.models import Application, Firm, Secretary, Step, User
from secretariat.office.vacancies import steps

from . import instruction_words
from .guidance import guidance_at
from .instructions import Caller
from .models import CallType, Client, ClientTerms, Contact, Practice, Prompt
from .playing import NotNow, changed, locked, tell

KIND = "clients.practice"
OF_A_STRANGER = ("anyone", "unknown", "vips")  # instructions that name no caller of the client's


@transaction.atomic
def begin(secretary: Secretary, client: Client, *, part: str, by: User, at: datetime) -> Practice:
    """Lay a copy of the client, as it stands now, before her. Raises NotNow where its terms forbid it."""
    asked = ClientTerms.objects.in_force().filter(client=client)
    if asked.not_accepted_by(secretary).exists():
        raise NotNow(
            _("%(name)s has not accepted the terms of %(client)s. Choose another client.")
            % {"name": secretary.spoken_name, "client": client.name}
        )
    made = Practice.objects.create(
        secretary=secretary, client=client, by=by, part=part, copy=copy_of(client, at=at), begun_at=at
    )
    _record("begun", made, by)
    return made


def copy_of(client: Client, *, at: datetime) -> dict:
    """What a secretary reads of a client while she answers, but for numbers, addresses and who else rings.

    Copies of earlier releases lack some of it.
    """
    people = Contact.objects.filter(client=client, is_active=True).order_by("name")
    types = CallType.objects.filter(client=client, is_active=True).prefetch_related("prompts")
    told = guidance_at(client, None, Caller(), at)
    return {
        "name": client.name,
        "band": client.band,
        "phrase": client.answer_phrase,
        "pronunciation": client.pronunciation,
        "country": client.country,
        "read_back": client.read_back_required,
        "partial": client.partial_messages,
        "wrap_up_seconds": client.wrap_up_seconds or Firm.current().wrap_up_seconds,
        "good_to_know": [line for line in client.good_to_know.splitlines() if line.strip()],
        "instructions": [
            instruction_words.sentence(each)
            for each in (*told.today, *told.standing)
            if each.callers in OF_A_STRANGER
        ],
        "people": [each.name for each in people],
        "described": {each.name: [each.job, each.pronunciation] for each in people},
        "call_types": [
            {
                "name": each.name,
                "handling": each.handling,
                "urgency": each.urgency,
                "is_default": each.is_default,
                "prompts": [prompt.caption for prompt in each.prompts.all()],
                "asks": [_asked(prompt) for prompt in each.prompts.all()],
            }
            for each in types
        ],
    }


def _asked(prompt: Prompt) -> dict:
    facts = {name: getattr(prompt, name) for name in ("caption", "help", "say", "kind", "required")}
    return facts | {"choices": list(prompt.choices)}


@transaction.atomic
def write(practice: Practice, *, by: Secretary, at: datetime, no_message: str = "", **said) -> None:
    """She has taken the message, or said why there is none. It goes to the supervisor and nowhere else."""
    row = locked(practice.pk, at=at)
    if row.secretary_id != by.pk or row.written_at is not None:
        raise NotNow(_("This practice is written already."))
    for name, value in said.items():
        setattr(row, name, value)
    row.written_at, row.draft = at, None
    if not row.is_going_on:
        row.stage = Practice.Stage.OVER
    tell(row, "none" if no_message else "send", no_message, at=at)
    _record("written", row, by.user)


@transaction.atomic
def judge(
    practice: Practice,
    *,
    went_well: bool,
    judgement: str,
    by: User,
    at: datetime,
    points: dict | None = None,
) -> None:
    """Say how it went. Of somebody who applies, practice that went well is a step that is passed."""
    row = locked(practice.pk, at=at)
    if row.is_going_on:
        raise NotNow(_("The call goes on. Write it up once it is over."))
    if row.written_at is None or row.judged_at is not None:
        raise NotNow(_("She has not written it yet, or it was talked through before."))
    row.went_well, row.judgement, row.points, row.judged_at = went_well, judgement, points, at
    changed(row)
    _record("judged", row, by)
    applied = Application.objects.filter(secretary=practice.secretary_id, state=Application.State.INVITED)
    for application in applied if went_well else ():
        steps.settle(
            application, Step.Kind.PRACTICE, state=Step.State.PASSED, note=judgement[:500], by=by, at=at
        )


def _record(verb: str, practice: Practice, by: User) -> None:
    ledger.record(f"{KIND}.{verb}", actor_id=by.pk, client_id=practice.client_id, subject=(KIND, practice.pk))
