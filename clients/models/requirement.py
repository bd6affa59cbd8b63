"""What a client requires of whoever answers for it, whichever her turn."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat.office.models import Requirement

from .client import Client, ClientOwnedQuerySet


class ClientRequirement(Requirement):
    """A training, a language at a level, or a speed of typing.

    Nobody without it is put on the team or offered a call.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="requirements", verbose_name=_("client"))

    objects = ClientOwnedQuerySet.as_manager()

    class Meta(Requirement.Meta):
        verbose_name = _("requirement of a client")
        verbose_name_plural = _("requirements of clients")
        ordering = ["id"]
