"""The dictation line, who may dictate there, and what was dictated."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, Contact
from clients.models.contact import OfContactQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class DictationLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm sees all; whoever works for it or is a client's sees those that may be rung."""
        roles = user.roles
        if roles.firm_wide:
            return self
        return self.filter(is_active=True) if roles.secretary or roles.contacts else self.none()


class DictationLine(models.Model):
    """A number of the firm's at which people of its clients dictate. It leads to no secretary."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("number at the carrier"), max_length=16, unique=True)  # E.164
    label = models.CharField(_("label"), max_length=60, blank=True)
    language = models.CharField(_("language that is spoken there"), max_length=12, default="en-GB")
    recording_notice = models.CharField(
        _("recording notice; without one nothing is recorded"), max_length=240, blank=True
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = DictationLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("dictation line")
        verbose_name_plural = _("dictation lines")
        ordering = ["number"]

    def __str__(self):
        return self.label or self.number


class DictationKey(models.Model):
    """By what somebody at a client is known at the dictation line: a number of hers, and a PIN."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    contact = models.OneToOneField(
        Contact, models.CASCADE, related_name="dictation_key", verbose_name=_("of")
    )
    number = models.CharField(_("dictation number"), max_length=6, unique=True)
    pin_hash = models.CharField(max_length=200)
    set_at = models.DateTimeField(_("PIN set"))
    # Moments of wrong tries within the last hour, whatever telephone they came from (ISO 8601).
    failed = models.JSONField(default=list, blank=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("dictation PIN")
        verbose_name_plural = _("dictation PINs")
        ordering = ["contact__name", "id"]

    def __str__(self):
        return str(self.contact)


class DictationCall(models.Model):
    """One call to a dictation line. Whose it is nobody knows until she has shown it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    line = models.ForeignKey(DictationLine, models.PROTECT, related_name="+", verbose_name=_("line"))
    carrier_id = models.CharField(max_length=64, unique=True)
    caller_number = models.CharField(_("from"), max_length=16, blank=True)  # E.164; proves nothing
    asked_number = models.CharField(max_length=6, blank=True)  # the dictation number that was keyed in last
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    began_at = models.DateTimeField(_("began"), default=clock.now)
    known_at = models.DateTimeField(_("known since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("dictation call")
        verbose_name_plural = _("dictation calls")
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact=None, client=None, known_at=None)
                | Q(contact__isnull=False, client__isnull=False, known_at__isnull=False),
                name="a_dictation_call_is_known_or_not",
            )
        ]

    def __str__(self):
        return f"{self.line} {self.began_at:%Y-%m-%d %H:%M}"


class Dictation(models.Model):
    """One item that was dictated: its parts are its recordings, in their order."""

    class Source(models.TextChoices):
        LINE = "line", _("Dictation line")
        ROOM = "room", _("On a call with the secretary")
        FILE = "file", _("File from the portal")
        BROWSER = "browser", _("Recorded in the portal")

    class State(models.TextChoices):
        DICTATING = "dictating", _("Being dictated")
        WAITING = "waiting", _("Waits to be typed")
        DONE = "done", _("Typed")
        DELETED = "deleted", _("Deleted by whoever dictated it")
        EMPTY = "empty", _("Nothing was said")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="dictations", verbose_name=_("client"))
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=_("dictated by"))
    call = models.ForeignKey(DictationCall, models.PROTECT, null=True, blank=True, related_name="dictations")
    # On which call of the desk, or of the diary, and until when it was recorded.
    during = models.ForeignKey("calls.Call", models.SET_NULL, null=True, blank=True, related_name="dictated")
    meeting_call = models.ForeignKey(
        "calls.MeetingCall", models.SET_NULL, null=True, blank=True, related_name="dictated"
    )
    stopped_at = models.DateTimeField(_("recorded until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=7, choices=Source, default=Source.LINE)
    # Counts what was dictated for the client, from 1; given once there is something to type.
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DICTATING)
    urgent = models.BooleanField(_("urgent"), default=False)
    note = models.CharField(_("note"), max_length=240, blank=True)
    began_at = models.DateTimeField(_("begun"), default=clock.now)
    finished_at = models.DateTimeField(_("dictated"), null=True, blank=True)
    promised_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("dictation")
        verbose_name_plural = _("dictations")
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint("client", "number", name="a_dictations_number_is_used_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "done"]) | Q(number__isnull=False),
                name="what_is_to_be_typed_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-began_at"], name="dictations_of_client"),
            models.Index(fields=["began_at"], condition=Q(state="dictating"), name="dictations_going_on"),
        ]

    def __str__(self):
        return f"{self.client} {self.number or '–'}"

    @property
    def seconds(self) -> int | None:
        """How long its parts are together, whole seconds. Reads the parts that were fetched with it.

        None if there are none, or nobody has said how long one is, as of a file that was handed in.
        """
        lengths = [part.seconds for part in self.parts.all()]
        return sum(lengths) if lengths and None not in lengths else None


class DictationPart(models.Model):
    """One recording of a dictation: from the tone, or the end of a pause, to the next key."""

    class State(models.TextChoices):
        FETCHING = "fetching", _("Being fetched from the carrier")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be fetched")

    class Transcript(models.TextChoices):
        NONE = "", _("Typed by ear")
        ASKED = "asked", _("With the transcriber")
        READY = "ready", _("Written down by the transcriber")
        FAILED = "failed", _("The transcriber could not make it out")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    dictation = models.ForeignKey(Dictation, models.CASCADE, related_name="parts")
    rank = models.PositiveSmallIntegerField(_("place"))
    recording_id = models.CharField(max_length=64, blank=True)
    seconds = models.PositiveIntegerField(_("length, seconds"), null=True, blank=True)
    media_id = models.UUIDField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the audio; it stays when the audio is gone
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.FETCHING)
    transcript_state = models.CharField(
        _("transcript"), max_length=6, choices=Transcript, blank=True, default="", db_default=""
    )
    # What a machine heard: whoever types listens and puts it right. It goes with the audio.
    transcript = models.TextField(_("what the transcriber heard"), blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=clock.now)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a dictation")
        verbose_name_plural = _("parts of dictations")
        ordering = ["dictation", "rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording_id"],
                condition=~Q(recording_id=""),
                name="a_dictated_recording_is_kept_once",
            )
        ]

    def __str__(self):
        return f"{self.dictation}, {self.rank}"


class BookedDictation(models.Model):
    """A meeting by telephone that is for dictating: who dictates, and to whom. It is rung as any other is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    meeting = models.OneToOneField("calendar_app.Meeting", models.CASCADE, related_name="dictation")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=_("who dictates"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("who types")
    )

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("booked dictation")
        verbose_name_plural = _("booked dictation")
        ordering = ["-meeting__starts_at", "id"]

    def __str__(self):
        return str(self.meeting)
