"""What goes into an envelope beside the letter, and many letters printed and posted together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, DeskQuerySet
from secretariat import clock
from secretariat.ids import uuid7

from .letter import Letter, LetterQuerySet, Posting


class LetterFileQuerySet(LetterQuerySet):
    shown = Q(letter__shown_at__isnull=False)


class LetterFile(models.Model):
    """A PDF that goes with a letter: printed after it, or only named in it and sent apart."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files")
    name = models.CharField(_("what it is"), max_length=120)  # as it stands under the letter
    joined = models.BooleanField(_("printed with the letter"), default=True)
    media_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"))
    added_by = models.ForeignKey("office.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = LetterFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("enclosure of a letter")
        verbose_name_plural = _("enclosures of letters")
        ordering = ["added_at", "id"]

    def __str__(self):
        return self.name


class PrintRun(models.Model):
    """Letters of one client that are printed as one file, and go to the post together."""

    class State(models.TextChoices):
        MAKING = "making", _("Being put together")
        MADE = "made", _("To be printed and posted")
        POSTED = "posted", _("Posted")
        DROPPED = "dropped", _("Dropped")

    OPEN = (State.MAKING, State.MADE)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="print_runs")
    number = models.PositiveIntegerField(_("number"))  # counts the client's runs, from 1
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.MAKING)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("begun"), default=clock.now)
    media_id = models.UUIDField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    posted_at = models.DateTimeField(_("posted"), null=True, blank=True)
    posted_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    proof_id = models.UUIDField(null=True, blank=True)  # a photograph or a receipt of all, in media
    together = models.UUIDField(null=True, blank=True, editable=False)  # with other clients' runs: one file
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["together"], condition=Q(together__isnull=False), name="print_runs_together"
            ),
        ]
        constraints = [
            models.UniqueConstraint("client", "number", name="a_print_runs_number_is_used_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["made", "posted"]) | Q(media_id__isnull=False) | ~Q(sha256=""),
                name="a_print_run_that_is_made_has_its_file",
            ),
        ]

    def __str__(self):
        return f"{self.client} {self.number}"


class PrintRunLetter(models.Model):
    """One letter in a run: its class, and where in the file it begins."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="letters")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="runs")
    kind = models.CharField(_("class"), max_length=10, choices=Posting.Kind, default=Posting.Kind.STANDARD)
    place = models.PositiveSmallIntegerField(_("place"))
    first_page = models.PositiveIntegerField(_("from page"), default=0)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter in a print run")
        verbose_name_plural = _("letters in print runs")
        ordering = ["run", "place"]
        constraints = [models.UniqueConstraint("run", "letter", name="a_letter_is_in_a_run_once")]

    def __str__(self):
        return f"{self.run}: {self.letter}"
