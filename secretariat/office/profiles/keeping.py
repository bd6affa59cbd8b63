"""Keeping a profile as she wants it shown."""

from datetime import datetime

from django.db import transaction

from secretariat import ledger
from secretariat.office.models import Profile, User


@transaction.atomic
def keep(profile: Profile, *, by: User, at: datetime) -> Profile:
    """Keep it, and note on the ledger whether it is public from now on."""
    profile.changed_at = at
    profile.save()
    ledger.record(
        "office.profile.kept",
        actor_id=by.pk,
        subject=("office.profile", profile.pk),
        detail={"public": profile.is_public},
    )
    return profile
