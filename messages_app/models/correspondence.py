"""What is written to clients and in their name: threads, mails, and where each mail lies."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, DeskQuerySet
from secretariat import clock
from secretariat.ids import uuid7

from .mailbox import Mailbox, MailFolder, MailRule


class ThreadQuerySet(ClientOwnedQuerySet):
    def on_the_desk(self):
        """What somebody must still see to."""
        return self.filter(state=MailThread.State.OPEN)

    def most_pressing_first(self):
        return self.order_by(
            models.Case(models.When(verdict="urgent", then=0), default=1),
            models.F("promised_at").asc(nulls_last=True),
            "last_at",
            "id",
        )


class MailThread(models.Model):
    """One conversation by mail, as it stands with us."""

    Verdict = MailRule.Verdict

    class State(models.TextChoices):
        OPEN = "open", _("To be seen to")
        WAITING = "waiting", _("Waiting for an answer")
        DONE = "done", _("Done")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="threads", verbose_name=_("mailbox"))
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=240, blank=True)
    # The subject without “Re:” and the like, by which an answer without headers is recognised.
    subject_key = models.CharField(max_length=240, blank=True)
    who = models.CharField(_("with"), max_length=240, blank=True)
    address = models.CharField(_("address"), max_length=254, blank=True)  # of whoever wrote last
    verdict = models.CharField(_("sort"), max_length=6, choices=Verdict, default=Verdict.ANSWER)
    because = models.CharField(_("because"), max_length=240, blank=True)
    rule = models.ForeignKey(MailRule, models.SET_NULL, null=True, blank=True, related_name="+")
    judged_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    promised_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    # The message by which an urgent one was passed on.
    message = models.ForeignKey(
        "messages_app.Message", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("writes")
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    done_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    done_because = models.CharField(_("how it ended"), max_length=240, blank=True)
    first_at = models.DateTimeField(_("began"), default=clock.now)
    last_at = models.DateTimeField(_("last mail"), default=clock.now)
    waits_since = models.DateTimeField(_("waits since"), null=True, blank=True)  # the oldest unanswered mail
    # When it last left the desk, and by when an answer had been promised then. What is only put off has not
    # been answered: the promise stands, without a moment.
    over_at = models.DateTimeField(_("seen to"), null=True, blank=True)
    promise_was = models.DateTimeField(_("was promised by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("correspondence")
        verbose_name_plural = _("correspondence")
        ordering = ["-last_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(claimed_at__isnull=False), name="a_claim_has_its_moment"
            )
        ]
        indexes = [
            models.Index(fields=["client", "-last_at", "-id"], name="threads_of_client"),
            models.Index(fields=["-last_at", "-id"], name="threads_by_time"),
            # What the lists of the few among the many show.
            models.Index(fields=["-last_at", "-id"], condition=Q(state="waiting"), name="threads_answered"),
            models.Index(fields=["-last_at", "-id"], condition=Q(verdict="junk"), name="threads_junk"),
            # The same of one client's, for her own list.
            models.Index(
                fields=["client", "-last_at", "-id"],
                condition=Q(state="waiting"),
                name="threads_her_answered",
            ),
            models.Index(
                fields=["client", "-last_at", "-id"], condition=Q(verdict="junk"), name="threads_her_junk"
            ),
            models.Index(
                fields=["client", "-last_at", "-id"],
                condition=Q(message__isnull=False),
                name="threads_her_passed_on",
            ),
            models.Index(fields=["client", "promised_at"], condition=Q(state="open"), name="threads_open"),
            models.Index(fields=["mailbox", "subject_key", "-last_at"], name="threads_by_subject"),
        ]

    def __str__(self):
        return self.subject or self.who


class Mail(models.Model):
    """One mail, whatever ways it took: kept once, as it came, and as far as it could be read."""

    class Direction(models.TextChoices):
        IN = "in", _("Received")
        OUT = "out", _("Sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails", verbose_name=_("mailbox"))
    thread = models.ForeignKey(MailThread, models.CASCADE, related_name="mails")
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.IN)
    key = models.CharField(max_length=64)  # what makes it the same mail by another way: mail/identity.py
    message_id = models.CharField(max_length=250, blank=True)  # without brackets
    in_reply_to = models.CharField(max_length=250, blank=True)
    references = models.JSONField(default=list, blank=True)  # ids without brackets, oldest first
    sender = models.CharField(_("from"), max_length=254, blank=True)  # lower case
    sender_name = models.CharField(_("name"), max_length=240, blank=True)
    reply_to = models.CharField(_("answers go to"), max_length=254, blank=True)
    to = models.JSONField(default=list, blank=True)  # [[name, address], …]
    cc = models.JSONField(default=list, blank=True)
    bcc = models.JSONField(default=list, blank=True)
    subject = models.CharField(_("subject"), max_length=240, blank=True)
    words = models.TextField(_("words"), blank=True)
    has_html = models.BooleanField(default=False)
    attachments = models.JSONField(default=list, blank=True)  # [{"name", "kind", "size", "drawn"}, …]
    media_id = models.UUIDField(null=True, blank=True)  # the original, sealed
    size = models.PositiveIntegerField(_("bytes"), default=0)
    automatic = models.BooleanField(_("written by a machine"), default=False)
    stranger = models.BooleanField(_("from somebody who was not in this conversation"), default=False)
    trouble = models.CharField(_("what could not be read"), max_length=240, blank=True)
    said_at = models.DateTimeField(_("its own date"), null=True, blank=True)
    at = models.DateTimeField(_("came"), default=clock.now)
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    seen_by_client = models.BooleanField(_("read by the client"), default=False)
    answered_by_client = models.BooleanField(_("answered by the client"), default=False)
    # When we saw her mark on it that says so, which is not always where her answer is found.
    answered_at = models.DateTimeField(_("marked as answered"), null=True, blank=True)
    gone = models.BooleanField(_("no longer in the client’s inbox"), default=False)
    # When we marked it as read there: from then on the mark no longer says that the client has read it.
    marked_read_at = models.DateTimeField(_("marked as read"), null=True, blank=True)
    # When its author was told by a machine of ours by when she is answered, which she is once a day.
    acknowledged_at = models.DateTimeField(_("told when it is answered"), null=True, blank=True)
    found = models.GeneratedField(
        expression=SearchVector("subject", "sender", "sender_name", "words", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint("mailbox", "key", name="a_mail_is_kept_once")]
        indexes = [
            models.Index(fields=["mailbox", "message_id"], condition=~Q(message_id=""), name="mails_by_id"),
            models.Index(fields=["thread", "at"], name="mails_of_thread"),
            models.Index(fields=["at"], name="mails_by_time"),
            models.Index(
                fields=["mailbox", "sender", "-acknowledged_at"],
                condition=Q(acknowledged_at__isnull=False),
                name="mails_acknowledged",
            ),
            GinIndex(fields=["found"], name="mails_by_words"),
        ]

    def __str__(self):
        return self.subject or self.sender


class MailPlace(models.Model):
    """Where a mail lies in the client’s own mailbox."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    mail = models.ForeignKey(Mail, models.CASCADE, related_name="places")
    folder = models.ForeignKey(MailFolder, models.CASCADE, related_name="places")
    uid = models.BigIntegerField()  # of the folder's present uidvalidity

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a mail")
        verbose_name_plural = _("places of mails")
        ordering = ["folder", "uid"]
        constraints = [models.UniqueConstraint("folder", "uid", name="a_place_holds_one_mail")]

    def __str__(self):
        return str(self.uid)
