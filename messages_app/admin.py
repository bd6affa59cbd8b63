"""Messages in the admin: to search and to read. They are corrected on the desk, by a verb that says so."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from secretariat import clock, outbox
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin, ScopedInline

from . import (  # noqa: F401  these pages register themselves
    admin_dictated,
    admin_letters,
    admin_mail,
    admin_outgoing,
    admin_post,
    admin_requests,
    moving,
)
from .models import (
    Answer,
    Delivery,
    Draft,
    InboundMail,
    InboundText,
    Incident,
    LadderStep,
    Message,
    MessageEvent,
    Reply,
    TextAnswer,
)


class ReadOnlyInline(ScopedInline):
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class AnswerInline(ReadOnlyInline):
    model = Answer
    fields = ["caption", "value"]


class DeliveryInline(ReadOnlyInline):
    model = Delivery
    fields = ["contact", "channel", "address", "because", "turn", "state", "settled_at", "result", "error"]
    show_change_link = True


class LadderStepInline(ReadOnlyInline):
    model = LadderStep
    fields = ["run", "place", "turn", "contact", "channel", "due_at", "state"]


class ReplyInline(ReadOnlyInline):
    model = Reply
    fields = ["at", "contact", "text", "how", "seen_at", "seen_by"]


class MessageEventInline(ReadOnlyInline):
    model = MessageEvent
    fields = ["at", "verb", "by", "contact", "detail"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = [
        *("taken_at", "client", "contact", "caller_name", "call_back_on", "urgency"),
        *("state", "taken_by", "acknowledged_at"),
    ]
    list_filter = ["state", "urgency", "partial", ("corrects", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "contact", "taken_by"]
    search_fields = ["caller_name", "caller_firm", "call_back_on", "text", "client__name", "contact__name"]
    date_hierarchy = "taken_at"
    exclude = ["guidance"]
    inlines = [AnswerInline, DeliveryInline, LadderStepInline, ReplyInline, MessageEventInline]


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ["message", "client", "caption", "value"]
    list_filter = ["caption"]
    list_select_related = ["client", "message"]
    search_fields = ["value", "caption", "client__name"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "contact", "channel", "address", "state", "settled_at", "error"]
    list_filter = ["state", "channel"]
    list_select_related = ["client", "contact"]
    search_fields = ["address", "=receipt", "contact__name", "client__name"]
    date_hierarchy = "created_at"
    actions = ["send_again"]

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request, queryset):
        """For those that failed, or of which nobody can tell whether they arrived."""
        unsure = [Delivery.State.FAILED, Delivery.State.UNKNOWN]
        chosen = queryset.filter(state__in=unsure, effect__isnull=False, effect__emptied_at=None)
        chosen = chosen.select_related("effect")
        for delivery in chosen:
            outbox.post_again(delivery.effect, actor_id=request.user.pk)
        if len(chosen) < queryset.count():
            self.message_user(
                request,
                _("What has arrived, or is still on its way, was not sent again."),
                messages.WARNING,
            )
        said = ngettext("%(n)d is on its way again.", "%(n)d are on their way again.", len(chosen))
        self.message_user(request, said % {"n": len(chosen)}, messages.SUCCESS)


@admin.register(LadderStep)
class LadderStepAdmin(ReadOnlyAdmin):
    list_display = ["due_at", "client", "message", "contact", "channel", "turn", "state"]
    list_filter = ["state", "channel"]
    list_select_related = ["client", "message", "contact"]
    search_fields = ["client__name", "contact__name"]
    date_hierarchy = "due_at"


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    list_display = ["saved_at", "client", "saved_by", "revision"]
    list_select_related = ["client", "saved_by"]
    search_fields = ["client__name", "saved_by__name"]
    date_hierarchy = "saved_at"


@admin.register(Reply)
class ReplyAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "contact", "text", "how", "seen_at", "seen_by"]
    list_filter = ["how", ("seen_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "contact", "seen_by"]
    search_fields = ["text", "contact__name", "client__name"]
    date_hierarchy = "at"


@admin.register(MessageEvent)
class MessageEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "verb", "message", "by", "contact"]
    list_filter = ["verb"]
    list_select_related = ["client", "message", "by", "contact"]
    search_fields = ["=verb", "client__name", "message__caller_name"]
    date_hierarchy = "at"


@admin.register(InboundMail)
class InboundMailAdmin(ReadOnlyAdmin):
    list_display = ["came_at", "client", "sender", "subject", "read_at", "read_by"]
    list_filter = [("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "read_by"]
    search_fields = ["sender", "subject", "client__name"]
    date_hierarchy = "came_at"


@admin.register(InboundText)
class InboundTextAdmin(ReadOnlyAdmin):
    list_display = ["came_at", "client", "contact", "number", "read_at", "read_by"]
    list_filter = [("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "contact", "read_by"]
    search_fields = ["number", "words", "client__name"]
    date_hierarchy = "came_at"


@admin.register(TextAnswer)
class TextAnswerAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "number", "by", "state"]
    list_filter = ["state"]
    list_select_related = ["client", "by"]
    search_fields = ["number", "client__name"]
    date_hierarchy = "at"


@admin.register(Incident)
class IncidentAdmin(ScopedAdmin):
    """Written by the desk's verb; the supervisor says what was done about it, which settles it."""

    list_display = ["at", "kind", "client", "other_client", "taken_by", "found_by", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["client", "other_client", "taken_by", "found_by"]
    search_fields = ["client__name", "other_client__name", "what"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        written = [field.name for field in self.model._meta.fields if field.editable]
        is_open = obj is not None and obj.state == Incident.State.OPEN
        return [name for name in written if not (is_open and name == "resolution")]

    def save_model(self, request, obj, form, change):
        if obj.resolution.strip():
            moving.settle(obj, resolution=obj.resolution, by=request.user, at=clock.now())
