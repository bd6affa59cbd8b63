"""The mails of a conversation as its page draws them: some at a time, and asked for together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from clients import leaving
from clients.taking_out import Act
from messages_app.answering import following
from messages_app.mail import attached, kinds, laying_out, original
from messages_app.models import Mail, MailThread
from secretariat import media

MOST = 50  # of one page


@dataclass
class Shown:
    """One mail of a conversation as its page draws it. `original` is where it is had as it came.

    `troubles`: whom it did not reach, each as a sentence.
    """

    mail: Mail
    files: list[dict] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    original: str = ""
    troubles: list[str] = field(default_factory=list)


def page(thread: MailThread, *, before=None) -> tuple[list[Mail], Mail | None]:
    """Its newest mails, or those before this one; and the last of them, if there are earlier ones."""
    mails = thread.mails.select_related("by__secretary", "mailbox").order_by("-at", "-pk")
    if before and (last := mails.filter(pk=before).first()):
        mails = mails.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(mails[: MOST + 1])
    return found[:MOST], found[MOST - 1] if found[MOST:] else None


def shown(user, thread: MailThread, mails: Sequence[Mail]) -> list[Shown]:
    files, troubles = original.files_of(mails), following.troubles_of(mails)
    allowed = leaving.allowed(user, thread.client) if files else frozenset()
    return [
        _shown(mail, files.get(mail.media_id), allowed, troubles=troubles.get(mail.pk, [])) for mail in mails
    ]


def _shown(mail: Mail, file, allowed: Collection[Act], *, troubles: list[str]) -> Shown:
    files = [
        told_of(each | {"number": number}, allowed)
        for number, each in enumerate(mail.attachments)
        if not attached.is_drawn(each)
    ]
    wanted = {Act.ATTACHMENTS} if mail.trouble else {Act.DOWNLOAD}
    may_take = Act.DOWNLOAD in allowed or wanted <= set(allowed)
    return Shown(
        mail,
        files if file else [],
        laying_out.links_in(mail.words),
        media.url(file) if file and may_take else "",
        troubles,
    )


def told_of(file: dict, allowed: Collection[Act]) -> dict:
    """A file as it is listed: what it is in words, and what may be done with it."""
    kind = file["kind"]
    return file | {
        "words": kinds.in_words(kind),
        "could_run": kinds.could_run(file["name"], kind),
        "opens_as_page": kinds.opens_as_page(file["name"], kind),
        "is_mail": kind == kinds.MAIL,
        "can_be_shown": kinds.can_be_looked_at(kind),
        "may_take": may_keep(allowed, file["name"], kind),
    }


def may_keep(allowed: Collection[Act], name: str, kind: str) -> bool:
    """Whether whoever may do this may have it as a file: what might start something, she needs more for."""
    wanted = {Act.ATTACHMENTS, Act.DOWNLOAD} if kinds.could_run(name, kind) else {Act.ATTACHMENTS}
    return wanted <= set(allowed)
