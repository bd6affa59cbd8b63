from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.fields import CaselessEmailField


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those whose link still opens."""
        return self.unanswered().filter(expires_at__gt=clock.Now())

    def unanswered(self):
        """Those nobody has used or taken back, whether or not their time is over."""
        return self.filter(used_at=None, withdrawn_at=None)

    def visible_to(self, user):
        """The firm sees all; an owner those to her own client, an outsourcing company those to its people."""
        roles = user.roles
        if roles.firm_wide:
            return self
        owned = [contact.client_id for contact in roles.contacts if contact.standing == "owner"]
        theirs = Q(client_id__in=owned)
        if roles.partner:
            theirs |= Q(gives=Invitation.Gives.PARTNER, subject_id=roles.partner)
        return self.filter(theirs)


class Invitation(models.Model):
    """The one way to a sign-in: a link for one address, which opens once and not for long."""

    class Gives(models.TextChoices):
        """What becomes of whoever accepts."""

        SIGN_IN = "sign_in", _("A sign-in, and nothing more")
        SECRETARY = "secretary", _("Secretary")
        SUPERVISOR = "supervisor", _("Supervisor")
        ADMIN = "admin", _("Administrator")
        BOOKKEEPER = "bookkeeper", _("Bookkeeper")
        CONTACT = "contact", _("The client’s portal")
        PARTNER = "partner", _("Person of an outsourcing company")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = CaselessEmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    gives = models.CharField(_("gives"), max_length=10, choices=Gives)
    client_id = models.UUIDField(null=True, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)  # of a contact, or an outsourcing company
    invited_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"), default=clock.now)
    expires_at = models.DateTimeField(_("opens until"))
    user = models.ForeignKey(
        "office.User",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("accepted by"),
    )
    used_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    asked_again_at = models.DateTimeField(_("asked for a new one"), null=True, blank=True)
    mail_failed = models.BooleanField(_("mail came to nothing"), default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(user__isnull=False), name="an_invitation_is_used_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="an_invitation_opens_for_a_while"
            ),
        ]
        indexes = [models.Index(fields=["email"]), models.Index(fields=["client_id"])]

    def __str__(self):
        return f"{self.name} <{self.email}>"
