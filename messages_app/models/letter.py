"""A letter written for a client, its versions, and its way through the post."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, Served
from messages_app.letters.addresses import Address
from secretariat import clock
from secretariat.ids import uuid7


class Paper(models.TextChoices):
    """Which envelope's window the address stands in."""

    DIN_A = "din-a", _("DIN 5008 form A, DL window")
    DIN_B = "din-b", _("DIN 5008 form B, DL window")
    UK_DL = "uk-dl", _("A4, British DL window")
    US_10 = "us-10", _("US letter, #10 window")


class Letterhead(models.Model):
    """What stands on every letter of one client, and how it is signed."""

    class Signs(models.TextChoices):
        CLIENT = "client", _("The client signs by hand")
        SECRETARY = "secretary", _("The secretary signs, p.p. the client")
        NOBODY = "nobody", _("Nobody: the name alone")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.OneToOneField(Client, models.CASCADE, related_name="letterhead")
    layout = models.CharField(_("envelope"), max_length=6, choices=Paper, default=Paper.UK_DL)
    name = models.CharField(_("name on top"), max_length=120)
    lines = models.TextField(_("below it, a line each"), max_length=400, blank=True)
    return_line = models.CharField(
        _("sender in one small line above the address"),
        max_length=120,
        blank=True,
        help_text=_("On DIN letters alone."),
    )
    foot = models.TextField(_("at the foot, a line each"), max_length=400, blank=True)
    signs = models.CharField(_("signature"), max_length=9, choices=Signs, default=Signs.SECRETARY)
    signer = models.CharField(_("name below the signature"), max_length=120, blank=True)
    job = models.CharField(_("what she is"), max_length=120, blank=True)
    sender_at_carrier = models.CharField(
        _("sender’s address as it is saved at Lob"),
        max_length=40,
        blank=True,
        db_default="",
        validators=[RegexValidator(r"^adr_[A-Za-z0-9]+$", _("It begins with adr_."))],
        help_text=_("Without it letters are posted by hand alone."),
    )
    needs_approval = models.BooleanField(_("the client sees each letter before it is posted"), default=True)
    logo_id = models.UUIDField(null=True, blank=True, editable=False)  # a picture, in media
    desk_writes_templates = models.BooleanField(
        _("her secretaries write her letter templates, too"), default=False, db_default=False
    )

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = ["client__name", "id"]

    def __str__(self):
        return self.name


class LetterTemplate(models.Model):
    """Words that letters of one client begin with. They may hold tokens: `filling.py`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="letter_templates")
    name = models.CharField(_("name"), max_length=80)
    subject = models.CharField(_("subject"), max_length=160)
    salutation = models.CharField(_("salutation"), max_length=120, default="{salutation}")
    body = models.TextField(_("words"), max_length=20_000)
    closing = models.CharField(_("closing"), max_length=120, default="{closing}")
    enclosures = models.TextField(_("enclosures, a line each"), max_length=1_000, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name


class LetterQuerySet(ClientOwnedQuerySet):
    """The firm and the desk see every letter; whoever speaks for the client, what lies before her."""

    shown = Q(shown_at__isnull=False)

    def visible_to(self, user):
        roles = user.roles
        if roles.firm_wide:
            return self
        hers = [contact.client_id for contact in roles.contacts if contact.sees_all]
        reach = Q(client__in=hers) & self.shown
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return self.filter(reach)

    def with_newest(self):
        """Each with the `subject` and `to` of its newest version."""
        newest = LetterVersion.objects.filter(letter=models.OuterRef("pk")).order_by("-number")
        to = Coalesce(NullIf("name", models.Value("")), "firm")
        return self.annotate(
            subject=models.Subquery(newest.values("subject")[:1]),
            to=models.Subquery(newest.annotate(to=to).values("to")[:1]),
        )


class LetterVersionQuerySet(LetterQuerySet):
    shown = Q(asked_at__isnull=False)


class PostingQuerySet(LetterQuerySet):
    """Post that came for the client lies before whoever speaks for her from the start."""

    shown = Q(letter__shown_at__isnull=False) | Q(received__isnull=False)


class Letter(models.Model):
    """A letter: what it says is its newest version; once it is agreed, the paper itself is kept."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ASKED = "asked", _("With the client")
        CHANGE = "change", _("The client asks for a change")
        MAKING = "making", _("Being set")
        READY = "ready", _("To be posted")
        HANDED = "handed", _("With the carrier")
        POSTED = "posted", _("Posted")
        RETURNED = "returned", _("Came back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.DRAFT, State.ASKED, State.CHANGE)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField(_("number"))  # counts the client's letters, from 1
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    template = models.ForeignKey(LetterTemplate, models.SET_NULL, null=True, blank=True, related_name="+")
    serial = models.ForeignKey(
        "messages_app.SerialLetter",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copy of"),
    )
    # The letter that came back, or could not be delivered: this one was written anew to another address.
    instead_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="written_anew",
        editable=False,
        verbose_name=_("instead of"),
    )
    # What is being typed and not saved yet: a letter that lies with the client is not changed by typing.
    typed = models.JSONField(null=True, blank=True, editable=False)
    # Of a copy: what is missing in it, in sentences; None until somebody has looked.
    gaps = models.JSONField(null=True, blank=True, editable=False)
    written_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    shown_at = models.DateTimeField(_("first shown to the client"), null=True, blank=True)
    # The stretch in which somebody is writing, or wrote last: see letters/hours.py.
    writing_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    writing_since = models.DateTimeField(null=True, blank=True, editable=False)
    writing_until = models.DateTimeField(null=True, blank=True, editable=False)
    # The paper itself, as it was agreed.
    media_id = models.UUIDField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint("client", "number", name="a_letters_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "asked", "change", "making", "withdrawn"]) | ~Q(sha256=""),
                name="a_letter_to_be_posted_has_its_paper",
            ),
        ]
        indexes = [models.Index(fields=["client", "-created_at"])]

    def __str__(self):
        return f"{self.client} {self.number}"


class LetterVersion(models.Model):
    """What a letter says. A version the client was shown stands; what is changed after that is the next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    layout = models.CharField(_("envelope"), max_length=6, choices=Paper)
    name = models.CharField(_("name"), max_length=120, blank=True)
    firm = models.CharField(_("firm"), max_length=120, blank=True)
    street = models.TextField(_("street, a line each"), max_length=240, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    region = models.CharField(_("region or state"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    dated_on = models.DateField(_("date"))
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    salutation = models.CharField(_("salutation"), max_length=120, blank=True)
    body = models.TextField(_("words"), max_length=20_000, blank=True)
    closing = models.CharField(_("closing"), max_length=120, blank=True)
    enclosures = models.TextField(_("enclosures, a line each"), max_length=1_000, blank=True)
    written_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    saved_at = models.DateTimeField(_("saved"))
    asked_at = models.DateTimeField(_("shown to the client"), null=True, blank=True)
    # The files that went with it when it was shown, as `files_of.told` says them.
    files_shown = models.JSONField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "clients.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(_("agreed"), null=True, blank=True)
    wish = models.TextField(_("what is to be changed"), max_length=2_000, blank=True)

    objects = LetterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a letter")
        verbose_name_plural = _("versions of letters")
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint("letter", "number", name="a_version_of_a_letter_is_one"),
            models.CheckConstraint(
                condition=Q(decided_at=None, agreed=None)
                | Q(decided_at__isnull=False, agreed__isnull=False, asked_at__isnull=False),
                name="only_a_version_that_was_shown_is_decided",
            ),
        ]

    def __str__(self):
        return f"{self.letter} / {self.number}"

    @property
    def address(self) -> Address:
        return Address(
            *(self.name, self.firm, self.street, self.city, self.postcode, self.region, self.country)
        )


class Posting(models.Model):
    """One envelope on its way: what was paid for it, by which proof, and whether it came back.

    It holds a letter of the client's; or post that came for her, sent on to her or returned to its sender.
    """

    class Carrier(models.TextChoices):
        BY_HAND = "by_hand", _("Printed and posted by hand")
        LOB = "lob", _("Printed and posted by Lob")

    class State(models.TextChoices):
        HANDING = "handing", _("Being handed to the carrier")
        HANDED = "handed", _("With the carrier")
        POSTED = "posted", _("In the post")
        ARRIVED = "arrived", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled in time")
        REFUSED = "refused", _("Not taken by the carrier")
        UNSURE = "unsure", _("Perhaps with the carrier")

    class Kind(models.TextChoices):
        STANDARD = "standard", _("Standard")
        FIRST = "first", _("First class")
        SIGNED = "signed", _("Signed for")
        REGISTERED = "registered", _("Registered")
        COURIER = "courier", _("Courier")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="postings", null=True, blank=True)
    received = models.OneToOneField(  # its paper leaves once
        "messages_app.ReceivedPost",
        models.PROTECT,
        related_name="posting",
        null=True,
        blank=True,
        verbose_name=_("received post"),
    )
    carrier = models.CharField(_("carrier"), max_length=12, choices=Carrier, default=Carrier.BY_HAND)
    carrier_id = models.CharField(_("the carrier’s number"), max_length=80, blank=True)
    kind = models.CharField(_("class"), max_length=10, choices=Kind, default=Kind.STANDARD)
    postage = models.DecimalField(_("postage"), max_digits=8, decimal_places=2)
    paper = models.DecimalField(_("paper and print"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    posted_at = models.DateTimeField(_("posted"))
    posted_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    # By hand it is in the post from the start; a carrier says how it goes on.
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.POSTED, db_default="posted"
    )
    cancel_until = models.DateTimeField(_("can be cancelled until"), null=True, blank=True)
    asked_at = models.DateTimeField(  # last what has become of it
        _("the carrier was asked"), null=True, blank=True, editable=False
    )
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    proof_id = models.UUIDField(_("proof"), null=True, blank=True)  # a photograph or a receipt, in media
    # Posted together with others: then the proof is the run's.
    run = models.ForeignKey(
        "messages_app.PrintRun",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name=_("print run"),
    )
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)
    returned_because = models.CharField(_("why it came back"), max_length=240, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-posted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(postage__gte=0, paper__gte=0), name="postage_is_paid_or_nothing"
            ),
            models.CheckConstraint(
                condition=Q(returned_because="") | Q(returned_at__isnull=False),
                name="only_what_came_back_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False, received=None) | Q(letter=None, received__isnull=False),
                name="one_thing_is_posted",
            ),
        ]

    def __str__(self):
        return f"{self.contents} {self.get_kind_display()}"

    @property
    def contents(self):
        """The letter, or the post that came for the client."""
        return self.letter or self.received

    @property
    def cost(self):
        """What the secretary laid out, for her and for the client's bill."""
        return self.postage + self.paper
