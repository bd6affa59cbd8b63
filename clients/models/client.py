from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models import SecondCalls, SecretaryLanguage

from .served import Served


class ClientQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Clients this person may see: the union of what each of her roles gives."""
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = Q(pk__in=[])
        if roles.secretary:
            reach |= Q(pk__in=Served(roles.secretary))
        reach |= Q(contacts__in=[contact.pk for contact in roles.contacts])
        return self.filter(pk__in=self.model.objects.filter(reach).values("pk"))

    def served_by(self, secretary):
        """Clients to whose rows this secretary has access at this moment, for whatever reason.

        Those whose terms of confidentiality she has not accepted are shut to her, but for a caller who is
        hers already: terms that change in the middle of a call do not take it from under her hands.
        """
        now = clock.Now()
        terms = self.model._meta.get_field("terms").related_model.objects.in_force()
        asked = terms.filter(client=OuterRef("pk")).not_accepted_by(secretary)
        return self.filter(
            Q(accesses__until_at=None) | Q(accesses__until_at__gt=now),
            Q(accesses__because__in=["offer", "call"]) | ~Exists(asked),
            accesses__secretary=secretary,
            accesses__from_at__lte=now,
        )


class Client(models.Model):
    """A business or person whose calls we answer."""

    class Band(models.TextChoices):
        PLUM = "plum", _("Plum")
        TEAL = "teal", _("Teal")
        RUST = "rust", _("Rust")
        INDIGO = "indigo", _("Indigo")
        MOSS = "moss", _("Moss")
        OCHRE = "ochre", _("Ochre")
        SLATE = "slate", _("Slate")
        ROSE = "rose", _("Rose")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    language = models.CharField(_("language callers speak"), max_length=12, default="en-GB")
    country = models.CharField(_("country"), max_length=2, default="GB")
    region = models.CharField(
        _("region, for its holidays"), max_length=12, blank=True, default="", db_default=""
    )
    # Her country's holidays until this day are among hers, to be answered.
    holidays_until = models.DateField(null=True, blank=True, editable=False)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    band = models.CharField(_("colour band"), max_length=8, choices=Band, default=Band.PLUM)
    # Phrases may hold {greeting} {client} {secretary}
    answer_phrase = models.CharField(
        _("answer phrase"),
        max_length=240,
        default="{greeting}, {client}, {secretary} speaking. How may I help?",
    )
    closed_phrase = models.CharField(_("answer phrase when closed"), max_length=240, blank=True)
    holiday_phrase = models.CharField(_("answer phrase on holidays"), max_length=240, blank=True)
    pronunciation = models.CharField(_("how the name is said"), max_length=120, blank=True)
    good_to_know = models.TextField(_("good to know, a line each"), blank=True)
    partial_messages = models.BooleanField(
        _("a message may be unfinished when the caller hung up"), default=False
    )
    read_back_required = models.BooleanField(_("numbers must be read back"), default=False)
    wrap_up_seconds = models.PositiveSmallIntegerField(
        _("time to finish a call, seconds"), null=True, blank=True
    )
    shows_caller_number = models.BooleanField(
        _("whom we put through sees the caller’s number, where the carrier allows it"),
        default=False,
        db_default=False,
    )
    other_numbers = models.BooleanField(
        _("secretaries may put callers through to numbers that are not entered here"),
        default=False,
        db_default=False,
    )
    offer_seconds = models.PositiveSmallIntegerField(
        _("an offered call rings for, seconds"), null=True, blank=True, validators=[MinValueValidator(5)]
    )
    second_calls = models.CharField(
        _("a second call, when nobody is free, is offered to"),
        max_length=9,
        choices=SecondCalls,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: as the firm does it."),
    )
    level_needed = models.PositiveSmallIntegerField(
        _("level in the callers' language that the pool needs"),
        choices=SecretaryLanguage.Level,
        default=SecretaryLanguage.Level.B2,
        db_default=SecretaryLanguage.Level.B2,
    )
    # What is dictated is typed within so long from its last word on: minutes of her opening hours, or of the
    # clock if it is urgent.
    dictation_minutes = models.PositiveIntegerField(
        _("dictation is typed within, minutes"),
        default=240,
        db_default=240,
        validators=[MinValueValidator(5)],
    )
    urgent_dictation_minutes = models.PositiveIntegerField(
        _("urgent dictation is typed within, minutes"),
        default=60,
        db_default=60,
        validators=[MinValueValidator(5)],
    )
    dictation_transcribed = models.BooleanField(
        _("what is dictated may be given to the firm’s transcriber"), default=False, db_default=False
    )
    # Tighter than the firm: whatever it lets its secretaries do, not with what is this client's.
    never_download = models.BooleanField(
        _("secretaries never download recordings"), default=False, db_default=False
    )
    never_download_attachments = models.BooleanField(
        _("secretaries never download what is attached to mail"), default=False, db_default=False
    )
    never_print = models.BooleanField(_("secretaries never print messages"), default=False, db_default=False)
    never_export = models.BooleanField(_("secretaries never export lists"), default=False, db_default=False)
    never_copy_out = models.BooleanField(
        _("secretaries never copy messages out"), default=False, db_default=False
    )
    is_active = models.BooleanField(_("we answer for them"), default=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class ClientOwnedQuerySet(models.QuerySet):
    """Rows that belong to one client, by a `client` column on each of them."""

    def visible_to(self, user):
        """The firm, the client's secretaries, its owners and delegates. A member sees none of these rows."""
        return self if user.roles.firm_wide else self.filter(self.reach(user.roles))

    @staticmethod
    def reach(roles) -> Q:
        """The rows these roles reach. A door that opens to more adds to it: so the database need not find
        all of them first, to compare each with what is asked for."""
        reach = Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return reach

    def current(self):
        """Rows whose valid range holds this moment."""
        now = clock.Now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)


class DeskQuerySet(ClientOwnedQuerySet):
    """Rows about a client that are the desk's own: no client ever sees them."""

    def visible_to(self, user):
        """The firm, and the secretaries who serve the client."""
        roles = user.roles
        if roles.firm_wide:
            return self
        if not roles.secretary:
            return self.none()
        return self.filter(client__in=Served(roles.secretary))
