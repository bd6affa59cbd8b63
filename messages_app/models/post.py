"""Post that comes to us for a client: what we may do with it, what came, and where the paper is."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class PostRules(models.Model):
    """Where a client's post reaches us, and what she lets us do with it. Without a row we receive none."""

    class Opens(models.TextChoices):
        NOTHING = "nothing", _("Nothing: it stays closed")
        ORDINARY = "ordinary", _("Ordinary post alone")
        ALL = "all", _("Registered and legal post, too")

    class OpenedBy(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody who answers for the client")
        TEAM = "team", _("The client’s own secretaries and their stand-ins")
        NAMED = "named", _("Those named below alone")

    class Then(models.TextChoices):
        HOLD = "hold", _("Kept until the client says")
        SEND_ON = "send_on", _("Sent on to the client")
        SHRED = "shred", _("Shredded after some days")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.OneToOneField(Client, models.CASCADE, related_name="post_rules")
    address = models.TextField(_("receiving address, a line each"), max_length=400)
    opens = models.CharField(_("we may open"), max_length=8, choices=Opens, default=Opens.NOTHING)
    opened_by = models.CharField(
        _("who may open it"),
        max_length=9,
        choices=OpenedBy,
        default=OpenedBy.EVERYBODY,
        db_default="everybody",
    )
    openers = models.ManyToManyField(
        "office.Secretary", blank=True, related_name="+", verbose_name=_("named are")
    )
    then = models.CharField(_("the paper"), max_length=7, choices=Then, default=Then.HOLD)
    days = models.PositiveSmallIntegerField(
        _("days until it is shredded"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    send_on_to = models.TextField(_("where paper is sent on to, a line each"), max_length=400, blank=True)
    promised_minutes = models.PositiveIntegerField(
        _("ordinary post is passed on within, minutes"),
        default=24 * 60,
        validators=[MinValueValidator(30), MaxValueValidator(7 * 24 * 60)],
    )

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules for incoming post")
        verbose_name_plural = _("rules for incoming post")
        ordering = ["client__name", "id"]

    def __str__(self):
        return str(self.client)

    def clean(self):
        if self.then == self.Then.SEND_ON and not self.send_on_to.strip():
            raise ValidationError({"send_on_to": _("Say where the paper is to be sent on to.")})


class ReceivedPost(models.Model):
    """One envelope or parcel that came for a client."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        REGISTERED = "registered", _("Registered or signed for")
        LEGAL = "legal", _("From a court or an authority")
        PERSONAL = "personal", _("Marked personal")
        PARCEL = "parcel", _("Parcel")

    class State(models.TextChoices):
        CAME = "came", _("To be passed on")
        PASSED_ON = "passed_on", _("Passed on")

    class Paper(models.TextChoices):
        HERE = "here", _("Here")
        SENT_ON = "sent_on", _("Sent on to the client")
        COLLECTED = "collected", _("Collected")
        RETURNED = "returned", _("Returned to the sender")
        SHREDDED = "shredded", _("Shredded")

    class Wish(models.TextChoices):
        OPEN = "open", _("Open it")
        SEND_ON = "send_on", _("Send it on to me")
        RETURN = "return", _("Return it to the sender")
        SHRED = "shred", _("Shred it")
        KEEP = "keep", _("Keep it")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="received_post")
    number = models.PositiveIntegerField(_("number"))  # counts the client's post, from 1
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ORDINARY)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.CAME)
    sender = models.CharField(_("from"), max_length=160, blank=True)
    tracking = models.CharField(_("number on the envelope"), max_length=60, blank=True)
    came_at = models.DateTimeField(_("came"), default=clock.now)
    noted_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("noted by"))
    promised_at = models.DateTimeField(_("passed on by"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    opened_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    scan_id = models.UUIDField(null=True, blank=True)  # the pages, or the closed envelope, in media
    scan_sha256 = models.CharField(max_length=64, blank=True)
    passed_on_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    passed_on_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    message = models.ForeignKey(
        "messages_app.Message", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    paper = models.CharField(_("paper"), max_length=9, choices=Paper, default=Paper.HERE)
    place = models.CharField(_("where it lies"), max_length=120, blank=True)
    gone_at = models.DateTimeField(_("since"), null=True, blank=True)
    gone_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    gone_tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    shred_on = models.DateField(_("to be shredded on"), null=True, blank=True)
    wish = models.CharField(_("the client’s wish"), max_length=7, choices=Wish, blank=True)
    wished_at = models.DateTimeField(_("wished"), null=True, blank=True)
    wished_by = models.ForeignKey("clients.Contact", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("received post")
        verbose_name_plural = _("received post")
        ordering = ["-came_at", "-id"]
        constraints = [
            models.UniqueConstraint("client", "number", name="a_received_posts_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(state="came", passed_on_at=None)
                | Q(state="passed_on", passed_on_at__isnull=False),
                name="post_passed_on_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(paper="here", gone_at=None) | ~Q(paper="here") & Q(gone_at__isnull=False),
                name="paper_that_is_gone_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-came_at"], name="post_of_client"),
            models.Index(
                fields=["shred_on"],
                condition=Q(paper="here", shred_on__isnull=False),
                name="post_to_be_shredded",
            ),
        ]

    def __str__(self):
        return f"{self.client} {self.number}"
