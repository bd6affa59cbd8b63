from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.specialities import SkillLevel, at_level


class LineKind(models.TextChoices):
    """What a secretary answers with."""

    BROWSER = "browser", _("Her browser")
    PHONE = "phone", _("Her own telephone")


class SecretaryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm sees all; a secretary sees herself. Clients never see secretaries' rows."""
        if user.roles.firm_wide:
            return self
        return self.filter(user=user)


class Secretary(models.Model):
    """Somebody engaged to answer in the clients' names, from home."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(
        "office.User", models.PROTECT, related_name="secretary", verbose_name=_("person")
    )
    spoken_name = models.CharField(_("name she says on the telephone"), max_length=60)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    line = models.CharField(_("usual line"), max_length=8, choices=LineKind, default=LineKind.BROWSER)
    home_number = models.CharField(
        _("home number"), max_length=16, blank=True
    )  # E.164; never shown to clients
    verified_number = models.CharField(
        _("verified number"), max_length=16, blank=True, default="", db_default="", editable=False
    )
    engaged_from = models.DateField(_("engaged from"), null=True, blank=True)
    engaged_until = models.DateField(_("engaged until"), null=True, blank=True)

    objects = SecretaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("secretary")
        verbose_name_plural = _("secretaries")
        ordering = ["spoken_name", "id"]

    def __str__(self):
        return self.spoken_name

    @property
    def rings_at_home(self) -> bool:
        """Whether calls may ring at her own telephone: it answered for itself, and has not changed since."""
        return bool(self.home_number) and self.home_number == self.verified_number

    @property
    def is_engaged(self) -> bool:
        """By the calendar where she lives, as her contract begins and ends."""
        today = clock.now().astimezone(ZoneInfo(self.zone)).date()
        return (self.engaged_from is None or self.engaged_from <= today) and (
            self.engaged_until is None or today <= self.engaged_until
        )


class SkillQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What can be learnt is no secret to those who work here, nor to clients, who may require it."""
        roles = user.roles
        return self if roles.firm_wide or roles.secretary or roles.contacts else self.none()


class Skill(models.Model):
    """Something that can be learnt; the usual ones are there from a firm's first day."""

    class Area(models.TextChoices):
        CALLERS = "callers", _("With callers")
        WRITING = "writing", _("Writing and organising")
        SOFTWARE = "software", _("Software")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=60, unique=True)
    area = models.CharField(_("area"), max_length=8, choices=Area, default=Area.OTHER, db_default=Area.OTHER)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self):
        return self.name


class OfSecretaryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a secretary can do: hers and the firm's to see."""
        if user.roles.firm_wide:
            return self
        return self.filter(secretary__user=user)


class Vouched(models.Model):
    """How something about her is known, and who of the firm has checked it; both or neither."""

    class How(models.TextChoices):
        SAID = "said", _("Stated, not checked")
        TEST = "test", _("By a test")
        PAPER = "paper", _("By a certificate")
        SPOKEN = "spoken", _("Spoken with, by somebody of the firm")
        WORK = "work", _("By work we have seen")

    how = models.CharField(
        _("how it is known"), max_length=6, choices=How, default=How.SAID, db_default=How.SAID
    )
    evidence = models.CharField(_("evidence"), max_length=240, blank=True, default="", db_default="")
    checked_by = models.ForeignKey(
        "office.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    media_id = models.UUIDField(null=True, blank=True, editable=False)  # a paper that shows it, sealed

    class Meta:
        abstract = True

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None


class SecretarySkill(Vouched):
    Level = SkillLevel

    secretary = models.ForeignKey(Secretary, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)

    objects = OfSecretaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill she has")
        verbose_name_plural = _("skills she has")
        constraints = [models.UniqueConstraint("secretary", "skill", name="a_skill_is_had_once")]

    def __str__(self):
        return at_level(self.skill.name, self.level)


class SecretaryLanguage(Vouched):
    """A language she answers in. Levels are those of the Common European Framework; N is a first language."""

    class Level(models.IntegerChoices):
        A1 = 1, "A1"
        A2 = 2, "A2"
        B1 = 3, "B1"
        B2 = 4, "B2"
        C1 = 5, "C1"
        C2 = 6, "C2"
        NATIVE = 7, _("First language")

    secretary = models.ForeignKey(Secretary, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=12)  # BCP 47
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)

    objects = OfSecretaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [models.UniqueConstraint("secretary", "language", name="a_language_is_spoken_once")]

    def __str__(self):
        return f"{self.language} {self.get_level_display()}"
