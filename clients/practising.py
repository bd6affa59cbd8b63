"""Practice calls: a supervisor plays the caller, and she answers for a copy of a client.

Nothing of it is delivered, billed or counted: it is no call, no message and no time worked, but a row apart.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office.models import Application, Secretary, Step, User
from secretariat.office.vacancies import steps

from .models import CallType, Client, ClientTerms, Contact, Practice, Prompt

KIND = "clients.practice"


class NotNow(Exception):
    """It cannot be, or is so already. Says why, in plain words."""


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
        secretary=secretary, client=client, by=by, part=part, copy=_copy(client), begun_at=at
    )
    _record("begun", made, by)
    return made


def _copy(client: Client) -> dict:
    """What a secretary reads of a client while she answers, but for numbers and addresses."""
    people = Contact.objects.filter(client=client, is_active=True).order_by("name")
    types = CallType.objects.filter(client=client, is_active=True).prefetch_related("prompts")
    return {
        "name": client.name,
        "band": client.band,
        "phrase": client.answer_phrase,
        "good_to_know": [line for line in client.good_to_know.splitlines() if line.strip()],
        "people": list(people.values_list("name", flat=True)),
        "call_types": [
            {
                "name": each.name,
                "handling": each.handling,
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
def write(practice: Practice, *, by: Secretary, at: datetime, **said) -> None:
    """She has taken the message. It goes to the supervisor's page and nowhere else."""
    hers = Practice.objects.filter(pk=practice.pk, secretary=by, written_at=None)
    if not hers.update(written_at=at, **said):
        raise NotNow(_("This practice is written already."))
    _record("written", practice, by.user)


@transaction.atomic
def judge(practice: Practice, *, went_well: bool, judgement: str, by: User, at: datetime) -> None:
    """Say how it went. Of somebody who applies, practice that went well is a step that is passed."""
    open_one = Practice.objects.filter(pk=practice.pk, judged_at=None, written_at__isnull=False)
    if not open_one.update(went_well=went_well, judgement=judgement, judged_at=at):
        raise NotNow(_("She has not written it yet, or it was talked through before."))
    _record("judged", practice, by)
    applied = Application.objects.filter(secretary=practice.secretary_id, state=Application.State.INVITED)
    for application in applied if went_well else ():
        steps.settle(
            application, Step.Kind.PRACTICE, state=Step.State.PASSED, note=judgement[:500], by=by, at=at
        )


def _record(verb: str, practice: Practice, by: User) -> None:
    ledger.record(f"{KIND}.{verb}", actor_id=by.pk, client_id=practice.client_id, subject=(KIND, practice.pk))
