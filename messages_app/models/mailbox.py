"""The mailboxes that are answered for clients, and what of them we have seen."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, DeskQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class Security(models.TextChoices):
    TLS = "tls", _("TLS from the first byte")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("None: only within the firm’s own network")


class Mailbox(models.Model):
    """An address of a client that we read and answer. What opens it elsewhere is sealed."""

    class Incoming(models.TextChoices):
        OURS = "ours", _("It comes to us by our e-mail provider")
        IMAP = "imap", _("We read it where it lies")
        BOTH = "both", _("Both")

    class FromMode(models.TextChoices):
        OWN = "own", _("Through the client’s own mail server")
        VERIFIED = "verified", _("Through ours, in the name of the client’s domain")
        VIA_FIRM = "via_firm", _("Through ours, from the firm’s address for the client")

    class State(models.TextChoices):
        NEW = "new", _("Connecting")
        CONNECTED = "connected", _("Connected")
        TROUBLED = "troubled", _("Not reached just now")
        REFUSED = "refused", _("Must be connected again")
        OFF = "off", _("Disconnected")

    class Service(models.TextChoices):
        """Which of those it lies with that let us in by consent, and take no password."""

        GOOGLE = "google", _("Google")
        MICROSOFT = "microsoft", _("Microsoft")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="mailboxes", verbose_name=_("client"))
    address = models.EmailField(_("address"), max_length=254)  # in lower case
    # Where our provider takes mail for it in, if that is another address than the one people write to.
    our_address = models.EmailField(_("address of ours"), max_length=254, blank=True)
    name = models.CharField(_("name that correspondents see"), max_length=120, blank=True)
    incoming = models.CharField(_("how mail comes in"), max_length=4, choices=Incoming, default=Incoming.OURS)
    from_mode = models.CharField(
        _("how mail leaves"), max_length=8, choices=FromMode, default=FromMode.VIA_FIRM
    )
    imap_host = models.CharField(_("IMAP server"), max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(_("IMAP port"), default=993)
    imap_security = models.CharField(_("IMAP security"), max_length=8, choices=Security, default=Security.TLS)
    smtp_host = models.CharField(_("SMTP server"), max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(_("SMTP port"), default=465)
    smtp_security = models.CharField(_("SMTP security"), max_length=8, choices=Security, default=Security.TLS)
    username = models.CharField(_("user name"), max_length=254, blank=True)
    service = models.CharField(
        _("let in by"), max_length=9, choices=Service, blank=True, default="", db_default=""
    )
    # JSON: {"password"}, or, of a service, {"access_token", "refresh_token", "expires_at"}
    sealed_secret = models.BinaryField(blank=True, default=b"", editable=False)
    renewing_until = models.DateTimeField(null=True, blank=True, editable=False)  # lease of who renews them
    signature = models.TextField(_("signature"), max_length=2000, blank=True)
    tone = models.TextField(_("notes on tone"), max_length=2000, blank=True)
    needs_approval = models.BooleanField(_("a second person approves each answer"), default=False)
    may_mark_read = models.BooleanField(_("what we have read is marked as read there"), default=False)
    acknowledges = models.BooleanField(
        _("who writes is told at once by when she is answered"), default=False, db_default=False
    )
    answer_hours = models.PositiveSmallIntegerField(_("hours in which an answer is promised"), default=4)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.NEW)
    trouble = models.CharField(_("what is wrong"), max_length=240, blank=True)
    troubled_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(_("looked at again"), default=clock.now)
    watched_until = models.DateTimeField(null=True, blank=True, editable=False)  # lease of who waits there
    looked_at = models.DateTimeField(_("as of"), null=True, blank=True)
    connected_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    connected_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ["address", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(ended_at=None), name="an_address_is_answered_for_one_client"
            ),
            models.UniqueConstraint(
                fields=["our_address"],
                condition=Q(ended_at=None) & ~Q(our_address=""),
                name="an_address_of_ours_takes_mail_in_for_one",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(state="off", sealed_secret=b""),
                name="a_mailbox_that_ended_cannot_be_opened",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at=None, incoming__in=["imap", "both"]),
                name="mailboxes_due",
            )
        ]

    def __str__(self):
        return self.address

    @property
    def is_read_elsewhere(self) -> bool:
        """Whether we fetch its mail from where it lies."""
        return self.ended_at is None and self.incoming in (self.Incoming.IMAP, self.Incoming.BOTH)

    @property
    def is_taken_in_by_us(self) -> bool:
        """Whether mail to its own address comes to our provider, without another server between."""
        return self.ended_at is None and self.incoming != self.Incoming.IMAP and not self.our_address


class MailFolder(models.Model):
    """One folder of a mailbox elsewhere, and how far we have read in it."""

    class Role(models.TextChoices):
        INBOX = "inbox", _("Inbox")
        SENT = "sent", _("Sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="folders")
    name = models.CharField(_("name"), max_length=255)
    role = models.CharField(_("what it holds"), max_length=5, choices=Role)
    # Numbers of messages mean something only together with this; 0: not looked at yet.
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(_("read as far as"), default=0)
    skipped = models.JSONField(default=list, blank=True)  # numbers that were not to be had, tried again
    looked_at = models.DateTimeField(_("as of"), null=True, blank=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("folder of a mailbox")
        verbose_name_plural = _("folders of mailboxes")
        ordering = ["mailbox", "role"]
        constraints = [
            models.UniqueConstraint("mailbox", "name", name="a_folder_has_one_row"),
            models.UniqueConstraint("mailbox", "role", name="a_mailbox_has_one_folder_of_a_role"),
        ]

    def __str__(self):
        return self.name


class MailRule(models.Model):
    """What the client said of mail of one sort. A rule is never changed: another takes its place.

    A rule that the desk proposed does nothing until somebody at the client has accepted it.
    """

    class Verdict(models.TextChoices):
        URGENT = "urgent", _("Urgent: passed on at once")
        ANSWER = "answer", _("Answer")
        LATER = "later", _("Later")
        JUNK = "junk", _("Junk")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        IN_FORCE = "in_force", _("In force")
        DECLINED = "declined", _("Declined")
        ENDED = "ended", _("No longer in force")

    class Known(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        KNOWN = "known", _("Somebody the client knows")
        VIP = "vip", _("Somebody important to the client")
        UNKNOWN = "unknown", _("Somebody new")

    class Hours(models.TextChoices):
        ANY = "any", _("At any hour")
        OPEN = "open", _("While the client is open")
        CLOSED = "closed", _("While the client is closed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    mailbox = models.ForeignKey(
        Mailbox, models.CASCADE, null=True, blank=True, related_name="rules", verbose_name=_("mailbox")
    )
    verdict = models.CharField(_("what is done"), max_length=6, choices=Verdict, default=Verdict.ANSWER)
    sender = models.CharField(_("address or domain of the author"), max_length=254, blank=True)
    company = models.CharField(_("the author’s firm"), max_length=120, blank=True)
    subject = models.CharField(_("words of the subject"), max_length=120, blank=True)
    words = models.CharField(_("words anywhere in it"), max_length=120, blank=True)
    known = models.CharField(_("who wrote"), max_length=7, choices=Known, default=Known.ANYONE)
    with_attachment = models.BooleanField(_("only with an attachment"), default=False)
    hours = models.CharField(_("when it comes"), max_length=6, choices=Hours, default=Hours.ANY)
    within_hours = models.PositiveSmallIntegerField(_("answered within hours"), null=True, blank=True)
    later_days = models.PositiveSmallIntegerField(
        _("comes up after days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )
    contact = models.ForeignKey(
        "clients.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is told"),
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=0)  # the smallest is asked first
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.IN_FORCE)
    replaces = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(_("since"), default=clock.now)
    decided_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for mail")
        verbose_name_plural = _("rules for mail")
        ordering = ["rank", "since", "id"]
        indexes = [models.Index(fields=["client", "state"])]

    def __str__(self):
        return f"{self.get_verdict_display()} {self.sender or self.subject or self.words}".strip()
