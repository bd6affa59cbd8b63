"""A file from which a client's address book was filled: what was read, and what was written for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.address_book.entries import Entry
from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet
from .correspondent import Correspondent


class AddressImport(models.Model):
    class State(models.TextChoices):
        READ = "read", _("Read, nothing written yet")
        DONE = "done", _("In the address book")
        UNDONE = "undone", _("Taken back")

    class Kind(models.TextChoices):
        CSV = "csv", _("Table (CSV)")
        VCARD = "vcard", _("Cards (vCard)")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.READ)
    kind = models.CharField(_("kind of file"), max_length=5, choices=Kind)
    name = models.CharField(_("file"), max_length=120)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("read"), default=clock.now)
    done_at = models.DateTimeField(_("written"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of addresses")
        verbose_name_plural = _("files of addresses")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="read", done_at=None, undone_at=None)
                | Q(state="done", done_at__isnull=False, undone_at=None)
                | Q(state="undone", done_at__isnull=False, undone_at__isnull=False),
                name="an_import_has_the_times_of_its_state",
            )
        ]

    def __str__(self):
        return self.name


class ImportedAddress(models.Model):
    """One entry of such a file. `wrote` names the rows it made and the fields it filled."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        FILLS = "fills", _("Adds to somebody known")
        SAME = "same", _("Known already")
        CLASH = "clash", _("To be decided")
        NOBODY = "nobody", _("Without a name")

    class Choice(models.TextChoices):
        LEAVE = "", _("Leave it out")
        JOIN = "join", _("It is the same: add what is new")
        APART = "apart", _("Somebody else: a new entry")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    of = models.ForeignKey(AddressImport, models.CASCADE, related_name="entries")
    place = models.PositiveIntegerField(_("place in the file"))
    read = models.JSONField(_("as read"))
    verdict = models.CharField(_("found"), max_length=6, choices=Verdict)
    because = models.CharField(_("because"), max_length=12, blank=True, default="")
    # Whom it means or clashes with: somebody of the book, or an earlier entry of the same file.
    known = models.ForeignKey(Correspondent, models.SET_NULL, null=True, blank=True, related_name="+")
    earlier = models.PositiveIntegerField(null=True, blank=True)
    choice = models.CharField(_("decided"), max_length=5, choices=Choice, blank=True, default="")
    correspondent = models.ForeignKey(Correspondent, models.SET_NULL, null=True, blank=True, related_name="+")
    wrote = models.JSONField(_("written"), default=dict, blank=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a file of addresses")
        verbose_name_plural = _("entries of files of addresses")
        ordering = ["of", "place"]
        constraints = [models.UniqueConstraint("of", "place", name="an_entry_of_a_file_is_one")]

    def __str__(self):
        return str(self.place)

    @property
    def entry(self) -> Entry:
        return Entry.from_row(self.read)
