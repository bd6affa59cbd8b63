"""The people outside, as each client knows them."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from .instructions import Caller
from .models import Client, Correspondent, CorrespondentAddress


def by_number(client: Client | UUID, e164: str) -> Correspondent | None:
    """Whom this number means to this client. A withheld number (empty) means nobody."""
    return with_number(client, e164).first() if e164 else None


def with_number(client, e164) -> QuerySet[Correspondent]:
    """Whom this number means to this client, one at most. Both may be expressions."""
    return Correspondent.objects.filter(
        client=client, addresses__kind=CorrespondentAddress.Kind.PHONE, addresses__value=e164
    )


def caller(client: Client | UUID, e164: str) -> Caller:
    """What instructions need to know of whoever rings from this number."""
    return described(by_number(client, e164), e164)


def described(correspondent: Correspondent | None, e164: str = "") -> Caller:
    """The facts about a caller, as the pure rules take them."""
    if correspondent is None:
        return Caller(number=e164)
    return Caller(
        number=e164,
        correspondent_id=correspondent.pk,
        name=correspondent.name,
        firm=correspondent.firm,
        vip=correspondent.vip,
        blocked=correspondent.blocked,
    )


@transaction.atomic
def remember(client: Client, *, e164: str, name: str = "", firm: str = "") -> Correspondent | None:
    """Know a caller next time, from what was written down: found by her number, else made.

    What the client has already told us of her is never overwritten; only what was empty is filled. Without a
    number there is nothing to know her by, and None is returned.
    """
    if not e164:
        return None
    known = by_number(client, e164)
    if known is None:
        known = Correspondent.objects.create(client=client, name=name, firm=firm)
        address, ours = CorrespondentAddress.objects.get_or_create(
            client=client,
            kind=CorrespondentAddress.Kind.PHONE,
            value=e164,
            defaults={"correspondent": known},
        )
        if not ours:  # somebody wrote her down in this very moment
            known.delete()
            return address.correspondent
        return known
    Correspondent.objects.filter(pk=known.pk, name="").update(name=name)
    Correspondent.objects.filter(pk=known.pk, firm="").update(firm=firm)
    known.refresh_from_db()
    return known
