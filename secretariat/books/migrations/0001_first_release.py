"""Everything the models say, as of the first release."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
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
        ("books", "0001_hours"),
        ("books", "0003_time_of_writing_mail"),
        ("books", "0004_plans_and_bills"),
        ("books", "0006_pay"),
        ("books", "0008_time_of_writing_letters"),
        ("books", "0009_paid_to_a_company"),
        ("books", "0010_agreements"),
        ("books", "0011_supervision"),
        ("books", "0012_time_of_typing_and_post"),
        ("books", "0013_briefs"),
        ("books", "0014_words_about_agreements"),
        ("books", "0015_commission_of_clients"),
        ("books", "0016_one_index_of_paid_intervals"),
        ("books", "0017_reminders_of_milestones"),
        ("books", "0018_time_of_answering_requests"),
        ("books", "0019_what_was_laid_out_at_the_post"),
        ("books", "0020_runs_in_parts"),
    ]

    dependencies = [
        ("clients", "0001_first_release"),
        ("office", "0001_first_release"),
        ("office", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Numbering",
            fields=[
                ("series", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "last number",
                "verbose_name_plural": "last numbers",
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("services", models.TextField(max_length=2000, verbose_name="services, a line each")),
                ("cover", models.TextField(max_length=1000, verbose_name="hours of cover, a line each")),
                (
                    "answer_percent",
                    models.PositiveSmallIntegerField(
                        default=80,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="calls answered in time, percent",
                    ),
                ),
                (
                    "answer_seconds",
                    models.PositiveSmallIntegerField(default=20, verbose_name="in time is within, seconds"),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                (
                    "term",
                    models.CharField(
                        choices=[
                            ("monthly", "from month to month"),
                            ("yearly", "from year to year"),
                            ("project", "for one project, until its last day"),
                        ],
                        default="monthly",
                        max_length=7,
                        verbose_name="runs",
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True, help_text="Of a project.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="notice by either side, days",
                    ),
                ),
                (
                    "data_terms",
                    models.TextField(max_length=8000, verbose_name="data-processing terms, a line each"),
                ),
                (
                    "other_terms",
                    models.TextField(blank=True, max_length=4000, verbose_name="anything else, a line each"),
                ),
                ("words", models.JSONField(blank=True, default=list, editable=False)),
                ("media_id", models.UUIDField(editable=False, null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="hash of the PDF"
                    ),
                ),
                ("offered_at", models.DateTimeField(editable=False, null=True, verbose_name="offered")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                (
                    "accepted_name",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="name, as it was typed"
                    ),
                ),
                (
                    "ended_because",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="why it ends"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "client agreement",
                "verbose_name_plural": "client agreements",
                "ordering": ["client", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("version"), name="a_version_of_an_agreement_is_one"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("client",),
                        name="one_agreement_is_before_the_client",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("client",),
                        name="one_agreement_is_a_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="an_agreement_ends_after_it_begins",
                        violation_error_message="It must end on or after the day on which it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("term", "project"), _negated=True),
                            ("until_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_project_has_a_last_day",
                        violation_error_message="An agreement for one project has a last day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                models.Q(("accepted_name", ""), _negated=True), ("accepted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="an_accepted_agreement_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementWord",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thread",
                        to="books.agreement",
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
                "verbose_name": "word about an agreement",
                "verbose_name_plural": "words about agreements",
                "ordering": ["said_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BankDetails",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("ending", models.CharField(max_length=4, verbose_name="ends in")),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("entered_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="entered")),
                ("expires_at", models.DateTimeField(verbose_name="code good until")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_details",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank details",
                "verbose_name_plural": "bank details",
                "ordering": ["-entered_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False), ("replaced_at", None)),
                        fields=("secretary",),
                        name="she_is_paid_into_one_account",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bill",
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
                        choices=[("bill", "Bill"), ("credit", "Credit note")],
                        default="bill",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("issued", "Issued")],
                        default="draft",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="from")),
                ("last_on", models.DateField(verbose_name="until and with")),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=20, null=True, unique=True, verbose_name="number"
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be paid by")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("net", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="net")),
                (
                    "vat_percent",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=5, verbose_name="VAT, percent"
                    ),
                ),
                ("vat", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="VAT")),
                ("total", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="total")),
                ("tax", models.CharField(default="standard", max_length=8, verbose_name="kind of VAT")),
                ("parties", models.JSONField(default=dict)),
                ("rules", models.JSONField(default=list)),
                ("carried", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=secretariat.clock.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bills",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "credits",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_notes",
                        to="books.bill",
                    ),
                ),
                (
                    "issued_by",
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
                "verbose_name": "bill",
                "verbose_name_plural": "bills",
                "ordering": ["-first_on", "client", "id"],
                "indexes": [models.Index(fields=["state", "due_on"], name="bills_to_be_paid")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "bill")),
                        fields=("client", "first_on"),
                        name="one_bill_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("net"), "+", models.F("vat")
                                ),
                            )
                        ),
                        name="a_total_is_net_and_vat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_on", None), ("number", None), ("state", "draft")),
                            models.Q(
                                ("due_on__isnull", False),
                                ("issued_on__isnull", False),
                                ("number__isnull", False),
                                ("state", "issued"),
                            ),
                            _connector="OR",
                        ),
                        name="what_is_issued_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credits", None), ("kind", "bill")),
                            models.Q(("credits__isnull", False), ("kind", "credit")),
                            _connector="OR",
                        ),
                        name="a_credit_note_says_of_which_bill",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BillingAccount",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="billing",
                        serialize=False,
                        to="clients.client",
                    ),
                ),
                ("made_out_to", models.CharField(max_length=160, verbose_name="made out to")),
                (
                    "address",
                    models.TextField(blank=True, max_length=400, verbose_name="address, a line each"),
                ),
                ("vat_number", models.CharField(blank=True, max_length=30, verbose_name="VAT number")),
                (
                    "tax",
                    models.CharField(
                        choices=[
                            ("standard", "VAT is added"),
                            ("reverse", "Reverse charge: the client accounts for VAT"),
                            ("none", "No VAT"),
                        ],
                        default="standard",
                        max_length=8,
                        verbose_name="VAT",
                    ),
                ),
                ("days_to_pay", models.PositiveSmallIntegerField(default=14, verbose_name="days to pay")),
                (
                    "spend_cap",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Empty: no limit. Nothing beyond it is billed; the firm is told before.",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="most a month for usage and costs passed on",
                    ),
                ),
            ],
            options={
                "verbose_name": "billing account",
                "verbose_name_plural": "billing accounts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tax", "reverse"), _negated=True),
                            models.Q(("vat_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reverse_charge_needs_a_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BillItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="when")),
                ("micros", models.JSONField(default=dict)),
                ("units", models.PositiveIntegerField(default=0)),
                ("free", models.PositiveIntegerField(default=0)),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                ("because", models.CharField(blank=True, max_length=12, verbose_name="why not billed")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a bill",
                "verbose_name_plural": "items of bills",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BilledRecord",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="billed",
                        serialize=False,
                        to="clients.workrecord",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="from")),
                ("ended_at", models.DateTimeField(verbose_name="until")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="books.billitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "billed interval",
                "verbose_name_plural": "billed intervals",
                "ordering": ["started_at", "record"],
            },
        ),
        migrations.CreateModel(
            name="BillLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("retainer", "retainer"),
                            ("usage", "usage"),
                            ("not_billed", "not_billed"),
                            ("through", "through"),
                            ("texts", "texts"),
                            ("monthly", "monthly"),
                            ("annual", "annual"),
                            ("set_up", "set_up"),
                            ("extra", "extra"),
                            ("cap", "cap"),
                            ("discount", "discount"),
                            ("credit", "credit"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("time", "Time"),
                            ("call", "Each call"),
                            ("message", "Each message"),
                            ("task", "Each task"),
                        ],
                        default="time",
                        max_length=7,
                    ),
                ),
                ("words", models.CharField(max_length=240, verbose_name="what")),
                ("rule", models.TextField(blank=True, verbose_name="rule")),
                ("quantity", models.CharField(blank=True, max_length=60, verbose_name="how much")),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="books.bill"
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
                "verbose_name": "line of a bill",
                "verbose_name_plural": "lines of bills",
                "ordering": ["bill", "rank"],
                "constraints": [
                    models.UniqueConstraint(models.F("bill"), models.F("rank"), name="a_line_has_its_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Brief",
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
                            ("open", "Proposals are made"),
                            ("given", "Being worked on"),
                            ("done", "Done"),
                            ("ended", "Ended early"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("typing", "Typing and layout"),
                            ("minutes", "Minutes and reports"),
                            ("correspond", "Correspondence"),
                            ("research", "Research"),
                            ("figures", "Tables and figures"),
                            ("meetings", "Meetings and travel"),
                            ("calls", "Ringing people"),
                            ("website", "Website"),
                            ("promotion", "Promotion"),
                            ("other", "Other work"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="kind of work",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="what it is, in a few words")),
                (
                    "outcome",
                    models.TextField(max_length=3000, verbose_name="what should be there when it is done"),
                ),
                ("due_on", models.DateField(verbose_name="needed by")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="budget",
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
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
                        default=4,
                        verbose_name="level in it, at the least",
                    ),
                ),
                (
                    "for_whom",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody at the firm who fits"),
                            ("team", "Only those who answer for us"),
                        ],
                        default="everybody",
                        max_length=9,
                        verbose_name="who may propose",
                    ),
                ),
                (
                    "paid",
                    models.CharField(
                        choices=[
                            ("accepted", "When each milestone is accepted"),
                            ("advance", "Fixed prices in advance; what is not earned is given back"),
                        ],
                        default="accepted",
                        max_length=8,
                        verbose_name="paid",
                    ),
                ),
                (
                    "firm_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=20,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="what the firm keeps of the price, percent",
                    ),
                ),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days in which a milestone is answered; then it counts as accepted",
                    ),
                ),
                (
                    "shows_names",
                    models.BooleanField(
                        default=False,
                        verbose_name="the client reads the names that secretaries show in the directory",
                    ),
                ),
                ("posted_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="posted")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="given")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("ended_because", models.CharField(blank=True, max_length=240, verbose_name="why it ended")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefs",
                        to="clients.client",
                        verbose_name="client",
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
                    "skills",
                    models.ManyToManyField(blank=True, to="office.skill", verbose_name="skills it needs"),
                ),
            ],
            options={
                "verbose_name": "brief",
                "verbose_name_plural": "briefs",
                "ordering": ["-posted_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "open")),
                            models.Q(("ended_at", None), ("given_at__isnull", False), ("state", "given")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("given_at__isnull", False),
                                ("state__in", ["done", "ended"]),
                            ),
                            models.Q(("ended_at__isnull", False), ("given_at", None), ("state", "withdrawn")),
                            _connector="OR",
                        ),
                        name="a_brief_says_when_it_was_given_and_ended",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, verbose_name="points")),
                ("why", models.JSONField(default=list)),
                ("invited_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="books.brief",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.secretary"
                    ),
                ),
            ],
            options={
                "verbose_name": "who may propose",
                "verbose_name_plural": "who may propose",
                "ordering": ["-score", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("brief"), models.F("secretary"), name="she_is_asked_for_a_brief_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.TextField(max_length=1000, verbose_name="question")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
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
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="by",
                    ),
                ),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="books.brief",
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
                "verbose_name": "question about a brief",
                "verbose_name_plural": "questions about briefs",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_about_a_brief_says_by_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefTerms",
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
                            ("asked", "Waits for the other side"),
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("parts", models.JSONField(default=list)),
                ("words", models.JSONField(default=list)),
                ("because", models.CharField(blank=True, max_length=240, verbose_name="why")),
                (
                    "asked_of",
                    models.CharField(
                        choices=[
                            ("client", "The client"),
                            ("secretary", "The secretary"),
                            ("firm", "The firm"),
                        ],
                        max_length=9,
                        verbose_name="asked for by",
                    ),
                ),
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
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="books.brief"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.secretary"
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of work by proposal",
                "verbose_name_plural": "terms of work by proposal",
                "ordering": ["brief", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("brief"), models.F("version"), name="terms_of_a_brief_are_versions"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("brief",),
                        name="one_change_is_asked_for_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_change_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name of the plan")),
                ("from_on", models.DateField(verbose_name="holds from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until and with")),
                ("currency", models.CharField(default="GBP", max_length=3, verbose_name="currency")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("time", "Time"),
                            ("call", "Each call"),
                            ("message", "Each message"),
                            ("task", "Each task"),
                        ],
                        default="time",
                        max_length=7,
                        verbose_name="what is billed",
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price of a minute, call, message or task",
                    ),
                ),
                (
                    "step_seconds",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "To the second"),
                            (6, "In steps of 6 seconds"),
                            (30, "In steps of 30 seconds"),
                            (60, "In whole minutes"),
                        ],
                        default=1,
                        verbose_name="time is billed",
                    ),
                ),
                (
                    "minimum_seconds",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="least time of an answered call, seconds"
                    ),
                ),
                (
                    "counts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("ring", "Ringing"),
                                ("hold", "On hold"),
                                ("wrap_up", "Wrap-up"),
                                ("put_through", "Put through"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="counts as time",
                    ),
                ),
                (
                    "not_billed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("wrong_number", "Wrong numbers"),
                                ("silent", "Calls in which nobody spoke"),
                                ("automated", "Automated calls"),
                                ("blocked", "Blocked callers"),
                                ("test", "Test calls"),
                                ("looped", "Calls that came round in a loop"),
                                ("lost", "Callers who hung up before an answer"),
                                ("mistake", "Our own mistakes"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="never billed",
                    ),
                ),
                (
                    "included",
                    models.PositiveIntegerField(
                        default=0, verbose_name="included each month: minutes or pieces"
                    ),
                ),
                (
                    "roll_over",
                    models.BooleanField(default=False, verbose_name="what is not used lasts one month more"),
                ),
                (
                    "overage_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price beyond what is included",
                    ),
                ),
                (
                    "retainer",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="retainer a month",
                    ),
                ),
                (
                    "monthly_fee",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="other fixed fee a month",
                    ),
                ),
                (
                    "annual_fee",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fee a year",
                    ),
                ),
                (
                    "set_up_fee",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="set-up fee, once",
                    ),
                ),
                (
                    "discount_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="discount, percent",
                    ),
                ),
                (
                    "through_price",
                    models.DecimalField(
                        decimal_places=4,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="a minute put through, passed on",
                    ),
                ),
                (
                    "text_price",
                    models.DecimalField(
                        decimal_places=4,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="a text message, passed on",
                    ),
                ),
                (
                    "meeting_price",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="commission for each meeting booked",
                    ),
                ),
                (
                    "lead_price",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="commission for each lead",
                    ),
                ),
                (
                    "order_percent",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="commission on each order, percent",
                    ),
                ),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "client’s plan",
                "verbose_name_plural": "clients’ plans",
                "ordering": ["client", "-from_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="a_plan_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("client", "="),
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
                        name="one_plan_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("client", "The client"),
                            ("secretary", "The secretary"),
                            ("firm", "The firm"),
                        ],
                        max_length=9,
                        verbose_name="from",
                    ),
                ),
                ("again", models.BooleanField(default=True, verbose_name="I would work with them again")),
                ("words", models.TextField(max_length=2000, verbose_name="how it went")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="written")),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="books.brief"
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
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
            ],
            options={
                "verbose_name": "closing note",
                "verbose_name_plural": "closing notes",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("brief"), models.F("of"), name="each_side_closes_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("was_from", models.DateTimeField(verbose_name="was from")),
                ("was_until", models.DateTimeField(verbose_name="was until")),
                ("started_at", models.DateTimeField(verbose_name="from")),
                ("ended_at", models.DateTimeField(verbose_name="until")),
                ("because", models.CharField(max_length=240, verbose_name="why")),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
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
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="clients.workrecord",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="office.secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of time",
                "verbose_name_plural": "corrections of time",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("record",),
                        name="one_correction_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="a_correction_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))),
                        name="a_corrected_interval_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoursQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("words", models.CharField(max_length=500, verbose_name="question")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about hours",
                "verbose_name_plural": "questions about hours",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_to_a_question_has_its_moment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Issuer",
            fields=[
                (
                    "only",
                    models.BooleanField(default=True, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name on bills")),
                (
                    "address",
                    models.TextField(blank=True, max_length=400, verbose_name="address, a line each"),
                ),
                ("vat_number", models.CharField(blank=True, max_length=30, verbose_name="VAT number")),
                (
                    "vat_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=20,
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="VAT, percent",
                    ),
                ),
                (
                    "pay_to",
                    models.TextField(blank=True, max_length=400, verbose_name="how to pay, a line each"),
                ),
            ],
            options={
                "verbose_name": "firm on bills",
                "verbose_name_plural": "firm on bills",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only", True)), name="issuer_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeavingStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("number", "Numbers to release"),
                            ("forward", "Forwarding to cancel"),
                            ("messages", "Last messages"),
                            ("return", "Data to return"),
                            ("erase", "Data to erase"),
                            ("bill", "Last bill"),
                            ("access", "Sign-ins to close"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("words", models.CharField(max_length=240, verbose_name="what is to be done")),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="how it was done")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="books.agreement",
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
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of leaving",
                "verbose_name_plural": "steps of leaving",
                "ordering": ["agreement", "rank", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_step_that_is_done_says_by_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="milestone")),
                ("due_on", models.DateField(verbose_name="done by")),
                ("hours", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="hours it takes")),
                (
                    "pays",
                    models.CharField(
                        choices=[
                            ("fixed", "A fixed price for each milestone"),
                            ("hourly", "By the hour, up to a cap"),
                            ("share", "Commission: percent of what it brings"),
                            ("each", "Commission: an amount for each result"),
                        ],
                        max_length=6,
                        verbose_name="price",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="rate"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=3, max_digits=14, verbose_name="price, or cap"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being worked on"),
                            ("handed_in", "Waits for the client"),
                            ("disputed", "In dispute"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled by the firm"),
                            ("ended", "Ended before it was done"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "result",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="what it brought"
                    ),
                ),
                ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                (
                    "counts_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="counts as accepted from"),
                ),
                ("reminded_of", models.DateField(blank=True, null=True, verbose_name="reminded of the day")),
                ("over_at", models.DateTimeField(blank=True, null=True, verbose_name="over since")),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="books.brief",
                        verbose_name="brief",
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
                    "over_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["brief", "rank"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "handed_in")),
                        fields=["counts_at"],
                        name="unanswered_milestones",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("brief"), models.F("rank"), name="a_milestone_has_its_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("counts_at", None), ("over_at", None), ("state__in", ["open", "disputed"])
                            ),
                            models.Q(
                                ("counts_at__isnull", False),
                                ("handed_in_at__isnull", False),
                                ("over_at", None),
                                ("state", "handed_in"),
                            ),
                            models.Q(
                                ("counts_at", None),
                                ("over_at__isnull", False),
                                ("state__in", ["accepted", "settled", "ended"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_milestone_that_waits_says_until_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("media_id", models.UUIDField(unique=True)),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("added_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="added")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="books.brief"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="books.milestone",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a brief",
                "verbose_name_plural": "files of briefs",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BriefCharge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("advance", "Paid in advance"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled by the firm"),
                            ("ended", "Ended early"),
                        ],
                        max_length=8,
                        verbose_name="because",
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                ("hers", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="hers")),
                ("firms", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="the firm’s")),
                ("rule", models.CharField(max_length=400, verbose_name="rule")),
                ("micros", models.BigIntegerField(default=0, verbose_name="microseconds worked")),
                ("on", models.DateField(verbose_name="on")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charges", to="books.brief"
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="books.milestone",
                    ),
                ),
            ],
            options={
                "verbose_name": "charge for work by proposal",
                "verbose_name_plural": "charges for work by proposal",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("hers"), "+", models.F("firms")
                                ),
                            )
                        ),
                        name="a_charge_adds_up",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("because", "advance"), _negated=True),
                        fields=("milestone",),
                        name="a_milestone_is_charged_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneWord",
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
                            ("handed_in", "Handed in"),
                            ("sent_back", "Sent back"),
                            ("disputed", "Disputed"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled"),
                            ("ended", "Ended"),
                        ],
                        max_length=9,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("client", "The client"),
                            ("secretary", "The secretary"),
                            ("firm", "The firm"),
                        ],
                        max_length=9,
                        verbose_name="said by",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="words")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="said", to="books.milestone"
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.secretary"
                    ),
                ),
            ],
            options={
                "verbose_name": "word about a milestone",
                "verbose_name_plural": "words about milestones",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MonthRun",
            fields=[
                ("turn", models.UUIDField(default=secretariat.ids.uuid7, editable=False)),
                ("parts", models.PositiveIntegerField(default=0, editable=False)),
                ("parts_left", models.PositiveIntegerField(default=0, editable=False)),
                ("hindered", models.JSONField(default=dict, editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("first_on", models.DateField(unique=True, verbose_name="month")),
                (
                    "doing",
                    models.CharField(
                        choices=[("draft", "Drafting"), ("issue", "Issuing")],
                        max_length=5,
                        verbose_name="what is done",
                    ),
                ),
                ("begun_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="begun")),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
            ],
            options={
                "verbose_name": "run of a month’s bills",
                "verbose_name_plural": "runs of a month’s bills",
                "ordering": ["-first_on"],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
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
                        choices=[("meeting", "A meeting booked"), ("order", "An order"), ("lead", "A lead")],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                (
                    "worth",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="worth"),
                ),
                ("words", models.CharField(max_length=240, verbose_name="what it was")),
                ("reported_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="reported")),
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
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome of work",
                "verbose_name_plural": "outcomes of work",
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("worth__gte", 0)), name="an_outcome_is_worth_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayingAccount",
            fields=[
                (
                    "only",
                    models.BooleanField(default=True, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=70, verbose_name="holder")),
                ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                ("bic", models.CharField(blank=True, max_length=11, verbose_name="BIC")),
            ],
            options={
                "verbose_name": "account the firm pays from",
                "verbose_name_plural": "account the firm pays from",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("only", True)), name="the_firm_pays_from_one_account"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=240, verbose_name="what")),
                ("rule", models.CharField(blank=True, max_length=400, verbose_name="rule")),
                ("quantity", models.CharField(blank=True, max_length=60, verbose_name="how much")),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.secretary"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a statement",
                "verbose_name_plural": "lines of statements",
                "ordering": ["statement", "rank"],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                ("paid_on", models.DateField(verbose_name="paid on")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=120, verbose_name="how, and its reference"),
                ),
                ("noted_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="noted")),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="books.bill"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
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
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["-paid_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="a_payment_is_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayRun",
            fields=[
                ("turn", models.UUIDField(default=secretariat.ids.uuid7, editable=False)),
                ("parts", models.PositiveIntegerField(default=0, editable=False)),
                ("parts_left", models.PositiveIntegerField(default=0, editable=False)),
                ("hindered", models.JSONField(default=dict, editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("first_on", models.DateField(verbose_name="from")),
                ("last_on", models.DateField(verbose_name="until")),
                ("pay_on", models.DateField(verbose_name="to be paid on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Being prepared"),
                            ("prepared", "Waits for a second person"),
                            ("approved", "Approved"),
                        ],
                        default="preparing",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("prepared_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="prepared")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pay run",
                "verbose_name_plural": "pay runs",
                "ordering": ["-last_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="a_pay_run_ends_after_it_begins",
                        violation_error_message="The last day comes after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("state", "approved"),
                            ),
                            models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                ("approved_at", None),
                                ("approved_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_run_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_make_a_pay_run",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved"), _negated=True),
                        fields=("first_on", "last_on"),
                        name="a_pay_run_is_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayStatement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("first_on", models.DateField(verbose_name="from")),
                ("last_on", models.DateField(verbose_name="until")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("gross", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="pay")),
                ("expenses", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="paid back")),
                ("total", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="to be paid")),
                ("to_partner", models.CharField(blank=True, max_length=120, verbose_name="paid to")),
                ("rules", models.JSONField(default=list)),
                (
                    "waiting",
                    models.PositiveIntegerField(default=0, verbose_name="intervals that wait for a contract"),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.bankdetails",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.partner",
                        verbose_name="paid to",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="books.payrun",
                        verbose_name="pay run",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_statements",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "pay statement",
                "verbose_name_plural": "pay statements",
                "ordering": ["-last_on", "secretary"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("run"), models.F("secretary"), name="a_run_pays_each_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "+", models.F("expenses")
                                ),
                            )
                        ),
                        name="pay_adds_up",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("secretary", "="),
                            (
                                models.Func(
                                    models.F("first_on"),
                                    models.F("last_on"),
                                    models.Value("[]"),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="a_day_is_paid_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.UUIDField(null=True)),
                ("since", models.DateTimeField(null=True, verbose_name="from")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                ("micros", models.BigIntegerField(default=0)),
                ("units", models.PositiveIntegerField(default=0)),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="amount")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="books.payline"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid",
                        to="clients.workrecord",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.secretary"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="books.paystatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a line",
                "verbose_name_plural": "parts of lines",
                "ordering": ["line", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("record__isnull", False)),
                        fields=("record",),
                        name="an_interval_is_paid_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("subject_id__isnull", False)),
                        fields=("secretary", "subject_kind", "subject_id"),
                        name="a_piece_is_paid_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("record__isnull", False),
                                ("since__isnull", False),
                                ("subject_id", None),
                                ("until__isnull", False),
                            ),
                            models.Q(("record", None), ("subject_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_part_is_an_interval_or_a_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayExtra",
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
                            ("expense", "Expense, paid back"),
                            ("bonus", "Bonus"),
                            ("correction", "Correction of earlier pay"),
                            ("deduction", "Taken off, as agreed"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                ("words", models.CharField(max_length=240, verbose_name="what for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for the firm"),
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                        ],
                        default="asked",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer", models.CharField(blank=True, max_length=240, verbose_name="answer")),
                (
                    "subject_kind",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=60),
                ),
                ("subject_id", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_extras",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.paystatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "extra of pay",
                "verbose_name_plural": "extras of pay",
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="an_extra_is_not_nought"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("subject_id__isnull", False)),
                        fields=("subject_kind", "subject_id"),
                        name="what_was_laid_out_is_an_extra_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind__in", ["expense", "bonus"])),
                            models.Q(("amount__lt", 0), ("kind", "deduction")),
                            ("kind", "correction"),
                            _connector="OR",
                        ),
                        name="an_extra_has_the_sign_of_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("withdrawn", "Taken back"),
                            ("chosen", "Accepted"),
                            ("not_chosen", "Not chosen"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("approach", models.TextField(max_length=3000, verbose_name="what you will do")),
                (
                    "pays",
                    models.CharField(
                        choices=[
                            ("fixed", "A fixed price for each milestone"),
                            ("hourly", "By the hour, up to a cap"),
                            ("share", "Commission: percent of what it brings"),
                            ("each", "Commission: an amount for each result"),
                        ],
                        default="fixed",
                        max_length=6,
                        verbose_name="price",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=12,
                        null=True,
                        verbose_name="money an hour or for each result, or percent",
                    ),
                ),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="books.brief",
                        verbose_name="brief",
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["brief", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("brief"), models.F("number"), name="a_proposal_has_its_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["made", "chosen"])),
                        fields=("brief", "secretary"),
                        name="she_proposes_once_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "chosen")),
                        fields=("brief",),
                        name="one_proposal_is_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pays", "fixed"), ("rate", None)),
                            models.Q(models.Q(("pays", "fixed"), _negated=True), ("rate__gt", 0)),
                            _connector="OR",
                        ),
                        name="a_proposal_has_the_rate_of_its_price",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedPart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="milestone")),
                ("due_on", models.DateField(verbose_name="done by")),
                ("hours", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="hours it takes")),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="price")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="books.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone of a proposal",
                "verbose_name_plural": "milestones of proposals",
                "ordering": ["proposal", "rank"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("proposal"), models.F("rank"), name="a_proposed_part_has_its_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("hours__gt", 0)),
                        name="a_proposed_part_costs_and_takes_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.TextField(max_length=1000, verbose_name="what is not clear")),
                ("asked_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="asked")),
                ("answer_by", models.DateField(verbose_name="to be answered by")),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not answered yet"),
                            ("explained", "Explained"),
                            ("credited", "Credited"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="ended",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
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
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="books.bill"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "credit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="books.bill",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="books.billline",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about a line",
                "verbose_name_plural": "questions about lines",
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended", "")), fields=("line",), name="a_line_is_questioned_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("credit", None), ("ended", "")),
                            models.Q(
                                ("answered_at__isnull", False), ("credit", None), ("ended", "explained")
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("credit__isnull", False),
                                ("ended", "credited"),
                            ),
                            _connector="OR",
                        ),
                        name="a_question_ends_explained_or_credited",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                            ("coaching", "Coaching"),
                            ("quality", "Quality"),
                            ("complaint", "Complaint"),
                            ("praise", "Praise"),
                            ("training", "Training due"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("words", models.CharField(max_length=1000, verbose_name="words")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="of quality: percent"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="of training: due by")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
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
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on somebody's work",
                "verbose_name_plural": "remarks on somebody's work",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None),
                            models.Q(("kind", "quality"), ("score__lte", 100)),
                            _connector="OR",
                        ),
                        name="only_quality_has_a_score",
                        violation_error_message="A score belongs to a result of quality, up to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "training"), _negated=True),
                            ("due_on__isnull", False),
                            _connector="OR",
                        ),
                        name="training_is_due_by_a_day",
                        violation_error_message="Say by which day the training is due.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "qualified_by",
                    models.CharField(
                        max_length=240, verbose_name="what qualifies the supervisor in this work"
                    ),
                ),
                ("from_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "supervision",
                "verbose_name_plural": "supervision",
                "ordering": ["secretary", "-from_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("secretary",),
                        name="a_secretary_has_one_supervisor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in", None),
                            models.Q(("stand_in", models.F("supervisor")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_stand_in_is_somebody_else",
                        violation_error_message="The stand-in is somebody else.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("usage", "Usage"),
                            ("issued", "Bill issued"),
                            ("reminder", "Reminder"),
                            ("terms", "Agreement offered"),
                        ],
                        max_length=8,
                        verbose_name="about",
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                (
                    "degree",
                    models.PositiveSmallIntegerField(default=0, verbose_name="percent, or which reminder"),
                ),
                ("told_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="told")),
                (
                    "bill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="books.bill",
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
                "verbose_name": "notice about bills",
                "verbose_name_plural": "notices about bills",
                "ordering": ["-told_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("about", "usage")),
                        fields=("client", "about", "month", "degree"),
                        name="an_alert_is_given_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("about", "usage"), _negated=True),
                        fields=("bill", "about", "degree"),
                        name="a_reminder_is_given_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("because", models.CharField(max_length=240, verbose_name="what went wrong")),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
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
            ],
            options={
                "verbose_name": "mistake of ours",
                "verbose_name_plural": "mistakes of ours",
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("subject_kind"), models.F("subject_id"), name="a_mistake_is_noted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Week",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from Monday")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed by her"),
                            ("approved", "Approved, and closed"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                (
                    "sent_back_because",
                    models.CharField(blank=True, max_length=240, verbose_name="why it was sent back"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weeks",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "week worked",
                "verbose_name_plural": "weeks worked",
                "ordering": ["-starts_on", "secretary"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("secretary"), models.F("starts_on"), name="a_week_is_kept_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__iso_week_day", 1)), name="a_week_starts_on_monday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("confirmed_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="what_is_not_open_was_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("state", "approved"),
                            ),
                            models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                ("approved_at", None),
                                ("approved_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_week_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedTime",
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
                ("started_at", models.DateTimeField(verbose_name="from")),
                ("ended_at", models.DateTimeField(verbose_name="until")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="clients.workrecord",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.secretary"
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.correction",
                    ),
                ),
                (
                    "week",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="times", to="books.week"
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmed time",
                "verbose_name_plural": "confirmed time",
                "ordering": ["started_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="billitem",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="books.billline"
            ),
        ),
        migrations.AddField(
            model_name="payline",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="books.paystatement"
            ),
        ),
        migrations.AddIndex(
            model_name="billitem",
            index=models.Index(fields=["subject_id"], name="items_of_a_call"),
        ),
        migrations.AddConstraint(
            model_name="payline",
            constraint=models.UniqueConstraint(
                models.F("statement"), models.F("rank"), name="a_line_of_pay_has_its_place"
            ),
        ),
    ]
