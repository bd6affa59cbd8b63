from django import forms
from django.contrib import admin, messages
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from secretariat import clock
from secretariat.office import home_numbers
from secretariat.office.admin_base import ScopedAdmin, ScopedInline
from secretariat.office.forms.fields import InternationalNumberField, ZoneField
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import NumberCheck, Secretary, SecretaryLanguage, SecretarySkill

from .shifts import end_shift


class SecretaryForm(FreeWords, forms.ModelForm):
    zone = ZoneField()
    home_number = InternationalNumberField(label=_("Home number"))


class SkillInline(ScopedInline):
    model = SecretarySkill


class LanguageInline(ScopedInline):
    model = SecretaryLanguage


class NumberVerified(admin.SimpleListFilter):
    title = _("home number verified")
    parameter_name = "verified"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No")), ("none", _("No number"))]

    def queryset(self, request, queryset):
        match self.value():
            case "yes":
                return queryset.exclude(home_number="").filter(verified_number=F("home_number"))
            case "no":
                return queryset.exclude(home_number="").exclude(verified_number=F("home_number"))
            case "none":
                return queryset.filter(home_number="")
        return queryset


@admin.register(Secretary)
class SecretaryAdmin(ScopedAdmin):
    form = SecretaryForm
    list_display = ["spoken_name", "user", "line", "number_verified", "engaged_from", "engaged_until"]
    list_filter = ["line", NumberVerified, "user__is_active", "skills__skill", "languages__language"]
    readonly_fields = ["number_verified"]
    actions = ["ring_with_code", "vouch", "end_shift", "suspend"]
    list_select_related = ["user"]
    search_fields = ["spoken_name", "user__name", "user__email"]
    raw_id_fields = ["user"]
    inlines = [LanguageInline, SkillInline]

    @admin.display(description=_("home number verified"), boolean=True)
    def number_verified(self, secretary):
        return secretary.rings_at_home if secretary.home_number else None

    @admin.action(description=_("Ring at home with a code"))
    def ring_with_code(self, request, queryset):
        for secretary in queryset.exclude(home_number=""):
            try:
                home_numbers.ask(
                    secretary,
                    number=secretary.home_number,
                    by=NumberCheck.By.CALL,
                    asked_by=request.user,
                    at=clock.now(),
                )
            except home_numbers.NotNow as refusal:
                self.message_user(request, f"{secretary}: {refusal}", messages.WARNING)
        self.message_user(request, _("Whoever has a number is rung, and types the code at her desk."))

    @admin.action(description=_("Number verified: reached there"))
    def vouch(self, request, queryset):
        count = sum(home_numbers.vouch(secretary, by=request.user) for secretary in queryset)
        said = ngettext("%(n)d number is verified now.", "%(n)d numbers are verified now.", count)
        self.message_user(request, said % {"n": count}, messages.SUCCESS)

    @admin.action(description=_("End the shift"))
    def end_shift(self, request, queryset):
        for secretary in queryset:
            end_shift(self, request, secretary)

    @admin.action(description=_("Suspend now: asks why"), permissions=["view"])
    def suspend(self, request, queryset):
        """One person at a time, on a page of its own."""
        secretary = queryset.first()
        if queryset.count() != 1:
            self.message_user(request, _("Choose one person to suspend."), messages.WARNING)
            return None
        here = reverse("admin:office_secretary_changelist")
        return redirect(f"{reverse('suspend', args=[secretary.user_id])}?{urlencode({'next': here})}")
