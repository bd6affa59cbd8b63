"""What is kept of what was typed from a dictation, and how long. The audio: calls/personal_dictation.py."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import DictatedDraft, DictatedVersion


def _empty(rows) -> None:
    """The words go, and with them every version; that there was a draft, and what it became, stays."""
    chosen = list(rows.values_list("pk", flat=True))
    DictatedVersion.objects.filter(draft__in=chosen).delete()
    DictatedDraft.objects.filter(pk__in=chosen).update(values={}, error="", emptied_at=clock.now())


DRAFTS = Rule(
    "drafts of dictations",
    Then.DELETED,
    since=_("it was begun, once it is done or thrown away; what it became stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: DictatedDraft.objects.filter(
        state__in=[DictatedDraft.State.MADE, DictatedDraft.State.DROPPED],
        began_at__lt=before,
        emptied_at=None,
    ),
    doing=_empty,
)

personal(
    DictatedDraft,
    "values error",
    what=_("what was typed of a dictation"),
    whose=Whose.ANYONE,
    rule=DRAFTS,
)
impersonal(DictatedDraft, "kind wording made_kind", because="words of ours")
personal(
    DictatedVersion,
    "values wish",
    what=_("what the client was shown of it, and what she wanted changed"),
    whose=Whose.ANYONE,
    rule=DRAFTS,
    path="draft",
)
impersonal(DictatedVersion, "kind how", because="words of ours")
