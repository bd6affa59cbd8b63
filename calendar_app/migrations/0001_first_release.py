"""Everything the models say, as of the first release."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import calendar_app.models.around
import calendar_app.models.meeting
import secretariat.clock
import secretariat.ids
from secretariat.in_steps import InSteps


class Migration(InSteps):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("calendar_app", "0001_diary"),
        ("calendar_app", "0002_occurrences_of_a_client"),
        ("calendar_app", "0003_push_channels"),
        ("calendar_app", "0004_calendars_elsewhere"),
        ("calendar_app", "0005_what_lies_ahead"),
        ("calendar_app", "0006_invited_to"),
        ("calendar_app", "0007_around_meetings"),
        ("calendar_app", "0008_rung_at_the_time"),
        ("calendar_app", "0009_prepared_beforehand"),
        ("calendar_app", "0010_meeting_requests"),
        ("calendar_app", "0011_secret_addresses"),
        ("calendar_app", "0012_asked_for_on_a_call"),
    ]

    dependencies = [
        ("clients", "0001_first_release"),
        ("office", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Diary",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                (
                    "grid_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="meetings begin every, minutes",
                    ),
                ),
                (
                    "usual_minutes",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MinValueValidator(5)],
                        verbose_name="a meeting usually takes, minutes",
                    ),
                ),
                (
                    "gap_before_minutes",
                    models.PositiveSmallIntegerField(default=0, verbose_name="kept free before, minutes"),
                ),
                (
                    "gap_after_minutes",
                    models.PositiveSmallIntegerField(default=0, verbose_name="kept free after, minutes"),
                ),
                (
                    "travel_minutes",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="between two different places, minutes"
                    ),
                ),
                (
                    "notice_minutes",
                    models.PositiveIntegerField(default=120, verbose_name="no sooner than in, minutes"),
                ),
                (
                    "days_ahead",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(540),
                        ],
                        verbose_name="no later than in, days",
                    ),
                ),
                (
                    "daily_limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="meetings a day at most",
                    ),
                ),
                (
                    "all_day_is_busy",
                    models.BooleanField(default=True, verbose_name="all-day entries count as busy"),
                ),
                (
                    "tentative_is_busy",
                    models.BooleanField(default=True, verbose_name="tentative entries count as busy"),
                ),
                (
                    "holds_last_hours",
                    models.PositiveSmallIntegerField(
                        default=48,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a time offered is held for, hours",
                    ),
                ),
                (
                    "not_put_through",
                    models.BooleanField(
                        default=True,
                        verbose_name="during meetings nobody is put through, unless an instruction says so",
                    ),
                ),
                (
                    "when_invited",
                    models.CharField(
                        choices=[
                            ("ask", "Ask me, by the secretary"),
                            ("accept", "Accept if the time is free, else ask me"),
                            ("decline", "Decline, with these words"),
                        ],
                        db_default="ask",
                        default="ask",
                        max_length=7,
                        verbose_name="when others invite",
                    ),
                ),
                (
                    "invited_words",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=240,
                        verbose_name="what is said when declining",
                    ),
                ),
                (
                    "guests_may_move",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        verbose_name="guests may move or cancel by their link, until the notice",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diaries",
                        to="clients.client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diaries",
                        to="clients.contact",
                        verbose_name="whose time",
                    ),
                ),
            ],
            options={
                "verbose_name": "diary",
                "verbose_name_plural": "diaries",
                "ordering": ["client", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "contact"), name="one_diary_for_each_person", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Connection",
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
                            ("caldav", "CalDAV"),
                            ("google", "Google Calendar"),
                            ("microsoft", "Microsoft 365"),
                            ("feed", "Published feed (.ics)"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("url", models.CharField(blank=True, max_length=1024, verbose_name="address")),
                ("username", models.CharField(blank=True, max_length=254, verbose_name="user name")),
                ("sealed_secret", models.BinaryField(blank=True, default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Connecting"),
                            ("working", "Connected"),
                            ("troubled", "Not reached just now"),
                            ("refused", "Must be connected again"),
                            ("ended", "Disconnected"),
                        ],
                        default="new",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=240, verbose_name="what is wrong")),
                ("troubled_since", models.DateTimeField(blank=True, null=True)),
                (
                    "due_at",
                    models.DateTimeField(default=secretariat.clock.now, verbose_name="looked at again"),
                ),
                ("renewing_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("synced_at", models.DateTimeField(blank=True, null=True, verbose_name="as of")),
                ("connected_at", models.DateTimeField(default=secretariat.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_connections",
                        to="clients.client",
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
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="connections",
                        to="calendar_app.diary",
                    ),
                ),
            ],
            options={
                "verbose_name": "connection to calendars",
                "verbose_name_plural": "connections to calendars",
                "ordering": ["connected_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["due_at"], name="connections_due"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("remote_id", models.CharField(blank=True, max_length=1024)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "counts_as_busy",
                    models.BooleanField(default=True, verbose_name="what stands there counts as busy"),
                ),
                (
                    "is_written_to",
                    models.BooleanField(default=False, verbose_name="meetings are written here"),
                ),
                ("read_only", models.BooleanField(default=False, verbose_name="cannot be written to")),
                (
                    "server_invites",
                    models.BooleanField(default=False, verbose_name="its server sends the invitations"),
                ),
                ("sync_token", models.TextField(blank=True)),
                ("window_from", models.DateTimeField(blank=True, null=True)),
                ("window_until", models.DateTimeField(blank=True, null=True)),
                (
                    "zones_meant",
                    models.JSONField(
                        blank=True, db_default=models.Value({}, models.JSONField()), default=dict
                    ),
                ),
                ("synced_at", models.DateTimeField(blank=True, null=True, verbose_name="as of")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendars",
                        to="clients.client",
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendars",
                        to="calendar_app.connection",
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendars",
                        to="calendar_app.diary",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar",
                "verbose_name_plural": "calendars",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_written_to", True)),
                        fields=("diary",),
                        name="meetings_are_written_to_one_calendar",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("connection", None), _negated=True),
                        fields=("connection", "remote_id"),
                        name="a_calendar_is_connected_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_written_to", False), ("read_only", False), _connector="OR"),
                        name="only_what_can_be_written_is",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Around",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "day_before_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("email", "E-mail"), ("text", "Text"), ("call", "Call")], max_length=5
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="days before, by",
                    ),
                ),
                (
                    "days_before",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(14),
                        ],
                        verbose_name="how many days before",
                    ),
                ),
                (
                    "day_before_at",
                    models.TimeField(default=datetime.time(17, 0), verbose_name="at, on the guest’s clocks"),
                ),
                (
                    "shortly_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("email", "E-mail"), ("text", "Text"), ("call", "Call")], max_length=5
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="shortly before, by",
                    ),
                ),
                (
                    "minutes_before",
                    models.PositiveSmallIntegerField(
                        default=120,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="how many minutes before",
                    ),
                ),
                (
                    "texts_guests",
                    models.BooleanField(
                        default=True,
                        verbose_name="guests of whom only a mobile number is known are told by text",
                    ),
                ),
                (
                    "rings_both",
                    models.BooleanField(
                        default=False,
                        verbose_name="telephone meetings: we ring both sides at the time, unless said otherwise",
                    ),
                ),
                (
                    "asks_outcome",
                    models.BooleanField(
                        default=False, verbose_name="the secretary is asked what came of each meeting"
                    ),
                ),
                (
                    "sends_agenda",
                    models.BooleanField(default=False, verbose_name="the agenda is sent the evening before"),
                ),
                ("agenda_at", models.TimeField(default=datetime.time(18, 0), verbose_name="agenda at")),
                (
                    "agenda_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=calendar_app.models.around.every_day,
                        size=None,
                        verbose_name="on the evenings of",
                    ),
                ),
                (
                    "agenda_when_empty",
                    models.BooleanField(
                        default=False, verbose_name="an agenda also where nothing stands in it"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "diary",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="around",
                        to="calendar_app.diary",
                    ),
                ),
            ],
            options={
                "verbose_name": "what is done around meetings",
                "verbose_name_plural": "what is done around meetings",
                "ordering": ["client", "diary"],
            },
        ),
        migrations.CreateModel(
            name="DiaryHours",
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
                        choices=[("working", "meetings may be arranged"), ("preferred", "best")],
                        default="working",
                        max_length=9,
                        verbose_name="these hours are",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(6)], verbose_name="weekday"
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
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="calendar_app.diary",
                    ),
                ),
            ],
            options={
                "verbose_name": "hours of a diary",
                "verbose_name_plural": "hours of diaries",
                "ordering": ["weekday", "opens", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes__gt", models.F("opens")), ("closes", "00:00"), _connector="OR"
                        ),
                        name="diary_hours_end_after_they_begin",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        choices=[
                            ("full", "Everything but what is private"),
                            ("busy", "Only when the time is taken"),
                        ],
                        max_length=4,
                        verbose_name="what it says",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="last fetched")),
                ("fetched_times", models.PositiveIntegerField(default=0, verbose_name="times fetched")),
                ("content_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("changed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="calendar_app.diary",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "secret address of a diary",
                "verbose_name_plural": "secret addresses of diaries",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("diary", "words"),
                        name="one_address_of_each_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("instance_at", models.DateTimeField(blank=True, null=True)),
                ("about", models.CharField(max_length=200, verbose_name="about")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "preparation",
                    models.TextField(blank=True, db_default="", default="", verbose_name="what to prepare"),
                ),
                (
                    "private",
                    models.BooleanField(
                        default=False, verbose_name="private: others see only that she is busy"
                    ),
                ),
                (
                    "we_ring",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="we ring both sides at the time"
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("telephone", "By telephone"),
                            ("video", "By video"),
                            ("block", "Time kept free"),
                        ],
                        default="in_person",
                        max_length=9,
                        verbose_name="how",
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=240, verbose_name="where")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.TimeField(verbose_name="time")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("zone", models.CharField(max_length=64, verbose_name="time zone")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("gap_before_minutes", models.PositiveSmallIntegerField(default=0)),
                ("gap_after_minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held"),
                            ("confirmed", "Confirmed"),
                            ("cancelled", "Cancelled"),
                            ("lapsed", "No longer held"),
                        ],
                        default="confirmed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="held until")),
                ("overlaps", models.BooleanField(default=False, verbose_name="stands beside another")),
                (
                    "despite",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="arranged despite a clash, because"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(blank=True, max_length=240, verbose_name="cancelled because"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("took_place", "Took place"),
                            ("no_show", "Guest did not come"),
                            ("client_absent", "Client did not come"),
                        ],
                        max_length=13,
                        verbose_name="what came of it",
                    ),
                ),
                ("outcome_note", models.CharField(blank=True, max_length=240, verbose_name="note on it")),
                ("uid", models.CharField(max_length=255)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("remote_id", models.CharField(blank=True, max_length=1024)),
                ("etag", models.CharField(blank=True, max_length=255)),
                (
                    "writing",
                    models.CharField(
                        choices=[
                            ("ours", "Kept here"),
                            ("waiting", "Being written"),
                            ("written", "In the client’s calendar"),
                            ("changed", "Changed in the client’s calendar"),
                            ("failed", "Not written"),
                        ],
                        default="ours",
                        max_length=7,
                        verbose_name="in the calendar",
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "arranged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="arranged by",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="calendar_app.calendar",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="clients.client",
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="calendar_app.diary",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="InvitedTo",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("remote_id", models.CharField(blank=True, max_length=1024)),
                ("uid", models.CharField(max_length=1024)),
                ("instance_at", models.DateTimeField(blank=True, null=True)),
                ("sequence", models.IntegerField(default=0)),
                ("stamp", models.DateTimeField()),
                ("organiser", models.CharField(blank=True, max_length=254, verbose_name="invited by")),
                (
                    "organiser_name",
                    models.CharField(blank=True, max_length=120, verbose_name="name of who invites"),
                ),
                ("addressed_to", models.CharField(blank=True, max_length=254, verbose_name="invited as")),
                ("about", models.CharField(blank=True, max_length=500, verbose_name="about")),
                ("where", models.CharField(blank=True, max_length=240, verbose_name="where")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("all_day", models.BooleanField(default=False)),
                ("repeats", models.BooleanField(default=False)),
                ("private", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Not answered"),
                            ("accepted", "Accepted"),
                            ("tentative", "Perhaps"),
                            ("declined", "Declined"),
                            ("withdrawn", "Called off by whoever invited"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=240, verbose_name="what was said with it")),
                (
                    "sent",
                    models.CharField(
                        choices=[
                            ("not", "Nothing to tell"),
                            ("waiting", "Being told"),
                            ("told", "Told"),
                            ("failed", "Could not be told"),
                        ],
                        default="not",
                        max_length=7,
                        verbose_name="whoever invites",
                    ),
                ),
                ("came_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="came")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="calendar_app.calendar",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invited_to",
                        to="calendar_app.diary",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="calendar_app.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to the client",
                "verbose_name_plural": "invitations to clients",
                "ordering": ["-came_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("judged_at", None), ("state", "proposed")),
                        fields=["came_at"],
                        name="invited_to_judge",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("diary", "uid", "instance_at"),
                        name="invited_to_it_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="e-mail")),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="telephone")),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "Not answered"),
                            ("accepted", "Coming"),
                            ("tentative", "Perhaps"),
                            ("declined", "Not coming"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_sequence", models.IntegerField(default=-1)),
                ("answered_stamp", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="clients.correspondent",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guests",
                        to="calendar_app.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "guest",
                "verbose_name_plural": "guests",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("meeting", "email"),
                        name="an_address_is_invited_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                ("verb", models.CharField(max_length=40)),
                ("words", models.CharField(blank=True, max_length=240, verbose_name="in words")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
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
                        related_name="events",
                        to="calendar_app.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a meeting",
                "verbose_name_plural": "events of meetings",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("media_id", models.UUIDField()),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("added_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="added")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="calendar_app.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper for a meeting",
                "verbose_name_plural": "papers for meetings",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Place",
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
                        choices=[("room", "Room"), ("address", "Address"), ("video", "Video room")],
                        default="address",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("directions", models.TextField(blank=True, verbose_name="how to get there")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="MeetingRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.CharField(max_length=200, verbose_name="about")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("telephone", "By telephone"),
                            ("video", "By video"),
                            ("block", "Time kept free"),
                        ],
                        default="in_person",
                        max_length=9,
                        verbose_name="how",
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=240, verbose_name="where")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being arranged"),
                            ("agreed", "Agreed"),
                            ("given_up", "Given up"),
                            ("lapsed", "Nobody answered in time"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="times held until")),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="followed up by")),
                ("remind_at", models.DateTimeField(blank=True, null=True, verbose_name="reminder due")),
                ("chased_at", models.DateTimeField(blank=True, null=True, verbose_name="followed up")),
                (
                    "given_up_because",
                    models.CharField(blank=True, max_length=240, verbose_name="given up because"),
                ),
                ("subject_kind", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_requests",
                        to="clients.client",
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="calendar_app.diary",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="calendar_app.meeting",
                        verbose_name="agreed on",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="calendar_app.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting being arranged",
                "verbose_name_plural": "meetings being arranged",
                "ordering": ["promised_at", "id"],
                "indexes": [
                    models.Index(fields=["client", "state"], name="calendar_ap_client__00013e_idx"),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["expires_at"], name="requests_by_end"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PushChannel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("remote_id", models.CharField(blank=True, max_length=255)),
                ("resource_id", models.CharField(blank=True, max_length=255)),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now)),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("renew_at", models.DateTimeField(blank=True, null=True)),
                ("heard_at", models.DateTimeField(blank=True, null=True, verbose_name="last heard")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="calendar_app.calendar",
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
                "verbose_name": "push channel of a calendar",
                "verbose_name_plural": "push channels of calendars",
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["calendar"], name="channels_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                        choices=[("day_before", "The day before"), ("shortly", "Shortly before")],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("email", "E-mail"), ("text", "Text"), ("call", "Call")],
                        max_length=5,
                        verbose_name="how",
                    ),
                ),
                ("of", models.DateTimeField(verbose_name="of the meeting at")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("leaving", "On its way"),
                            ("sent", "Sent"),
                            ("confirmed", "Confirmed"),
                            ("call_back", "Wants to be called back"),
                            ("failed", "Did not reach them"),
                            ("dropped", "No longer needed"),
                        ],
                        default="planned",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=240, verbose_name="because")),
                ("changed_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="calendar_app.guest",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="calendar_app.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "planned")), fields=["due_at"], name="reminders_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "guest", "kind", "way", "of"), name="a_guest_is_reminded_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RemoteEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("remote_id", models.CharField(max_length=1024)),
                ("etag", models.CharField(blank=True, max_length=255)),
                ("uid", models.CharField(blank=True, max_length=1024)),
                ("raw", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "Read"), ("unreadable", "Could not be read")],
                        default="read",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "because",
                    models.CharField(blank=True, max_length=240, verbose_name="why it could not be read"),
                ),
                (
                    "unknown_zone",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="the time zone nobody knows"
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("private", models.BooleanField(default=False)),
                ("expanded_until", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="calendar_app.calendar",
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
                "verbose_name": "entry of a calendar elsewhere",
                "verbose_name_plural": "entries of calendars elsewhere",
                "ordering": ["calendar", "remote_id"],
                "indexes": [
                    models.Index(fields=["calendar", "uid"], name="calendar_ap_calenda_c47ecb_idx"),
                    models.Index(
                        condition=models.Q(("expanded_until__isnull", False)),
                        fields=["expanded_until"],
                        name="to_expand",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("calendar"), models.F("remote_id"), name="an_entry_has_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="when")),
                (
                    "busy",
                    models.CharField(
                        choices=[("busy", "Busy"), ("tentative", "Tentative"), ("free", "Free")],
                        default="busy",
                        max_length=9,
                        verbose_name="counts as",
                    ),
                ),
                ("all_day", models.BooleanField(default=False, verbose_name="all day")),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("where", models.CharField(blank=True, max_length=240, verbose_name="where")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="calendar_app.calendar",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="calendar_app.remoteevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "time of an entry elsewhere",
                "verbose_name_plural": "times of entries elsewhere",
                "ordering": ["during"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["calendar", "during"], name="occurrences_by_time"
                    ),
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["client", "during"], name="occurrences_of_client"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestOption",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="option",
                        to="calendar_app.meeting",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="calendar_app.meetingrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "time on offer",
                "verbose_name_plural": "times on offer",
                "ordering": ["meeting__starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RequestParty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="e-mail")),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="telephone")),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("mail", "By e-mail"),
                            ("text", "By text"),
                            ("call", "Read out on the call"),
                            ("link", "By a link that I pass on"),
                        ],
                        default="mail",
                        max_length=4,
                        verbose_name="asked",
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="last asked")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "Not answered"),
                            ("yes", "Has chosen"),
                            ("none", "None of them suits"),
                            ("proposed", "Proposes other times"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="calendar_app.meetingrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "who was asked for a meeting",
                "verbose_name_plural": "who was asked for a meeting",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("request", "email"),
                        name="an_address_is_asked_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                ("verb", models.CharField(max_length=40)),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="in words")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="calendar_app.meetingrequest",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="calendar_app.requestparty",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a meeting being arranged",
                "verbose_name_plural": "events of meetings being arranged",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="calendar_app.guest",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="calendar_app.requestparty",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of a guest",
                "verbose_name_plural": "links of guests",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest__isnull", False), ("party", None)),
                            models.Q(("guest", None), ("party__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_link_is_a_partys_or_a_guests",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "To be judged"), ("taken", "Taken"), ("aside", "Set aside")],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="calendar_app.requestparty",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="calendar_app.meetingrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "time proposed by the other side",
                "verbose_name_plural": "times proposed by the other side",
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("party", "starts_at"), name="a_time_is_proposed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestYes",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="yeses",
                        to="calendar_app.requestoption",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="yeses",
                        to="calendar_app.requestparty",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="yeses",
                        to="calendar_app.meetingrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "time that suits somebody",
                "verbose_name_plural": "times that suit somebody",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("party", "option"), name="a_time_suits_somebody_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uid", models.CharField(max_length=255, unique=True)),
                ("rule", models.CharField(max_length=240, verbose_name="repeats")),
                ("zone", models.CharField(max_length=64, verbose_name="time zone")),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=secretariat.clock.now, editable=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="calendar_app.diary",
                    ),
                ),
            ],
            options={
                "verbose_name": "series of meetings",
                "verbose_name_plural": "series of meetings",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="calendar_app.place",
                verbose_name="place",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="meetings",
                to="calendar_app.series",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["client", "starts_at"], name="calendar_ap_client__4bdf57_idx"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["client", "ends_at"], name="meetings_ahead_of_client"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["diary", "ends_at"], name="meetings_ahead_in_diary"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("state", "held")), fields=["expires_at"], name="holds_by_end"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("we_ring", True)), fields=["starts_at"], name="meetings_we_ring"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("overlaps", False), ("state__in", ["held", "confirmed"])),
                expressions=[
                    ("diary", "="),
                    (
                        calendar_app.models.meeting.Span(
                            "starts_at", "ends_at", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="no_two_meetings_at_once",
                violation_error_message="There is already something at that time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="a_meeting_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), ("expires_at__isnull", False), _connector="OR"
                ),
                name="a_hold_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("diary", "uid", "instance_at"), name="a_meeting_has_one_row", nulls_distinct=False
            ),
        ),
    ]
