from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet, DeskQuerySet
from .served import Served


class WorkItemQuerySet(DeskQuerySet):
    def visible_to(self, user):
        """The desk of the client; whoever owns a piece of work sees it whatever else she may see."""
        if user.roles.firm_wide or not user.roles.secretary:
            return super().visible_to(user)
        served = Served(user.roles.secretary)
        return self.filter(Q(client__in=served) | Q(owner=user))

    def open(self):
        return self.filter(done_at=None)

    def most_pressing_first(self):
        """Urgent before the rest, then what was promised soonest, then the oldest."""
        return self.order_by("-urgency", models.F("promised_at").asc(nulls_last=True), "created_at", "id")


class WorkItem(models.Model):
    """Something a person must still do for a client. Every floor writes here; the desk shows one queue."""

    class Urgency(models.IntegerChoices):
        NORMAL = 1, _("Normal")
        TODAY = 2, _("Today")
        URGENT = 3, _("Urgent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="work_items", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=40)  # named by the floor that writes it: "calls.unfinished"
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    because = models.CharField(_("because"), max_length=240, blank=True)  # plain words, no caller's words
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.NORMAL)
    promised_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    owner = models.ForeignKey(
        "office.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="work_items",
        verbose_name=_("owner"),
    )
    owner_since = models.DateTimeField(_("hers since"), null=True, blank=True)
    handed_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note from whoever had it before"), max_length=240, blank=True, db_default="")
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("what was done"), max_length=240, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of work")
        verbose_name_plural = _("work")
        ordering = ["-urgency", "promised_at", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id"],
                condition=Q(done_at=None),
                name="a_piece_of_work_is_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(done_at=None) | Q(done_by=None, outcome=""),
                name="only_finished_work_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], condition=Q(done_at=None), name="open_work_of_client"),
            models.Index(fields=["owner"], condition=Q(done_at=None), name="open_work_of_owner"),
        ]

    def __str__(self):
        return self.because or self.kind


class WorkRecordQuerySet(ClientOwnedQuerySet):
    @staticmethod
    def reach(roles) -> Q:
        """Beside those of her clients, her own that are for no client: no one else at the desk sees them."""
        reach = ClientOwnedQuerySet.reach(roles)
        return reach | Q(client=None, secretary=roles.secretary) if roles.secretary else reach


class WorkRecord(models.Model):
    """Seconds worked, raw, as they happened. Bills and pay read these and nothing else.

    Without a client it is the office's own: paid, and on nobody's bill.
    """

    class Kind(models.TextChoices):
        RING = "ring", _("Ringing")
        TALK = "talk", _("Talking")
        HOLD = "hold", _("On hold")
        ASKING = "asking", _("Asking")
        PUT_THROUGH = "put_through", _("Put through")
        WRAP_UP = "wrap_up", _("Wrap-up")
        CHECK_IN = "check_in", _("Check-in")
        OTHER = "other", _("Other work")
        MAIL = "mail", _("Writing mail")
        LETTER = "letter", _("Writing letters")
        DICTATION = "dictation", _("Typing dictation")
        POST = "post", _("Handling post")
        REQUEST = "request", _("Answering requests")
        READING = "reading", _("Reading and sorting mail")
        DIARY = "diary", _("Work in the diary")
        DESK = "desk", _("Other work at the desk")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="work_records", null=True, blank=True, verbose_name=_("client")
    )
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )  # found by `what_she_did_when`
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"))

    # Time and no piece: no bill or contract that counts by the task has one of them for it.
    NO_PIECE = frozenset({Kind.READING, Kind.DIARY, Kind.DESK})

    objects = WorkRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("time worked")
        verbose_name_plural = _("time worked")
        ordering = ["started_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("started_at")), name="work_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(client__isnull=False) | Q(kind__in=["other", "desk"], secretary__isnull=False),
                name="time_without_a_client_is_somebodys",
            ),
            models.UniqueConstraint(
                "subject_kind", "subject_id", "kind", "started_at", name="a_second_is_recorded_once"
            ),
        ]
        indexes = [models.Index(fields=["secretary", "started_at"], name="what_she_did_when")]

    def __str__(self):
        return f"{self.get_kind_display()} {(self.ended_at - self.started_at).total_seconds():.0f} s"
