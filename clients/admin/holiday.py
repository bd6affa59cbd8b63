from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clients import closing, holiday_words
from clients.forms.admin import HolidayForm
from clients.models import Holiday
from secretariat import clock
from secretariat.office.admin_base import ScopedAdmin


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    """What clients say of public holidays, and their own closures; a question stands here until answered."""

    form = HolidayForm
    list_display = ["words", "client", "on", "until_on", "says", "line", "said_by"]
    list_filter = ["says", "is_public"]
    list_select_related = ["client", "line", "said_by"]
    search_fields = ["name", "client__name"]
    date_hierarchy = "on"
    fields = ["client", "name", "on", "until_on", "says", "opens", "closes", "line", "said_by", "said_at"]
    raw_id_fields = ["line"]
    readonly_fields = ["said_by", "said_at"]
    actions = ["closed", "as_usual"]
    may_delete = True

    def get_readonly_fields(self, request, obj=None):
        """Of a public holiday only the answer is open."""
        fixed = ["client", "name", "on", "until_on", "line"] if obj and obj.is_public else []
        return [*self.readonly_fields, *fixed]

    def has_delete_permission(self, request, obj=None):
        # A question that were deleted would never be asked again.
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

    @admin.display(description=_("holiday or closure"), ordering="on")
    def words(self, row):
        if row.says != Holiday.Says.ASKED:
            return row.name or _("Closed")
        return holiday_words.question(row.name, row.on, today=clock.now().astimezone(row.client.tz).date())

    def save_model(self, request, obj, form, change):
        if not change or form.changed_data:
            obj.said_by, obj.said_at = request.user, clock.now()
        super().save_model(request, obj, form, change)
        closing.tell_all(obj, request.user)

    @admin.action(description=_("Closed all day, the client says"))
    def closed(self, request, queryset):
        self._answer(request, queryset, Holiday.Says.CLOSED)

    @admin.action(description=_("Open as usual, the client says"))
    def as_usual(self, request, queryset):
        self._answer(request, queryset, Holiday.Says.OPEN)

    def _answer(self, request, queryset, says):
        for holiday in queryset:
            closing.answer(holiday, says=says, by=request.user, at=clock.now())
