"""Everything the models say, as of the first release."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import secretariat.clock
import secretariat.ids
from secretariat.in_steps import InSteps


class Migration(InSteps):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("messages_app", "0001_initial"),
        ("messages_app", "0002_urgent_unacknowledged"),
        ("messages_app", "0003_to_their_end"),
        ("messages_app", "0004_retention"),
        ("messages_app", "0005_found_quickly"),
        ("messages_app", "0006_why_each_is_tried"),
        ("messages_app", "0007_inbound_mail"),
        ("messages_app", "0008_what_of_a_mail_could_not_be_read"),
        ("messages_app", "0009_correspondence"),
        ("messages_app", "0010_letters"),
        ("messages_app", "0011_mail_in_clients_names"),
        ("messages_app", "0012_dictated"),
        ("messages_app", "0013_mailboxes_by_consent"),
        ("messages_app", "0014_promised_at_once"),
        ("messages_app", "0015_serial_letters"),
        ("messages_app", "0016_received_post"),
        ("messages_app", "0017_print_runs"),
        ("messages_app", "0018_carried_by_lob"),
        ("messages_app", "0019_printed_together"),
        ("messages_app", "0020_requests"),
    ]

    dependencies = [
        ("calls", "0001_first_release"),
        ("clients", "0001_first_release"),
        ("office", "__first__"),
        ("outbox", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "With your secretary"),
                            ("done", "Answered"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="what is asked for")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("emptied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="asked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "request of a client",
                "verbose_name_plural": "requests of clients",
                "ordering": ["-asked_at", "-id"],
                "indexes": [models.Index(fields=["client", "-asked_at"], name="requests_of_client")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("number"), name="a_requests_number_is_used_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("answered_at", None)),
                            _connector="OR",
                        ),
                        name="an_answered_request_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "Portal"),
                            ("email", "E-mail"),
                            ("text", "Text"),
                            ("call", "Call"),
                        ],
                        max_length=6,
                        verbose_name="by",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="address as sent")),
                ("turn", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="try")),
                ("code", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="code")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("successful", "Successful"),
                            ("left_message", "Left word to ring back, no particulars"),
                            ("left_call_back", "Left a call-back request with somebody"),
                            ("redirected", "Asked to try somebody else"),
                            ("no_answer", "No answer"),
                            ("busy", "Busy"),
                            ("out_of_order", "Out of order"),
                            ("disconnected", "Disconnected"),
                            ("paged", "Paged"),
                            ("in_pager", "Number left in a pager"),
                            ("looped", "Came back to us"),
                        ],
                        db_default="",
                        max_length=14,
                        verbose_name="how the call went",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=240, verbose_name="because")),
                ("not_before", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("receipt", models.CharField(blank=True, max_length=255, verbose_name="receipt")),
                ("error", models.CharField(blank=True, max_length=240, verbose_name="what went wrong")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("accepted", "Sent"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("unknown", "Not known"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="clients.contact",
                        verbose_name="to",
                    ),
                ),
                (
                    "effect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outbox.effect",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DictatedDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("nth", models.PositiveSmallIntegerField(default=1, verbose_name="of the same dictation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mail", "Mail"),
                            ("letter", "Letter"),
                            ("message", "Message"),
                            ("task", "Task"),
                            ("meeting", "Meeting"),
                        ],
                        default="mail",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                (
                    "wording",
                    models.CharField(
                        choices=[("as_dictated", "As dictated"), ("to_be_worded", "To be worded")],
                        default="as_dictated",
                        max_length=12,
                        verbose_name="wording",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("typing", "Being typed"),
                            ("asked", "With the client"),
                            ("change", "To be changed"),
                            ("made", "Done"),
                            ("dropped", "Thrown away"),
                        ],
                        default="typing",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("began_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                ("values", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="saved")),
                ("writing_since", models.DateTimeField(blank=True, null=True)),
                ("writing_until", models.DateTimeField(blank=True, null=True)),
                (
                    "shown_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first shown to the client"),
                ),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("made_kind", models.CharField(blank=True, max_length=60)),
                ("made_id", models.UUIDField(blank=True, null=True)),
                (
                    "error",
                    models.CharField(blank=True, max_length=240, verbose_name="what stands against it"),
                ),
                ("emptied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="typed by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "dictation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="calls.dictation",
                    ),
                ),
                (
                    "effect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outbox.effect",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "writing_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a dictation",
                "verbose_name_plural": "drafts of dictations",
                "ordering": ["-began_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["client"],
                        name="dictated_drafts_asked",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("dictation"), models.F("nth"), name="a_draft_of_a_dictation_has_its_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", False), ("state", "made")),
                            models.Q(models.Q(("state", "made"), _negated=True), ("made_at", None)),
                            _connector="OR",
                        ),
                        name="what_is_done_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DictatedVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mail", "Mail"),
                            ("letter", "Letter"),
                            ("message", "Message"),
                            ("task", "Task"),
                            ("meeting", "Meeting"),
                        ],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="put forward")),
                ("agreed", models.BooleanField(blank=True, null=True, verbose_name="agreed")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "In the portal"), ("link", "By the link")],
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                ("wish", models.TextField(blank=True, max_length=2000, verbose_name="what is to be changed")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="messages_app.dictateddraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a dictated draft",
                "verbose_name_plural": "versions of dictated drafts",
                "ordering": ["draft", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("draft"), models.F("number"), name="a_version_of_a_dictated_draft_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", None), ("decided_at", None)),
                            models.Q(("agreed__isnull", False), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_word_on_a_dictated_draft_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="calls.call",
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
            },
        ),
        migrations.CreateModel(
            name="InboundMail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sender", models.CharField(blank=True, max_length=254, verbose_name="from")),
                ("recipient", models.CharField(blank=True, max_length=254, verbose_name="to")),
                ("subject", models.CharField(blank=True, max_length=240, verbose_name="subject")),
                ("words", models.TextField(blank=True, verbose_name="words")),
                (
                    "trouble",
                    models.CharField(
                        blank=True, db_default="", max_length=240, verbose_name="what could not be read"
                    ),
                ),
                ("attachments", models.PositiveSmallIntegerField(default=0, verbose_name="attachments")),
                ("media_id", models.UUIDField(blank=True, null=True)),
                ("event_id", models.UUIDField(unique=True)),
                ("came_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="came")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="dealt with")),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail that came in",
                "verbose_name_plural": "mails that came in",
                "ordering": ["-came_at", "-id"],
                "indexes": [
                    models.Index(fields=["client", "-came_at"], name="messages_ap_client__a93092_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), _negated=True), ("read_by", None), _connector="OR"
                        ),
                        name="a_mail_read_by_somebody_has_its_moment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InboundText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="from")),
                ("to_number", models.CharField(max_length=40, verbose_name="to")),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="words")),
                (
                    "attachments",
                    models.PositiveSmallIntegerField(default=0, verbose_name="pictures and the like"),
                ),
                ("carrier_id", models.CharField(max_length=64, unique=True)),
                ("came_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="came")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="dealt with")),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "text that came in",
                "verbose_name_plural": "texts that came in",
                "ordering": ["-came_at", "-id"],
                "indexes": [
                    models.Index(fields=["client", "-came_at"], name="messages_ap_client__9f4ad1_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), _negated=True), ("read_by", None), _connector="OR"
                        ),
                        name="a_text_read_by_somebody_has_its_moment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("asked", "With the client"),
                            ("change", "The client asks for a change"),
                            ("making", "Being set"),
                            ("ready", "To be posted"),
                            ("handed", "With the carrier"),
                            ("posted", "Posted"),
                            ("returned", "Came back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("gaps", models.JSONField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                (
                    "shown_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first shown to the client"),
                ),
                ("writing_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("writing_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("media_id", models.UUIDField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("pages", models.PositiveSmallIntegerField(default=0, verbose_name="pages")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="clients.client",
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "writing_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LetterFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="what it is")),
                ("joined", models.BooleanField(default=True, verbose_name="printed with the letter")),
                ("media_id", models.UUIDField()),
                ("sha256", models.CharField(max_length=64)),
                ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                ("added_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="messages_app.letter",
                    ),
                ),
            ],
            options={
                "verbose_name": "enclosure of a letter",
                "verbose_name_plural": "enclosures of letters",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("din-a", "DIN 5008 form A, DL window"),
                            ("din-b", "DIN 5008 form B, DL window"),
                            ("uk-dl", "A4, British DL window"),
                            ("us-10", "US letter, #10 window"),
                        ],
                        default="uk-dl",
                        max_length=6,
                        verbose_name="envelope",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name on top")),
                ("lines", models.TextField(blank=True, max_length=400, verbose_name="below it, a line each")),
                (
                    "return_line",
                    models.CharField(
                        blank=True,
                        help_text="On DIN letters alone.",
                        max_length=120,
                        verbose_name="sender in one small line above the address",
                    ),
                ),
                (
                    "foot",
                    models.TextField(blank=True, max_length=400, verbose_name="at the foot, a line each"),
                ),
                (
                    "signs",
                    models.CharField(
                        choices=[
                            ("client", "The client signs by hand"),
                            ("secretary", "The secretary signs, p.p. the client"),
                            ("nobody", "Nobody: the name alone"),
                        ],
                        default="secretary",
                        max_length=9,
                        verbose_name="signature",
                    ),
                ),
                (
                    "signer",
                    models.CharField(blank=True, max_length=120, verbose_name="name below the signature"),
                ),
                ("job", models.CharField(blank=True, max_length=120, verbose_name="what she is")),
                (
                    "sender_at_carrier",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Without it letters are posted by hand alone.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^adr_[A-Za-z0-9]+$", "It begins with adr_."
                            )
                        ],
                        verbose_name="sender’s address as it is saved at Lob",
                    ),
                ),
                (
                    "needs_approval",
                    models.BooleanField(
                        default=True, verbose_name="the client sees each letter before it is posted"
                    ),
                ),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letterhead",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "letterhead",
                "verbose_name_plural": "letterheads",
                "ordering": ["client__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                (
                    "salutation",
                    models.CharField(default="Dear {name},", max_length=120, verbose_name="salutation"),
                ),
                ("body", models.TextField(max_length=20000, verbose_name="words")),
                (
                    "closing",
                    models.CharField(default="Yours sincerely,", max_length=120, verbose_name="closing"),
                ),
                (
                    "enclosures",
                    models.TextField(blank=True, max_length=1000, verbose_name="enclosures, a line each"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letter_templates",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter template",
                "verbose_name_plural": "letter templates",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="LetterVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("din-a", "DIN 5008 form A, DL window"),
                            ("din-b", "DIN 5008 form B, DL window"),
                            ("uk-dl", "A4, British DL window"),
                            ("us-10", "US letter, #10 window"),
                        ],
                        max_length=6,
                        verbose_name="envelope",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("firm", models.CharField(blank=True, max_length=120, verbose_name="firm")),
                ("street", models.TextField(blank=True, max_length=240, verbose_name="street, a line each")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="town")),
                ("postcode", models.CharField(blank=True, max_length=20, verbose_name="postcode")),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region or state")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("dated_on", models.DateField(verbose_name="date")),
                ("subject", models.CharField(blank=True, max_length=160, verbose_name="subject")),
                ("salutation", models.CharField(blank=True, max_length=120, verbose_name="salutation")),
                ("body", models.TextField(blank=True, max_length=20000, verbose_name="words")),
                ("closing", models.CharField(blank=True, max_length=120, verbose_name="closing")),
                (
                    "enclosures",
                    models.TextField(blank=True, max_length=1000, verbose_name="enclosures, a line each"),
                ),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="shown to the client")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("agreed", models.BooleanField(blank=True, null=True, verbose_name="agreed")),
                ("wish", models.TextField(blank=True, max_length=2000, verbose_name="what is to be changed")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="messages_app.letter",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a letter",
                "verbose_name_plural": "versions of letters",
                "ordering": ["letter", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("letter"), models.F("number"), name="a_version_of_a_letter_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", None), ("decided_at", None)),
                            models.Q(
                                ("agreed__isnull", False),
                                ("asked_at__isnull", False),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="only_a_version_that_was_shown_is_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="address")),
                (
                    "our_address",
                    models.EmailField(blank=True, max_length=254, verbose_name="address of ours"),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=120, verbose_name="name that correspondents see"),
                ),
                (
                    "incoming",
                    models.CharField(
                        choices=[
                            ("ours", "It comes to us by our e-mail provider"),
                            ("imap", "We read it where it lies"),
                            ("both", "Both"),
                        ],
                        default="ours",
                        max_length=4,
                        verbose_name="how mail comes in",
                    ),
                ),
                (
                    "from_mode",
                    models.CharField(
                        choices=[
                            ("own", "Through the client’s own mail server"),
                            ("verified", "Through ours, in the name of the client’s domain"),
                            ("via_firm", "Through ours, from the firm’s address for the client"),
                        ],
                        default="via_firm",
                        max_length=8,
                        verbose_name="how mail leaves",
                    ),
                ),
                ("imap_host", models.CharField(blank=True, max_length=253, verbose_name="IMAP server")),
                ("imap_port", models.PositiveIntegerField(default=993, verbose_name="IMAP port")),
                (
                    "imap_security",
                    models.CharField(
                        choices=[
                            ("tls", "TLS from the first byte"),
                            ("starttls", "STARTTLS"),
                            ("none", "None: only within the firm’s own network"),
                        ],
                        default="tls",
                        max_length=8,
                        verbose_name="IMAP security",
                    ),
                ),
                ("smtp_host", models.CharField(blank=True, max_length=253, verbose_name="SMTP server")),
                ("smtp_port", models.PositiveIntegerField(default=465, verbose_name="SMTP port")),
                (
                    "smtp_security",
                    models.CharField(
                        choices=[
                            ("tls", "TLS from the first byte"),
                            ("starttls", "STARTTLS"),
                            ("none", "None: only within the firm’s own network"),
                        ],
                        default="tls",
                        max_length=8,
                        verbose_name="SMTP security",
                    ),
                ),
                ("username", models.CharField(blank=True, max_length=254, verbose_name="user name")),
                (
                    "service",
                    models.CharField(
                        blank=True,
                        choices=[("google", "Google"), ("microsoft", "Microsoft")],
                        db_default="",
                        default="",
                        max_length=9,
                        verbose_name="let in by",
                    ),
                ),
                ("sealed_secret", models.BinaryField(blank=True, default=b"")),
                ("renewing_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("signature", models.TextField(blank=True, max_length=2000, verbose_name="signature")),
                ("tone", models.TextField(blank=True, max_length=2000, verbose_name="notes on tone")),
                (
                    "needs_approval",
                    models.BooleanField(default=False, verbose_name="a second person approves each answer"),
                ),
                (
                    "may_mark_read",
                    models.BooleanField(
                        default=False, verbose_name="what we have read is marked as read there"
                    ),
                ),
                (
                    "acknowledges",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="who writes is told at once by when she is answered",
                    ),
                ),
                (
                    "answer_hours",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="hours in which an answer is promised"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Connecting"),
                            ("connected", "Connected"),
                            ("troubled", "Not reached just now"),
                            ("refused", "Must be connected again"),
                            ("off", "Disconnected"),
                        ],
                        default="new",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=240, verbose_name="what is wrong")),
                ("troubled_since", models.DateTimeField(blank=True, null=True)),
                (
                    "due_at",
                    models.DateTimeField(default=secretariat.clock.now, verbose_name="looked at again"),
                ),
                ("watched_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="as of")),
                ("connected_at", models.DateTimeField(default=secretariat.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailboxes",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "connected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mailbox",
                "verbose_name_plural": "mailboxes",
                "ordering": ["address", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("incoming__in", ["imap", "both"])),
                        fields=["due_at"],
                        name="mailboxes_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("address",),
                        name="an_address_is_answered_for_one_client",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), models.Q(("our_address", ""), _negated=True)),
                        fields=("our_address",),
                        name="an_address_of_ours_takes_mail_in_for_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            models.Q(("sealed_secret", b""), ("state", "off")),
                            _connector="OR",
                        ),
                        name="a_mailbox_that_ended_cannot_be_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "Received"), ("out", "Sent")],
                        default="in",
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("in_reply_to", models.CharField(blank=True, max_length=250)),
                ("references", models.JSONField(blank=True, default=list)),
                ("sender", models.CharField(blank=True, max_length=254, verbose_name="from")),
                ("sender_name", models.CharField(blank=True, max_length=240, verbose_name="name")),
                ("reply_to", models.CharField(blank=True, max_length=254, verbose_name="answers go to")),
                ("to", models.JSONField(blank=True, default=list)),
                ("cc", models.JSONField(blank=True, default=list)),
                ("bcc", models.JSONField(blank=True, default=list)),
                ("subject", models.CharField(blank=True, max_length=240, verbose_name="subject")),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("has_html", models.BooleanField(default=False)),
                ("attachments", models.JSONField(blank=True, default=list)),
                ("media_id", models.UUIDField(blank=True, null=True)),
                ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                ("automatic", models.BooleanField(default=False, verbose_name="written by a machine")),
                (
                    "stranger",
                    models.BooleanField(
                        default=False, verbose_name="from somebody who was not in this conversation"
                    ),
                ),
                (
                    "trouble",
                    models.CharField(blank=True, max_length=240, verbose_name="what could not be read"),
                ),
                ("said_at", models.DateTimeField(blank=True, null=True, verbose_name="its own date")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="came")),
                ("seen_by_client", models.BooleanField(default=False, verbose_name="read by the client")),
                (
                    "answered_by_client",
                    models.BooleanField(default=False, verbose_name="answered by the client"),
                ),
                ("gone", models.BooleanField(default=False, verbose_name="no longer in the client’s inbox")),
                (
                    "marked_read_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="marked as read"),
                ),
                (
                    "acknowledged_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="told when it is answered"),
                ),
                (
                    "found",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "subject", "sender", "sender_name", "words", config="simple"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="messages_app.mailbox",
                        verbose_name="mailbox",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MailFolder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[("inbox", "Inbox"), ("sent", "Sent")],
                        max_length=5,
                        verbose_name="what it holds",
                    ),
                ),
                ("uidvalidity", models.BigIntegerField(default=0)),
                ("last_uid", models.BigIntegerField(default=0, verbose_name="read as far as")),
                ("skipped", models.JSONField(blank=True, default=list)),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="as of")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folders",
                        to="messages_app.mailbox",
                    ),
                ),
            ],
            options={
                "verbose_name": "folder of a mailbox",
                "verbose_name_plural": "folders of mailboxes",
                "ordering": ["mailbox", "role"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("mailbox"), models.F("name"), name="a_folder_has_one_row"
                    ),
                    models.UniqueConstraint(
                        models.F("mailbox"), models.F("role"), name="a_mailbox_has_one_folder_of_a_role"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailPlace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.BigIntegerField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="messages_app.mailfolder",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="messages_app.mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "place of a mail",
                "verbose_name_plural": "places of mails",
                "ordering": ["folder", "uid"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("folder"), models.F("uid"), name="a_place_holds_one_mail"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("urgent", "Urgent: passed on at once"),
                            ("answer", "Answer"),
                            ("later", "Later"),
                            ("junk", "Junk"),
                        ],
                        default="answer",
                        max_length=6,
                        verbose_name="what is done",
                    ),
                ),
                (
                    "sender",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="address or domain of the author"
                    ),
                ),
                ("company", models.CharField(blank=True, max_length=120, verbose_name="the author’s firm")),
                (
                    "subject",
                    models.CharField(blank=True, max_length=120, verbose_name="words of the subject"),
                ),
                ("words", models.CharField(blank=True, max_length=120, verbose_name="words anywhere in it")),
                (
                    "known",
                    models.CharField(
                        choices=[
                            ("anyone", "Anyone"),
                            ("known", "Somebody the client knows"),
                            ("vip", "Somebody important to the client"),
                            ("unknown", "Somebody new"),
                        ],
                        default="anyone",
                        max_length=7,
                        verbose_name="who wrote",
                    ),
                ),
                (
                    "with_attachment",
                    models.BooleanField(default=False, verbose_name="only with an attachment"),
                ),
                (
                    "hours",
                    models.CharField(
                        choices=[
                            ("any", "At any hour"),
                            ("open", "While the client is open"),
                            ("closed", "While the client is closed"),
                        ],
                        default="any",
                        max_length=6,
                        verbose_name="when it comes",
                    ),
                ),
                (
                    "within_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="answered within hours"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("in_force", "In force"),
                            ("declined", "Declined"),
                            ("ended", "No longer in force"),
                        ],
                        default="in_force",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("since", models.DateTimeField(default=secretariat.clock.now, verbose_name="since")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="who is told",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="messages_app.mailbox",
                        verbose_name="mailbox",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="messages_app.mailrule",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule for mail",
                "verbose_name_plural": "rules for mail",
                "ordering": ["rank", "since", "id"],
                "indexes": [models.Index(fields=["client", "state"], name="messages_ap_client__7cda26_idx")],
            },
        ),
        migrations.CreateModel(
            name="MailTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                ("words", models.TextField(max_length=8000, verbose_name="words")),
                ("since", models.DateTimeField(default=secretariat.clock.now, verbose_name="since")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="no longer offered since"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of a mail",
                "verbose_name_plural": "templates of mails",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="MailThread",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=240, verbose_name="subject")),
                ("subject_key", models.CharField(blank=True, max_length=240)),
                ("who", models.CharField(blank=True, max_length=240, verbose_name="with")),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="address")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("urgent", "Urgent: passed on at once"),
                            ("answer", "Answer"),
                            ("later", "Later"),
                            ("junk", "Junk"),
                        ],
                        default="answer",
                        max_length=6,
                        verbose_name="sort",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=240, verbose_name="because")),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="promised by")),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be seen to"),
                            ("waiting", "Waiting for an answer"),
                            ("done", "Done"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("done_because", models.CharField(blank=True, max_length=240, verbose_name="how it ended")),
                ("first_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="began")),
                ("last_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="last mail")),
                ("waits_since", models.DateTimeField(blank=True, null=True, verbose_name="waits since")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="writes",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="messages_app.mailbox",
                        verbose_name="mailbox",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="messages_app.mailrule",
                    ),
                ),
            ],
            options={
                "verbose_name": "correspondence",
                "verbose_name_plural": "correspondence",
                "ordering": ["-last_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("caller_name", models.CharField(blank=True, max_length=120, verbose_name="caller's name")),
                ("caller_firm", models.CharField(blank=True, max_length=120, verbose_name="firm")),
                ("call_back_on", models.CharField(blank=True, max_length=16, verbose_name="call back on")),
                (
                    "read_back",
                    models.BooleanField(default=False, verbose_name="number read back to the caller"),
                ),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="message")),
                ("also_noted", models.TextField(blank=True, max_length=4000, verbose_name="also noted")),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Normal"), (2, "Today"), (3, "Urgent")],
                        default=1,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "partial",
                    models.BooleanField(
                        default=False, verbose_name="the caller hung up before it was finished"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("undelivered", "Not delivered yet"),
                            ("delivered", "Delivered"),
                            ("acknowledged", "Acknowledged"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="undelivered",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "correction_note",
                    models.CharField(blank=True, max_length=240, verbose_name="what was corrected"),
                ),
                ("taken_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="taken")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="acknowledged")),
                (
                    "acknowledged_how",
                    models.CharField(blank=True, max_length=12, verbose_name="acknowledged how"),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, db_default="", max_length=16, verbose_name="withdrawn because"
                    ),
                ),
                ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="reopened")),
                ("guidance", models.JSONField(blank=True, default=dict)),
                ("emptied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "caller_name", "caller_firm", "call_back_on", "text", config="simple"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="calls.call",
                    ),
                ),
                (
                    "call_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.calltype",
                        verbose_name="call type",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="clients.contact",
                        verbose_name="for",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="messages_app.message",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-taken_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["client", "-taken_at", "-id"], name="messages_ap_client__337045_idx"
                    ),
                    models.Index(fields=["-taken_at", "-id"], name="messages_by_time"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="messages_ap_words_c656b3_gin"
                    ),
                    models.Index(
                        condition=models.Q(("state", "undelivered")),
                        fields=["-taken_at", "-id"],
                        name="messages_undelivered",
                    ),
                    models.Index(
                        condition=models.Q(("acknowledged_at", None)),
                        fields=["-taken_at", "-id"],
                        name="messages_unacknowledged",
                    ),
                    models.Index(
                        condition=models.Q(("urgency", 3)),
                        fields=["-taken_at", "-id"],
                        name="messages_urgent",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Reverse("call_back_on"), name="text_pattern_ops"
                        ),
                        name="messages_by_number_s_end",
                    ),
                    models.Index(
                        condition=models.Q(("acknowledged_at", None), ("urgency", 3)),
                        fields=["taken_at"],
                        name="urgent_unacknowledged",
                    ),
                    models.Index(
                        condition=models.Q(("emptied_at", None)),
                        fields=["taken_at"],
                        name="messages_not_emptied",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("call__isnull", False), ("corrects", None)),
                        fields=("call",),
                        name="a_call_has_one_message",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                            ("acknowledged_at__isnull", False),
                            _connector="OR",
                        ),
                        name="acknowledged_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("run", models.PositiveSmallIntegerField()),
                ("place", models.PositiveSmallIntegerField(verbose_name="step")),
                ("turn", models.PositiveSmallIntegerField(verbose_name="time round")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("portal", "Portal"),
                            ("email", "E-mail"),
                            ("text", "Text"),
                            ("call", "Call"),
                        ],
                        max_length=6,
                        verbose_name="by",
                    ),
                ),
                (
                    "because",
                    models.CharField(blank=True, db_default="", max_length=240, verbose_name="because"),
                ),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("tried", "Tried"),
                            ("passed_over", "Passed over"),
                            ("stopped", "Not needed"),
                        ],
                        default="waiting",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
                ("worked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="who",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ladder_steps",
                        to="messages_app.delivery",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ladder_steps",
                        to="messages_app.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "step until somebody acknowledges",
                "verbose_name_plural": "steps until somebody acknowledges",
                "ordering": ["message", "run", "place"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due_at"],
                        name="ladder_steps_that_wait",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("message"),
                        models.F("run"),
                        models.F("place"),
                        name="a_step_of_a_ladder_is_there_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("wrong_client", "A message went to the wrong client")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("what", models.CharField(max_length=240, verbose_name="what happened")),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="people it had reached")),
                ("opened", models.BooleanField(default=False, verbose_name="somebody had acknowledged it")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("settled", "Settled")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "resolution",
                    models.TextField(blank=True, max_length=2000, verbose_name="what was done about it"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client it went to",
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who put it right",
                    ),
                ),
                (
                    "other_client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client it was for",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who took it",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="messages_app.message",
                    ),
                ),
                (
                    "moved_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messages_app.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "open")),
                            models.Q(("settled_at__isnull", False), ("state", "settled")),
                            _connector="OR",
                        ),
                        name="a_settled_incident_has_its_moment",
                    ),
                    models.UniqueConstraint(
                        models.F("kind"), models.F("message"), name="an_incident_is_written_down_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("caption", models.CharField(max_length=80, verbose_name="caption")),
                ("value", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.prompt",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="messages_app.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["rank", "id"],
            },
        ),
        migrations.CreateModel(
            name="MessageEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                ("verb", models.CharField(max_length=40)),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="messages_app.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the event log",
                "verbose_name_plural": "event log",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("reply", "Answer"), ("new", "New mail")],
                        default="reply",
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "Being written"),
                            ("awaiting", "Waits for approval"),
                            ("changes", "A change is asked for"),
                            ("scheduled", "Waits to leave"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                            ("unknown", "Not known whether it left"),
                            ("dropped", "Thrown away"),
                        ],
                        default="drafting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("began_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                ("values", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="saved")),
                ("writing_since", models.DateTimeField(blank=True, null=True)),
                ("writing_until", models.DateTimeField(blank=True, null=True)),
                ("to", models.JSONField(blank=True, default=list)),
                ("cc", models.JSONField(blank=True, default=list)),
                ("bcc", models.JSONField(blank=True, default=list)),
                ("subject", models.CharField(blank=True, max_length=240, verbose_name="subject")),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("send_at", models.DateTimeField(blank=True, null=True, verbose_name="to be sent at")),
                ("leaves_at", models.DateTimeField(blank=True, null=True, verbose_name="leaves")),
                ("had_seen", models.UUIDField(blank=True, null=True)),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("sender", models.CharField(blank=True, max_length=400, verbose_name="from")),
                ("by_us", models.BooleanField(default=False, verbose_name="by the firm’s own way")),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("receipt", models.CharField(blank=True, max_length=255, verbose_name="receipt")),
                ("fates", models.JSONField(blank=True, default=dict, verbose_name="what became of it")),
                ("error", models.CharField(blank=True, max_length=240, verbose_name="what went wrong")),
                (
                    "copy",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("waiting", "On its way"),
                            ("kept", "In the Sent folder"),
                            ("failed", "Could not be put into the Sent folder"),
                        ],
                        default="none",
                        max_length=7,
                        verbose_name="copy in the Sent folder",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="messages_app.mail",
                        verbose_name="answers",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "effect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outbox.effect",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outgoing",
                        to="messages_app.mail",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing",
                        to="messages_app.mailbox",
                        verbose_name="mailbox",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="messages_app.mailthread",
                    ),
                ),
                (
                    "writing_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail in a client’s name",
                "verbose_name_plural": "mails in clients’ names",
                "ordering": ["-began_at", "-id"],
                "indexes": [
                    models.Index(fields=["client", "-began_at"], name="outgoing_of_client"),
                    models.Index(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=["message_id"],
                        name="outgoing_by_id",
                    ),
                    models.Index(
                        condition=models.Q(("receipt", ""), _negated=True),
                        fields=["receipt"],
                        name="outgoing_by_receipt",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["sent", "dropped"]), _negated=True),
                        fields=["began_at"],
                        name="outgoing_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="an_approval_has_its_moment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("media_id", models.UUIDField()),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("content_type", models.CharField(max_length=127, verbose_name="kind")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosures",
                        to="messages_app.outgoingmail",
                    ),
                ),
            ],
            options={
                "verbose_name": "enclosure",
                "verbose_name_plural": "enclosures",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClientQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("question", models.TextField(max_length=2000, verbose_name="question")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("portal", "In the portal"),
                            ("mail", "By mail"),
                            ("told", "By word of mouth"),
                        ],
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                (
                    "not_reached",
                    models.CharField(blank=True, max_length=240, verbose_name="did not reach them"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="asked",
                    ),
                ),
                (
                    "effect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outbox.effect",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="messages_app.mailthread",
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="messages_app.outgoingmail",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a client",
                "verbose_name_plural": "questions to clients",
                "ordering": ["-asked_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)), fields=["client"], name="questions_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_how", "")),
                            models.Q(
                                ("answered_at__isnull", False), models.Q(("answered_how", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_has_its_moment_and_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("to", models.JSONField(default=list)),
                ("cc", models.JSONField(blank=True, default=list)),
                ("bcc", models.JSONField(blank=True, default=list)),
                ("subject", models.CharField(blank=True, max_length=240, verbose_name="subject")),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("enclosures", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="put forward")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("approved", "Approved"),
                            ("changes", "A change was asked for"),
                            ("taken_back", "Taken back"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="what should change")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="messages_app.outgoingmail",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a mail",
                "verbose_name_plural": "versions of mails",
                "ordering": ["outgoing", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("outgoing"), models.F("number"), name="a_version_has_its_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_decision_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostRules",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.TextField(max_length=400, verbose_name="receiving address, a line each")),
                (
                    "opens",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing: it stays closed"),
                            ("ordinary", "Ordinary post alone"),
                            ("all", "Registered and legal post, too"),
                        ],
                        default="nothing",
                        max_length=8,
                        verbose_name="we may open",
                    ),
                ),
                (
                    "then",
                    models.CharField(
                        choices=[
                            ("hold", "Kept until the client says"),
                            ("send_on", "Sent on to the client"),
                            ("shred", "Shredded after some days"),
                        ],
                        default="hold",
                        max_length=7,
                        verbose_name="the paper",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days until it is shredded",
                    ),
                ),
                (
                    "send_on_to",
                    models.TextField(
                        blank=True, max_length=400, verbose_name="where paper is sent on to, a line each"
                    ),
                ),
                (
                    "promised_minutes",
                    models.PositiveIntegerField(
                        default=1440,
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(10080),
                        ],
                        verbose_name="ordinary post is passed on within, minutes",
                    ),
                ),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="post_rules",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for incoming post",
                "verbose_name_plural": "rules for incoming post",
                "ordering": ["client__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("making", "Being put together"),
                            ("made", "To be printed and posted"),
                            ("posted", "Posted"),
                            ("dropped", "Dropped"),
                        ],
                        default="making",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                ("media_id", models.UUIDField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="pages")),
                ("posted_at", models.DateTimeField(blank=True, null=True, verbose_name="posted")),
                ("proof_id", models.UUIDField(blank=True, null=True)),
                ("together", models.UUIDField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="print_runs",
                        to="clients.client",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "print run",
                "verbose_name_plural": "print runs",
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("together__isnull", False)),
                        fields=["together"],
                        name="print_runs_together",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("number"), name="a_print_runs_number_is_used_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["made", "posted"]), _negated=True),
                            ("media_id__isnull", False),
                            models.Q(("sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_print_run_that_is_made_has_its_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "carrier",
                    models.CharField(
                        choices=[
                            ("by_hand", "Printed and posted by hand"),
                            ("lob", "Printed and posted by Lob"),
                        ],
                        default="by_hand",
                        max_length=12,
                        verbose_name="carrier",
                    ),
                ),
                (
                    "carrier_id",
                    models.CharField(blank=True, max_length=80, verbose_name="the carrier’s number"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("standard", "Standard"),
                            ("first", "First class"),
                            ("signed", "Signed for"),
                            ("registered", "Registered"),
                            ("courier", "Courier"),
                        ],
                        default="standard",
                        max_length=10,
                        verbose_name="class",
                    ),
                ),
                ("postage", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="postage")),
                (
                    "paper",
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="paper and print"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("tracking", models.CharField(blank=True, max_length=60, verbose_name="tracking number")),
                ("posted_at", models.DateTimeField(verbose_name="posted")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("handing", "Being handed to the carrier"),
                            ("handed", "With the carrier"),
                            ("posted", "In the post"),
                            ("arrived", "Delivered"),
                            ("cancelled", "Cancelled in time"),
                            ("refused", "Not taken by the carrier"),
                        ],
                        db_default="posted",
                        default="posted",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "cancel_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="can be cancelled until"),
                ),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="expected")),
                ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered")),
                ("proof_id", models.UUIDField(blank=True, null=True, verbose_name="proof")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="came back")),
                (
                    "returned_because",
                    models.CharField(blank=True, max_length=240, verbose_name="why it came back"),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="messages_app.letter",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="postings",
                        to="messages_app.printrun",
                        verbose_name="print run",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
                "verbose_name_plural": "postings",
                "ordering": ["-posted_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paper__gte", 0), ("postage__gte", 0)),
                        name="postage_is_paid_or_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_because", ""), ("returned_at__isnull", False), _connector="OR"
                        ),
                        name="only_what_came_back_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintRunLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("standard", "Standard"),
                            ("first", "First class"),
                            ("signed", "Signed for"),
                            ("registered", "Registered"),
                            ("courier", "Courier"),
                        ],
                        default="standard",
                        max_length=10,
                        verbose_name="class",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("first_page", models.PositiveIntegerField(default=0, verbose_name="from page")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="messages_app.letter",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="messages_app.printrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter in a print run",
                "verbose_name_plural": "letters in print runs",
                "ordering": ["run", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("run"), models.F("letter"), name="a_letter_is_in_a_run_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedPost",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("registered", "Registered or signed for"),
                            ("legal", "From a court or an authority"),
                            ("personal", "Marked personal"),
                            ("parcel", "Parcel"),
                        ],
                        default="ordinary",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("came", "To be passed on"), ("passed_on", "Passed on")],
                        default="came",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("sender", models.CharField(blank=True, max_length=160, verbose_name="from")),
                (
                    "tracking",
                    models.CharField(blank=True, max_length=60, verbose_name="number on the envelope"),
                ),
                ("came_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="came")),
                ("promised_at", models.DateTimeField(verbose_name="passed on by")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                ("scan_id", models.UUIDField(blank=True, null=True)),
                ("scan_sha256", models.CharField(blank=True, max_length=64)),
                ("passed_on_at", models.DateTimeField(blank=True, null=True, verbose_name="passed on")),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("here", "Here"),
                            ("sent_on", "Sent on to the client"),
                            ("collected", "Collected"),
                            ("returned", "Returned to the sender"),
                            ("shredded", "Shredded"),
                        ],
                        default="here",
                        max_length=9,
                        verbose_name="paper",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="where it lies")),
                ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="since")),
                (
                    "gone_tracking",
                    models.CharField(blank=True, max_length=60, verbose_name="tracking number"),
                ),
                ("shred_on", models.DateField(blank=True, null=True, verbose_name="to be shredded on")),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open it"),
                            ("send_on", "Send it on to me"),
                            ("return", "Return it to the sender"),
                            ("shred", "Shred it"),
                            ("keep", "Keep it"),
                        ],
                        max_length=7,
                        verbose_name="the client’s wish",
                    ),
                ),
                ("wished_at", models.DateTimeField(blank=True, null=True, verbose_name="wished")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_post",
                        to="clients.client",
                    ),
                ),
                (
                    "gone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="messages_app.message",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passed_on_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wished_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "received post",
                "verbose_name_plural": "received post",
                "ordering": ["-came_at", "-id"],
                "indexes": [
                    models.Index(fields=["client", "-came_at"], name="post_of_client"),
                    models.Index(
                        condition=models.Q(("paper", "here"), ("shred_on__isnull", False)),
                        fields=["shred_on"],
                        name="post_to_be_shredded",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("number"), name="a_received_posts_number_is_used_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passed_on_at", None), ("state", "came")),
                            models.Q(("passed_on_at__isnull", False), ("state", "passed_on")),
                            _connector="OR",
                        ),
                        name="post_passed_on_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gone_at", None), ("paper", "here")),
                            models.Q(models.Q(("paper", "here"), _negated=True), ("gone_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="paper_that_is_gone_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="reply")),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                ("how", models.CharField(default="portal", max_length=8)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.contact"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="messages_app.message",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RequestFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("voice", "Voice note"), ("photograph", "Photograph")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("media_id", models.UUIDField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "seconds",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="length, seconds"),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="messages_app.clientrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a request",
                "verbose_name_plural": "files of requests",
                "ordering": ["request", "id"],
            },
        ),
        migrations.CreateModel(
            name="SendingDomain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("domain", models.CharField(max_length=190, verbose_name="domain")),
                ("selectors", models.JSONField(blank=True, default=list, verbose_name="DKIM selectors")),
                (
                    "include",
                    models.CharField(blank=True, max_length=190, verbose_name="what SPF must include"),
                ),
                (
                    "stands",
                    models.BooleanField(blank=True, null=True, verbose_name="mail in its name is believed"),
                ),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="what was found")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                (
                    "due_at",
                    models.DateTimeField(default=secretariat.clock.now, verbose_name="looked at again"),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "verbose_name": "domain that mail is sent in the name of",
                "verbose_name_plural": "domains that mail is sent in the name of",
                "ordering": ["domain", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("domain"), name="a_client_has_a_domain_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SerialLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("asked", "With the client"),
                            ("change", "The client asks for a change"),
                            ("making", "Being set"),
                            ("ready", "To be posted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("din-a", "DIN 5008 form A, DL window"),
                            ("din-b", "DIN 5008 form B, DL window"),
                            ("uk-dl", "A4, British DL window"),
                            ("us-10", "US letter, #10 window"),
                        ],
                        max_length=6,
                        verbose_name="envelope",
                    ),
                ),
                ("dated_on", models.DateField(verbose_name="date")),
                ("subject", models.CharField(blank=True, max_length=160, verbose_name="subject")),
                ("salutation", models.CharField(blank=True, max_length=120, verbose_name="salutation")),
                ("body", models.TextField(blank=True, max_length=20000, verbose_name="words")),
                ("closing", models.CharField(blank=True, max_length=120, verbose_name="closing")),
                (
                    "enclosures",
                    models.TextField(blank=True, max_length=1000, verbose_name="enclosures, a line each"),
                ),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                (
                    "shown_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first shown to the client"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("wish", models.TextField(blank=True, max_length=2000, verbose_name="what is to be changed")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="all set")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="messages_app.lettertemplate",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "serial letter",
                "verbose_name_plural": "serial letters",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["client", "-created_at"], name="messages_ap_client__bd41cb_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="TextAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="to")),
                ("words", models.TextField(max_length=480, verbose_name="words")),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("sent", "Sent"),
                            ("delivered", "Arrived"),
                            ("failed", "Did not arrive"),
                            ("unknown", "Not known whether it arrived"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("receipt", models.CharField(blank=True, max_length=64, verbose_name="receipt")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "to_text",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="messages_app.inboundtext",
                        verbose_name="answers",
                    ),
                ),
            ],
            options={
                "verbose_name": "text sent back",
                "verbose_name_plural": "texts sent back",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="messages_app.lettertemplate",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="messages_app.mailthread",
            ),
        ),
        migrations.AddField(
            model_name="mailthread",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="messages_app.message",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="messages_app.message",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="serial",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="messages_app.serialletter",
                verbose_name="copy of",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("message_id", ""), _negated=True),
                fields=["mailbox", "message_id"],
                name="mails_by_id",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["thread", "at"], name="mails_of_thread"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["at"], name="mails_by_time"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("acknowledged_at__isnull", False)),
                fields=["mailbox", "sender", "-acknowledged_at"],
                name="mails_acknowledged",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=django.contrib.postgres.indexes.GinIndex(fields=["found"], name="mails_by_words"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                models.F("mailbox"), models.F("key"), name="a_mail_is_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="mailthread",
            index=models.Index(fields=["client", "-last_at", "-id"], name="threads_of_client"),
        ),
        migrations.AddIndex(
            model_name="mailthread",
            index=models.Index(fields=["-last_at", "-id"], name="threads_by_time"),
        ),
        migrations.AddIndex(
            model_name="mailthread",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["client", "promised_at"], name="threads_open"
            ),
        ),
        migrations.AddIndex(
            model_name="mailthread",
            index=models.Index(fields=["mailbox", "subject_key", "-last_at"], name="threads_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="mailthread",
            constraint=models.CheckConstraint(
                condition=models.Q(("claimed_by", None), ("claimed_at__isnull", False), _connector="OR"),
                name="a_claim_has_its_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("receipt", ""), _negated=True),
                fields=["receipt"],
                name="delivery_by_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                models.F("message"),
                models.F("contact"),
                models.F("channel"),
                models.F("address"),
                models.F("turn"),
                name="a_message_goes_once_to_an_address_each_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["client", "-created_at"], name="messages_ap_client__ee1e1e_idx"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                models.F("client"), models.F("number"), name="a_letters_number_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "asked", "change", "making", "withdrawn"]),
                    models.Q(("sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_letter_to_be_posted_has_its_paper",
            ),
        ),
    ]
