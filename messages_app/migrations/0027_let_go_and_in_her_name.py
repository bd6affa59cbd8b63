"""What is so from now on, for what there is already.

A client finds the letters that we posted without asking her in the portal, too. Mail that leaves by us from a
mailbox of a domain that the firm had set up bears its name while its records stand.
"""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce

ON_THEIR_WAY = ["ready", "handed", "posted", "returned"]


def lay_before_her(apps, schema_editor):
    Letter = apps.get_model("messages_app", "Letter")
    Version = apps.get_model("messages_app", "LetterVersion")
    Serial = apps.get_model("messages_app", "SerialLetter")
    Serial.objects.filter(state__in=["making", "ready"], shown_at=None).update(
        shown_at=Coalesce("made_at", "created_at")
    )
    unseen = Letter.objects.filter(state__in=ON_THEIR_WAY, shown_at=None)
    for key in unseen.values_list("pk", flat=True).iterator():
        newest = Version.objects.filter(letter=key).order_by("-number").first()
        if newest is not None:  # its words may be gone, and then there is nothing to read
            Version.objects.filter(pk=newest.pk, asked_at=None).update(asked_at=F("saved_at"))
            Letter.objects.filter(pk=key).update(shown_at=newest.saved_at)


def bear_their_names(apps, schema_editor):
    Mailbox = apps.get_model("messages_app", "Mailbox")
    Domain = apps.get_model("messages_app", "SendingDomain")
    for client, domain in Domain.objects.values_list("client", "domain"):
        Mailbox.objects.filter(
            client=client, ended_at=None, from_mode="via_firm", address__endswith=f"@{domain}"
        ).update(from_mode="verified")


class Migration(migrations.Migration):
    dependencies = [("messages_app", "0026_what_was_promised")]

    operations = [
        migrations.RunPython(lay_before_her, migrations.RunPython.noop),
        migrations.RunPython(bear_their_names, migrations.RunPython.noop),
    ]
