"""The places where a client meets people: added, changed, and taken out of use."""

from django.db import transaction

from secretariat import ledger
from secretariat.office.models import User

from .models import Place


@transaction.atomic
def save(place: Place, *, by: User) -> Place:
    """As it is now. Meetings that are arranged there are told with it from now on."""
    verb = "added" if place._state.adding else "changed"
    place.save()
    _record(place, verb, by)
    return place


@transaction.atomic
def use(place: Place, is_active: bool, *, by: User) -> bool:
    """It may be chosen for meetings, or not any more. False if it was so already."""
    if not Place.objects.filter(pk=place.pk).exclude(is_active=is_active).update(is_active=is_active):
        return False
    _record(place, "used_again" if is_active else "retired", by)
    return True


def _record(place: Place, verb: str, by: User) -> None:
    ledger.record(
        f"calendar_app.place.{verb}",
        actor_id=by.pk,
        client_id=place.client_id,
        subject=("calendar_app.place", place.pk),
    )
