from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import instructing, where_i_am
from clients.forms.admin import InstructionForm
from clients.models import CallType, Instruction, Prompt, Status
from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin

from .base import OwnedAdmin, OwnedInline

WORDS = instructing.WORDS


@admin.register(Instruction)
class InstructionAdmin(OwnedAdmin):
    """Written, changed and withdrawn by the same verbs as in the portal: a change is a new version."""

    list_display = [
        "__str__",
        "client",
        "callers",
        "action",
        "from_at",
        "until_at",
        "written_by",
        "replaced_at",
    ]
    list_filter = [("replaced_at", admin.EmptyFieldListFilter), "action", "callers"]
    list_select_related = ["client", "written_by"]
    search_fields = ["text", "client__name", "put_through_to__name"]
    form = InstructionForm
    raw_id_fields = ["line", "people", "put_through_to", "call_type"]
    fields = [
        "client",
        *WORDS[:2],
        "people",
        *WORDS[2:],
        "written_by",
        "written_at",
        "replaced_at",
        "replaced_by",
    ]
    readonly_fields = ["written_by", "written_at", "replaced_at", "replaced_by"]
    actions = ["withdraw"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.replaced_at)

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "client"] if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        words = {name: form.cleaned_data[name] for name in WORDS}
        people, at = form.cleaned_data["people"], clock.now()
        if change:
            stands = Instruction.objects.visible_to(request.user).get(pk=obj.pk)
            saved = instructing.change(stands, by=request.user, at=at, people=people, **words)
        else:
            saved = instructing.write(obj.client, by=request.user, at=at, people=people, **words)
        obj.pk, obj.series = saved.pk, saved.series  # what follows is about the version that now speaks
        obj._state.adding = False

    @admin.action(description=_("Withdraw"))
    def withdraw(self, request, queryset):
        for instruction in queryset.filter(replaced_at=None):
            instructing.withdraw(instruction, by=request.user, at=clock.now())
        self.message_user(request, _("Withdrawn. The versions are kept."), messages.SUCCESS)


@admin.register(Status)
class StatusAdmin(ReadOnlyAdmin):
    list_display = [
        "contact",
        "client",
        "kind",
        "text",
        "from_at",
        "until_at",
        "stand_in",
        "ended_at",
        "set_by",
    ]
    list_filter = ["kind"]
    list_select_related = ["contact", "client", "set_by", "stand_in"]
    search_fields = ["contact__name", "client__name"]
    date_hierarchy = "from_at"
    actions = ["end"]

    @admin.action(description=_("End now"))
    def end(self, request, queryset):
        for status in queryset.select_related("contact"):
            where_i_am.end_status(status, by=request.user, at=clock.now())


class PromptInline(OwnedInline):
    model = Prompt


@admin.register(CallType)
class CallTypeAdmin(OwnedAdmin):
    list_display = ["name", "client", "urgency", "takes_message", "is_default", "is_active"]
    list_filter = ["is_active", "takes_message"]
    list_select_related = ["client"]
    search_fields = ["name", "client__name"]
    inlines = [PromptInline]


@admin.register(Prompt)
class PromptAdmin(ReadOnlyAdmin):
    list_display = ["caption", "call_type", "client", "kind", "required"]
    list_filter = ["kind", "required"]
    list_select_related = ["call_type", "client"]
    search_fields = ["caption", "call_type__name", "client__name"]
