"""Everything the models say, as of the first release."""

import django.db.models.deletion
from django.db import migrations, models

import secretariat.clock
import secretariat.ids
from secretariat.in_steps import InSteps


class Migration(InSteps):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("calls", "0001_initial"),
        ("calls", "0002_calls_by_time"),
        ("calls", "0003_put_through"),
        ("calls", "0004_second_calls"),
        ("calls", "0005_strangers"),
        ("calls", "0006_retention"),
        ("calls", "0007_rung_for_the_diary"),
        ("calls", "0008_dictation"),
        ("calls", "0009_dictated_on_calls"),
        ("calls", "0010_transcripts"),
        ("calls", "0011_calls_in_their_order"),
    ]

    dependencies = [
        ("calendar_app", "0001_first_release"),
        ("clients", "0001_first_release"),
        ("office", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="DictationLine",
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
                ("label", models.CharField(blank=True, max_length=60, verbose_name="label")),
                (
                    "language",
                    models.CharField(
                        default="en-GB", max_length=12, verbose_name="language that is spoken there"
                    ),
                ),
                (
                    "recording_notice",
                    models.CharField(
                        blank=True,
                        max_length=240,
                        verbose_name="recording notice; without one nothing is recorded",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "dictation line",
                "verbose_name_plural": "dictation lines",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="BookedDictation",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="who dictates",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dictation",
                        to="calendar_app.meeting",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="who types",
                    ),
                ),
            ],
            options={
                "verbose_name": "booked dictation",
                "verbose_name_plural": "booked dictation",
                "ordering": ["-meeting__starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("carrier", models.CharField(default="twilio", max_length=12)),
                ("carrier_id", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ringing", "Ringing"),
                            ("talking", "Talking"),
                            ("through", "Put through, and talking"),
                            ("wrap_up", "Wrapping up"),
                            ("voicemail", "Leaving a voicemail"),
                            ("closed", "Closed"),
                        ],
                        default="ringing",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None yet"),
                            ("message", "Message taken"),
                            ("no_message", "No message"),
                            ("voicemail", "Voicemail left"),
                            ("abandoned", "Caller hung up before an answer"),
                            ("unanswered", "Nobody could answer, and nothing was left"),
                            ("refused", "Refused"),
                            ("put_through", "Put through"),
                            ("looped", "Came round in a loop"),
                            ("failed", "Failed"),
                        ],
                        default="",
                        max_length=11,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "no_message_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hung_up", "Caller hung up"),
                            ("dead_air", "Nobody spoke"),
                            ("automated", "Automated call"),
                            ("sales", "Sales call"),
                            ("call_type", "This kind of call needs no message"),
                            ("wrong_number", "Wrong number"),
                            ("informed", "Wanted basic information, and has it"),
                            ("forwarding", "The client was forwarding the line"),
                            ("test", "Test call"),
                            ("unruly", "Caller was abusive"),
                            ("repeated", "Called again and would leave nothing"),
                            ("client_called", "The client rang for messages"),
                            ("elsewhere", "Will try elsewhere"),
                            ("looped", "Came round in a loop"),
                            ("web_form", "Used the form on the website"),
                            ("calls_back", "Will call back"),
                        ],
                        max_length=40,
                        verbose_name="why no message",
                    ),
                ),
                (
                    "caller_number",
                    models.CharField(blank=True, max_length=16, verbose_name="caller's number"),
                ),
                ("caller_as_sent", models.CharField(blank=True, max_length=80)),
                ("caller_name", models.CharField(blank=True, max_length=120, verbose_name="caller")),
                ("caller_firm", models.CharField(blank=True, max_length=120, verbose_name="caller's firm")),
                ("caller_say", models.CharField(blank=True, max_length=120)),
                (
                    "nth_call",
                    models.PositiveIntegerField(default=1, verbose_name="how many times she has called"),
                ),
                ("forwarded_from", models.CharField(blank=True, max_length=32)),
                ("call_token", models.TextField(blank=True, db_default="", default="")),
                ("route", models.CharField(blank=True, max_length=12)),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("passed_over", models.JSONField(blank=True, default=list)),
                ("guidance", models.JSONField(blank=True, default=dict)),
                ("conference_id", models.CharField(blank=True, max_length=64)),
                ("rang_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="rang")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="on hold since")),
                ("through_at", models.DateTimeField(blank=True, null=True, verbose_name="put through")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("ended_by", models.CharField(blank=True, max_length=9)),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("voicemail_at", models.DateTimeField(blank=True, null=True)),
                ("more_time", models.BooleanField(default=False)),
                ("emptied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("parked_at", models.DateTimeField(blank=True, null=True, verbose_name="put aside")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "call_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.calltype",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
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
                        related_name="calls",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="clients.line",
                        verbose_name="line",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="office.secretary",
                        verbose_name="answered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-rang_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DictationCall",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("carrier_id", models.CharField(max_length=64, unique=True)),
                ("caller_number", models.CharField(blank=True, max_length=16, verbose_name="from")),
                ("asked_number", models.CharField(blank=True, max_length=6)),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("began_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="began")),
                ("known_at", models.DateTimeField(blank=True, null=True, verbose_name="known since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
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
                        verbose_name="by",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calls.dictationline",
                        verbose_name="line",
                    ),
                ),
            ],
            options={
                "verbose_name": "dictation call",
                "verbose_name_plural": "dictation calls",
                "ordering": ["-began_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("client", None), ("contact", None), ("known_at", None)),
                            models.Q(
                                ("client__isnull", False),
                                ("contact__isnull", False),
                                ("known_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_dictation_call_is_known_or_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dictation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="recorded until")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("line", "Dictation line"),
                            ("room", "On a call with the secretary"),
                            ("file", "File from the portal"),
                            ("browser", "Recorded in the portal"),
                        ],
                        default="line",
                        max_length=7,
                        verbose_name="source",
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("dictating", "Being dictated"),
                            ("waiting", "Waits to be typed"),
                            ("done", "Typed"),
                            ("deleted", "Deleted by whoever dictated it"),
                            ("empty", "Nothing was said"),
                        ],
                        default="dictating",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="note")),
                ("began_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="dictated")),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="promised by")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dictations",
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
                        verbose_name="dictated by",
                    ),
                ),
                (
                    "during",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="dictated",
                        to="calls.call",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dictations",
                        to="calls.dictationcall",
                    ),
                ),
            ],
            options={
                "verbose_name": "dictation",
                "verbose_name_plural": "dictations",
                "ordering": ["-began_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DictationKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=6, unique=True, verbose_name="dictation number")),
                ("pin_hash", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(verbose_name="PIN set")),
                ("failed", models.JSONField(blank=True, default=list)),
                ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="locked")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dictation_key",
                        to="clients.contact",
                        verbose_name="of",
                    ),
                ),
            ],
            options={
                "verbose_name": "dictation PIN",
                "verbose_name_plural": "dictation PINs",
                "ordering": ["contact__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="DictationPart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(verbose_name="place")),
                ("recording_id", models.CharField(blank=True, max_length=64)),
                (
                    "seconds",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="length, seconds"),
                ),
                ("media_id", models.UUIDField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("fetching", "Being fetched from the carrier"),
                            ("ready", "Ready"),
                            ("failed", "Could not be fetched"),
                        ],
                        default="fetching",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "transcript_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Typed by ear"),
                            ("asked", "With the transcriber"),
                            ("ready", "Written down by the transcriber"),
                            ("failed", "The transcriber could not make it out"),
                        ],
                        db_default="",
                        default="",
                        max_length=6,
                        verbose_name="transcript",
                    ),
                ),
                (
                    "transcript",
                    models.TextField(
                        blank=True, db_default="", default="", verbose_name="what the transcriber heard"
                    ),
                ),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "dictation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="calls.dictation",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a dictation",
                "verbose_name_plural": "parts of dictations",
                "ordering": ["dictation", "rank", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("recording_id", ""), _negated=True),
                        fields=("recording_id",),
                        name="a_dictated_recording_is_kept_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leg",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("caller", "Caller"),
                            ("secretary", "Secretary"),
                            ("contact", "Person at the client"),
                        ],
                        max_length=9,
                        verbose_name="party",
                    ),
                ),
                ("to", models.CharField(blank=True, max_length=130)),
                ("carrier", models.CharField(default="twilio", max_length=12)),
                ("carrier_id", models.CharField(blank=True, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("queued", "Queued"),
                            ("initiated", "Initiated"),
                            ("ringing", "Ringing"),
                            ("in-progress", "Connected"),
                            ("completed", "Ended"),
                            ("busy", "Busy"),
                            ("no-answer", "No answer"),
                            ("failed", "Failed"),
                            ("canceled", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=11,
                        verbose_name="carrier's last word",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("in_room", models.BooleanField(default=False)),
                ("held", models.BooleanField(default=False)),
                ("room", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("room_at", models.DateTimeField(blank=True, null=True)),
                ("room_sequence", models.IntegerField(default=-1)),
                ("moving_to", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                ("heard_at", models.DateTimeField(default=secretariat.clock.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="legs", to="calls.call"
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
                "verbose_name": "leg",
                "verbose_name_plural": "legs",
                "ordering": ["created_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["heard_at"], name="live_legs"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("carrier_id", ""), _negated=True),
                        fields=("carrier", "carrier_id"),
                        name="a_leg_is_kept_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingCall",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("of", models.DateTimeField(verbose_name="of the meeting at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("client", "Ringing the client"),
                            ("guests", "Ringing the guests"),
                            ("talking", "Talking"),
                            ("over", "Over"),
                        ],
                        default="client",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None yet"),
                            ("talked", "They talked"),
                            ("no_client", "The client was not reached"),
                            ("no_guest", "No guest was reached"),
                            ("client_left", "The client hung up before a guest was there"),
                            ("no_number", "A number to ring was missing"),
                            ("called_off", "The meeting was moved or cancelled"),
                            ("missed", "We could not ring at the time"),
                        ],
                        max_length=11,
                        verbose_name="what came of it",
                    ),
                ),
                ("line", models.CharField(blank=True, max_length=16)),
                ("numbers", models.JSONField(blank=True, default=list)),
                ("tried", models.PositiveSmallIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("again_at", models.DateTimeField(blank=True, null=True)),
                (
                    "began_at",
                    models.DateTimeField(default=secretariat.clock.now, verbose_name="began to ring"),
                ),
                ("talking_at", models.DateTimeField(blank=True, null=True, verbose_name="talking since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="calendar_app.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting rung by us",
                "verbose_name_plural": "meetings rung by us",
                "ordering": ["-began_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "over"), _negated=True),
                        fields=["again_at"],
                        name="meeting_calls_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "of"), name="a_meeting_is_rung_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "over")),
                            models.Q(models.Q(("state", "over"), _negated=True), ("ended_at", None)),
                            _connector="OR",
                        ),
                        name="a_meeting_call_that_is_over_has_its_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiaryLeg",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("client", "Person at the client"), ("guest", "Guest")],
                        max_length=6,
                        verbose_name="party",
                    ),
                ),
                ("to", models.CharField(max_length=16, verbose_name="number")),
                ("carrier_id", models.CharField(blank=True, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("queued", "Queued"),
                            ("initiated", "Initiated"),
                            ("ringing", "Ringing"),
                            ("in-progress", "Connected"),
                            ("completed", "Ended"),
                            ("busy", "Busy"),
                            ("no-answer", "No answer"),
                            ("failed", "Failed"),
                            ("canceled", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=11,
                        verbose_name="carrier's last word",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("nth", models.PositiveSmallIntegerField(default=1, verbose_name="try")),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                ("heard_at", models.DateTimeField(default=secretariat.clock.now)),
                ("took_at", models.DateTimeField(blank=True, null=True, verbose_name="pressed the key")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="could not")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="calendar_app.guest",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legs",
                        to="calendar_app.meeting",
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legs",
                        to="calendar_app.reminder",
                    ),
                ),
                (
                    "meeting_call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legs",
                        to="calls.meetingcall",
                    ),
                ),
            ],
            options={
                "verbose_name": "line rung for a diary",
                "verbose_name_plural": "lines rung for diaries",
                "ordering": ["created_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["heard_at"], name="live_diary_legs"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meeting_call__isnull", False), ("reminder", None)),
                            models.Q(("meeting_call", None), ("reminder__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_diary_leg_is_for_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("carrier_id", ""), _negated=True),
                        fields=("carrier_id",),
                        name="a_diary_leg_is_kept_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line", models.CharField(max_length=8, verbose_name="by")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Ringing"),
                            ("accepted", "Accepted"),
                            ("declined", "Not now"),
                            ("expired", "Missed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "is_second",
                    models.BooleanField(db_default=False, default=False, verbose_name="second call"),
                ),
                ("unreached", models.BooleanField(db_default=False, default=False)),
                ("because", models.CharField(blank=True, max_length=240, verbose_name="because")),
                ("offered_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="offered")),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("lost_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="calls.call"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "leg",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offer",
                        to="calls.leg",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["offered_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")), fields=["expires_at"], name="pending_offers"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("secretary",),
                        name="one_pending_offer_per_secretary",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lost_at", None), ("state", "accepted")),
                        fields=("call",),
                        name="one_winner_per_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("offered_at"))), name="an_offer_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PutThrough",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=80,
                        verbose_name="to somebody not entered",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("ask", "Asked first"),
                            ("straight", "Put straight through"),
                            ("rule", "By instruction, without a secretary"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("dialling", "Dialling"),
                            ("ringing", "Ringing"),
                            ("announced", "Picked up, and hears who calls"),
                            ("joined", "Took the call, and talks with the secretary"),
                            ("three", "Three of us"),
                            ("crossing", "Going through"),
                            ("done", "Put through"),
                            ("refused", "Refused"),
                            ("unanswered", "Not answered"),
                            ("taken_back", "Taken back"),
                            ("looped", "Came back to us"),
                            ("failed", "Could not be rung"),
                            ("abandoned", "The call ended first"),
                        ],
                        default="dialling",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("numbers", models.JSONField(default=list)),
                ("tried", models.JSONField(blank=True, default=list)),
                ("who", models.CharField(blank=True, max_length=240, verbose_name="who calls")),
                ("why", models.CharField(blank=True, max_length=240, verbose_name="why")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("dialled_at", models.DateTimeField(blank=True, null=True)),
                ("rang_at", models.DateTimeField(blank=True, null=True)),
                ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="took the call")),
                ("give_up_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="asked by",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="put_throughs",
                        to="calls.call",
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
                        related_name="put_throughs",
                        to="clients.contact",
                        verbose_name="to",
                    ),
                ),
                (
                    "leg",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="put_throughs",
                        to="calls.leg",
                    ),
                ),
            ],
            options={
                "verbose_name": "putting through",
                "verbose_name_plural": "putting through",
                "ordering": ["-asked_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["dialling", "ringing", "announced"])),
                        fields=["give_up_at"],
                        name="put_throughs_being_tried",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["dialling", "ringing", "announced", "joined", "three", "crossing"])
                        ),
                        fields=("call",),
                        name="a_caller_is_put_through_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ["dialling", "ringing", "announced", "joined", "three", "crossing"],
                                    )
                                ),
                                ("ended_at", None),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ["dialling", "ringing", "announced", "joined", "three", "crossing"],
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_put_through_that_is_over_has_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="a_put_through_is_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voicemail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recording_id", models.CharField(blank=True, max_length=64)),
                (
                    "seconds",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="length, seconds"),
                ),
                ("media_id", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("recording", "Being recorded"),
                            ("fetching", "Being fetched from the carrier"),
                            ("ready", "Ready"),
                            ("absent", "Nothing was recorded"),
                            ("failed", "Could not be fetched"),
                        ],
                        default="recording",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "notice",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="recording notice the caller heard"
                    ),
                ),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="voicemail", to="calls.call"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
            ],
            options={
                "verbose_name": "voicemail",
                "verbose_name_plural": "voicemails",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("recording_id", ""), _negated=True),
                        fields=("recording_id",),
                        name="a_recording_is_kept_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                ("verb", models.CharField(max_length=40)),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="calls.call"
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
                "verbose_name": "line of the timeline",
                "verbose_name_plural": "timeline",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["call", "at"], name="calls_calle_call_id_59100e_idx")],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="loop_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="came_back",
                to="calls.leg",
            ),
        ),
        migrations.AddField(
            model_name="dictation",
            name="meeting_call",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="dictated",
                to="calls.meetingcall",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["client", "-rang_at", "-id"], name="calls_call_client__4117e6_idx"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                fields=["client", "caller_number", "-rang_at"], name="calls_call_client__33ba18_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True), fields=["state"], name="open_calls"
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["-rang_at", "-id"], name="calls_by_time"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("emptied_at", None)),
                fields=["closed_at"],
                name="calls_not_emptied",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                models.F("carrier"), models.F("carrier_id"), name="a_call_is_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_at", None), ("state", "talking")),
                fields=("secretary",),
                name="one_unheld_call_per_secretary",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "talking"), _negated=True),
                    ("secretary__isnull", False),
                    _connector="OR",
                ),
                name="somebody_talks",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                    _connector="OR",
                ),
                name="closed_calls_have_closed_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="closed_calls_have_an_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="dictation",
            index=models.Index(fields=["client", "-began_at"], name="dictations_of_client"),
        ),
        migrations.AddIndex(
            model_name="dictation",
            index=models.Index(
                condition=models.Q(("state", "dictating")), fields=["began_at"], name="dictations_going_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="dictation",
            constraint=models.UniqueConstraint(
                models.F("client"), models.F("number"), name="a_dictations_number_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dictation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["waiting", "done"]), _negated=True),
                    ("number__isnull", False),
                    _connector="OR",
                ),
                name="what_is_to_be_typed_has_a_number",
            ),
        ),
    ]
