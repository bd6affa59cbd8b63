from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from clients.models import Channel, Client, ClientOwnedQuerySet, Served
from secretariat import clock
from secretariat.ids import uuid7


class MessageQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """The firm, the client's secretaries, owners and delegates; a member what is addressed to her."""
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        members = [contact.pk for contact in roles.contacts if not contact.sees_all]
        reach |= Q(pk__in=Delivery.objects.filter(contact__in=members).values("message"))
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return self.filter(reach)

    def as_last_corrected(self):
        """Without those that a correction has taken the place of."""
        # Not `corrected_by=None`: of that outer join PostgreSQL expects a single row, and plans for it.
        return self.filter(~Exists(Message.objects.filter(corrects=OuterRef("pk"))))

    def as_rows(self):
        """With what a row of a list shows of each, and no other of their seventy columns."""
        shown = ["caller_name", "caller_firm", "text", "state", "urgency", "taken_at", "acknowledged_at"]
        return self.select_related("client").only(*shown, "client__name", "client__band")


class Message(models.Model):
    """What a caller asked us to pass on: the slip."""

    class Urgency(models.IntegerChoices):
        NORMAL = 1, _("Normal")
        TODAY = 2, _("Today")
        URGENT = 3, _("Urgent")

    class State(models.TextChoices):
        UNDELIVERED = "undelivered", _("Not delivered yet")
        DELIVERED = "delivered", _("Delivered")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="messages", verbose_name=_("client"))
    call = models.ForeignKey("calls.Call", models.PROTECT, null=True, blank=True, related_name="messages")
    contact = models.ForeignKey(
        "clients.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("for"),
    )
    call_type = models.ForeignKey(
        "clients.CallType",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("call type"),
    )
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    caller_name = models.CharField(_("caller's name"), max_length=120, blank=True)
    caller_firm = models.CharField(_("firm"), max_length=120, blank=True)
    call_back_on = models.CharField(_("call back on"), max_length=16, blank=True)  # E.164
    read_back = models.BooleanField(_("number read back to the caller"), default=False)
    text = models.TextField(_("message"), max_length=4000, blank=True)
    also_noted = models.TextField(_("also noted"), max_length=4000, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.NORMAL)
    partial = models.BooleanField(_("the caller hung up before it was finished"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNDELIVERED)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    correction_note = models.CharField(_("what was corrected"), max_length=240, blank=True)
    taken_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken"), default=clock.now)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "clients.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acknowledged by"),
    )
    acknowledged_how = models.CharField(
        _("acknowledged how"), max_length=12, blank=True
    )  # portal, link, text, call, told, mail
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=16, blank=True, db_default="")
    # The duty to pass it on was taken up again: what was sent and acknowledged before no longer counts.
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    guidance = models.JSONField(default=dict, blank=True)  # the instructions as they stood
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)  # its words are no longer kept
    version = models.PositiveIntegerField(default=0)
    words = models.GeneratedField(
        expression=SearchVector("caller_name", "caller_firm", "call_back_on", "text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-taken_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(corrects=None, call__isnull=False), name="a_call_has_one_message"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None) | Q(acknowledged_at__isnull=False),
                name="acknowledged_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-taken_at", "-id"]),
            models.Index(fields=["-taken_at", "-id"], name="messages_by_time"),
            # Words alone, or words among some clients: an index of this kind begins with any of its columns.
            GinIndex(fields=["client", "words"], name="messages_by_words"),
            # What the lists of the few among the many show.
            models.Index(
                fields=["-taken_at", "-id"], condition=Q(state="undelivered"), name="messages_undelivered"
            ),
            models.Index(
                fields=["-taken_at", "-id"], condition=Q(acknowledged_at=None), name="messages_unacknowledged"
            ),
            models.Index(fields=["-taken_at", "-id"], condition=Q(urgency=3), name="messages_urgent"),
            models.Index(
                OpClass(Reverse("call_back_on"), name="text_pattern_ops"), name="messages_by_number_s_end"
            ),
            models.Index(
                fields=["taken_at"],
                condition=Q(urgency=3, acknowledged_at=None),
                name="urgent_unacknowledged",
            ),
            models.Index(fields=["taken_at"], condition=Q(emptied_at=None), name="messages_not_emptied"),
        ]

    def __str__(self):
        return f"{self.caller_name or self.caller_firm or _('Somebody')} {self.taken_at:%Y-%m-%d %H:%M}"


class Answer(models.Model):
    """The answer to one prompt, with the caption as it was when it was asked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="answers")
    prompt = models.ForeignKey("clients.Prompt", models.SET_NULL, null=True, blank=True, related_name="+")
    caption = models.CharField(_("caption"), max_length=80)
    value = models.TextField(_("answer"), max_length=2000, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["rank", "id"]

    def __str__(self):
        return f"{self.caption}: {self.value}"


class Draft(models.Model):
    """What has been typed on a call and not sent. One per call; `revision` rises with every save."""

    call = models.OneToOneField("calls.Call", models.CASCADE, primary_key=True, related_name="draft")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)  # field name → value, all fields of the form
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("office.User", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self):
        return f"{self.call}, {self.revision}"


class CallOut(models.TextChoices):
    """How it went when somebody at the client was rung. Only a successful one stops the clock."""

    SUCCESSFUL = "successful", _("Successful")
    LEFT_MESSAGE = "left_message", _("Left word to ring back, no particulars")
    LEFT_CALL_BACK = "left_call_back", _("Left a call-back request with somebody")
    REDIRECTED = "redirected", _("Asked to try somebody else")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    OUT_OF_ORDER = "out_of_order", _("Out of order")
    DISCONNECTED = "disconnected", _("Disconnected")
    PAGED = "paged", _("Paged")
    IN_PAGER = "in_pager", _("Number left in a pager")
    LOOPED = "looped", _("Came back to us")


class Delivery(models.Model):
    """One message to one contact by one channel: whom, how, why, and how far it got."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        ACCEPTED = "accepted", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Not known")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    contact = models.ForeignKey(
        "clients.Contact", models.PROTECT, related_name="deliveries", verbose_name=_("to")
    )
    channel = models.CharField(_("by"), max_length=6, choices=Channel)
    address = models.CharField(_("address as sent"), max_length=254, blank=True)
    # 0: as the client's rules ask. 1 and more: tried once more, by the ladder or by hand.
    turn = models.PositiveSmallIntegerField(_("try"), default=0, db_default=0)
    # What the text asks to be answered with besides OK, where several are open at one number.
    code = models.PositiveSmallIntegerField(_("code"), default=0, db_default=0)
    result = models.CharField(
        _("how the call went"), max_length=14, choices=CallOut, blank=True, db_default=""
    )
    because = models.CharField(_("because"), max_length=240, blank=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    effect = models.ForeignKey("outbox.Effect", models.SET_NULL, null=True, blank=True, related_name="+")
    receipt = models.CharField(_("receipt"), max_length=255, blank=True)
    error = models.CharField(_("what went wrong"), max_length=240, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "message",
                "contact",
                "channel",
                "address",
                "turn",
                name="a_message_goes_once_to_an_address_each_turn",
            )
        ]
        indexes = [models.Index(fields=["receipt"], condition=~Q(receipt=""), name="delivery_by_receipt")]

    def __str__(self):
        return f"{self.contact} {self.get_channel_display()}: {self.get_state_display()}"


class Reply(models.Model):
    """What the client answered to a message; whoever has the client now must see it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="replies")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, related_name="+")
    text = models.TextField(_("reply"), max_length=2000)
    at = models.DateTimeField(default=clock.now)
    how = models.CharField(max_length=8, default="portal")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.contact} {self.at:%H:%M}"


class MessageEvent(models.Model):
    """A line of the message's event log."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)  # "taken", "sent", "delivered", "failed", "acknowledged", …
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the event log")
        verbose_name_plural = _("event log")
        ordering = ["at", "id"]

    def __str__(self):
        return self.verb

    @property
    def result_words(self) -> str:
        """How a call went, in words."""
        return dict(CallOut.choices).get(self.detail.get("result", ""), "")
