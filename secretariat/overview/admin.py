"""The ground's rows in the admin: what left and came in, the ledger, the live events, the files.

The ground knows neither clients nor people, so its pages stand up here, where their names are known.
All of it is to search and to read: these rows are written by the product, or by a verb of it.
"""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import outbox
from secretariat.ledger.models import LedgerEntry, LedgerHead, LedgerSeal
from secretariat.live.models import LiveEvent, LiveProcess
from secretariat.media.models import MediaFile
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin
from secretariat.office.models import User
from secretariat.outbox.models import Breaker, Effect, InboundEvent, Round


class GroundAdmin(ReadOnlyAdmin):
    """Rows without a door of their own: the firm sees all of them, nobody else any."""

    def get_queryset(self, request):
        rows = super(ScopedAdmin, self).get_queryset(request)
        return rows if request.user.roles.firm_wide else rows.none()


class ClientNamedAdmin(GroundAdmin):
    """Rows that carry the id of a client: the list names her."""

    def get_queryset(self, request):
        clients = Client.objects.visible_to(request.user).filter(pk=OuterRef("client_id"))
        return super().get_queryset(request).annotate(client_name=Subquery(clients.values("name")[:1]))

    @admin.display(description=_("client"), ordering="client_name")
    def client(self, row):
        return row.client_name


@admin.register(Effect)
class EffectAdmin(ClientNamedAdmin):
    """What is sent is not shown here but on the page of its subject; here it is told in a sentence."""

    list_display = ["what", "client", "state", "queue", "due_at", "attempts", "reason"]
    list_filter = ["state", "queue", "kind"]
    search_fields = ["=key", "=receipt", "subject_id"]
    date_hierarchy = "posted_at"
    ordering = ["-place"]
    fields = [
        *("what", "client", "kind", "key", "lane", "queue", "subject_kind", "subject_id"),
        *("state", "reason", "receipt", "attempts", "perhaps_sent", "posted_at", "due_at", "changed_at"),
        *("lease_owner", "leased_until", "is_settled", "shown_at"),
    ]

    @admin.display(description=_("what"))
    def what(self, effect):
        return outbox.describe(effect)


@admin.register(InboundEvent)
class InboundEventAdmin(ClientNamedAdmin):
    list_display = ["received_at", "name", "client", "key", "state", "attempts", "reason"]
    list_filter = ["state", "provider", "kind"]
    search_fields = ["key", "=token"]
    date_hierarchy = "received_at"
    ordering = ["-received_at", "-id"]
    exclude = ["headers"]


@admin.register(Breaker)
class BreakerAdmin(GroundAdmin):
    list_display = ["channel", "failures", "counted_from", "open_until"]
    list_filter = [("open_until", admin.EmptyFieldListFilter)]
    search_fields = ["channel"]


@admin.register(Round)
class RoundAdmin(GroundAdmin):
    list_display = ["name", "ran_at", "fault"]
    list_filter = [("fault", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ClientNamedAdmin):
    list_display = ["at", "actor", "verb", "client", "subject_kind", "subject_id"]
    list_filter = ["verb", "subject_kind"]
    search_fields = ["=verb", "=subject_id", "actor_id", "client_id"]
    date_hierarchy = "at"
    ordering = ["-id"]

    def get_queryset(self, request):
        people = User.objects.visible_to(request.user).filter(pk=OuterRef("actor_id"))
        return super().get_queryset(request).annotate(actor_name=Subquery(people.values("name")[:1]))

    @admin.display(description=_("who"), ordering="actor_name", empty_value=_("Secretariat"))
    def actor(self, entry):
        return entry.actor_name


@admin.register(LedgerSeal)
class LedgerSealAdmin(GroundAdmin):
    list_display = ["sequence", "entry_id", "link"]
    search_fields = ["=entry_id"]
    ordering = ["-sequence"]
    fields = ["sequence", "entry_id", "link"]

    @admin.display(description=_("link"))
    def link(self, seal):
        return bytes(seal.digest).hex()


@admin.register(LedgerHead)
class LedgerHeadAdmin(GroundAdmin):
    list_display = ["count", "end", "sealed_at"]
    fields = ["count", "end", "sealed_at"]

    @admin.display(description=_("last link"))
    def end(self, head):
        return bytes(head.digest).hex()


@admin.register(LiveEvent)
class LiveEventAdmin(GroundAdmin):
    list_display = ["id", "created_at", "event", "subject_id", "version"]
    list_filter = ["event"]
    search_fields = ["=subject_id"]
    ordering = ["-id"]


@admin.register(LiveProcess)
class LiveProcessAdmin(GroundAdmin):
    list_display = ["id", "streams", "seen_at"]
    ordering = ["-seen_at"]


@admin.register(MediaFile)
class MediaFileAdmin(ClientNamedAdmin):
    """What is known about a file. Its content is seen where its kind's guard lets it be seen."""

    list_display = ["created_at", "client", "kind", "name", "content_type", "size", "deleted_at"]
    list_filter = ["kind", ("deleted_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "id"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
