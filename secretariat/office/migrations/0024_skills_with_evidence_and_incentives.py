"""Skills have a level and a paper, typing can be required, and a contract can pay for more than it could."""

import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("office", "0023_company_signs"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="claim",
            name="a_claim_is_of_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="firmrequirement",
            name="firmrequirement_asks_for_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="payterm",
            name="a_term_of_pay_is_said_once",
        ),
        migrations.AddField(
            model_name="claim",
            name="media_id",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="skill_level",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(1, "with help"), (2, "on her own"), (3, "shows others how")],
                null=True,
                verbose_name="level of the skill",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="trial_again_because",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=240,
                verbose_name="of a second trial: why there is one",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="skills",
            field=models.ManyToManyField(blank=True, to="office.skill", verbose_name="skills"),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="works_in",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
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
                    max_length=10,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="kinds of work",
            ),
        ),
        migrations.AddField(
            model_name="firmrequirement",
            name="words_a_minute",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(220),
                ],
                verbose_name="or typing: correct words a minute, at least",
            ),
        ),
        migrations.AddField(
            model_name="payterm",
            name="percent",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, verbose_name="of quality: from percent"
            ),
        ),
        migrations.AddField(
            model_name="profile",
            name="works_in",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
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
                    max_length=10,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="kinds of work I am good at",
            ),
        ),
        migrations.AddField(
            model_name="secretarylanguage",
            name="media_id",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="secretaryskill",
            name="level",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(1, "with help"), (2, "on her own"), (3, "shows others how")],
                null=True,
                verbose_name="level",
            ),
        ),
        migrations.AddField(
            model_name="secretaryskill",
            name="media_id",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="skill",
            name="area",
            field=models.CharField(
                choices=[
                    ("callers", "With callers"),
                    ("writing", "Writing and organising"),
                    ("software", "Software"),
                    ("other", "Other"),
                ],
                db_default="other",
                default="other",
                max_length=8,
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="paid_each",
            field=models.CharField(
                choices=[("week", "each week"), ("month", "each month")],
                db_default="month",
                default="month",
                max_length=5,
                verbose_name="paid",
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="pay_within_days",
            field=models.PositiveSmallIntegerField(
                db_default=10,
                default=10,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(60),
                ],
                verbose_name="on her account within so many days after the week or month",
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="until_on",
            field=models.DateField(
                blank=True,
                help_text="Empty: until it is closed. After that day nobody sees it any more.",
                null=True,
                verbose_name="last day on which somebody can apply",
            ),
        ),
        migrations.AlterField(
            model_name="payterm",
            name="by",
            field=models.CharField(
                choices=[
                    ("hour", "An hour"),
                    ("waiting", "An hour on shift with nothing to do"),
                    ("day_off", "A day of paid holiday or sickness"),
                    ("piece", "A piece"),
                    ("fixed", "A fixed amount"),
                    ("outcome", "Commission: an amount"),
                    ("share", "Commission: percent"),
                    ("kept", "A bonus for keeping every shift"),
                    ("odd", "A shift at odd hours"),
                    ("quality", "A bonus for quality"),
                    ("spoken", "An hour in a language, on top"),
                    ("bonus", "A bonus"),
                    ("least", "The least"),
                    ("less", "Taken off"),
                    ("reduced", "Reduced by percent"),
                ],
                max_length=7,
                verbose_name="for",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("language", ""), ("level", None), ("skill__isnull", False)),
                    models.Q(
                        models.Q(("language", ""), _negated=True),
                        ("level__isnull", False),
                        ("skill", None),
                        ("skill_level", None),
                    ),
                    _connector="OR",
                ),
                name="a_claim_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("language", ""),
                        ("level", None),
                        ("training__isnull", False),
                        ("words_a_minute", None),
                    ),
                    models.Q(
                        models.Q(("language", ""), _negated=True),
                        ("level__isnull", False),
                        ("training", None),
                        ("words_a_minute", None),
                    ),
                    models.Q(
                        ("language", ""),
                        ("level", None),
                        ("training", None),
                        ("words_a_minute__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="firmrequirement_asks_for_one_thing",
                violation_error_message="One at a time: a training, a language, or a speed of typing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", "quality"), _negated=True),
                    models.Q(("percent__gte", 1), ("percent__lte", 100)),
                    _connector="OR",
                ),
                name="a_bonus_for_quality_says_from_how_much",
            ),
        ),
        migrations.AddConstraint(
            model_name="payterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", "spoken"), _negated=True),
                    models.Q(("of", ""), _negated=True),
                    _connector="OR",
                ),
                name="an_hour_in_a_language_says_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="payterm",
            constraint=models.UniqueConstraint(
                models.F("contract"),
                models.F("by"),
                models.F("of"),
                models.F("per"),
                models.F("hours"),
                name="a_term_of_pay_is_said_once",
            ),
        ),
    ]
