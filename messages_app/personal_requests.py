"""What is kept of what clients asked for, and how long."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from secretariat import clock, media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import ClientRequest, RequestFile


def _empty(rows) -> None:
    """Words, answer, voice and photographs go; that something was asked and when it was answered stays."""
    chosen = list(rows.values_list("pk", flat=True))
    files = RequestFile.objects.filter(request__in=chosen)
    for file in MediaFile.objects.filter(pk__in=files.values("media_id"), deleted_at=None):
        media.remove(file)
    files.delete()
    ClientRequest.objects.filter(pk__in=chosen).update(words="", answer="", emptied_at=clock.now())


REQUESTS = Rule(
    "requests of clients",
    Then.DELETED,
    since=_("it was asked, once it is answered or taken back; its number and its times stay"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: ClientRequest.objects.filter(
        state__in=[ClientRequest.State.DONE, ClientRequest.State.WITHDRAWN],
        asked_at__lt=before,
        emptied_at=None,
    ),
    doing=_empty,
)

personal(
    ClientRequest,
    "words answer",
    what=_("what a client asked her secretary for, and the answer"),
    whose=Whose.ANYONE,
    rule=REQUESTS,
)
personal(
    RequestFile,
    "media_id",
    what=_("a voice note or a photograph that went with it"),
    whose=Whose.ANYONE,
    rule=REQUESTS,
    path="request",
)
impersonal(RequestFile, "kind sha256", because="a word of ours and a hash")
