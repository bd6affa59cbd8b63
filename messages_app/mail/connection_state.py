"""How a mailbox elsewhere stands, in a sentence that says who must act; and the work when it breaks."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import work
from clients.models import WorkItem
from messages_app import telling_client
from messages_app.models import Mailbox

State = Mailbox.State
USUALLY = timedelta(seconds=40)
# What came meanwhile may be urgent: once its server is back it is found within the minute.
PAUSE, PAUSE_LATER = timedelta(seconds=40), timedelta(minutes=10)
LATER = timedelta(days=1)
ASK_AGAIN = timedelta(minutes=30)  # a password may be right again without anybody telling us
PATIENCE = timedelta(minutes=30)  # a server that is away for longer is a person's business
WORK, SUBJECT = "messages.mailbox", "messages_app.mailbox"


def refused_in_words(code: str, service: str = "") -> str:
    """`service` is the name of the one that lets us in by consent, where it does."""
    name = {"service": service}
    words = {
        "sign_in": _(
            "The user name or the password is not accepted there. Some services want an app password."
        ),
        "consent": _("%(service)s lets us in no more. Connect the mailbox again, and agree there.") % name,
        "not_allowed": _(
            "%(service)s let us in, and its mail server did not. Whoever runs the mailbox must allow IMAP."
        )
        % name,
        "not_set_up": _("The office is not set up at %(service)s any more. Tell the office.") % name,
        "not_public": _("That server lies inside a private network, which we may not reach."),
        "not_secure": _("That way is not secure: the password could be read. Choose TLS or STARTTLS."),
        "certificate": _(
            "The server cannot prove that it is the one named. Whoever runs it must see to that."
        ),
    }
    return words.get(code) or _("No server has that name. Is it spelt right?")


def away_in_words(code: str) -> str:
    if code == "no_such_host":
        return _("The name of the mail server leads nowhere just now. We try again.")
    if code == "disk":
        return _("What comes cannot be kept here just now. It stays where it is, and we try again.")
    if code == "says_no":
        return _("The mail server will not hand out the mail just now. We try again.")
    return _("The mail server does not answer just now. We try again.")


def withheld_in_words(number: int) -> str:
    return ngettext(
        "One mail lies there that the mail server does not hand out. We try again; look at it there.",
        "%(n)s mails lie there that the mail server does not hand out. We try again; look at them there.",
        number,
    ) % {"n": number}


def worked(mailbox: Mailbox, *, at: datetime, is_over: bool, withheld: int = 0) -> None:
    """Everything was read, or as much as there was time for. `withheld`: mails that the server keeps back."""
    due_at = at + (USUALLY if is_over else timedelta(0))
    words = withheld_in_words(withheld) if withheld else ""
    _note(mailbox, State.CONNECTED, words, due_at=due_at, troubled_since=None, looked_at=at)
    work.finish_all(subject=(SUBJECT, mailbox.pk), kind=WORK, by=None, outcome=_("It works again"))


@transaction.atomic
def refused(mailbox: Mailbox, code: str, *, at: datetime) -> None:
    """Somebody at the client must act, and is told."""
    since = mailbox.troubled_since or at
    words = refused_in_words(code, mailbox.get_service_display())
    _note(mailbox, State.REFUSED, words, due_at=at + ASK_AGAIN, troubled_since=since)
    _tell(mailbox)
    if mailbox.state == State.REFUSED:
        telling_client.that_a_mailbox_is_refused(mailbox)


def away(mailbox: Mailbox, code: str, *, at: datetime) -> None:
    """Not just now. After a while it is a person's business."""
    since = mailbox.troubled_since or at
    pause = PAUSE if at - since < LATER else PAUSE_LATER
    _note(mailbox, State.TROUBLED, away_in_words(code), due_at=at + pause, troubled_since=since)
    if at - since >= PATIENCE:
        _tell(mailbox)


def _note(mailbox: Mailbox, state: str, trouble: str, **columns) -> None:
    Mailbox.objects.filter(pk=mailbox.pk, ended_at=None).update(
        state=state, trouble=trouble[:240], version=F("version") + 1, **columns
    )
    mailbox.refresh_from_db()


def _tell(mailbox: Mailbox) -> None:
    work.open_item(
        WORK,
        client=mailbox.client_id,
        subject=(SUBJECT, mailbox.pk),
        because=_("A client’s mailbox cannot be read."),
        urgency=WorkItem.Urgency.TODAY,
    )
