from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7


class HalfTypedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own: what somebody has not sent is nobody else's."""
        return self.filter(user=user.pk)


class HalfTyped(models.Model):
    """What somebody has typed into a long form and not sent yet, for her to go on with wherever she signs in.

    Once it is sent the row stays for a while, empty and one revision further: what a page that was left
    posts late is of an older one, and is not taken.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("office.User", models.CASCADE, related_name="+", verbose_name=_("by"))
    form = models.CharField(_("form"), max_length=20)
    about = models.UUIDField(_("about"))
    fields = models.JSONField(_("typed"), default=dict)  # {"title": "…", "skills": ["…", "…"]}
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_at = models.DateTimeField(_("saved"), default=clock.now)

    objects = HalfTypedQuerySet.as_manager()

    class Meta:
        verbose_name = _("half-typed form")
        verbose_name_plural = _("half-typed forms")
        constraints = [
            models.UniqueConstraint("user", "form", "about", name="she_types_into_a_form_once_at_a_time")
        ]

    def __str__(self):
        return self.form
