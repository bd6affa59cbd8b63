"""What a secretary can do and how it is known: certificates, typing tests, and the profile she shows."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.profiles.typing import FASTEST
from secretariat.office.specialities import Speciality

from .firm import FirmQuerySet
from .secretary import Secretary, SecretaryLanguage, SecretarySkill, Skill, SkillQuerySet
from .shift import OwnRowsQuerySet


class Training(models.Model):
    """Something that is learnt and certified: a course, an apprenticeship, a diploma."""

    class Kind(models.TextChoices):
        VOCATIONAL = "vocational", _("Vocational training")
        SECRETARIAL = "secretarial", _("Secretarial training")
        OTHER = "other", _("Another course or certificate")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.SECRETARIAL)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Requirement(models.Model):
    """Something without which nobody is matched, planned or offered a call: one training, one language or a
    speed at the keyboard.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    training = models.ForeignKey(
        Training, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("training")
    )
    language = models.CharField(_("or language"), max_length=12, blank=True, help_text=_("As in fr, en-GB."))
    level = models.PositiveSmallIntegerField(
        _("at least"), choices=SecretaryLanguage.Level, null=True, blank=True
    )
    words_a_minute = models.PositiveSmallIntegerField(
        _("or typing: correct words a minute, at least"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(FASTEST)],
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(training__isnull=False, language="", level=None, words_a_minute=None)
                | Q(~Q(language=""), training=None, level__isnull=False, words_a_minute=None)
                | Q(training=None, language="", level=None, words_a_minute__isnull=False),
                name="%(class)s_asks_for_one_thing",
                violation_error_message=_("One at a time: a training, a language, or a speed of typing."),
            )
        ]

    def __str__(self):
        if self.words_a_minute:
            return str(_("Typing: %(n)d words a minute") % {"n": self.words_a_minute})
        return str(self.training) if self.training else f"{self.language} {self.get_level_display()}"


class FirmRequirement(Requirement):
    """What the firm requires of everybody who answers for its clients."""

    objects = FirmQuerySet.as_manager()

    class Meta(Requirement.Meta):
        verbose_name = _("requirement of the firm")
        verbose_name_plural = _("requirements of the firm")
        ordering = ["id"]


class CertificateQuerySet(OwnRowsQuerySet):
    def standing(self, on):
        """Those somebody of the firm has checked, and that have not expired on this day."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=on), state=Certificate.State.CHECKED)


class Certificate(models.Model):
    """A training she has, with its paper. It counts once somebody of the firm has seen the paper."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be checked")
        CHECKED = "checked", _("Checked")
        REFUSED = "refused", _("Not accepted")
        REPLACED = "replaced", _("Replaced by a newer one")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(Secretary, models.PROTECT, related_name="certificates")
    training = models.ForeignKey(Training, models.PROTECT, verbose_name=_("training"))
    issued_by = models.CharField(_("issued by"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    media_id = models.UUIDField(null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    handed_in_at = models.DateTimeField(_("handed in"), default=clock.now)
    checked_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=240, blank=True)
    warned_at = models.DateTimeField(_("warned that it expires"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="a_certificate_is_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(checked_at__isnull=False),
                name="a_checked_certificate_says_who_checked_it",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=models.F("issued_on")),
                name="a_certificate_expires_after_it_is_issued",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(state="checked"), name="certificates_that_expire")
        ]

    def __str__(self):
        return f"{self.training}, {self.secretary}"


class Claim(models.Model):
    """A skill or a language that she says she has. It counts once somebody of the firm has accepted it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be checked")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(Secretary, models.CASCADE, related_name="claims")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, verbose_name=_("skill"))
    skill_level = models.PositiveSmallIntegerField(
        _("level of the skill"), choices=SecretarySkill.Level, null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level"), choices=SecretaryLanguage.Level, null=True, blank=True
    )
    evidence = models.CharField(_("evidence"), max_length=240, blank=True)
    media_id = models.UUIDField(null=True, blank=True, editable=False)  # a paper that shows it, sealed
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    said_at = models.DateTimeField(_("said"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=240, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill or language she names")
        verbose_name_plural = _("skills and languages they name")
        ordering = ["-said_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(skill__isnull=False, language="", level=None)
                | Q(~Q(language=""), skill=None, level__isnull=False, skill_level=None),
                name="a_claim_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None, answered_by=None)
                | Q(~Q(state="waiting"), answered_at__isnull=False, answered_by__isnull=False),
                name="a_claim_is_answered_by_somebody",
            ),
            models.UniqueConstraint(
                "secretary",
                "skill",
                "language",
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="a_claim_waits_once",
            ),
        ]

    def __str__(self):
        return str(self.skill) if self.skill else f"{self.language} {self.get_level_display()}"


class TypingTestQuerySet(OwnRowsQuerySet):
    def counted(self):
        """Those that came back, and as what they are."""
        return self.filter(ended_at__isnull=False, not_counted="")

    def newest_of(self, secretaries):
        """Of each of these, by their ids, the newest that counts."""
        rows = self.counted().filter(secretary__in=list(secretaries))
        return rows.order_by("secretary_id", "-begun_at", "-pk").distinct("secretary_id")


class TypingTest(models.Model):
    """One go at the typing test, timed by us. Every go is kept; of those that count the newest is shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.CASCADE, null=True, blank=True, related_name="typing_tests"
    )
    application = models.ForeignKey(
        "office.Application", models.CASCADE, null=True, blank=True, related_name="typing_tests"
    )
    passage = models.PositiveSmallIntegerField(_("passage"))
    begun_at = models.DateTimeField(_("begun"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    seconds = models.DecimalField(_("seconds"), max_digits=8, decimal_places=2, null=True, blank=True)
    characters = models.PositiveIntegerField(_("characters typed"), default=0)
    errors = models.PositiveIntegerField(_("errors"), default=0)
    words_a_minute = models.DecimalField(
        _("correct words a minute"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    not_counted = models.CharField(_("not counted, because"), max_length=120, blank=True)

    objects = TypingTestQuerySet.as_manager()

    class Meta:
        verbose_name = _("typing test")
        verbose_name_plural = _("typing tests")
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, seconds=None) | Q(ended_at__isnull=False, seconds__isnull=False),
                name="a_typing_test_that_ended_has_its_seconds",
            ),
            models.CheckConstraint(
                condition=Q(secretary__isnull=False, application=None)
                | Q(secretary=None, application__isnull=False),
                name="a_typing_test_is_somebodys",
            ),
        ]

    def __str__(self):
        return f"{self.secretary or self.application}, {self.words_a_minute or '–'}"

    @property
    def accuracy(self) -> Decimal:
        """Percent of what was typed that is right."""
        if not self.characters:
            return Decimal(0)
        return (100 * Decimal(max(0, self.characters - self.errors)) / self.characters).quantize(
            Decimal("0.1")
        )


class Profile(models.Model):
    """What she shows of herself. Public once she says so; her number and mailbox are never part of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.OneToOneField(Secretary, models.CASCADE, related_name="profile")
    is_public = models.BooleanField(_("in the public directory"), default=False)
    public_name = models.CharField(_("name in the directory"), max_length=60, blank=True)
    headline = models.CharField(_("in one line"), max_length=120, blank=True)
    about = models.TextField(_("about my work"), max_length=1500, blank=True)
    specialities = models.TextField(_("specialities, one a line"), max_length=600, blank=True)
    works_in = ArrayField(
        models.CharField(max_length=10, choices=Speciality),
        verbose_name=_("kinds of work I am good at"),
        default=list,
        blank=True,
        db_default=[],
    )
    hours = models.CharField(_("when I work"), max_length=160, blank=True)
    hours_from = models.PositiveSmallIntegerField(
        _("hours a week, from"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    hours_to = models.PositiveSmallIntegerField(
        _("hours a week, to"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    shows_skills = models.BooleanField(_("my skills"), default=True)
    shows_languages = models.BooleanField(_("my languages"), default=True)
    shows_training = models.BooleanField(_("my training, without the papers"), default=False)
    shows_typing = models.BooleanField(_("my typing test"), default=False)
    shows_hours = models.BooleanField(_("my hours"), default=True)
    shows_zone = models.BooleanField(_("my time zone"), default=True)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(public_name=""), name="a_public_profile_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(hours_from=None) | Q(hours_to=None) | Q(hours_from__lte=models.F("hours_to")),
                name="hours_of_a_profile_from_less_to_more",
            ),
        ]

    def __str__(self):
        return self.public_name or str(self.secretary)

    @property
    def speciality_lines(self) -> list[str]:
        """Everything she names, as it is read: kinds of work everybody tells alike, then her own words."""
        known = [str(Speciality(each).label) for each in self.works_in]
        lines = [line.strip() for line in self.specialities.splitlines() if line.strip()]
        return list(dict.fromkeys([*known, *lines]))
