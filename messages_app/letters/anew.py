"""A letter that came back, or that no post would take, is written anew: the same words to another address.

What was posted stays as it was, with its paper, its proof and why it came back; the new letter says instead
of which one it goes, and is shown to the client like any other where she wants to see each.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clients.models import Client
from messages_app.models import Letter, LetterFile, LetterVersion

from . import hours
from .lettering import WORDS, NotAsSeen, finish_work, move, newest_of, note

State = Letter.State
CAME_FROM = (State.READY, State.RETURNED)


def may_be(letter: Letter) -> bool:
    return letter.state in CAME_FROM


@transaction.atomic
def write(letter: Letter, *, version: int, by, at: datetime) -> Letter:
    """A draft with this letter's words, files and address, whose address is then put right.

    The letter itself is not posted again. Raises NotAsSeen if it is on its way, or was written anew already.
    """
    client = Client.objects.select_for_update().get(pk=letter.client_id)  # one number, one letter
    newest = newest_of(letter)
    if newest is None:  # its time is over
        raise NotAsSeen
    move(letter, CAME_FROM, State.WITHDRAWN, version=version, typed=None)
    last = Letter.objects.filter(client=client).aggregate(last=Max("number"))["last"]
    made = Letter.objects.create(
        client=client,
        number=(last or 0) + 1,
        correspondent_id=letter.correspondent_id,
        template_id=letter.template_id,
        instead_of=letter,
        written_by=by,
        created_at=at,
    )
    words = {name: getattr(newest, name) for name in WORDS} | {"dated_on": at.astimezone(client.tz).date()}
    facts = {"client": client, "letter": made, "number": 1, "written_by": by, "saved_at": at}
    LetterVersion.objects.create(**facts, **words)
    files = letter.files.order_by("added_at", "pk")
    LetterFile.objects.bulk_create(_copy_of(each, made, by=by, at=at) for each in files)
    hours.typed(made, by=by, at=at)
    outcome = _("It was written anew as letter %(n)d.") % {"n": made.number}
    finish_work(letter, by=by, outcome=outcome)
    note(letter, "letters.replaced", by=by)
    note(made, "letters.written_anew", by=by)
    return made


def _copy_of(file: LetterFile, letter: Letter, *, by, at: datetime) -> LetterFile:
    """The file itself is kept once, as with the copies of a serial letter."""
    same = ("client_id", "name", "media_id", "sha256", "joined", "pages")
    return LetterFile(letter=letter, added_by=by, added_at=at, **{each: getattr(file, each) for each in same})
