"""A meeting that is still being arranged: the times held for it, who was asked, and what each has said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet
from secretariat import clock
from secretariat.ids import uuid7

from .meeting import Guest, Meeting, OfDiaryQuerySet


class MeetingRequestQuerySet(OfDiaryQuerySet):
    def open(self):
        """Those of which the end is not known yet."""
        return self.filter(state=MeetingRequest.State.OPEN)


class OfRequestQuerySet(OfDiaryQuerySet):
    of_diary = "request__diary"


class GuestLinkQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """As the meeting, or the asking for one, that it opens."""
        if user.roles.firm_wide:
            return self
        whose = [contact.pk for contact in user.roles.contacts]
        own = Q(guest__meeting__diary__contact__in=whose) | Q(party__request__diary__contact__in=whose)
        return self.filter(Q(pk__in=super().visible_to(user).values("pk")) | own)


class MeetingRequest(models.Model):
    """Somebody is asked which of several times suits. Each time is a meeting held in the diary meanwhile.

    `remind_at` is emptied when those who have not answered were reminded, `chased_at` filled when a person
    was told that the promised time has come without an answer.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being arranged")
        AGREED = "agreed", _("Agreed")
        GIVEN_UP = "given_up", _("Given up")
        LAPSED = "lapsed", _("Nobody answered in time")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="meeting_requests")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="requests")
    about = models.CharField(_("about"), max_length=200)
    notes = models.TextField(_("notes"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    manner = models.CharField(
        _("how"), max_length=9, choices=Meeting.Manner, default=Meeting.Manner.IN_PERSON
    )
    place = models.ForeignKey(
        "calendar_app.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    where = models.CharField(_("where"), max_length=240, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    expires_at = models.DateTimeField(_("times held until"))
    promised_at = models.DateTimeField(_("followed up by"), null=True, blank=True)
    remind_at = models.DateTimeField(_("reminder due"), null=True, blank=True)
    chased_at = models.DateTimeField(_("followed up"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("agreed on")
    )
    given_up_because = models.CharField(_("given up because"), max_length=240, blank=True)
    asked_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    subject_kind = models.CharField(max_length=60, blank=True, default="", db_default="")
    subject_id = models.UUIDField(null=True, blank=True)  # out of what it came: "calls.call", as of a meeting
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeetingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting being arranged")
        verbose_name_plural = _("meetings being arranged")
        ordering = ["promised_at", "id"]
        indexes = [
            models.Index(fields=["client", "state"]),
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="requests_by_end"),
        ]

    def __str__(self):
        return self.about


class RequestParty(models.Model):
    """Somebody who was asked. All parties must agree on the same time."""

    class Way(models.TextChoices):
        MAIL = "mail", _("By e-mail")
        TEXT = "text", _("By text")
        CALL = "call", _("Read out on the call")
        LINK = "link", _("By a link that I pass on")

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Not answered")
        YES = "yes", _("Has chosen")
        NONE = "none", _("None of them suits")
        PROPOSED = "proposed", _("Proposes other times")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    request = models.ForeignKey(MeetingRequest, models.CASCADE, related_name="parties")
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)  # lower case
    number = models.CharField(_("telephone"), max_length=16, blank=True)  # E.164
    zone = models.CharField(_("time zone"), max_length=64, blank=True)  # empty: the diary's
    language = models.CharField(_("language"), max_length=12, blank=True)  # empty: the client's
    way = models.CharField(_("asked"), max_length=4, choices=Way, default=Way.MAIL)
    asked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("who was asked for a meeting")
        verbose_name_plural = _("who was asked for a meeting")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "email"], condition=~Q(email=""), name="an_address_is_asked_once"
            ),
        ]

    def __str__(self):
        return self.name or self.email or self.number


class RequestOption(models.Model):
    """One of the times on offer: a meeting that is held as long as it may be chosen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    request = models.ForeignKey(MeetingRequest, models.CASCADE, related_name="options")
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="option")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("time on offer")
        verbose_name_plural = _("times on offer")
        ordering = ["meeting__starts_at", "id"]

    def __str__(self):
        return str(self.meeting)


class RequestYes(models.Model):
    """This time suits this party."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    request = models.ForeignKey(MeetingRequest, models.CASCADE, related_name="yeses")
    party = models.ForeignKey(RequestParty, models.CASCADE, related_name="yeses")
    option = models.ForeignKey(RequestOption, models.CASCADE, related_name="yeses")
    at = models.DateTimeField(default=clock.now)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("time that suits somebody")
        verbose_name_plural = _("times that suit somebody")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["party", "option"], name="a_time_suits_somebody_once"),
        ]

    def __str__(self):
        return f"{self.party}: {self.option}"


class RequestProposal(models.Model):
    """A time that the other side could come. Whether it suits the client, a person judges."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be judged")
        TAKEN = "taken", _("Taken")
        ASIDE = "aside", _("Set aside")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    request = models.ForeignKey(MeetingRequest, models.CASCADE, related_name="proposals")
    party = models.ForeignKey(RequestParty, models.CASCADE, related_name="proposals")
    starts_at = models.DateTimeField(_("from"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    at = models.DateTimeField(default=clock.now)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("time proposed by the other side")
        verbose_name_plural = _("times proposed by the other side")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["party", "starts_at"], name="a_time_is_proposed_once"),
        ]

    def __str__(self):
        return f"{self.party} {self.starts_at:%Y-%m-%d %H:%M}"


class RequestEvent(models.Model):
    """What was done to arrange it, when and by whom: the thread, in order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    request = models.ForeignKey(MeetingRequest, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)  # asked, sent, answered, proposed, agreed, reminded, lapsed …
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    party = models.ForeignKey(RequestParty, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(_("in words"), max_length=500, blank=True)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a meeting being arranged")
        verbose_name_plural = _("events of meetings being arranged")
        ordering = ["at", "id"]

    def __str__(self):
        return self.verb


class GuestLink(models.Model):
    """What opens somebody's own page of one meeting. Only the hash of what stands in the address is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    party = models.ForeignKey(RequestParty, models.CASCADE, null=True, blank=True, related_name="links")
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, blank=True, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256, in hexadecimal
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of a guest")
        verbose_name_plural = _("links of guests")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party=None, guest__isnull=False) | Q(party__isnull=False, guest=None),
                name="a_link_is_a_partys_or_a_guests",
            ),
        ]

    def __str__(self):
        return str(self.party or self.guest)
