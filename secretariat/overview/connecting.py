"""The firm's numbers at the carrier, compared with its lines, and pointed at this site."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from calls.models import DictationLine
from clients.models import Line
from secretariat import ids, ledger, outbox
from secretariat.channels import numbers
from secretariat.outbox.models import Effect

from .number_check import Checked, OurLine, checked

POINT = "overview.point_number"

# When the carrier asks again, and how long it waits (milliseconds). A question must leave time for the
# fallback within the fifteen seconds that a caller is kept; a notice may be told as often as it takes.
QUESTION, NOTICE = "#ct=3000&rt=7000&rc=1&rp=ct,rt,5xx", "#rc=3&rp=ct,rt,5xx"


def wanted(fallback: str = "") -> dict[str, str]:
    """The addresses every number should have. `fallback` is where the fixed answer is, if not here."""

    def here(name: str, again: str) -> str:
        return settings.PUBLIC_BASE_URL + reverse(name) + again

    return {
        "voice_url": here("calls-incoming", QUESTION),
        "voice_fallback_url": fallback or here("calls-fallback", QUESTION),
        "status_callback": here("calls-status", NOTICE),
        "sms_url": here("messages-text", NOTICE),
    }


def lines() -> list[OurLine]:
    """The numbers that should be at the carrier: every line in use, and the one texts are sent from."""
    ours = [
        OurLine(line.number, line.client.name, line.label, str(line.pk))
        for line in Line.objects.filter(is_active=True).select_related("client")
    ]
    ours += [
        OurLine(line.number, _("Dictation line"), line.label)
        for line in DictationLine.objects.filter(is_active=True)
    ]
    if settings.TWILIO_TEXT_FROM not in {line.number for line in ours}:
        ours.append(OurLine(settings.TWILIO_TEXT_FROM, ""))
    return ours


def compared(fallback: str = "") -> list[Checked]:
    """Every number of the account and every line. Asks the carrier: raises channels.Refused or Silent."""
    return checked(numbers.owned(), lines(), wanted(fallback), fallback_given=bool(fallback))


def point(row: Checked) -> None:
    """Set this number's addresses at once. Raises channels.Refused or Silent."""
    numbers.point(row.owned.id, dict(row.to_set))


@transaction.atomic
def point_soon(rows: list[Checked], *, by) -> int:
    """Have these numbers' addresses set from the outbox. Returns how many there are."""
    pressed = ids.uuid7()
    for row in rows:
        outbox.post(
            POINT,
            key=f"{POINT}:{pressed}:{row.owned.id}",
            queue=Effect.Queue.BULK,
            lane=f"number:{row.owned.id}",
            payload={"id": row.owned.id, "number": row.number, "addresses": dict(row.to_set)},
        )
    ledger.record("numbers.pointed", actor_id=by.pk, subject=("overview.numbers", pressed))
    return len(rows)


def under_way() -> list[Effect]:
    """Those not set yet, and the last that could not be; the newest first."""
    states = [Effect.State.PENDING, Effect.State.LEASED, Effect.State.DEAD, Effect.State.UNKNOWN]
    newest = Effect.objects.filter(kind=POINT).order_by("lane", "-place").distinct("lane")
    return [effect for effect in newest if effect.state in states]
