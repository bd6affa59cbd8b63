"""The mails of a conversation as its page draws them: some at a time, and asked for together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from messages_app.mail import kinds, laying_out, original
from messages_app.models import Mail, MailThread
from secretariat import media
from secretariat.media import guards

MOST = 50  # of one page


@dataclass
class Shown:
    """One mail of a conversation as its page draws it."""

    mail: Mail
    files: list[dict] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    original: str = ""
    may_take: bool = False


def page(thread: MailThread, *, before=None) -> tuple[list[Mail], Mail | None]:
    """Its newest mails, or those before this one; and the last of them, if there are earlier ones."""
    mails = thread.mails.select_related("by", "mailbox").order_by("-at", "-pk")
    if before and (last := mails.filter(pk=before).first()):
        mails = mails.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(mails[: MOST + 1])
    return found[:MOST], found[MOST - 1] if found[MOST:] else None


def shown(user, mails: Sequence[Mail]) -> list[Shown]:
    files = original.files_of(mails)
    # Whoever may take one of a client's mails may take them all.
    may_take = guards.may_take(user, next(iter(files.values()))) if files else False
    return [_shown(mail, files.get(mail.media_id), may_take) for mail in mails]


def _shown(mail: Mail, file, may_take: bool) -> Shown:
    attached = [
        each
        | {
            "number": number,
            "words": kinds.in_words(each["kind"]),
            "could_run": kinds.could_run(each["name"], each["kind"]),
            "can_be_shown": each["kind"] in kinds.SHOWN,
        }
        for number, each in enumerate(mail.attachments)
        if not (each["inline"] and each["kind"] in kinds.SHOWN)
    ]
    return Shown(
        mail,
        attached if file else [],
        laying_out.links_in(mail.words),
        media.url(file) if file and may_take else "",
        bool(file and may_take),
    )
