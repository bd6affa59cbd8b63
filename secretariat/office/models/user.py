from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7
from secretariat.office.fields import CaselessEmailField
from secretariat.office.roles import Roles


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People this person may see: the firm sees everyone, everyone sees herself."""
        return self if user.roles.firm_wide else self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What she may do follows from facts about her, never from a field here."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the computer")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = CaselessEmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, blank=True, default=Theme.SYSTEM)
    ring_volume = models.PositiveSmallIntegerField(
        _("how loud it rings, percent"), default=100, db_default=100
    )
    keys = models.JSONField(  # what she changed, {our key: hers}; see office/keys.py
        default=dict, db_default=models.Value({}, models.JSONField()), blank=True
    )
    letter_keys = models.BooleanField(_("letters are keys"), default=True, db_default=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person who signs in")
        verbose_name_plural = _("people who sign in")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    @cached_property
    def roles(self) -> Roles:
        return Roles(self)

    @property
    def is_staff(self):
        return self.roles.firm_wide

    def has_perm(self, perm, obj=None):
        return self.is_active and self.roles.firm_wide

    def has_module_perms(self, app_label):
        return self.is_active and self.roles.firm_wide
