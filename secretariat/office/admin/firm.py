from django import forms
from django.contrib import admin

from secretariat.office.admin_base import ByAdministrators, ScopedAdmin
from secretariat.office.forms.fields import ZoneField
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import BreakReason, Firm, Post, Skill


class FirmForm(FreeWords, forms.ModelForm):
    zone = ZoneField()


@admin.register(Firm)
class FirmAdmin(ByAdministrators, ScopedAdmin):
    form = FirmForm
    list_display = ["name", "zone", "country"]

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request) and not Firm.objects.visible_to(request.user).exists()


@admin.register(Post)
class PostAdmin(ByAdministrators, ScopedAdmin):
    list_display = ["user", "post", "from_at", "until_at"]
    list_filter = ["post", ("until_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    raw_id_fields = ["user"]


@admin.register(Skill)
class SkillAdmin(ScopedAdmin):
    list_display = ["name", "area"]
    list_filter = ["area"]
    search_fields = ["name"]
    may_delete = True


@admin.register(BreakReason)
class BreakReasonAdmin(ScopedAdmin):
    """What stands under Break on the desk. Without any, the desk offers a short break and lunch."""

    list_display = ["name", "minutes", "rank", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    may_delete = True
