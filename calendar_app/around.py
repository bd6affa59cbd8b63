"""What a diary's client wants done around meetings: as it stands, and said anew."""

from django.db import transaction
from django.db.models import F

from clients import audience
from secretariat import clock, ledger, live
from secretariat.office.models import User

from . import reminding
from .models import Around, Diary

NAMES = (
    *("day_before_by", "days_before", "day_before_at", "shortly_by", "minutes_before"),
    *("texts_guests", "rings_both", "asks_outcome"),
    *("sends_agenda", "agenda_at", "agenda_days", "agenda_when_empty"),
)


@transaction.atomic
def say(diary: Diary, said: dict, *, by: User) -> Around:
    """It holds from now on, for meetings that are arranged already as well. `said` has any of NAMES."""
    if diary._state.adding:
        diary, _made = Diary.objects.get_or_create(client=diary.client, contact=diary.contact)
    Diary.objects.select_for_update().get(pk=diary.pk)
    row, _made = Around.objects.get_or_create(diary=diary, defaults={"client_id": diary.client_id})
    facts = {name: said[name] for name in NAMES if name in said}
    Around.objects.filter(pk=row.pk).update(version=F("version") + 1, **facts)
    row.refresh_from_db()
    reminding.plan_all(diary, at=clock.now())
    ledger.record(
        "calendar_app.around.changed",
        actor_id=by.pk,
        client_id=diary.client_id,
        subject=("calendar_app.diary", diary.pk),
        detail={"version": row.version},
    )
    concerned = audience.desk(diary.client_id) | audience.portal(diary.client_id)
    live.announce("meeting.changed", diary.pk, row.version, concerned)
    return row
