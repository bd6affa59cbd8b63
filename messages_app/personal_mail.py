"""What is written down of mail that is answered for clients, and how long. Read with `personal.py`."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from clients.personal import CLIENTS
from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import Mail, Mailbox, MailFolder, MailRule, MailThread


def _forget(threads) -> None:
    originals = Mail.objects.filter(thread__in=threads).values("media_id")
    for file in MediaFile.objects.filter(pk__in=originals, deleted_at=None):
        media.remove(file)
    threads.delete()


CORRESPONDENCE = Rule(
    "correspondence",
    Then.DELETED,
    since=_("its last mail; what still waits for somebody stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: MailThread.objects.filter(last_at__lt=before).exclude(state=MailThread.State.OPEN),
    doing=_forget,
)

personal(
    Mailbox,
    "address our_address name imap_host smtp_host username sealed_secret signature tone",
    what=_("the mailboxes we answer for the client, and what opens them, sealed"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(Mailbox, "trouble", because="a sentence of ours")
impersonal(MailFolder, "name skipped", because="what a mail server calls its folders, and numbers of mails")
personal(
    MailRule,
    "sender company subject words",
    what=_("whose mail is treated how, as the client said"),
    whose=Whose.ANYONE,
    rule=CLIENTS,
)
personal(
    MailThread,
    "subject subject_key who address because correspondent",
    what=_("with whom the client corresponds, and what about"),
    whose=Whose.ANYONE,
    rule=CORRESPONDENCE,
)
impersonal(MailThread, "done_because", because="a sentence of ours")
personal(
    Mail,
    "message_id in_reply_to references sender sender_name reply_to to cc bcc subject words attachments"
    " media_id found",
    what=_("the mails themselves"),
    whose=Whose.ANYONE,
    rule=CORRESPONDENCE,
    path="thread",
)
impersonal(Mail, "key trouble", because="a hash, and a sentence of ours")
