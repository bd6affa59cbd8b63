"""Supervision in the admin: to be found and read. It is written on the firm's pages."""

from django.contrib import admin

from secretariat.books.models import DaySeen, HoursQuestion, Remark, Supervision
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(Supervision)
class SupervisionAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "supervisor", "stand_in", "from_at", "until_at"]
    list_filter = [("until_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary", "supervisor", "stand_in"]
    search_fields = ["secretary__spoken_name", "supervisor__name"]


@admin.register(DaySeen)
class DaySeenAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "on", "by", "at"]
    list_select_related = ["secretary", "by"]
    search_fields = ["secretary__spoken_name", "by__name"]
    date_hierarchy = "on"


@admin.register(HoursQuestion)
class HoursQuestionAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "on", "words", "asked_by", "answered_at"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary", "asked_by"]
    search_fields = ["secretary__spoken_name", "words", "answer"]


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "kind", "words", "state", "score", "due_on", "by", "at"]
    list_filter = ["kind", "state"]
    list_select_related = ["secretary", "by"]
    search_fields = ["secretary__spoken_name", "words"]
    date_hierarchy = "at"
