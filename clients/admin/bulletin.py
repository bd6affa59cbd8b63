from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients import bulletins
from clients.models import Bulletin, BulletinReading
from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin


@admin.register(Bulletin)
class BulletinAdmin(ScopedAdmin):
    """Once posted its words stay as they were read; it can still be ended."""

    list_display = ["title", "whom", "from_at", "until_at", "must_acknowledge", "read_by"]
    list_filter = ["must_acknowledge", ("until_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "person"]
    search_fields = ["title", "text"]
    date_hierarchy = "from_at"
    raw_id_fields = ["client", "person"]
    fields = ["title", "text", "client", "person", "must_acknowledge", "from_at", "until_at"]
    as_read = ["title", "text", "client", "person", "must_acknowledge", "from_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(readings_count=Count("readings"))

    def get_fields(self, request, obj=None):
        return [*self.fields, "who_has_read_it"] if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return [*self.as_read, "who_has_read_it"] if obj else []

    def save_model(self, request, obj, form, change):
        if not change:
            obj.written_by = request.user
        super().save_model(request, obj, form, change)
        bulletins.announce_due(at=clock.now())

    @admin.display(description=_("to"))
    def whom(self, bulletin):
        if bulletin.person:
            return bulletin.person
        if bulletin.client:
            return gettext("Team of %(client)s") % {"client": bulletin.client}
        return gettext("Everybody")

    @admin.display(description=_("read by"))
    def read_by(self, bulletin):
        return gettext("%(read)d of %(all)d") % {
            "read": bulletin.readings_count,
            "all": bulletins.readers(bulletin).count(),
        }

    @admin.display(description=_("who has read it"))
    def who_has_read_it(self, bulletin):
        said = gettext("not yet")
        rows = [
            (user.name, f"{read_at.astimezone():%Y-%m-%d %H:%M}" if read_at else said)
            for user, read_at in bulletins.readings(bulletin)
        ]
        if not rows:
            return gettext("Nobody is to read it.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows))


@admin.register(BulletinReading)
class BulletinReadingAdmin(ReadOnlyAdmin):
    list_display = ["user", "bulletin", "read_at"]
    list_select_related = ["user", "bulletin"]
    search_fields = ["user__name", "bulletin__title"]
    date_hierarchy = "read_at"
