"""Files of people, and how long."""

from django.utils.translation import gettext_lazy as _

from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import MediaFile

FILES = Rule(
    "files",
    Then.DELETED,
    since=_("its kind’s time is over, where that has one; bytes, key and name go, the row stays"),
    days=0,
    duty="secretariat.media.rounds.end_retention",
)

personal(
    MediaFile,
    "name sealed_key",
    what=_("files: what they are called, and the key without which they are noise"),
    whose=Whose.ANYONE,
    rule=FILES,
)
impersonal(MediaFile, "kind content_type sha256", because="what sort of file it is, and a hash")
