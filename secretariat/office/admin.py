from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin, ScopedInline
from .forms.fields import InternationalNumberField, ZoneField
from .models import (
    Break,
    Firm,
    Post,
    Presence,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    Shift,
    Skill,
    User,
)

# Pages that came with packages and go round our doors: there are no groups here, and whoever could write
# down a verified address or read a session could sign in as somebody else.
admin.site.unregister([Group, EmailAddress, UserSession])


class FirmForm(forms.ModelForm):
    zone = ZoneField()


class UserForm(forms.ModelForm):
    zone = ZoneField()


class SecretaryForm(forms.ModelForm):
    zone = ZoneField()
    home_number = InternationalNumberField(label=_("Home number"))


@admin.register(Firm)
class FirmAdmin(ByAdministrators, ScopedAdmin):
    form = FirmForm
    list_display = ["name", "zone", "country"]

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request) and not Firm.objects.visible_to(request.user).exists()


class PostInline(ByAdministrators, ScopedInline):
    model = Post
    can_delete = False


@admin.register(User)
class UserAdmin(ScopedAdmin):
    form = UserForm
    list_display = ["name", "email", "zone", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "zone", "theme", "is_active", "last_login"]
    readonly_fields = ["last_login"]
    inlines = [PostInline]
    actions = ["send_link"]

    def has_change_permission(self, request, obj=None):
        """A supervisor changes nobody who holds a post: with another address she would sign in as her."""
        if request.user.roles.admin or obj is None:
            return super().has_change_permission(request, obj)
        return super().has_change_permission(request, obj) and not obj.posts.current().exists()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()  # until she sets her own
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Send a link to set the password"))
    def send_link(self, request, queryset):
        for person in queryset.filter(is_active=True):
            form = ResetPasswordForm({"email": person.email})
            if form.is_valid():
                form.save(request)
        count = queryset.count()
        said = ngettext("A link was sent to %(n)d person.", "Links were sent to %(n)d people.", count)
        self.message_user(request, said % {"n": count}, messages.SUCCESS)


class SkillInline(ScopedInline):
    model = SecretarySkill


class LanguageInline(ScopedInline):
    model = SecretaryLanguage


@admin.register(Secretary)
class SecretaryAdmin(ScopedAdmin):
    form = SecretaryForm
    list_display = ["spoken_name", "user", "line", "zone", "engaged_from", "engaged_until"]
    list_filter = ["line", "skills__skill", "languages__language"]
    list_select_related = ["user"]
    search_fields = ["spoken_name", "user__name", "user__email"]
    raw_id_fields = ["user"]
    inlines = [LanguageInline, SkillInline]


@admin.register(Skill)
class SkillAdmin(ScopedAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    may_delete = True


@admin.register(Post)
class PostAdmin(ByAdministrators, ScopedAdmin):
    list_display = ["user", "post", "from_at", "until_at"]
    list_filter = ["post"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    raw_id_fields = ["user"]


@admin.register(Presence)
class PresenceAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "state", "since", "line", "missed_offers"]
    list_filter = ["state", "line"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]


@admin.register(Shift)
class ShiftAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "line", "started_at", "ends_at", "ended_at"]
    list_filter = ["line"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "started_at"


@admin.register(Break)
class BreakAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "reason", "started_at", "ended_at"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name", "reason"]
    date_hierarchy = "started_at"
