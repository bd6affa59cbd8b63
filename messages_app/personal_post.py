"""What is kept of post that came for a client, and how long."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from clients.personal import CLIENTS
from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import Posting, PostRules, ReceivedPost


def _forget(rows) -> None:
    """Who wrote, the scan and the proof; that it came, when, what became of the paper and its cost stay."""
    chosen = list(rows.values_list("pk", flat=True))
    postings = Posting.objects.filter(received__in=chosen)
    held = [*rows.values_list("scan_id", flat=True), *postings.values_list("proof_id", flat=True)]
    for file in MediaFile.objects.filter(pk__in=[each for each in held if each], deleted_at=None):
        media.remove(file)
    postings.update(proof_id=None)
    rows = ReceivedPost.objects.filter(pk__in=chosen)  # without its proof it may be one of them no more
    rows.update(sender="", tracking="", place="", gone_tracking="", scan_id=None)


RECEIVED = Rule(
    "received post",
    Then.DELETED,
    since=_("it came, once its paper is gone; its number, what became of the paper, and its cost, stay"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: (
        ReceivedPost.objects.filter(came_at__lt=before)
        .exclude(paper=ReceivedPost.Paper.HERE)
        .exclude(sender="", tracking="", place="", gone_tracking="", scan_id=None, posting__proof_id=None)
    ),
    doing=_forget,
)

personal(
    PostRules,
    "address send_on_to",
    what=_("where the client’s post comes to, and where it is sent on to"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(PostRules, "opens opened_by then", because="words of ours")
personal(
    ReceivedPost,
    "sender tracking place gone_tracking scan_id",
    what=_("post that came for the client, as a scan, and who wrote"),
    whose=Whose.ANYONE,
    rule=RECEIVED,
)
personal(
    Posting,
    "proof_id",
    what=_("the proof that paper was sent on or returned"),
    whose=Whose.ANYONE,
    rule=RECEIVED,
    path="received",
)
impersonal(ReceivedPost, "kind state paper wish scan_sha256", because="words of ours, and a hash")
