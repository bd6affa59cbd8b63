"""What a secretary writes of what was dictated, and the client's word on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, Served
from secretariat import clock
from secretariat.ids import uuid7


class DictatedDraftQuerySet(ClientOwnedQuerySet):
    """The desk sees every draft; the client, and whoever dictated it, what she was shown."""

    def visible_to(self, user):
        roles = user.roles
        if roles.firm_wide:
            return self
        hers = Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        hers |= Q(dictation__contact__in=[contact.pk for contact in roles.contacts])
        reach = hers & Q(shown_at__isnull=False)
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return self.filter(reach)


class DictatedDraft(models.Model):
    """One mail, letter, message, task or meeting that is to come of a dictation.

    What is typed is kept in `values` with every pause; what is shown to the client stands in its versions.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        LETTER = "letter", _("Letter")
        MESSAGE = "message", _("Message")
        TASK = "task", _("Task")
        MEETING = "meeting", _("Meeting")

    class Wording(models.TextChoices):
        AS_DICTATED = "as_dictated", _("As dictated")
        TO_BE_WORDED = "to_be_worded", _("To be worded")

    class State(models.TextChoices):
        TYPING = "typing", _("Being typed")
        ASKED = "asked", _("With the client")
        CHANGE = "change", _("To be changed")
        MADE = "made", _("Done")
        DROPPED = "dropped", _("Thrown away")

    WRITABLE = (State.TYPING, State.CHANGE)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    dictation = models.ForeignKey("calls.Dictation", models.PROTECT, related_name="drafts")
    nth = models.PositiveSmallIntegerField(_("of the same dictation"), default=1)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.MAIL)
    wording = models.CharField(_("wording"), max_length=12, choices=Wording, default=Wording.AS_DICTATED)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.TYPING)
    author = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("typed by"))
    began_at = models.DateTimeField(_("begun"), default=clock.now)
    values = models.JSONField(default=dict, blank=True)  # field → what stands in it
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    # Whose stretch of typing goes on, and since when.
    writing_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    writing_since = models.DateTimeField(null=True, blank=True)
    writing_until = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(_("first shown to the client"), null=True, blank=True)
    effect = models.ForeignKey("outbox.Effect", models.SET_NULL, null=True, blank=True, related_name="+")
    # What it became, once it was agreed to.
    made_at = models.DateTimeField(_("done"), null=True, blank=True)
    made_kind = models.CharField(max_length=60, blank=True)
    made_id = models.UUIDField(null=True, blank=True)
    error = models.CharField(_("what stands against it"), max_length=240, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)  # its words are no longer kept
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = DictatedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a dictation")
        verbose_name_plural = _("drafts of dictations")
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint("dictation", "nth", name="a_draft_of_a_dictation_has_its_place"),
            models.CheckConstraint(
                condition=Q(state="made", made_at__isnull=False) | ~Q(state="made") & Q(made_at=None),
                name="what_is_done_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], condition=Q(state="asked"), name="dictated_drafts_asked"),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """12 for the first draft of dictation 12, 12-2 for the second."""
        base = str(self.dictation.number or "–")
        return base if self.nth == 1 else f"{base}-{self.nth}"

    @property
    def is_writable(self) -> bool:
        return self.state in self.WRITABLE


class DictatedVersionQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        if user.roles.firm_wide:
            return self
        return self.filter(draft__in=DictatedDraft.objects.visible_to(user).values("pk"))


class DictatedVersion(models.Model):
    """A draft as it was put before the client."""

    class How(models.TextChoices):
        PORTAL = "portal", _("In the portal")
        LINK = "link", _("By the link")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    draft = models.ForeignKey(DictatedDraft, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=7, choices=DictatedDraft.Kind)
    values = models.JSONField(default=dict)
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("put forward"))
    agreed = models.BooleanField(_("agreed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "clients.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    how = models.CharField(_("how"), max_length=6, choices=How, blank=True)
    wish = models.TextField(_("what is to be changed"), max_length=2_000, blank=True)

    objects = DictatedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a dictated draft")
        verbose_name_plural = _("versions of dictated drafts")
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint("draft", "number", name="a_version_of_a_dictated_draft_is_one"),
            models.CheckConstraint(
                condition=Q(agreed=None, decided_at=None) | Q(agreed__isnull=False, decided_at__isnull=False),
                name="a_word_on_a_dictated_draft_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.draft_id} / {self.number}"
