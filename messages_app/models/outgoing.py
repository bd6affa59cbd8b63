"""What is written in a client's name: typed, approved, sent, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, DeskQuerySet, Served
from secretariat import clock
from secretariat.ids import uuid7


class OutgoingQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """As any row of the client; but what is only being typed is the desk's own."""
        roles = user.roles
        if roles.firm_wide:
            return self
        shown = Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        reach = shown & ~Q(state__in=[OutgoingMail.State.DRAFTING, OutgoingMail.State.DROPPED])
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return self.filter(reach)

    def being_written(self):
        return self.filter(state__in=OutgoingMail.WRITABLE)


class OutgoingMail(models.Model):
    """One mail in a client's name, from the first letter typed until it is known what became of it."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Answer")
        NEW = "new", _("New mail")

    class State(models.TextChoices):
        DRAFTING = "drafting", _("Being written")
        AWAITING = "awaiting", _("Waits for approval")
        CHANGES = "changes", _("A change is asked for")
        SCHEDULED = "scheduled", _("Waits to leave")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        UNKNOWN = "unknown", _("Not known whether it left")
        DROPPED = "dropped", _("Thrown away")

    class Copy(models.TextChoices):
        """In the Sent folder of the client's own mailbox."""

        NONE = "none", _("None")
        WAITING = "waiting", _("On its way")
        KEPT = "kept", _("In the Sent folder")
        FAILED = "failed", _("Could not be put into the Sent folder")

    WRITABLE = (State.DRAFTING, State.CHANGES, State.FAILED)
    OVER = (State.SENT, State.DROPPED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    mailbox = models.ForeignKey(
        "messages_app.Mailbox", models.PROTECT, related_name="outgoing", verbose_name=_("mailbox")
    )
    thread = models.ForeignKey(
        "messages_app.MailThread", models.CASCADE, null=True, blank=True, related_name="outgoing"
    )
    answers = models.ForeignKey(
        "messages_app.Mail",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answers"),
    )
    mail = models.ForeignKey(  # what it became once it had left
        "messages_app.Mail", models.SET_NULL, null=True, blank=True, related_name="outgoing"
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.REPLY)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFTING)
    author = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("written by"))
    began_at = models.DateTimeField(_("begun"), default=clock.now)
    # As it is typed: field → what stands in it. `revision` rises with every save.
    values = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    # Whose stretch of writing goes on, and since when; it ends when nothing was typed for a while.
    writing_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    writing_since = models.DateTimeField(null=True, blank=True)
    writing_until = models.DateTimeField(null=True, blank=True)
    # As it leaves: bare addresses.
    to = models.JSONField(default=list, blank=True)
    cc = models.JSONField(default=list, blank=True)
    bcc = models.JSONField(default=list, blank=True)
    subject = models.CharField(_("subject"), max_length=240, blank=True)
    words = models.TextField(_("words"), blank=True)
    send_at = models.DateTimeField(_("to be sent at"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("leaves"), null=True, blank=True)  # until then it can be taken back
    # The newest mail of the conversation that its author had before her when she sent it.
    had_seen = models.UUIDField(null=True, blank=True)
    informed_at = models.DateTimeField(null=True, blank=True)  # until when she knew what else had happened
    turn = models.PositiveSmallIntegerField(default=0)  # how often it was given to the outbox
    confirmed_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    sender = models.CharField(_("from"), max_length=400, blank=True)  # the whole line
    by_us = models.BooleanField(_("by the firm’s own way"), default=False)
    message_id = models.CharField(max_length=250, blank=True)  # without brackets
    receipt = models.CharField(_("receipt"), max_length=255, blank=True)
    effect = models.ForeignKey("outbox.Effect", models.SET_NULL, null=True, blank=True, related_name="+")
    # address → {"state": refused|delivered|bounced|complained, "why": words of a server}
    fates = models.JSONField(_("what became of it"), default=dict, blank=True)
    error = models.CharField(_("what went wrong"), max_length=240, blank=True)
    copy = models.CharField(_("copy in the Sent folder"), max_length=7, choices=Copy, default=Copy.NONE)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail in a client’s name")
        verbose_name_plural = _("mails in clients’ names")
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None) | Q(approved_at__isnull=False),
                name="an_approval_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-began_at"], name="outgoing_of_client"),
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="outgoing_by_id"),
            models.Index(fields=["receipt"], condition=~Q(receipt=""), name="outgoing_by_receipt"),
            models.Index(
                fields=["began_at"], condition=~Q(state__in=["sent", "dropped"]), name="outgoing_open"
            ),
        ]

    def __str__(self):
        return self.subject or self.values.get("subject", "") or self.get_kind_display()

    @property
    def is_writable(self) -> bool:
        return self.state in self.WRITABLE

    @property
    def everybody(self) -> list[str]:
        return [*self.to, *self.cc, *self.bcc]

    @property
    def troubles(self) -> dict[str, dict]:
        """Those whom it did not reach, or who did not want it."""
        return {who: fate for who, fate in self.fates.items() if fate["state"] != "delivered"}


class OutgoingVersion(models.Model):
    """A mail as it was put before somebody, who approved it or asked for a change."""

    class Decision(models.TextChoices):
        WAITS = "", _("Not decided yet")
        APPROVED = "approved", _("Approved")
        CHANGES = "changes", _("A change was asked for")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    outgoing = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list, blank=True)
    bcc = models.JSONField(default=list, blank=True)
    subject = models.CharField(_("subject"), max_length=240, blank=True)
    words = models.TextField(_("words"), blank=True)
    enclosures = models.JSONField(default=list, blank=True)  # [[name, hash of its content], …]
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("put forward"), default=clock.now)
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision, default=Decision.WAITS, blank=True
    )
    decided_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = models.TextField(_("what should change"), max_length=1000, blank=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a mail")
        verbose_name_plural = _("versions of mails")
        ordering = ["outgoing", "-number"]
        constraints = [
            models.UniqueConstraint("outgoing", "number", name="a_version_has_its_number"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="a_decision_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.outgoing}, {self.number}"


class Enclosure(models.Model):
    """A file that goes with a mail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    outgoing = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="enclosures")
    media_id = models.UUIDField()
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("kind"), max_length=127)  # by what is in it
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("office.User", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        ordering = ["added_at", "id"]

    def __str__(self):
        return self.name


class QuestionQuerySet(ClientOwnedQuerySet):
    @staticmethod
    def reach(roles):
        """Beside those of her clients, what she was asked herself: a member sees that, and no other."""
        return ClientOwnedQuerySet.reach(roles) | Q(contact__in=[contact.pk for contact in roles.contacts])

    def for_the_word_of(self, contacts):
        """Those that wait for somebody who is these contacts, whatever else she is."""
        whole = [contact.client_id for contact in contacts if contact.sees_all]
        hers = Q(client__in=whole) | Q(contact__in=[contact.pk for contact in contacts])
        return self.filter(hers, answered_at=None)


class ClientQuestion(models.Model):
    """What the secretary asks the client before she goes on with a mail, and the client's answer."""

    class How(models.TextChoices):
        PORTAL = "portal", _("In the portal")
        MAIL = "mail", _("By mail")
        TOLD = "told", _("By word of mouth")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    thread = models.ForeignKey(
        "messages_app.MailThread", models.CASCADE, null=True, blank=True, related_name="questions"
    )
    outgoing = models.ForeignKey(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    contact = models.ForeignKey("clients.Contact", models.PROTECT, related_name="+", verbose_name=_("asked"))
    question = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_how = models.CharField(_("how"), max_length=6, choices=How, blank=True)
    effect = models.ForeignKey("outbox.Effect", models.SET_NULL, null=True, blank=True, related_name="+")
    not_reached = models.CharField(_("did not reach them"), max_length=240, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a client")
        verbose_name_plural = _("questions to clients")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_how="")
                | Q(answered_at__isnull=False) & ~Q(answered_how=""),
                name="an_answer_has_its_moment_and_way",
            )
        ]
        indexes = [
            models.Index(fields=["client"], condition=Q(answered_at=None), name="questions_open"),
        ]

    def __str__(self):
        return f"{self.contact} {self.asked_at:%Y-%m-%d}"


class TemplateQuerySet(DeskQuerySet):
    def visible_to(self, user):
        """The firm's own, and those of clients whose desk she is at."""
        rows = super().visible_to(user)
        return rows | self.filter(client=None) if user.roles.secretary else rows

    def for_client(self, client):
        return self.filter(Q(client=client) | Q(client=None), ended_at=None)


class MailTemplate(models.Model):
    """Words that are written often, with tokens such as {name}. Without a client it is the whole firm's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client")
    )
    name = models.CharField(_("name"), max_length=80)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    words = models.TextField(_("words"), max_length=8000)
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(_("since"), default=clock.now)
    ended_at = models.DateTimeField(_("no longer offered since"), null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a mail")
        verbose_name_plural = _("templates of mails")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name


class SendingDomain(models.Model):
    """A domain in whose name mail is sent by the firm's provider, and what its records said last."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    domain = models.CharField(_("domain"), max_length=190)
    selectors = models.JSONField(_("DKIM selectors"), default=list, blank=True)
    include = models.CharField(_("what SPF must include"), max_length=190, blank=True)
    stands = models.BooleanField(_("mail in its name is believed"), null=True, blank=True)
    # [{"record", "name", "state", "because", "wanted"}, …]
    findings = models.JSONField(_("what was found"), default=list, blank=True)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    due_at = models.DateTimeField(_("looked at again"), default=clock.now)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("domain that mail is sent in the name of")
        verbose_name_plural = _("domains that mail is sent in the name of")
        ordering = ["domain", "id"]
        constraints = [models.UniqueConstraint("client", "domain", name="a_client_has_a_domain_once")]

    def __str__(self):
        return self.domain
