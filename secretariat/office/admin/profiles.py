"""Trainings and what is required; profiles, papers, tests and enquiries to be found and read."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.office.admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin
from secretariat.office.models import (
    ApplicantsPaper,
    Application,
    Certificate,
    Claim,
    Enquiry,
    FirmRequirement,
    Profile,
    Referee,
    Step,
    StepBefore,
    Training,
    TypingTest,
    Vacancy,
)
from secretariat.office.profiles import lacking


@admin.register(Training)
class TrainingAdmin(ScopedAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(FirmRequirement)
class FirmRequirementAdmin(ByAdministrators, ScopedAdmin):
    """Nobody without it is planned, comes to work or is offered a call."""

    list_display = ["training", "language", "level", "words_a_minute"]
    list_select_related = ["training"]
    search_fields = ["training__name", "language"]
    may_delete = True

    def save_model(self, request, obj, form, change):
        """Who lacks it is work for the firm from now on, not on the morning of a shift."""
        super().save_model(request, obj, form, change)
        if found := lacking.required(obj, at=clock.now()):
            words = _("Without it: %(names)s. What is planned stands under Work, and under Teams.")
            self.message_user(request, words % {"names": lacking.names(found)}, messages.WARNING)

    def delete_model(self, request, obj):
        lacking.taken_back(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            lacking.taken_back(row, by=request.user)
        super().delete_queryset(request, queryset)


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "training", "state", "issued_on", "expires_on", "checked_by"]
    list_filter = ["state", "training"]
    list_select_related = ["secretary", "training", "checked_by"]
    search_fields = ["secretary__spoken_name", "training__name"]
    date_hierarchy = "issued_on"


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "skill", "skill_level", "language", "level", "state", "answered_by"]
    list_filter = ["state"]
    list_select_related = ["secretary", "skill", "answered_by"]
    search_fields = ["secretary__spoken_name", "skill__name", "language"]


@admin.register(TypingTest)
class TypingTestAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "ended_at", "words_a_minute", "characters", "errors", "not_counted"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "begun_at"


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "public_name", "is_public", "changed_at"]
    list_filter = ["is_public"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name", "public_name", "headline"]


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    list_display = ["name", "firm", "asked_at", "state", "matched", "answered_by"]
    list_filter = ["state"]
    list_select_related = ["matched", "answered_by"]
    search_fields = ["name", "firm", "email"]
    date_hierarchy = "asked_at"


@admin.register(Vacancy)
class VacancyAdmin(ReadOnlyAdmin):
    """Written, published and closed on the firm's own pages."""

    list_display = ["title", "state", "kind", "hours_from", "hours_to", "hours_per", "rate", "rate_for"]
    list_filter = ["state", "kind"]
    search_fields = ["title"]
    date_hierarchy = "made_at"


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    list_display = ["name", "vacancy", "state", "started_at", "sent_at", "decided_at"]
    list_filter = ["state", "vacancy"]
    list_select_related = ["vacancy"]
    search_fields = ["name", "email"]
    date_hierarchy = "started_at"


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    list_display = ["application", "kind", "state", "by", "at"]
    list_filter = ["kind", "state"]
    list_select_related = ["application__vacancy", "by"]
    search_fields = ["application__name"]


@admin.register(StepBefore)
class StepBeforeAdmin(ReadOnlyAdmin):
    list_display = ["step", "state", "by", "at"]
    list_filter = ["state"]
    list_select_related = ["step__application__vacancy", "by"]
    search_fields = ["step__application__name"]
    date_hierarchy = "at"


@admin.register(Referee)
class RefereeAdmin(ReadOnlyAdmin):
    """Asked, and read, on the applicant's page."""

    list_display = ["name", "application", "asked_at", "reminded_at", "answered_at", "again", "mail_failed"]
    list_filter = ["again", "mail_failed"]
    list_select_related = ["application__vacancy"]
    search_fields = ["name", "email", "application__name"]
    date_hierarchy = "asked_at"


@admin.register(ApplicantsPaper)
class ApplicantsPaperAdmin(ReadOnlyAdmin):
    """That it came, and when; the paper itself is read on the applicant's page."""

    list_display = ["application", "kind", "handed_in_at"]
    list_filter = ["kind"]
    list_select_related = ["application__vacancy"]
    search_fields = ["application__name"]
    date_hierarchy = "handed_in_at"
