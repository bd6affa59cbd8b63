"""Everything the models say, as of the first release."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CITextExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

import secretariat.clock
import secretariat.ids
import secretariat.office.fields
import secretariat.office.models.planned_shift
from secretariat.in_steps import InSteps


class Migration(InSteps):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("office", "0001_initial"),
        ("office", "0003_answer_within"),
        ("office", "0004_people"),
        ("office", "0005_second_calls"),
        ("office", "0006_what_may_leave"),
        ("office", "0007_settings_of_the_desk"),
        ("office", "0008_hand_over_after"),
        ("office", "0009_retention"),
        ("office", "0010_rota"),
        ("office", "0011_contracts"),
        ("office", "0013_profiles"),
        ("office", "0014_vacancies"),
        ("office", "0015_limits_of_companies"),
        ("office", "0016_security_rules"),
        ("office", "0017_bookkeepers_and_companies"),
        ("office", "0018_line_test"),
    ]

    dependencies = []

    operations = [
        # A database made by its owner has them already; there these do nothing.
        CITextExtension(),
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "email",
                    secretariat.office.fields.CaselessEmailField(
                        max_length=254, unique=True, verbose_name="e-mail address"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("zone", models.CharField(default="Europe/London", max_length=64, verbose_name="time zone")),
                (
                    "theme",
                    models.CharField(
                        blank=True,
                        choices=[("", "As the computer"), ("light", "Light"), ("dark", "Dark")],
                        default="",
                        max_length=5,
                        verbose_name="theme",
                    ),
                ),
                (
                    "ring_volume",
                    models.PositiveSmallIntegerField(
                        db_default=100, default=100, verbose_name="how loud it rings, percent"
                    ),
                ),
                (
                    "keys",
                    models.JSONField(
                        blank=True, db_default=models.Value({}, models.JSONField()), default=dict
                    ),
                ),
                (
                    "letter_keys",
                    models.BooleanField(db_default=True, default=True, verbose_name="letters are keys"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "person who signs in",
                "verbose_name_plural": "people who sign in",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("address", models.TextField(blank=True, max_length=400, verbose_name="address")),
                (
                    "rules",
                    models.TextField(
                        blank=True,
                        help_text="Where they are stricter than the firm’s, they hold.",
                        max_length=2000,
                        verbose_name="its own rules for her work",
                    ),
                ),
                (
                    "rest_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="rest due within 24 hours, hours",
                    ),
                ),
                (
                    "weekly_rest_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        verbose_name="rest due in one piece every week, hours",
                    ),
                ),
                (
                    "longest_shift_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="longest shift, hours"
                    ),
                ),
                (
                    "max_hours_week",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="hours a week, at most",
                    ),
                ),
                (
                    "max_hours_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="hours a month, at most",
                    ),
                ),
            ],
            options={
                "verbose_name": "outsourcing company",
                "verbose_name_plural": "outsourcing companies",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Secretary",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "spoken_name",
                    models.CharField(max_length=60, verbose_name="name she says on the telephone"),
                ),
                ("zone", models.CharField(default="Europe/London", max_length=64, verbose_name="time zone")),
                (
                    "line",
                    models.CharField(
                        choices=[("browser", "Her browser"), ("phone", "Her own telephone")],
                        default="browser",
                        max_length=8,
                        verbose_name="usual line",
                    ),
                ),
                ("home_number", models.CharField(blank=True, max_length=16, verbose_name="home number")),
                (
                    "verified_number",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=16,
                        verbose_name="verified number",
                    ),
                ),
                ("engaged_from", models.DateField(blank=True, null=True, verbose_name="engaged from")),
                ("engaged_until", models.DateField(blank=True, null=True, verbose_name="engaged until")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secretary",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "secretary",
                "verbose_name_plural": "secretaries",
                "ordering": ["spoken_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vocational", "Vocational training"),
                            ("secretarial", "Secretarial training"),
                            ("other", "Another course or certificate"),
                        ],
                        default="secretarial",
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "training",
                "verbose_name_plural": "trainings",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="BreakReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="usual length, minutes"),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="may be chosen")),
            ],
            options={
                "verbose_name": "reason for a break",
                "verbose_name_plural": "reasons for a break",
                "ordering": ["rank", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                        name="a_break_lasts_some_minutes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted by her"),
                            ("signed", "Signed by both"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contractor", "Contractor"),
                            ("employee", "Employee"),
                            ("trial", "Trial, unpaid"),
                        ],
                        default="contractor",
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("role", models.CharField(max_length=120, verbose_name="role")),
                ("duties", models.TextField(max_length=4000, verbose_name="what she does")),
                ("from_on", models.DateField(verbose_name="from")),
                (
                    "until_on",
                    models.DateField(
                        blank=True, help_text="Empty: until it is ended.", null=True, verbose_name="until"
                    ),
                ),
                (
                    "min_hours_week",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="hours a week, at least",
                    ),
                ),
                (
                    "max_hours_week",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="hours a week, at most",
                    ),
                ),
                (
                    "min_hours_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="hours a month, at least",
                    ),
                ),
                (
                    "max_hours_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="hours a month, at most",
                    ),
                ),
                ("currency", models.CharField(default="GBP", max_length=3, verbose_name="currency")),
                (
                    "step_seconds",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "to the second"),
                            (60, "each day’s in whole minutes, a minute begun counts"),
                            (300, "each day’s in steps of 5 minutes, a step begun counts"),
                            (900, "each day’s in quarters of an hour, a quarter begun counts"),
                        ],
                        default=1,
                        verbose_name="time is paid",
                    ),
                ),
                (
                    "paid_each",
                    models.CharField(
                        choices=[("week", "each week"), ("month", "each month")],
                        default="month",
                        max_length=5,
                        verbose_name="paid",
                    ),
                ),
                (
                    "pay_within_days",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="on her account within so many days after the week or month",
                    ),
                ),
                (
                    "pay_method",
                    models.CharField(
                        choices=[
                            ("bank", "by bank transfer"),
                            ("other", "by another way, agreed in writing"),
                        ],
                        default="bank",
                        max_length=5,
                        verbose_name="how it is paid",
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=28,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="notice by either side, days",
                    ),
                ),
                (
                    "trial_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="of a trial: hours in all, at most",
                    ),
                ),
                ("benefits", models.JSONField(blank=True, default=list)),
                ("rights", models.TextField(max_length=4000, verbose_name="her rights")),
                (
                    "obligations",
                    models.TextField(max_length=4000, verbose_name="what the firm owes her besides money"),
                ),
                ("confidentiality", models.TextField(max_length=4000, verbose_name="confidentiality")),
                ("breach", models.TextField(max_length=2000, verbose_name="what a breach costs")),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="written")),
                ("words", models.JSONField(blank=True, default=list, editable=False)),
                ("media_id", models.UUIDField(editable=False, null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="hash of the PDF"
                    ),
                ),
                ("offered_at", models.DateTimeField(editable=False, null=True, verbose_name="offered")),
                (
                    "ended_because",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="why it ended"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="what ended with it, ended"),
                ),
                ("handed_over", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: directly with the firm.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="office.partner",
                        verbose_name="through the outsourcing company",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["secretary", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("secretary"), models.F("version"), name="a_version_of_a_contract_is_one"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "accepted"])),
                        fields=("secretary",),
                        name="one_contract_is_on_the_table",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="a_contract_ends_after_it_begins",
                        violation_error_message="It must end on or after the day on which it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "employee"), ("benefits", []), _connector="OR"),
                        name="only_an_employee_has_benefits",
                        violation_error_message="Only an employee’s contract carries benefits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "trial"), _negated=True),
                            models.Q(("trial_hours__gt", 0), ("until_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_trial_ends_and_is_limited",
                        violation_error_message="Unpaid work has a last day and a limit of hours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at", None), ("sha256", ""), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                                ("offered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="what_was_offered_is_on_paper",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "signed")),
                        expressions=[
                            ("secretary", "="),
                            (
                                models.Func(
                                    models.F("from_on"),
                                    models.F("until_on"),
                                    models.Value("[]"),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_contract_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=1000, verbose_name="words")),
                ("said_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thread",
                        to="office.contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "word about a contract",
                "verbose_name_plural": "words about contracts",
                "ordering": ["said_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Firm",
            fields=[
                (
                    "only",
                    models.BooleanField(default=True, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(default="Secretariat", max_length=120, verbose_name="name")),
                ("zone", models.CharField(default="Europe/London", max_length=64, verbose_name="time zone")),
                ("country", models.CharField(default="GB", max_length=2, verbose_name="country")),
                (
                    "offer_seconds",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="an offered call rings for, seconds"
                    ),
                ),
                (
                    "wrap_up_seconds",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="time to finish a call, seconds"
                    ),
                ),
                (
                    "answer_within_seconds",
                    models.PositiveSmallIntegerField(
                        db_default=20, default=20, verbose_name="a call is to be answered within, seconds"
                    ),
                ),
                (
                    "hand_over_after_minutes",
                    models.PositiveSmallIntegerField(
                        db_default=30,
                        default=30,
                        verbose_name="what somebody absent still has goes to the team after, minutes",
                    ),
                ),
                (
                    "missed_offers_until_away",
                    models.PositiveSmallIntegerField(default=2, verbose_name="missed calls until away"),
                ),
                (
                    "second_calls",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody: the caller waits"),
                            ("own", "The client's own secretaries"),
                            ("everybody", "Everybody who answers for the client"),
                        ],
                        db_default="own",
                        default="own",
                        max_length=9,
                        verbose_name="a second call, when nobody is free, is offered to",
                    ),
                ),
                (
                    "rejoin_seconds",
                    models.PositiveSmallIntegerField(
                        db_default=45,
                        default=45,
                        verbose_name="time to come back after a dropped line, seconds",
                    ),
                ),
                (
                    "rest_hours",
                    models.PositiveSmallIntegerField(
                        db_default=11,
                        default=11,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="rest due within 24 hours, hours",
                    ),
                ),
                (
                    "weekly_rest_hours",
                    models.PositiveSmallIntegerField(
                        db_default=24,
                        default=24,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        verbose_name="rest due in one piece every week, hours",
                    ),
                ),
                (
                    "longest_shift_hours",
                    models.PositiveSmallIntegerField(
                        db_default=12, default=12, verbose_name="longest shift, hours"
                    ),
                ),
                (
                    "late_after_minutes",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        verbose_name="somebody who has not come is late after, minutes",
                    ),
                ),
                (
                    "swap_hours",
                    models.PositiveSmallIntegerField(
                        db_default=72, default=72, verbose_name="a proposed swap stands for, hours"
                    ),
                ),
                (
                    "may_download",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries may download recordings"
                    ),
                ),
                (
                    "may_print",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries may print messages"
                    ),
                ),
                (
                    "may_export",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries may export lists"
                    ),
                ),
                (
                    "may_copy_out",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="secretaries may copy messages out"
                    ),
                ),
                (
                    "contracts_from",
                    models.DateField(
                        blank=True,
                        help_text="From this day on nobody comes to work or is put on a team without one. Empty: contracts are not asked for. Pay follows from contracts in any case.",
                        null=True,
                        verbose_name="work only under a signed contract, from",
                    ),
                ),
                (
                    "conversations_kept_days",
                    models.PositiveIntegerField(
                        blank=True,
                        db_default=730,
                        default=730,
                        help_text="Counted from their end. Times and results stay. Empty: for good.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(30)],
                        verbose_name="calls, messages and texts keep their words for, days",
                    ),
                ),
                (
                    "recordings_kept_days",
                    models.PositiveIntegerField(
                        blank=True,
                        db_default=90,
                        default=90,
                        help_text="Counted from when they were left; one that waits for somebody stays. Empty: for good.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(30)],
                        verbose_name="voicemails are kept for, days",
                    ),
                ),
            ],
            options={
                "verbose_name": "firm",
                "verbose_name_plural": "firm",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only", True)), name="firm_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("supervisor", "Supervisor"),
                            ("admin", "Administrator"),
                            ("bookkeeper", "Bookkeeper"),
                        ],
                        max_length=12,
                        verbose_name="post",
                    ),
                ),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
            },
        ),
        migrations.CreateModel(
            name="LineTest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                (
                    "trip_ms",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60000)],
                        verbose_name="there and back, milliseconds",
                    ),
                ),
                (
                    "lost",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="lost on the way, of 20",
                    ),
                ),
                (
                    "heard",
                    models.BooleanField(
                        default=False, verbose_name="I heard the ring in my headset, clearly"
                    ),
                ),
                (
                    "quiet",
                    models.BooleanField(
                        default=False, verbose_name="Nobody else hears my calls, and none of them is heard"
                    ),
                ),
                ("unseen", models.BooleanField(default=False, verbose_name="Nobody else sees my screen")),
                (
                    "spare",
                    models.CharField(
                        max_length=240, verbose_name="what I do when the line or the power fails"
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="line_tests",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "line test",
                "verbose_name_plural": "line tests",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="telephone")),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                (
                    "hours_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="hours a week you want",
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="from which day")),
                (
                    "languages",
                    models.CharField(blank=True, max_length=240, verbose_name="languages, with your level"),
                ),
                (
                    "experience",
                    models.TextField(blank=True, max_length=3000, verbose_name="what you have done before"),
                ),
                (
                    "training",
                    models.TextField(blank=True, max_length=1500, verbose_name="training and certificates"),
                ),
                ("room", models.TextField(blank=True, max_length=600, verbose_name="the room you work in")),
                (
                    "equipment",
                    models.TextField(blank=True, max_length=600, verbose_name="computer, headset and line"),
                ),
                (
                    "referees",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        verbose_name="two people who know your work, and how we reach them",
                    ),
                ),
                (
                    "agreed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="agreed that we keep and check this"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "Half-way"),
                            ("sent", "Sent to us"),
                            ("invited", "Invited to join"),
                            ("engaged", "Works here"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back by her"),
                        ],
                        default="started",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("started_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="started")),
                ("changed_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="changed")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "because",
                    models.TextField(blank=True, max_length=2000, verbose_name="what she was written"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                            ("holiday", "Holiday"),
                            ("sickness", "Sickness"),
                            ("other", "Other days off"),
                        ],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("until_on", models.DateField(verbose_name="last day")),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer", models.CharField(blank=True, max_length=240, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["-from_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="an_absence_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="in the public directory")),
                (
                    "public_name",
                    models.CharField(blank=True, max_length=60, verbose_name="name in the directory"),
                ),
                ("headline", models.CharField(blank=True, max_length=120, verbose_name="in one line")),
                ("about", models.TextField(blank=True, max_length=1500, verbose_name="about my work")),
                (
                    "specialities",
                    models.TextField(blank=True, max_length=600, verbose_name="specialities, one a line"),
                ),
                ("hours", models.CharField(blank=True, max_length=160, verbose_name="when I work")),
                (
                    "hours_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="hours a week, from",
                    ),
                ),
                (
                    "hours_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="hours a week, to",
                    ),
                ),
                ("shows_skills", models.BooleanField(default=True, verbose_name="my skills")),
                ("shows_languages", models.BooleanField(default=True, verbose_name="my languages")),
                (
                    "shows_training",
                    models.BooleanField(default=False, verbose_name="my training, without the papers"),
                ),
                ("shows_typing", models.BooleanField(default=False, verbose_name="my typing test")),
                ("shows_hours", models.BooleanField(default=True, verbose_name="my hours")),
                ("shows_zone", models.BooleanField(default=True, verbose_name="my time zone")),
                ("changed_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="changed")),
                (
                    "secretary",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "profile",
                "verbose_name_plural": "profiles",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", False),
                            models.Q(("public_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_public_profile_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours_from", None),
                            ("hours_to", None),
                            ("hours_from__lte", models.F("hours_to")),
                            _connector="OR",
                        ),
                        name="hours_of_a_profile_from_less_to_more",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("firm", models.CharField(blank=True, max_length=120, verbose_name="firm")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="telephone")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                (
                    "hours_week",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours a week"),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="what they need")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("matched", "Somebody was suggested"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matched",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="suggested",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="office.profile",
                        verbose_name="about",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_enquiry_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "matched"), _negated=True),
                            ("matched__isnull", False),
                            _connector="OR",
                        ),
                        name="a_matched_enquiry_says_with_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretaryLanguage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("said", "She says so"),
                            ("test", "By a test"),
                            ("paper", "By a certificate"),
                            ("spoken", "Spoken with, by somebody of the firm"),
                            ("work", "By work we have seen"),
                        ],
                        db_default="said",
                        default="said",
                        max_length=6,
                        verbose_name="how it is known",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=240, verbose_name="evidence"
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked"),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                (
                    "level",
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
                        verbose_name="level",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="languages",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "language",
                "verbose_name_plural": "languages",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("secretary"), models.F("language"), name="a_language_is_spoken_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.CharField(max_length=240, verbose_name="as she ticks it")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="place")),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "security rule",
                "verbose_name_plural": "security rules",
                "ordering": ["rank", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at", None), ("until_at__gt", models.F("from_at")), _connector="OR"
                        ),
                        name="a_security_rule_ends_after_it_begins",
                        violation_error_message="It must end after it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        choices=[("browser", "Her browser"), ("phone", "Her own telephone")],
                        max_length=8,
                        verbose_name="line",
                    ),
                ),
                ("started_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="started")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="planned end")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "declared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="home office declared"),
                ),
                (
                    "rules_kept",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        verbose_name="security rules ticked",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "shift",
                "verbose_name_plural": "shifts",
                "ordering": ["-started_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("secretary",), name="one_open_shift"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="a_shift_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Break",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=60, verbose_name="reason")),
                ("started_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="started")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaks",
                        to="office.secretary",
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="office.shift"
                    ),
                ),
            ],
            options={
                "verbose_name": "break",
                "verbose_name_plural": "breaks",
                "ordering": ["-started_at"],
            },
        ),
        migrations.CreateModel(
            name="ShiftFeed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="last fetched")),
                ("fetched_times", models.PositiveIntegerField(default=0, verbose_name="times fetched")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shift_feeds",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "secret address of shifts",
                "verbose_name_plural": "secret addresses of shifts",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("secretary",),
                        name="one_address_of_her_shifts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretarySkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("said", "She says so"),
                            ("test", "By a test"),
                            ("paper", "By a certificate"),
                            ("spoken", "Spoken with, by somebody of the firm"),
                            ("work", "By work we have seen"),
                        ],
                        db_default="said",
                        default="said",
                        max_length=6,
                        verbose_name="how it is known",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=240, verbose_name="evidence"
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked"),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="office.secretary",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="office.skill", verbose_name="skill"
                    ),
                ),
            ],
            options={
                "verbose_name": "skill she has",
                "verbose_name_plural": "skills she has",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("secretary"), models.F("skill"), name="a_skill_is_had_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedShift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("zone", models.CharField(max_length=64, verbose_name="time zone")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language it needs")),
                (
                    "note",
                    models.CharField(blank=True, max_length=240, verbose_name="note, for whoever works it"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("cancelled", "Cancelled")],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "despite",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="why, despite what speaks against it"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "The plan changed"),
                            ("sick", "Sickness"),
                            ("away", "Days off"),
                            ("undone", "A change was undone"),
                            ("ended", "Her contract ended"),
                            ("shut_out", "She is suspended"),
                        ],
                        max_length=8,
                        verbose_name="cancelled because",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "late_noticed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="lateness noticed"),
                ),
                ("late_settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="why late, missed or left early"
                    ),
                ),
                ("reason_at", models.DateTimeField(blank=True, null=True)),
                ("excused", models.BooleanField(default=False, verbose_name="excused")),
                (
                    "instead_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="office.plannedshift",
                    ),
                ),
                (
                    "reason_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_shifts",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.skill",
                        verbose_name="skill it needs",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned shift",
                "verbose_name_plural": "planned shifts",
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["starts_at", "ends_at"], name="planned_shift_when")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[
                            ("secretary", "="),
                            (
                                secretariat.office.models.planned_shift.Span(
                                    "starts_at",
                                    "ends_at",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_secretary_is_in_one_shift",
                        violation_error_message="She has another shift then.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="a_planned_shift_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_published_shift_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "cancelled"), ("cancelled_because", ""), _connector="OR"
                        ),
                        name="only_a_cancelled_shift_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
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
                        verbose_name="level",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=240, verbose_name="evidence")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be checked"),
                            ("accepted", "Accepted"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("said_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="said")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("answer", models.CharField(blank=True, max_length=240, verbose_name="answer")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="office.secretary",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.skill",
                        verbose_name="skill",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill or language she names",
                "verbose_name_plural": "skills and languages they name",
                "ordering": ["-said_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("language", ""), ("level", None), ("skill__isnull", False)),
                            models.Q(
                                models.Q(("language", ""), _negated=True),
                                ("level__isnull", False),
                                ("skill", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_claim_is_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_claim_is_answered_by_somebody",
                    ),
                    models.UniqueConstraint(
                        models.F("secretary"),
                        models.F("skill"),
                        models.F("language"),
                        condition=models.Q(("state", "waiting")),
                        name="a_claim_waits_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("references", "References"),
                            ("checks", "Checks of who she is"),
                            ("typing", "Typing test"),
                            ("contract", "Contract"),
                            ("terms", "Confidentiality terms"),
                            ("home", "Home office and line test"),
                            ("practice", "Practice calls"),
                            ("first_calls", "First supervised calls"),
                        ],
                        max_length=11,
                        verbose_name="step",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("passed", "Passed"), ("failed", "Not passed"), ("left_out", "Left out")],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="office.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an application",
                "verbose_name_plural": "steps of applications",
                "ordering": ["application", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("application"), models.F("kind"), name="a_step_is_settled_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "passed"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="a_step_not_passed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("left", "No longer works here"),
                            ("lost", "Computer or telephone lost or stolen"),
                            ("stranger", "Somebody else may have used the sign-in"),
                            ("conduct", "Conduct is being looked into"),
                            ("other", "Something else, as noted"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="note")),
                (
                    "handed_over",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        verbose_name="handed over",
                    ),
                ),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="suspended by",
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
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suspensions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "ordering": ["-from_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("user",), name="one_open_suspension"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at", None), ("lifted_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="a_suspension_is_lifted_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted, waits for approval"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back"),
                            ("expired", "Ran out"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="proposed")),
                ("expires_at", models.DateTimeField(verbose_name="runs out")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("answer", models.CharField(blank=True, max_length=240, verbose_name="answer")),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="proposed to",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "ended_by",
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
                    "gives",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.plannedshift",
                        verbose_name="gives",
                    ),
                ),
                (
                    "takes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.plannedshift",
                        verbose_name="takes",
                    ),
                ),
            ],
            options={
                "verbose_name": "swap",
                "verbose_name_plural": "swaps",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "accepted"])),
                        fields=("gives",),
                        name="a_shift_is_offered_in_one_swap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("asked")), _negated=True),
                        name="a_swap_is_between_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirmRequirement",
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
                "verbose_name": "requirement of the firm",
                "verbose_name_plural": "requirements of the firm",
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
                        name="firmrequirement_asks_for_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("issued_by", models.CharField(max_length=120, verbose_name="issued by")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("media_id", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be checked"),
                            ("checked", "Checked"),
                            ("refused", "Not accepted"),
                            ("replaced", "Replaced by a newer one"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "handed_in_at",
                    models.DateTimeField(default=secretariat.clock.now, verbose_name="handed in"),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                ("answer", models.CharField(blank=True, max_length=240, verbose_name="answer")),
                (
                    "warned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="warned that it expires"),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="office.secretary",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.training",
                        verbose_name="training",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["-issued_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "checked")),
                        fields=["expires_on"],
                        name="certificates_that_expire",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checked_by", None)),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_certificate_is_checked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "checked"), _negated=True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_checked_certificate_says_who_checked_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None), ("expires_on__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="a_certificate_expires_after_it_is_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TypingTest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("passage", models.PositiveSmallIntegerField(verbose_name="passage")),
                ("begun_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "seconds",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds"
                    ),
                ),
                ("characters", models.PositiveIntegerField(default=0, verbose_name="characters typed")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="errors")),
                (
                    "words_a_minute",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        verbose_name="correct words a minute",
                    ),
                ),
                (
                    "not_counted",
                    models.CharField(blank=True, max_length=120, verbose_name="not counted, because"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="typing_tests",
                        to="office.application",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="typing_tests",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "typing test",
                "verbose_name_plural": "typing tests",
                "ordering": ["-begun_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("seconds", None)),
                            models.Q(("ended_at__isnull", False), ("seconds__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_typing_test_that_ended_has_its_seconds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application", None), ("secretary__isnull", False)),
                            models.Q(("application__isnull", False), ("secretary", None)),
                            _connector="OR",
                        ),
                        name="a_typing_test_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UsualShift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(verbose_name="day")),
                ("begins", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="until")),
                ("zone", models.CharField(max_length=64, verbose_name="time zone")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language it needs")),
                (
                    "secretary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.skill",
                        verbose_name="skill it needs",
                    ),
                ),
            ],
            options={
                "verbose_name": "shift of the usual week",
                "verbose_name_plural": "usual week",
                "ordering": ["weekday", "begins", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="a_usual_shift_is_on_a_weekday"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("work", models.TextField(max_length=4000, verbose_name="the work")),
                (
                    "kind",
                    models.CharField(
                        choices=[("contractor", "Contractor"), ("employee", "Employee")],
                        default="contractor",
                        max_length=10,
                        verbose_name="engaged as",
                    ),
                ),
                (
                    "hours_from",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="hours, from",
                    ),
                ),
                (
                    "hours_to",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="hours, to",
                    ),
                ),
                (
                    "hours_per",
                    models.CharField(
                        choices=[("week", "a week"), ("month", "a month")],
                        default="week",
                        max_length=5,
                        verbose_name="so many hours",
                    ),
                ),
                ("currency", models.CharField(default="GBP", max_length=3, verbose_name="currency")),
                (
                    "rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="money"
                    ),
                ),
                (
                    "rate_for",
                    models.CharField(
                        choices=[
                            ("hour", "an hour at work"),
                            ("call", "each call"),
                            ("mail", "each mail answered"),
                            ("task", "each other task"),
                            ("week", "a week, fixed"),
                            ("month", "a month, fixed"),
                        ],
                        default="hour",
                        max_length=5,
                        verbose_name="for",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=12, verbose_name="language of the work"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Published"), ("closed", "Closed")],
                        default="draft",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="written")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the firm engages her itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.partner",
                        verbose_name="through the outsourcing company",
                    ),
                ),
            ],
            options={
                "verbose_name": "vacancy",
                "verbose_name_plural": "vacancies",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("rate__gt", 0), ("rate__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_published_vacancy_has_a_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_from__lte", models.F("hours_to"))),
                        name="hours_of_a_vacancy_less_to_more",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                            ("cannot", "I cannot work"),
                            ("rather_not", "I would rather not work"),
                            ("like", "I would like to work"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        null=True,
                        verbose_name="every week on",
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="day")),
                ("begins", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("ends", models.TimeField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="note")),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="said")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "wish",
                "verbose_name_plural": "wishes",
                "ordering": ["on", "weekday", "begins", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("on__isnull", False), ("weekday", None)),
                            models.Q(("on", None), ("weekday__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_wish_is_weekly_or_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begins", None), ("ends", None)),
                            models.Q(("begins__isnull", False), ("ends__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_wish_has_both_hours_or_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractSigning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("secretary", "The secretary"), ("firm", "The firm")],
                        max_length=9,
                        verbose_name="side",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name, as it was typed")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the PDF")),
                ("signed_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signings",
                        to="office.contract",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["signed_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("contract"), models.F("side"), name="each_side_signs_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "email",
                    secretariat.office.fields.CaselessEmailField(
                        max_length=254, verbose_name="e-mail address"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "gives",
                    models.CharField(
                        choices=[
                            ("sign_in", "A sign-in, and nothing more"),
                            ("secretary", "Secretary"),
                            ("supervisor", "Supervisor"),
                            ("admin", "Administrator"),
                            ("bookkeeper", "Bookkeeper"),
                            ("contact", "The client’s portal"),
                        ],
                        max_length=10,
                        verbose_name="gives",
                    ),
                ),
                ("client_id", models.UUIDField(blank=True, null=True)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("invited_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="invited")),
                ("expires_at", models.DateTimeField(verbose_name="opens until")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "asked_again_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="asked for a new one"),
                ),
                ("mail_failed", models.BooleanField(default=False, verbose_name="mail came to nothing")),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-invited_at", "-id"],
                "indexes": [
                    models.Index(fields=["email"], name="office_invi_email_918bef_idx"),
                    models.Index(fields=["client_id"], name="office_invi_client__d02c5a_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("user__isnull", False), _connector="OR"),
                        name="an_invitation_is_used_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="an_invitation_opens_for_a_while",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="office.partner",
                        verbose_name="outsourcing company",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "person of an outsourcing company",
                "verbose_name_plural": "people of outsourcing companies",
                "ordering": ["partner", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("user",),
                        name="somebody_is_of_one_company",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("hour", "An hour"),
                            ("piece", "A piece"),
                            ("fixed", "A fixed amount"),
                            ("outcome", "Commission: an amount"),
                            ("share", "Commission: percent"),
                            ("bonus", "A bonus"),
                            ("least", "The least"),
                        ],
                        max_length=7,
                        verbose_name="for",
                    ),
                ),
                ("of", models.CharField(blank=True, max_length=12, verbose_name="of")),
                ("per", models.CharField(blank=True, max_length=5, verbose_name="each")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="amount")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=6, verbose_name="from hours"
                    ),
                ),
                ("condition", models.CharField(blank=True, max_length=240, verbose_name="on condition that")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="office.contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "term of pay",
                "verbose_name_plural": "terms of pay",
                "ordering": ["contract", "rank", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="a_term_of_pay_is_money"
                    ),
                    models.UniqueConstraint(
                        models.F("contract"),
                        models.F("by"),
                        models.F("of"),
                        models.F("per"),
                        name="a_term_of_pay_is_said_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "A shift added"),
                            ("changed", "A shift changed"),
                            ("removed", "A shift removed"),
                            ("copied", "A week copied"),
                            ("filled", "A week filled from the usual one"),
                        ],
                        max_length=7,
                        verbose_name="what",
                    ),
                ),
                ("week_on", models.DateField(verbose_name="week")),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the plan",
                "verbose_name_plural": "changes of the plan",
                "ordering": ["-made_at", "-id"],
                "indexes": [models.Index(fields=["week_on", "made_at"], name="plan_change_of_week")],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "secretary",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="presence",
                        serialize=False,
                        to="office.secretary",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("on_call", "On call"),
                            ("wrap_up", "Wrapping up"),
                            ("break", "On a break"),
                            ("away", "Away"),
                            ("off", "Off shift"),
                        ],
                        default="off",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("since", models.DateTimeField(default=secretariat.clock.now, verbose_name="since")),
                (
                    "line",
                    models.CharField(
                        choices=[("browser", "Her browser"), ("phone", "Her own telephone")],
                        default="browser",
                        max_length=8,
                        verbose_name="line",
                    ),
                ),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                ("phone_registered", models.BooleanField(default=False)),
                ("line_lost_at", models.DateTimeField(blank=True, null=True)),
                (
                    "break_reason",
                    models.CharField(blank=True, max_length=60, verbose_name="reason of the break"),
                ),
                ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="planned return")),
                (
                    "away_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "She said so"),
                            ("missed", "She missed calls"),
                            ("silent", "Her browser was not heard from"),
                        ],
                        max_length=6,
                        verbose_name="why away",
                    ),
                ),
                (
                    "missed_offers",
                    models.PositiveSmallIntegerField(default=0, verbose_name="calls missed in a row"),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presence",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("away_because", ""), ("state", "away"), _connector="OR"),
                        name="only_somebody_away_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=16, verbose_name="number")),
                (
                    "by",
                    models.CharField(
                        choices=[("call", "A call"), ("text", "A text")], max_length=4, verbose_name="by"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked for")),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0, verbose_name="wrong tries")),
                ("not_reached", models.BooleanField(default=False, verbose_name="could not be reached")),
                ("passed_at", models.DateTimeField(blank=True, null=True, verbose_name="verified")),
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="number_checks",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a number",
                "verbose_name_plural": "checks of numbers",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("secretary",),
                        name="one_open_number_check",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed_at", None), ("ended_at", models.F("passed_at")), _connector="OR"
                        ),
                        name="a_passed_check_has_ended",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="vacancy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="office.vacancy",
                verbose_name="vacancy",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["started", "withdrawn"]),
                    models.Q(("agreed_at__isnull", False), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_sent_application_says_when_and_that_she_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state__in", ["started", "sent", "invited"])),
                    models.Q(
                        ("decided_at__isnull", False), ("state__in", ["engaged", "refused", "withdrawn"])
                    ),
                    _connector="OR",
                ),
                name="a_decided_application_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                models.F("vacancy"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("state__in", ["started", "sent", "invited"])),
                name="somebody_applies_once_at_a_time",
            ),
        ),
    ]
