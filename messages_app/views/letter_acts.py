"""What pages of letters, one or many, have in common: a verb on what was shown, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404

from messages_app import files_seen
from messages_app.letters import lettering
from secretariat import clock


def act(request, row, verb, *, done: str, changed: str) -> bool:
    """Do it to the row as its page showed it, and say what came of it: `done`, or `changed` meanwhile."""
    try:
        verb(row, version=version_shown(request), by=request.user, at=clock.now())
    except lettering.NotWhole as refusal:
        messages.error(request, str(refusal))
    except lettering.NotAsSeen:
        messages.error(request, changed)
    else:
        messages.success(request, done)
        return True
    return False


def files_too(request, changed: str, files) -> str:
    """What is said of a row that is not as its page showed it, with the files that it named otherwise."""
    return f"{changed} {files_seen.changed_since(request.POST.getlist('enclosed'), files)}".strip()


def version_shown(request) -> int:
    """The version that the form stood on; -1, which is none, where it names none."""
    text = request.POST.get("version", "")
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


def uuid_of(text) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong
