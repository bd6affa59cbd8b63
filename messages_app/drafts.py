"""What is typed on a call is kept as it is typed, one draft a call, whoever types it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from secretariat import clock
from secretariat.card_numbers import redact

from .models import Draft, Message

MOST_CHARACTERS = 4000  # of one field


class StaleDraft(Exception):
    """The draft was changed in another window. `kept` is what is there now."""

    def __init__(self, kept: Draft):
        super().__init__("the draft was changed elsewhere")
        self.kept = kept


@dataclass(frozen=True)
class Saved:
    draft: Draft
    redacted: dict[str, str] = field(default_factory=dict)  # field → what was kept in place of a card number


def of(call) -> Draft:
    """The call's draft, empty and unsaved when nothing was typed yet."""
    return Draft.objects.filter(call=call).first() or Draft(call=call, client_id=call.client_id)


@transaction.atomic
def save(*, call, by, values: dict[str, str], revision: int, unheard: Iterable[dict[str, str]] = ()) -> Saved:
    """Keep these values over revision `revision` (0: none yet), without any card number.

    Raises StaleDraft when somebody saved in between. The same values again are no conflict: a browser
    that did not hear our answer sends them twice. Nor is what it sent itself over that revision and never
    heard of (`unheard`), because its page was left meanwhile.
    """
    values, redacted = clean(values)
    # Locking the call, which is always there, decides between two first drafts as well.
    type(call).objects.select_for_update().only("pk").get(pk=call.pk)
    draft = of(call)
    if Message.objects.filter(call=call, corrects=None).exists():
        return Saved(draft, redacted)  # typed before the message was sent, and heard of after
    if draft.revision != revision:
        if draft.values == values:
            return Saved(draft, redacted)
        if not any(clean(version)[0] == draft.values for version in unheard):
            raise StaleDraft(draft)
    draft.values, draft.saved_by, draft.saved_at = values, by, clock.now()
    draft.revision += 1
    draft.save()
    return Saved(draft, redacted)


def clean(values: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as they may be written down, and those that had to be changed for it."""
    kept, redacted = {}, {}
    for name, value in values.items():
        kept[name], found = redact(value[:MOST_CHARACTERS])
        if found:
            redacted[name] = kept[name]
    return kept, redacted
