"""How the time of a diary may be given away: said by whose time it is, and taken back by one word."""

from datetime import time

from django.db import transaction
from django.db.models import F

from clients import audience
from secretariat import ledger, live
from secretariat.office.models import User

from .models import Diary, DiaryHours

NAMES = (
    *("usual_minutes", "grid_minutes", "gap_before_minutes", "gap_after_minutes", "travel_minutes"),
    *("notice_minutes", "days_ahead", "daily_limit", "all_day_is_busy", "tentative_is_busy"),
    *("holds_last_hours", "not_put_through", "guests_may_move", "when_invited", "invited_words"),
)


def as_said(diary: Diary) -> dict:
    """All that `say` takes, as it stands: numbers, and hours as [kind, weekday, opens, closes]."""
    rows = [] if diary._state.adding else diary.hours.all()
    hours = [[row.kind, row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"] for row in rows]
    return {name: getattr(diary, name) for name in NAMES} | {"hours": hours}


@transaction.atomic
def say(diary: Diary, said: dict, *, by: User) -> Diary:
    """It holds from now on; what is arranged already stays. `said` as `as_said` gives it."""
    if diary._state.adding:
        diary, _made = Diary.objects.get_or_create(client=diary.client, contact=diary.contact)
    Diary.objects.select_for_update().get(pk=diary.pk)
    facts = {name: said[name] for name in NAMES if name in said}
    Diary.objects.filter(pk=diary.pk).update(version=F("version") + 1, **facts)
    diary.hours.all().delete()
    DiaryHours.objects.bulk_create(
        DiaryHours(
            client_id=diary.client_id,
            diary=diary,
            kind=kind,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
        )
        for kind, weekday, opens, closes in said["hours"]
    )
    diary.refresh_from_db()
    ledger.record(
        "calendar_app.diary.changed",
        actor_id=by.pk,
        client_id=diary.client_id,
        subject=("calendar_app.diary", diary.pk),
        detail={"version": diary.version},
    )
    concerned = audience.desk(diary.client_id) | audience.portal(diary.client_id)
    live.announce("meeting.changed", diary.pk, diary.version, concerned)
    return diary
