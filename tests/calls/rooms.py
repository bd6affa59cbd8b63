"""What tests of calls look at."""

from calls.models import Call
from clients.models import WorkItem


def the_call() -> Call:
    """The call that rang last, as it is now."""
    return Call.objects.select_related("client", "line", "secretary__presence").latest("rang_at", "id")


def verbs(call) -> list[str]:
    return list(call.events.values_list("verb", flat=True))


def work_kinds() -> list[str]:
    return sorted(WorkItem.objects.open().values_list("kind", flat=True))


def talking(office) -> set[str]:
    """Who is in a room that has begun and not held, by the far end's address."""
    return {
        participant.leg.far_end.removeprefix("client:")
        for conference in office.carrier.conferences.by_sid.values()
        if conference.status == "in-progress"
        for participant in conference.present
        if not participant.hold
    }


def heard(leg) -> str:
    """Every word this line has heard."""
    return " ".join(each.text for each in leg.heard if each.kind == "say")


def rings(office, secretary) -> bool:
    leg = office.phone_of(secretary)
    return bool(leg and leg.status == "ringing")
