"""One person in a client's address book, written down or put right by hand."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from clients.models import Client, Correspondent, PostalAddress
from secretariat import ledger

PLACE = ("street", "city", "postcode", "region", "country")


@transaction.atomic
def write(
    client: Client, person: Correspondent | None, words: Mapping[str, str], *, by, at: datetime
) -> Correspondent:
    """Keep her name and firm, and where letters to her go: to this address first from now on.

    `words` has `name`, `firm` and those of PLACE. Without a street she has no postal address. `person`: whose
    entry is put right; none: somebody new.
    """
    if person is None:
        person = Correspondent(client=client, created_at=at)
    person.name, person.firm = words["name"], words["firm"]
    person.save()
    hers = PostalAddress.objects.filter(client=client, correspondent=person)
    place = {name: words[name] for name in PLACE}
    if not place["street"]:
        hers.delete()
    elif not hers.filter(**place).update(noted_at=at):
        PostalAddress.objects.create(client=client, correspondent=person, noted_at=at, **place)
    ledger.record(
        "clients.correspondent.written",
        actor_id=by.pk,
        client_id=client.pk,
        subject=("clients.correspondent", person.pk),
    )
    return person
