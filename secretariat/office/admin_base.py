"""What every page of the admin keeps to: rows through their one door, looks and changes on the ledger."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from secretariat import ledger

from . import looking
from .admin_lists import CountsToAPoint, LongList
from .forms.words import WordsOfModel


class ScopedAdmin(admin.ModelAdmin):
    """Base of every ModelAdmin. Nothing is deleted unless a class says so: rows are ended, and stay."""

    form = WordsOfModel
    list_per_page = 50
    show_full_result_count = False
    paginator = CountsToAPoint
    may_delete = False

    def client_of(self, row):
        """The id of the client a row belongs to, if it belongs to one."""
        return getattr(row, "client_id", None)

    def get_changelist(self, request, **kwargs):
        return LongList

    def get_queryset(self, request):
        rows = self.model.objects.visible_to(request.user)
        return rows.order_by(*(self.get_ordering(request) or self.model._meta.ordering or ["pk"]))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A moment has two fields under one label; each says which of the two it is."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.SplitDateTimeField) and field.label:
            day, hour = field.widget.widgets
            day.attrs["aria-label"] = _("%(field)s: date") % {"field": field.label}
            hour.attrs["aria-label"] = _("%(field)s: time") % {"field": field.label}
        return field

    def has_delete_permission(self, request, obj=None):
        return self.may_delete and super().has_delete_permission(request, obj)

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown and looking.names_her(self.model):
            looking.looked_at_rows(request.user, shown["cl"].result_list)
        return answer

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and change:
            ledger.looked(request.user, self.client_of(obj), (obj._meta.label_lower, obj.pk))
            looking.looked_at_row(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def log_addition(self, request, obj, message):
        self._record(request, "admin.added", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._record(request, "admin.changed", obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for row in queryset:
            self._record(request, "admin.deleted", row, [])
        return super().log_deletions(request, queryset)

    def _record(self, request, verb, row, message):
        """The ledger is told which fields changed, never what they hold."""
        parts = message if isinstance(message, list) else []
        changed = [part["changed"] for part in parts if "changed" in part]
        fields = [name for part in changed for name in part.get("fields", []) if name.isidentifier()]
        ledger.record(
            verb,
            actor_id=request.user.pk,
            client_id=self.client_of(row),
            subject=(row._meta.label_lower, row.pk),
            detail={"fields": fields} if fields else {},
        )


class ReadOnlyAdmin(ScopedAdmin):
    """For what only the product itself writes, or a verb of it."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ByAdministrators:
    """Mixed into what decides who may do what: supervisors read it, administrators change it."""

    def has_add_permission(self, request, obj=None):
        return request.user.roles.admin

    def has_change_permission(self, request, obj=None):
        return request.user.roles.admin

    def has_delete_permission(self, request, obj=None):
        return request.user.roles.admin and super().has_delete_permission(request, obj)


class ScopedInline(admin.TabularInline):
    """Rows of another row. Each field says what it is to those who do not see the head of its column."""

    form = WordsOfModel
    extra = 0

    def get_queryset(self, request):
        rows = self.model.objects.visible_to(request.user)
        return rows.order_by(*(self.get_ordering(request) or self.model._meta.ordering or ["pk"]))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and field.label:
            field.widget.attrs["aria-label"] = field.label
        return field
