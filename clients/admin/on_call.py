from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import rostering
from clients.forms.admin import OnCallListForm
from clients.forms.on_call import PLACES
from clients.models import OnCallList, OnCallPlace, OnCallReplacement
from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedInline

from .base import OwnedAdmin

ENDS = ["written_by", "written_at", "replaced_at", "replaced_by"]


class OnCallPlaceInline(ScopedInline):
    """The order, as it stands; it is changed above."""

    model = OnCallPlace
    fields = ["contact"]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(OnCallList)
class OnCallListAdmin(OwnedAdmin):
    """Written, changed and withdrawn by the verbs of the portal: a change is a new version.

    Which client it is for comes first: a list names only her people.
    """

    form = OnCallListForm
    list_display = ["name", "client", "turns", "changes_over", "written_by", "written_at", "replaced_at"]
    list_filter = [("replaced_at", admin.EmptyFieldListFilter), "turns"]
    list_select_related = ["client", "written_by"]
    search_fields = ["name", "client__name", "places__contact__name"]
    readonly_fields = ENDS
    actions = ["withdraw"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.replaced_at)

    def get_fields(self, request, obj=None):
        people = [f"person_{place}" for place in range(1, PLACES + 1)] if obj and not obj.replaced_at else []
        return ["client", *rostering.WORDS[:1], *people, *rostering.WORDS[1:], *(ENDS if obj else [])]

    def get_inlines(self, request, obj):
        return [OnCallPlaceInline] if obj and obj.replaced_at else []

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "client"] if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        words = {name: form.cleaned_data[name] for name in rostering.WORDS}
        at = clock.now()
        if change:
            holds = OnCallList.objects.visible_to(request.user).get(pk=obj.pk)
            saved = rostering.change(holds, people=form.people, by=request.user, at=at, **words)
        else:
            saved = rostering.write(obj.client, people=(), by=request.user, at=at, **words)
        obj.pk, obj.series = saved.pk, saved.series  # what follows is about the version that now holds
        obj._state.adding = False

    @admin.action(description=_("Withdraw"))
    def withdraw(self, request, queryset):
        for row in queryset.filter(replaced_at=None):
            rostering.withdraw(row, by=request.user, at=clock.now())
        self.message_user(request, _("Withdrawn. The versions are kept."), messages.SUCCESS)


@admin.register(OnCallReplacement)
class OnCallReplacementAdmin(ReadOnlyAdmin):
    list_display = ["client", "from_at", "until_at", "written_by", "ended_at"]
    list_select_related = ["client", "written_by"]
    search_fields = ["client__name"]
    date_hierarchy = "from_at"
    inlines = [OnCallPlaceInline]
    actions = ["take_back"]

    @admin.action(description=_("Take back"))
    def take_back(self, request, queryset):
        for row in queryset:
            rostering.take_back(row, by=request.user, at=clock.now())


@admin.register(OnCallPlace)
class OnCallPlaceAdmin(ReadOnlyAdmin):
    list_display = ["client", "contact", "rank", "on_call_list", "replacement"]
    list_select_related = ["client", "contact", "on_call_list", "replacement"]
    search_fields = ["client__name", "contact__name"]
