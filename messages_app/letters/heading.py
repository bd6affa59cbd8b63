"""What stands on a client's letters and by what rule they go: hers to say, and the firm's."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client
from messages_app.models import Letterhead
from secretariat import clock, ledger

from . import logo, sheets, typesetting
from .typesetting import CannotBeSet, Sheet

SUBJECT = "messages_app.letterhead"


def sample_of(head: Letterhead, *, by: str = "") -> Sheet:
    """A letter with this head on it. `by`: who writes it, or somebody of the desk."""
    today = clock.now().astimezone(head.client.tz).date()
    return sheets.sample(head, head.client, by=by or _("your secretary"), on=today)


def why_not(head: Letterhead, *, content: bytes = b"", without_logo: bool = False) -> str:
    """Why no letter could be set with it; nothing: it can. `content`: a logo that is to be kept with it."""
    made = sample_of(head)
    if content:
        made = replace(made, logo=logo.placed(content, head.layout))
    elif without_logo:
        made = replace(made, logo=None)
    try:
        typesetting.pages(made, at=typesetting.SAMPLE_AT)
    except CannotBeSet as wrong:
        return sheets.why_not(wrong)
    return ""


def picture(head: Letterhead, *, by: str = "") -> bytes:
    """The first page of such a letter, as a PNG. Raises CannotBeSet."""
    return typesetting.pictures(sample_of(head, by=by), at=typesetting.SAMPLE_AT)[0]


@transaction.atomic
def keep(client: Client, words: dict, *, content: bytes = b"", without_logo: bool = False, by) -> Letterhead:
    """From now on each letter has it; papers that were agreed stay as they are. Raises logo.NotALogo."""
    head, _is_new = Letterhead.objects.update_or_create(client=client, defaults=words)
    if content:
        logo.keep(head, content)
    elif without_logo and head.logo_id:
        logo.drop(head)
    ledger.record(
        "letters.letterhead_written",
        actor_id=by.pk,
        client_id=client.pk,
        subject=(SUBJECT, head.pk),
        detail={"needs_approval": head.needs_approval, "signs": head.signs, "layout": head.layout},
    )
    return head
