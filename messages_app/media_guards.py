"""Who may have a mail as it came."""

from django.db.models import Q

from clients import leaving
from clients.models import Client
from clients.taking_out import Act
from secretariat import media
from secretariat.media.guards import taker

from .answering.drafting import ENCLOSURE_KIND
from .asked_for.asking import MEDIA_KIND as REQUESTS
from .incoming_post.receiving import SCAN_KIND as SCANS
from .letters.enclosing import MEDIA_KIND as LETTER_FILES
from .letters.lettering import MEDIA_KIND as LETTERS
from .letters.logo import MEDIA_KIND as LOGOS
from .letters.posting import POSTABLE
from .letters.posting import PROOF_KIND as PROOFS
from .letters.printing import MEDIA_KIND as RUNS
from .mail import original
from .mail_in import MEDIA_KIND
from .models import (
    Enclosure,
    InboundMail,
    Letter,
    LetterFile,
    Letterhead,
    Mail,
    OutgoingMail,
    Posting,
    PrintRun,
    ReceivedPost,
    RequestFile,
)


@media.guard(MEDIA_KIND)
def may_open(user, file) -> bool:
    return InboundMail.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(MEDIA_KIND)
def may_keep(user, file) -> bool:
    """Those whom the firm lets and the client does not forbid; what is nobody's yet, the firm alone sees.

    Of what came with a mail nothing is shown but the mail as it came, nor of one that could not be read.
    """
    if file.client_id is None or _may_download(user, file):
        return True
    unseen = InboundMail.objects.filter(~Q(trouble="") | Q(attachments__gt=0), media_id=file.pk)
    return unseen.exists() and _may_take_attachments(user, file)


@media.guard(original.KIND)
def may_open_correspondence(user, file) -> bool:
    return Mail.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(original.KIND)
def may_keep_correspondence(user, file) -> bool:
    """As with every file of a client: those whom the firm lets and the client does not forbid.

    One that could not be read is opened elsewhere or not at all: it is as a file that came with it.
    """
    if _may_download(user, file):
        return True
    unread = Mail.objects.filter(media_id=file.pk).exclude(trouble="")
    return unread.exists() and _may_take_attachments(user, file)


@media.guard(LETTERS)
def may_see_paper(user, file) -> bool:
    return Letter.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(LETTERS)
def may_keep_paper(user, file) -> bool:
    """Whoever posts it prints it, again where it came back; in the post, it leaves as any other file does."""
    waiting = Letter.objects.visible_to(user).filter(media_id=file.pk, state__in=POSTABLE)
    return waiting.exists() or _may_download(user, file)


@media.guard(PROOFS)
def may_see_proof(user, file) -> bool:
    hers = Posting.objects.visible_to(user)
    return hers.filter(Q(proof_id=file.pk) | Q(run__proof_id=file.pk)).exists()


@taker(PROOFS)
def may_keep_proof(user, file) -> bool:
    return _may_download(user, file)


def _may_download(user, file) -> bool:
    return _may(Act.DOWNLOAD, user, file)


def _may_take_attachments(user, file) -> bool:
    return _may(Act.ATTACHMENTS, user, file)


def _may(act: Act, user, file) -> bool:
    client = Client.objects.filter(pk=file.client_id).first()
    return client is not None and act in leaving.allowed(user, client)


@media.guard(LETTER_FILES)
def may_see_file(user, file) -> bool:
    return LetterFile.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(LETTER_FILES)
def may_keep_file(user, file) -> bool:
    return _may_download(user, file)


@media.guard(LOGOS)
def may_see_logo(user, file) -> bool:
    return Letterhead.objects.visible_to(user).filter(logo_id=file.pk).exists()


@taker(LOGOS)
def may_keep_logo(user, file) -> bool:
    return _may_download(user, file)


@media.guard(RUNS)
def may_see_run(user, file) -> bool:
    return PrintRun.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(RUNS)
def may_keep_run(user, file) -> bool:
    """Whoever posts it prints it; once it is in the post, it leaves as any other file does."""
    waiting = PrintRun.objects.visible_to(user).filter(media_id=file.pk, state=PrintRun.State.MADE)
    return waiting.exists() or _may_download(user, file)


@media.guard(SCANS)
def may_read_post(user, file) -> bool:
    """The client's desk, and whoever speaks for the client."""
    return ReceivedPost.objects.visible_to(user).filter(scan_id=file.pk).exists()


@taker(SCANS)
def may_keep_post(user, file) -> bool:
    return _may_download(user, file)


@media.guard(ENCLOSURE_KIND)
def may_open_enclosure(user, file) -> bool:
    """Whoever may read the mail that it goes with: the client before she approves it, too."""
    seen = OutgoingMail.objects.visible_to(user).values("pk")
    return Enclosure.objects.filter(media_id=file.pk, outgoing__in=seen).exists()


@taker(ENCLOSURE_KIND)
def may_keep_enclosure(user, file) -> bool:
    return _may_take_attachments(user, file)


@media.guard(REQUESTS)
def may_open_request(user, file) -> bool:
    """Whoever may read what was asked."""
    return RequestFile.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(REQUESTS)
def may_keep_request(user, file) -> bool:
    return _may_download(user, file)
