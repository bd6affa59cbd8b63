from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client
from .team import Assignment


class BulletinQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm sees all; a secretary those for everybody, for a team she is on, and for herself."""
        roles = user.roles
        if roles.firm_wide:
            return self
        return self.for_reader(user) if roles.secretary else self.none()

    def for_reader(self, user):
        """What this secretary is to read, whatever else she may see."""
        teams = Assignment.objects.filter(secretary__user=user, until_at=None).values("client")
        return self.filter(Q(client=None, person=None) | Q(client__in=teams) | Q(person=user))

    def in_force(self):
        now = clock.Now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)

    def unread_by(self, user):
        return self.exclude(readings__user=user)


class Bulletin(models.Model):
    """Something the firm tells its secretaries: all of them, a client's team, or one person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=2000)
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bulletins",
        verbose_name=_("only for the team of"),
    )
    person = models.ForeignKey(
        "office.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
        limit_choices_to={"secretary__isnull": False},
    )
    must_acknowledge = models.BooleanField(_("must be acknowledged before a shift"), default=True)
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    written_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ["-from_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(client=None) | Q(person=None),
                name="a_bulletin_is_for_a_team_or_a_person",
                violation_error_message=_("Choose a client’s team or one person, not both."),
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=models.F("from_at")),
                name="a_bulletin_ends_after_it_begins",
                violation_error_message=_("It must end after it begins."),
            ),
        ]

    def __str__(self):
        return self.title


class BulletinReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.roles.firm_wide else self.filter(user=user)


class BulletinReading(models.Model):
    """Somebody said that she has read a bulletin."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="readings")
    user = models.ForeignKey("office.User", models.CASCADE, related_name="+", verbose_name=_("who"))
    read_at = models.DateTimeField(_("read"), default=clock.now)

    objects = BulletinReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a bulletin")
        verbose_name_plural = _("readings of bulletins")
        constraints = [models.UniqueConstraint("bulletin", "user", name="a_bulletin_is_read_once")]

    def __str__(self):
        return f"{self.user}, {self.read_at:%Y-%m-%d %H:%M}"
