"""Everything the models say, as of the first release."""

import datetime
import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import secretariat.clock
import secretariat.ids
from secretariat.in_steps import InSteps


class Migration(InSteps):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("clients", "0001_initial"),
        ("clients", "0002_holidays_and_closures"),
        ("clients", "0003_put_through"),
        ("clients", "0004_who_is_offered"),
        ("clients", "0005_windows_and_stand_ins"),
        ("clients", "0006_ladder_and_suppression"),
        ("clients", "0007_what_may_leave"),
        ("clients", "0008_handed_on"),
        ("clients", "0009_bulletins"),
        ("clients", "0010_other_numbers"),
        ("clients", "0011_address_checks"),
        ("clients", "0012_data_copies"),
        ("clients", "0013_during_meetings"),
        ("clients", "0014_on_call_lists"),
        ("clients", "0015_other_work"),
        ("clients", "0016_postal_addresses"),
        ("clients", "0017_writing_mail"),
        ("clients", "0018_promised_dictation"),
        ("clients", "0019_address_imports"),
        ("clients", "0020_writing_letters"),
        ("clients", "0021_requirements"),
        ("clients", "0022_confidentiality"),
        ("clients", "0023_typing_and_post"),
        ("clients", "0024_transcribed_dictation"),
        ("clients", "0025_practice"),
        ("clients", "0026_answered_requests"),
        ("clients", "0027_why_sent_to_again"),
        ("clients", "0028_service_suspensions"),
    ]

    dependencies = [
        ("office", "0001_first_release"),
        ("office", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("zone", models.CharField(default="Europe/London", max_length=64, verbose_name="time zone")),
                (
                    "language",
                    models.CharField(default="en-GB", max_length=12, verbose_name="language callers speak"),
                ),
                ("country", models.CharField(default="GB", max_length=2, verbose_name="country")),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=12,
                        verbose_name="region, for its holidays",
                    ),
                ),
                ("holidays_until", models.DateField(blank=True, editable=False, null=True)),
                ("currency", models.CharField(default="GBP", max_length=3, verbose_name="currency")),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("plum", "Plum"),
                            ("teal", "Teal"),
                            ("rust", "Rust"),
                            ("indigo", "Indigo"),
                            ("moss", "Moss"),
                            ("ochre", "Ochre"),
                            ("slate", "Slate"),
                            ("rose", "Rose"),
                        ],
                        default="plum",
                        max_length=8,
                        verbose_name="colour band",
                    ),
                ),
                (
                    "answer_phrase",
                    models.CharField(
                        default="{greeting}, {client}, {secretary} speaking. How may I help?",
                        max_length=240,
                        verbose_name="answer phrase",
                    ),
                ),
                (
                    "closed_phrase",
                    models.CharField(blank=True, max_length=240, verbose_name="answer phrase when closed"),
                ),
                (
                    "holiday_phrase",
                    models.CharField(blank=True, max_length=240, verbose_name="answer phrase on holidays"),
                ),
                (
                    "pronunciation",
                    models.CharField(blank=True, max_length=120, verbose_name="how the name is said"),
                ),
                ("good_to_know", models.TextField(blank=True, verbose_name="good to know, a line each")),
                (
                    "partial_messages",
                    models.BooleanField(
                        default=False, verbose_name="a message may be unfinished when the caller hung up"
                    ),
                ),
                (
                    "read_back_required",
                    models.BooleanField(default=False, verbose_name="numbers must be read back"),
                ),
                (
                    "wrap_up_seconds",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="time to finish a call, seconds"
                    ),
                ),
                (
                    "shows_caller_number",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="whom we put through sees the caller’s number, where the carrier allows it",
                    ),
                ),
                (
                    "other_numbers",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="secretaries may put callers through to numbers that are not entered here",
                    ),
                ),
                (
                    "offer_seconds",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(5)],
                        verbose_name="an offered call rings for, seconds",
                    ),
                ),
                (
                    "second_calls",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nobody", "Nobody: the caller waits"),
                            ("own", "The client's own secretaries"),
                            ("everybody", "Everybody who answers for the client"),
                        ],
                        db_default="",
                        default="",
                        help_text="Empty: as the firm does it.",
                        max_length=9,
                        verbose_name="a second call, when nobody is free, is offered to",
                    ),
                ),
                (
                    "level_needed",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "A1"),
                            (2, "A2"),
                            (3, "B1"),
                            (4, "B2"),
                            (5, "C1"),
                            (6, "C2"),
                            (7, "First language"),
                        ],
                        db_default=4,
                        default=4,
                        verbose_name="level in the callers' language that the pool needs",
                    ),
                ),
                (
                    "dictation_minutes",
                    models.PositiveIntegerField(
                        db_default=240,
                        default=240,
                        validators=[django.core.validators.MinValueValidator(5)],
                        verbose_name="dictation is typed within, minutes",
                    ),
                ),
                (
                    "urgent_dictation_minutes",
                    models.PositiveIntegerField(
                        db_default=60,
                        default=60,
                        validators=[django.core.validators.MinValueValidator(5)],
                        verbose_name="urgent dictation is typed within, minutes",
                    ),
                ),
                (
                    "dictation_transcribed",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="what is dictated may be given to the firm’s transcriber",
                    ),
                ),
                (
                    "never_download",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries never download recordings"
                    ),
                ),
                (
                    "never_print",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries never print messages"
                    ),
                ),
                (
                    "never_export",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries never export lists"
                    ),
                ),
                (
                    "never_copy_out",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries never copy messages out"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="we answer for them")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "client",
                "verbose_name_plural": "clients",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "must_acknowledge",
                    models.BooleanField(default=True, verbose_name="must be acknowledged before a shift"),
                ),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("announced_at", models.DateTimeField(editable=False, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"secretary__isnull": False},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="only for",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
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
                        related_name="bulletins",
                        to="clients.client",
                        verbose_name="only for the team of",
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin",
                "verbose_name_plural": "bulletins",
                "ordering": ["-from_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("client", None), ("person", None), _connector="OR"),
                        name="a_bulletin_is_for_a_team_or_a_person",
                        violation_error_message="Choose a client’s team or one person, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at", None), ("until_at__gt", models.F("from_at")), _connector="OR"
                        ),
                        name="a_bulletin_ends_after_it_begins",
                        violation_error_message="It must end after it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallType",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "handling",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="how it is handled, for the secretary"
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(default=1, verbose_name="urgency to begin with"),
                ),
                ("takes_message", models.BooleanField(default=True, verbose_name="ends in a message")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_default", models.BooleanField(default=False, verbose_name="chosen to begin with")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_types",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "call type",
                "verbose_name_plural": "call types",
                "ordering": ["rank", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("client",),
                        name="one_default_call_type",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "turn",
                    models.CharField(
                        choices=[("own", "Her own secretary"), ("stand_in", "Stand-in"), ("pool", "Pool")],
                        default="own",
                        max_length=8,
                        verbose_name="turn",
                    ),
                ),
                (
                    "terms_accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted the client's terms"),
                ),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="office.secretary",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "team",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("client", "secretary"),
                        name="one_open_assignment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at", None), ("until_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="an_assignment_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressImport",
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
                            ("read", "Read, nothing written yet"),
                            ("done", "In the address book"),
                            ("undone", "Taken back"),
                        ],
                        default="read",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("csv", "Table (CSV)"), ("vcard", "Cards (vCard)")],
                        max_length=5,
                        verbose_name="kind of file",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="read")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="written")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
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
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of addresses",
                "verbose_name_plural": "files of addresses",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("state", "read"), ("undone_at", None)),
                            models.Q(("done_at__isnull", False), ("state", "done"), ("undone_at", None)),
                            models.Q(
                                ("done_at__isnull", False), ("state", "undone"), ("undone_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="an_import_has_the_times_of_its_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("team", "On the team"),
                            ("offer", "Offered a call"),
                            ("call", "Took a call"),
                            ("work", "Owns a piece of work"),
                        ],
                        max_length=5,
                        verbose_name="because",
                    ),
                ),
                ("cause_id", models.UUIDField()),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accesses",
                        to="office.secretary",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accesses",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "access",
                "verbose_name_plural": "access",
                "indexes": [
                    models.Index(
                        fields=["secretary", "client", "until_at"], name="clients_acc_secreta_c18c04_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("secretary"),
                        models.F("because"),
                        models.F("cause_id"),
                        name="a_cause_gives_access_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientRequirement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="As in fr, en-GB.", max_length=12, verbose_name="or language"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "A1"),
                            (2, "A2"),
                            (3, "B1"),
                            (4, "B2"),
                            (5, "C1"),
                            (6, "C2"),
                            (7, "First language"),
                        ],
                        null=True,
                        verbose_name="at least",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.training",
                        verbose_name="training",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement of a client",
                "verbose_name_plural": "requirements of clients",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("language", ""), ("level", None), ("training__isnull", False)),
                            models.Q(
                                models.Q(("language", ""), _negated=True),
                                ("level__isnull", False),
                                ("training", None),
                            ),
                            _connector="OR",
                        ),
                        name="clientrequirement_asks_for_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientTerms",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("words", models.TextField(max_length=8000, verbose_name="terms")),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of confidentiality",
                "verbose_name_plural": "terms of confidentiality",
                "ordering": ["client", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("version"), name="a_version_of_terms_is_one"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("client",),
                        name="one_version_of_terms_is_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("job", models.CharField(blank=True, max_length=80, verbose_name="role")),
                (
                    "pronunciation",
                    models.CharField(blank=True, max_length=120, verbose_name="how the name is said"),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("owner", "Owner: sees and changes everything"),
                            ("delegate", "Delegate: sees and changes everything but people"),
                            ("member", "Member: sees what is addressed to them"),
                        ],
                        default="member",
                        max_length=8,
                        verbose_name="standing",
                    ),
                ),
                (
                    "zone",
                    models.CharField(blank=True, max_length=64, verbose_name="time zone, where it differs"),
                ),
                ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="still there")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contacts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signs in as",
                    ),
                ),
            ],
            options={
                "verbose_name": "person at the client",
                "verbose_name_plural": "people at the client",
                "ordering": ["rank", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="quiet_hours_have_both_ends",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressCheck",
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
                            ("phone", "Telephone"),
                            ("mobile", "Mobile, for calls and texts"),
                            ("email", "E-mail"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=254, verbose_name="number or address")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked for")),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0, verbose_name="wrong tries")),
                ("not_reached", models.BooleanField(default=False, verbose_name="could not be reached")),
                ("passed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "asked_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="address_checks",
                        to="clients.contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of an address",
                "verbose_name_plural": "checks of addresses",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("contact", "kind"),
                        name="one_open_address_check_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed_at", None), ("ended_at", models.F("passed_at")), _connector="OR"
                        ),
                        name="a_passed_address_check_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAddress",
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
                            ("phone", "Telephone"),
                            ("mobile", "Mobile, for calls and texts"),
                            ("email", "E-mail"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=254, verbose_name="number or address")),
                ("label", models.CharField(blank=True, max_length=40, verbose_name="label")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "for_calls",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="callers may be put through to it"
                    ),
                ),
                (
                    "ring_seconds",
                    models.PositiveSmallIntegerField(
                        db_default=25,
                        default=25,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="rings at most, seconds",
                    ),
                ),
                (
                    "no_key",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="A mailbox that picks up counts as reached, too.",
                        verbose_name="whoever picks up has the call, without a key",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="clients.contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "number or address",
                "verbose_name_plural": "numbers and addresses",
                "ordering": ["rank", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("contact"),
                        models.F("kind"),
                        models.F("value"),
                        name="an_address_is_listed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Correspondent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("firm", models.CharField(blank=True, max_length=120, verbose_name="firm")),
                (
                    "pronunciation",
                    models.CharField(blank=True, max_length=120, verbose_name="how the name is said"),
                ),
                ("vip", models.BooleanField(default=False, verbose_name="VIP")),
                ("blocked", models.BooleanField(default=False, verbose_name="blocked")),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="note")),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correspondents",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "correspondent",
                "verbose_name_plural": "correspondents",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="CorrespondentAddress",
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
                        choices=[("phone", "Telephone"), ("email", "E-mail")],
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=254, verbose_name="number or address")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="clients.correspondent",
                    ),
                ),
            ],
            options={
                "verbose_name": "number or address",
                "verbose_name_plural": "numbers and addresses",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"),
                        models.F("kind"),
                        models.F("value"),
                        name="an_address_means_one_correspondent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataCopy",
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
                            ("making", "Being made"),
                            ("ready", "Ready"),
                            ("fetched", "Fetched"),
                            ("failed", "Could not be made"),
                        ],
                        default="making",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked for")),
                ("media_id", models.UUIDField(blank=True, null=True)),
                ("size", models.BigIntegerField(blank=True, null=True, verbose_name="bytes")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="kept until")),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="fetched")),
                (
                    "asked_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "fetched_by",
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
                "verbose_name": "copy of a client’s data",
                "verbose_name_plural": "copies of clients’ data",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "making")),
                        fields=("client",),
                        name="one_data_copy_is_made_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ready", "fetched"]), _negated=True),
                            models.Q(("expires_at__isnull", False), ("media_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_data_copy_that_is_ready_is_kept_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "at_least",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Normal"), (2, "Today"), (3, "Urgent")],
                        default=1,
                        verbose_name="from urgency",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("portal", "Portal"), ("email", "E-mail"), ("text", "Text")],
                        max_length=6,
                        verbose_name="by",
                    ),
                ),
                (
                    "even_if_not_addressed",
                    models.BooleanField(
                        default=False, verbose_name="also when the message is for somebody else"
                    ),
                ),
                (
                    "call_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.calltype",
                        verbose_name="only for",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delivery_rules",
                        to="clients.client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delivery_rules",
                        to="clients.contact",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery rule",
                "verbose_name_plural": "delivery rules",
            },
        ),
        migrations.CreateModel(
            name="ImportedAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="place in the file")),
                ("read", models.JSONField(verbose_name="as read")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("fills", "Adds to somebody known"),
                            ("same", "Known already"),
                            ("clash", "To be decided"),
                            ("nobody", "Without a name"),
                        ],
                        max_length=6,
                        verbose_name="found",
                    ),
                ),
                ("because", models.CharField(blank=True, default="", max_length=12, verbose_name="because")),
                ("earlier", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Leave it out"),
                            ("join", "It is the same: add what is new"),
                            ("apart", "Somebody else: a new entry"),
                        ],
                        default="",
                        max_length=5,
                        verbose_name="decided",
                    ),
                ),
                ("wrote", models.JSONField(blank=True, default=dict, verbose_name="written")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
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
                    "known",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="clients.addressimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of a file of addresses",
                "verbose_name_plural": "entries of files of addresses",
                "ordering": ["of", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("of"), models.F("place"), name="an_entry_of_a_file_is_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ladder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "wait_minutes",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="minutes until the next is tried",
                    ),
                ),
                (
                    "passes",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="times round",
                    ),
                ),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ladder",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "verbose_name": "ladder for urgent messages",
                "verbose_name_plural": "ladders for urgent messages",
                "ordering": ["client"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("passes__gte", 1), ("wait_minutes__gte", 1)),
                        name="a_ladder_has_an_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lapse",
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
                            ("seen", "Somebody saw or heard what was not for her"),
                            ("lost", "A computer, telephone or paper is lost or stolen"),
                            ("sent", "Something went to the wrong person"),
                            ("password", "A password or code was told or guessed"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                        verbose_name="what kind",
                    ),
                ),
                ("what", models.TextField(max_length=2000, verbose_name="what happened")),
                ("reported_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="reported")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("looked", "Being looked into"),
                            ("closed", "Closed"),
                        ],
                        default="reported",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None: nothing was done wrong"),
                            ("talk", "Talked through"),
                            ("training", "Training"),
                            ("warning", "Warning in writing"),
                            ("off_team", "No longer answers for the client"),
                            ("ended", "The contract was ended"),
                        ],
                        max_length=8,
                        verbose_name="consequence",
                    ),
                ),
                (
                    "findings",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what was found, and what was done"
                    ),
                ),
                (
                    "client_told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="the client was told"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client concerned",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "lapse of confidentiality",
                "verbose_name_plural": "lapses of confidentiality",
                "ordering": ["-reported_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                                models.Q(("consequence", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at", None),
                                ("consequence", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_lapse_has_a_consequence_on_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LapseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=1000, verbose_name="words")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
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
                    "lapse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="clients.lapse"
                    ),
                ),
            ],
            options={
                "verbose_name": "note about a lapse",
                "verbose_name_plural": "notes about lapses",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=16, unique=True, verbose_name="number at the carrier"),
                ),
                (
                    "forwarded_from",
                    models.CharField(blank=True, max_length=16, verbose_name="the client's own number"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("forwarded", "The client's own line, forwarded to us"),
                            ("published", "Our number, published by the client"),
                        ],
                        default="forwarded",
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="label")),
                (
                    "answers",
                    models.CharField(
                        choices=[
                            ("always", "Always"),
                            ("when_closed", "When the client is closed"),
                            ("listed", "In the hours listed"),
                        ],
                        default="always",
                        max_length=11,
                        verbose_name="we answer",
                    ),
                ),
                (
                    "ring_seconds",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="rings before the greeting, seconds"
                    ),
                ),
                (
                    "voicemail_after_seconds",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="voicemail when nobody answered, seconds"
                    ),
                ),
                (
                    "greeting",
                    models.CharField(
                        blank=True, max_length=480, verbose_name="greeting while a caller waits"
                    ),
                ),
                (
                    "voicemail_greeting",
                    models.CharField(blank=True, max_length=480, verbose_name="voicemail greeting"),
                ),
                (
                    "recording_notice",
                    models.CharField(
                        blank=True,
                        max_length=240,
                        verbose_name="recording notice; without one nothing is recorded",
                    ),
                ),
                (
                    "announce_place",
                    models.BooleanField(default=False, verbose_name="tell callers their place in the queue"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "verbose_name": "line",
                "verbose_name_plural": "lines",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "callers",
                    models.CharField(
                        choices=[
                            ("anyone", "Anyone"),
                            ("people", "These people"),
                            ("numbers", "These numbers"),
                            ("companies", "These firms"),
                            ("vips", "VIPs"),
                            ("unknown", "Unknown callers"),
                        ],
                        default="anyone",
                        max_length=9,
                        verbose_name="for",
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="numbers",
                    ),
                ),
                (
                    "companies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="firms",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("message", "Take a message"),
                            ("put_through", "Put through"),
                            ("voicemail", "Voicemail"),
                            ("refuse", "Refuse"),
                        ],
                        default="message",
                        max_length=11,
                        verbose_name="then",
                    ),
                ),
                (
                    "directly",
                    models.BooleanField(db_default=False, default=False, verbose_name="without a secretary"),
                ),
                (
                    "in_meetings",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "As usual: nobody in a meeting is put through"),
                            ("also", "Also during meetings"),
                            ("only", "During meetings only"),
                        ],
                        db_default="",
                        default="",
                        max_length=4,
                        verbose_name="during meetings",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=480, verbose_name="for the secretary")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        db_default=[],
                        default=list,
                        size=None,
                        verbose_name="on",
                    ),
                ),
                ("from_time", models.TimeField(blank=True, null=True, verbose_name="from, time of day")),
                ("until_time", models.TimeField(blank=True, null=True, verbose_name="until, time of day")),
                ("from_at", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("written_at", models.DateTimeField(default=secretariat.clock.now)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.calltype",
                        verbose_name="only when the call is about",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instructions",
                        to="clients.client",
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="clients.correspondent", verbose_name="people"
                    ),
                ),
                (
                    "put_through_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="put through to",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.line",
                        verbose_name="only on this line",
                    ),
                ),
            ],
            options={
                "verbose_name": "instruction",
                "verbose_name_plural": "instructions",
                "ordering": ["-written_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("replaced_at", None)),
                        fields=["client"],
                        name="spoken_instructions",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("series",),
                        name="one_version_of_an_instruction_speaks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at", None),
                            ("from_at", None),
                            ("until_at__gt", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="an_instruction_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                        name="a_week_has_seven_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("call_type", None), ("action__in", ["message", "put_through"]), _connector="OR"
                        ),
                        name="a_call_type_is_known_once_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "put_through"), _negated=True),
                            ("put_through_to__isnull", False),
                            _connector="OR",
                        ),
                        name="put_through_names_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("directly", False), ("action", "put_through"), _connector="OR"),
                        name="only_put_through_goes_without_a_secretary",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_at", None), _negated=True),
                            ("replaced_by", None),
                            _connector="OR",
                        ),
                        name="a_version_that_speaks_has_no_replacer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "until_on",
                    models.DateField(blank=True, null=True, verbose_name="last day, where there are several"),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("closed", "Closed all day"),
                            ("half", "Open for part of the day"),
                            ("open", "Open as usual"),
                            ("asked", "Not answered yet"),
                        ],
                        db_default="closed",
                        default="closed",
                        max_length=6,
                        verbose_name="the client is",
                    ),
                ),
                ("opens", models.TimeField(blank=True, null=True, verbose_name="open from")),
                ("closes", models.TimeField(blank=True, null=True, verbose_name="open until")),
                (
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="a public holiday"
                    ),
                ),
                ("said_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holidays",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "said_by",
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
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.line",
                        verbose_name="only on this line",
                    ),
                ),
            ],
            options={
                "verbose_name": "holiday or closure",
                "verbose_name_plural": "holidays and closures",
                "ordering": ["on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"),
                        models.F("on"),
                        condition=models.Q(("is_public", True)),
                        name="a_public_holiday_is_asked_about_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("on")), _connector="OR"
                        ),
                        name="a_closure_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opens__isnull", False), ("says", "half")),
                            models.Q(("closes__isnull", False), ("says", "half")),
                            models.Q(
                                models.Q(("says", "half"), _negated=True), ("closes", None), ("opens", None)
                            ),
                            _connector="OR",
                        ),
                        name="part_of_a_day_has_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens", None),
                            ("closes", None),
                            ("closes__gt", models.F("opens")),
                            _connector="OR",
                        ),
                        name="part_of_a_day_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineHours",
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
                        choices=[("open", "The client is open"), ("answered", "We answer")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="day",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="from")),
                ("closes", models.TimeField(verbose_name="until")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="clients.line"
                    ),
                ),
            ],
            options={
                "verbose_name": "hours",
                "verbose_name_plural": "hours",
                "ordering": ["kind", "weekday", "opens"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes", datetime.time(0, 0)),
                            ("closes__gt", models.F("opens")),
                            _connector="OR",
                        ),
                        name="hours_close_after_they_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NeededSkill",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needed_skills",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.skill",
                        verbose_name="skill",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill the pool needs",
                "verbose_name_plural": "skills the pool needs",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("skill"), name="a_skill_is_needed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OnCallList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "turns",
                    models.CharField(
                        choices=[
                            ("stays", "Always in this order"),
                            ("daily", "Each is first for a day"),
                            ("weekly", "Each is first for a week"),
                        ],
                        default="stays",
                        max_length=6,
                        verbose_name="turns",
                    ),
                ),
                ("changes_over", models.TimeField(default="08:00", verbose_name="change-over at")),
                ("since", models.DateField(verbose_name="the first person’s turn began on")),
                ("from_time", models.TimeField(blank=True, null=True, verbose_name="from, time of day")),
                ("until_time", models.TimeField(blank=True, null=True, verbose_name="until, time of day")),
                ("written_at", models.DateTimeField(default=secretariat.clock.now)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="on_call_lists",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
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
                "verbose_name": "on-call list",
                "verbose_name_plural": "on-call lists",
                "ordering": ["name", "-written_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("replaced_at", None)), fields=["client"], name="on_call_lists_now"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("series",),
                        name="one_version_of_an_on_call_list_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_time", None), ("until_time", None)),
                            models.Q(("from_time__isnull", False), ("until_time__isnull", False)),
                            _connector="OR",
                        ),
                        name="hours_on_call_have_both_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OnCallReplacement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.UUIDField(editable=False)),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("until_at", models.DateTimeField(verbose_name="until")),
                ("written_at", models.DateTimeField(default=secretariat.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "written_by",
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
                "verbose_name": "others on call for some days",
                "verbose_name_plural": "others on call for some days",
                "ordering": ["from_at", "id"],
                "indexes": [
                    models.Index(fields=["client", "until_at"], name="clients_onc_client__701221_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("from_at"))),
                        name="others_on_call_end_after_they_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OnCallPlace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="on_call_places",
                        to="clients.contact",
                        verbose_name="who",
                    ),
                ),
                (
                    "on_call_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="clients.oncalllist",
                    ),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="clients.oncallreplacement",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in an on-call list",
                "verbose_name_plural": "places in on-call lists",
                "ordering": ["rank", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("on_call_list__isnull", False), ("replacement", None)),
                            models.Q(("on_call_list", None), ("replacement__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_place_is_in_one_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostalAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("street", models.TextField(max_length=240, verbose_name="street, a line each")),
                ("city", models.CharField(max_length=120, verbose_name="town")),
                ("postcode", models.CharField(blank=True, max_length=20, verbose_name="postcode")),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region or state")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("noted_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postal_addresses",
                        to="clients.correspondent",
                    ),
                ),
            ],
            options={
                "verbose_name": "postal address",
                "verbose_name_plural": "postal addresses",
                "ordering": ["-noted_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "part",
                    models.TextField(
                        max_length=1000, verbose_name="who you play, and what that caller wants"
                    ),
                ),
                ("copy", models.JSONField(default=dict, editable=False)),
                ("begun_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                ("contact", models.CharField(blank=True, max_length=120, verbose_name="for")),
                ("call_type", models.CharField(blank=True, max_length=60, verbose_name="about")),
                ("caller_name", models.CharField(blank=True, max_length=120, verbose_name="caller’s name")),
                ("call_back_on", models.CharField(blank=True, max_length=40, verbose_name="call back on")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="message")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="written")),
                (
                    "went_well",
                    models.BooleanField(blank=True, null=True, verbose_name="well enough for a real call"),
                ),
                (
                    "judgement",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what was good, and what to do otherwise"
                    ),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="talked through")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="played by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practices",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice call",
                "verbose_name_plural": "practice calls",
                "ordering": ["-begun_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_at", None), ("went_well", None)),
                            models.Q(
                                ("judged_at__isnull", False),
                                ("went_well__isnull", False),
                                ("written_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_practice_is_judged_once_it_is_written",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("caption", models.CharField(max_length=80, verbose_name="caption")),
                ("help", models.CharField(blank=True, max_length=160, verbose_name="help")),
                ("say", models.CharField(blank=True, max_length=240, verbose_name="line to say")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "A line"),
                            ("long", "Several lines"),
                            ("phone", "Telephone number"),
                            ("email", "E-mail address"),
                            ("date", "Day"),
                            ("time", "Time"),
                            ("choice", "One of several"),
                            ("yes_no", "Yes or no"),
                            ("number", "Number"),
                            ("address", "Address"),
                        ],
                        default="short",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="choices",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "call_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prompts",
                        to="clients.calltype",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
            ],
            options={
                "verbose_name": "prompt",
                "verbose_name_plural": "prompts",
                "ordering": ["rank", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "on_call",
                    models.BooleanField(db_default=False, default=False, verbose_name="whoever is on call"),
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
                (
                    "wait_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="minutes until the next, where it differs",
                    ),
                ),
                ("every_pass", models.BooleanField(default=True, verbose_name="each time round")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rungs",
                        to="clients.contact",
                        verbose_name="who",
                    ),
                ),
                (
                    "ladder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rungs", to="clients.ladder"
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the ladder",
                "verbose_name_plural": "steps of the ladder",
                "ordering": ["rank", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", False), ("on_call", False)),
                            models.Q(("contact", None), ("on_call", True)),
                            _connector="OR",
                        ),
                        name="a_step_is_for_somebody_or_for_whoever_is_on_call",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceSuspension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "bills",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("callers_hear", models.CharField(max_length=300, verbose_name="what callers hear")),
                (
                    "urgent_callers",
                    models.CharField(max_length=300, verbose_name="what urgent callers can still do"),
                ),
                (
                    "announced_at",
                    models.DateTimeField(default=secretariat.clock.now, verbose_name="announced"),
                ),
                ("notified_at", models.DateTimeField(blank=True, null=True, verbose_name="the notice left")),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="begun")),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Announced or in force"),
                            ("paid", "Paid"),
                            ("withdrawn", "Taken back"),
                            ("untold", "The client could not be told in time"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="ended",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "because",
                    models.CharField(blank=True, max_length=240, verbose_name="why it was taken back"),
                ),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="announced by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_suspensions",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension of a client",
                "verbose_name_plural": "suspensions of clients",
                "ordering": ["-announced_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended", "")),
                        fields=("client",),
                        name="a_client_is_suspended_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notified_at", None),
                            (
                                "from_at__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("notified_at"), "+", models.Value(datetime.timedelta(days=7))
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="no_suspension_without_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ended_at", None)),
                            models.Q(models.Q(("ended", ""), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_suspension_that_ended_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("callers_hear", ""), _negated=True),
                            models.Q(("urgent_callers", ""), _negated=True),
                        ),
                        name="callers_are_told_of_a_suspension",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Status",
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
                            ("available", "Available"),
                            ("meeting", "In a meeting"),
                            ("out", "Out"),
                            ("lunch", "At lunch"),
                            ("busy", "Do not disturb"),
                            ("gone", "Gone for the day"),
                            ("away", "Away"),
                        ],
                        max_length=9,
                        verbose_name="where",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="in words")),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="what to tell callers")),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(verbose_name="until")),
                ("set_at", models.DateTimeField(default=secretariat.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="clients.client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="clients.contact",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="who stands in",
                    ),
                ),
            ],
            options={
                "verbose_name": "where somebody is",
                "verbose_name_plural": "where people are",
                "ordering": ["-set_at"],
                "indexes": [
                    models.Index(fields=["client", "until_at"], name="clients_sta_client__064487_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("from_at"))),
                        name="a_status_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in", None),
                            models.Q(("stand_in", models.F("contact")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_stands_in_for_herself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
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
                ("address", models.CharField(max_length=254, verbose_name="number or address")),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("stop", "Texted STOP"),
                            ("refused", "The carrier says that they opted out"),
                            ("bounced", "Mail came back for good"),
                            ("complained", "Marked our mail as unwanted"),
                        ],
                        max_length=10,
                        verbose_name="because",
                    ),
                ),
                ("since", models.DateTimeField(default=secretariat.clock.now, verbose_name="since")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "lifted_why",
                    models.CharField(
                        blank=True, db_default="", max_length=240, verbose_name="why it is sent to again"
                    ),
                ),
                (
                    "lifted_by",
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
                "verbose_name": "address we do not send to",
                "verbose_name_plural": "addresses we do not send to",
                "ordering": ["-since"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("channel"),
                        models.F("address"),
                        condition=models.Q(("lifted_at", None)),
                        name="an_address_is_suppressed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="accepted")),
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="clients.clientterms",
                    ),
                ),
            ],
            options={
                "verbose_name": "acceptance of terms",
                "verbose_name_plural": "acceptances of terms",
                "ordering": ["-accepted_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("terms"), models.F("secretary"), name="terms_are_accepted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("because", models.CharField(blank=True, max_length=240, verbose_name="because")),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Normal"), (2, "Today"), (3, "Urgent")],
                        default=1,
                        verbose_name="urgency",
                    ),
                ),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="promised by")),
                ("owner_since", models.DateTimeField(blank=True, null=True, verbose_name="hers since")),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=240,
                        verbose_name="note from whoever had it before",
                    ),
                ),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("outcome", models.CharField(blank=True, max_length=240, verbose_name="what was done")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work_items",
                        to="clients.client",
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
                    "handed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="work_items",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of work",
                "verbose_name_plural": "work",
                "ordering": ["-urgency", "promised_at", "created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["client"], name="open_work_of_client"
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["owner"], name="open_work_of_owner"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("kind", "subject_kind", "subject_id"),
                        name="a_piece_of_work_is_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), _negated=True),
                            models.Q(("done_by", None), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="only_finished_work_has_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkRecord",
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
                            ("ring", "Ringing"),
                            ("talk", "Talking"),
                            ("hold", "On hold"),
                            ("asking", "Asking"),
                            ("put_through", "Put through"),
                            ("wrap_up", "Wrap-up"),
                            ("check_in", "Check-in"),
                            ("other", "Other work"),
                            ("mail", "Writing mail"),
                            ("letter", "Writing letters"),
                            ("dictation", "Typing dictation"),
                            ("post", "Handling post"),
                            ("request", "Answering requests"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("started_at", models.DateTimeField(verbose_name="from")),
                ("ended_at", models.DateTimeField(verbose_name="until")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_records",
                        to="clients.client",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "time worked",
                "verbose_name_plural": "time worked",
                "ordering": ["started_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))),
                        name="work_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        models.F("subject_kind"),
                        models.F("subject_id"),
                        models.F("kind"),
                        models.F("started_at"),
                        name="a_second_is_recorded_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="read")),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="clients.bulletin",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of a bulletin",
                "verbose_name_plural": "readings of bulletins",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("bulletin"), models.F("user"), name="a_bulletin_is_read_once"
                    )
                ],
            },
        ),
    ]
