"""An applicant names whom the firm may ask and hands in papers; how a step stood before is kept; an enquiry is
answered in words, and may become a client."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import secretariat.ids
from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("office", "0025_half_typed"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="first_calls_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who is there while she takes her first calls",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="made_client_id",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="written",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=2000, verbose_name="what they were written"
            ),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("matched", "Somebody was suggested"),
                    ("client", "Became a client"),
                    ("closed", "Closed"),
                ],
                default="open",
                max_length=7,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="referees",
            field=models.TextField(
                blank=True,
                max_length=1000,
                verbose_name="whoever else knows your work, and by which telephone we reach them",
            ),
        ),
        migrations.CreateModel(
            name="ApplicantsPaper",
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
                            ("identity", "Who you are: passport, identity card"),
                            ("certificate", "A certificate"),
                            ("life", "Your CV"),
                            ("other", "Something else"),
                        ],
                        max_length=11,
                        verbose_name="what it is",
                    ),
                ),
                ("media_id", models.UUIDField(editable=False, unique=True)),
                ("handed_in_at", models.DateTimeField(verbose_name="handed in")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="office.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of an application",
                "verbose_name_plural": "papers of applications",
                "ordering": ["application", "handed_in_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="StepBefore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("at", models.DateTimeField(verbose_name="when")),
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
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="before", to="office.step"
                    ),
                ),
            ],
            options={
                "verbose_name": "how a step stood before",
                "verbose_name_plural": "how steps stood before",
                "ordering": ["step", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Referee",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="which of them")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "known",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="how she or he knows your work"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                (
                    "given_up_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="time to answer was over"),
                ),
                ("mail_failed", models.BooleanField(default=False, verbose_name="the mail did not arrive")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "again",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, at once"),
                            ("perhaps", "Yes, with reservations"),
                            ("no", "No"),
                            ("silent", "I would rather say nothing"),
                        ],
                        max_length=7,
                        verbose_name="would work with her again",
                    ),
                ),
                (
                    "worked",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="in which work, and for how long"
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, max_length=3000, verbose_name="what is said of her work"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="office.application",
                    ),
                ),
                (
                    "asked_by",
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
                "verbose_name": "referee",
                "verbose_name_plural": "referees",
                "ordering": ["application", "place"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("answered_at", None), ("asked_at__isnull", False), ("given_up_at", None)
                        ),
                        fields=["asked_at"],
                        name="referees_who_may_answer",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("application"), models.F("place"), name="a_referee_has_her_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("again", ""), ("answered_at", None)),
                            models.Q(("answered_at__isnull", False), models.Q(("again", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_reference_says_when_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at", None), ("asked_by", None)),
                            models.Q(
                                ("asked_at__isnull", False),
                                ("asked_by__isnull", False),
                                models.Q(("email", ""), _negated=True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_referee_is_asked_by_somebody",
                    ),
                ],
            },
        ),
    ]
