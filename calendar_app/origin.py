"""Out of what a meeting comes that is being arranged: a call that is at hand.

The page on which several times are offered is a page of its own; what it is opened from goes along signed, so
that nobody names what is not hers, and the diary need not know who keeps calls.
"""

from uuid import UUID

from django.core import signing

from clients import work

SALT = "calendar.origin"
Subject = tuple[str, UUID]


def told(subject: Subject, client_id: UUID) -> str:
    """As an address or a form carries it."""
    kind, pk = subject
    return signing.dumps([kind, str(pk), str(client_id)], salt=SALT)


def read(text: str, client_id: UUID) -> Subject | None:
    """What it says, if it is ours and of this client."""
    try:
        kind, pk, whose = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return (kind, UUID(pk)) if whose == str(client_id) else None


def shown(row, user) -> dict:
    """What a page shows of where a meeting, or the asking for one, came from, as far as she may see."""
    if not row.subject_id:
        return {}
    name = work.name_of(row.subject_kind, row.subject_id, user)
    page = work.place_of(row.subject_kind, row.subject_id) if name else ""
    return {"origin": {"name": name, "url": page}} if page else {}
