from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import closing, requiring
from clients.forms.admin import ClientForm
from clients.models import Assignment, Client, ClientRequirement, Holiday, Line, NeededSkill
from secretariat import clock
from secretariat.office.admin_base import ScopedInline

from . import enquired
from .base import OwnedAdmin


class LineInline(ScopedInline):
    model = Line
    fields = ["number", "label", "kind", "answers", "is_active"]
    readonly_fields = fields
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False


class HolidayInline(ScopedInline):
    """What is asked and answered; an answer is given on the holiday's own page."""

    model = Holiday
    fields = ["name", "on", "until_on", "says", "opens", "closes", "line"]
    readonly_fields = fields
    can_delete = False
    show_change_link = True
    verbose_name_plural = _("holidays and closures; answer or add them under Holidays and closures")

    def has_add_permission(self, request, obj=None):
        return False


class NeededSkillInline(ScopedInline):
    model = NeededSkill


class RequirementInline(ScopedInline):
    model = ClientRequirement
    verbose_name_plural = _("requirements; nobody without them is put on the team or offered a call")


class AssignmentInline(ScopedInline):
    model = Assignment
    fields = ["secretary", "turn", "from_at", "until_at", "terms_accepted_at"]
    readonly_fields = fields
    can_delete = False
    verbose_name_plural = _("team; change it under Team")

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Client)
class ClientAdmin(OwnedAdmin):
    form = ClientForm
    list_display = ["name", "zone", "language", "country", "band", "is_active"]
    list_filter = ["is_active", "band", "country"]
    search_fields = ["name", "contacts__name", "lines__number"]
    inlines = [LineInline, HolidayInline, NeededSkillInline, RequirementInline, AssignmentInline]
    fieldsets = [
        (None, {"fields": ["name", "pronunciation", "band", "is_active"]}),
        (_("Where and how"), {"fields": ["zone", "language", "country", "region", "currency"]}),
        (_("What is said first"), {"fields": ["answer_phrase", "closed_phrase", "holiday_phrase"]}),
        (
            _("How calls are taken"),
            {
                "fields": [
                    "good_to_know",
                    "partial_messages",
                    "read_back_required",
                    "shows_caller_number",
                    "other_numbers",
                    "wrap_up_seconds",
                ]
            },
        ),
        (
            _("Who is offered a call"),
            {"fields": ["offer_seconds", "second_calls", "level_needed"]},
        ),
        (
            _("Dictation and requests"),
            {
                "description": _("What is asked for in the portal is answered within the same times."),
                "fields": ["dictation_minutes", "urgent_dictation_minutes", "dictation_transcribed"],
            },
        ),
        (
            _("What secretaries never take out, whatever the firm allows"),
            {
                "fields": [
                    *("never_download", "never_download_attachments"),
                    *("never_print", "never_export", "never_copy_out"),
                ]
            },
        ),
    ]

    def client_of(self, row):
        return row.pk

    def get_changeform_initial_data(self, request):
        enquiry = enquired.of(request)
        return enquired.said_by(enquiry) if enquiry else super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            enquired.made(request, obj)
        if not change or {"country", "region"} & set(form.changed_data):
            closing.propose_afresh(obj, at=clock.now())

    def save_formset(self, request, form, formset, change):
        """What is required anew is said to the firm at once, with who of the team lacks it."""
        if formset.model is ClientRequirement:
            gone = [each.instance for each in formset.deleted_forms if each.instance.pk]
            requiring.no_longer(gone, by=request.user)
        super().save_formset(request, form, formset, change)
        if formset.model is ClientRequirement:
            for row in [*formset.new_objects, *(each for each, _fields in formset.changed_objects)]:
                if requiring.say_who_lacks(row, at=clock.now()).lack:
                    words = _("Not everybody on the team has it: see Teams, who lacks what is required.")
                    self.message_user(request, words, messages.WARNING)

    def client_row(self, row):
        return row
