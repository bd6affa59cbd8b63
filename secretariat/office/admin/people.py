"""Who signs in: invited, not entered; suspended, not deleted."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from secretariat import clock
from secretariat.office import inviting, suspending
from secretariat.office.admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin, ScopedInline
from secretariat.office.forms.fields import ZoneField
from secretariat.office.forms.joining import InvitationForm
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import HalfTyped, Invitation, Partner, Post, Suspension, User

# Pages that came with packages and go round our doors: there are no groups here, and whoever could write
# down a verified address or read a session could sign in as somebody else.
admin.site.unregister([Group, EmailAddress, UserSession, Authenticator])


class UserForm(FreeWords, forms.ModelForm):
    zone = ZoneField()


class PostInline(ByAdministrators, ScopedInline):
    model = Post
    can_delete = False


@admin.register(User)
class UserAdmin(ScopedAdmin):
    form = UserForm
    list_display = ["name", "email", "zone", "is_active", "last_login"]
    list_filter = ["is_active", ("last_login", admin.EmptyFieldListFilter), "posts__post"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "zone", "theme", "is_active", "last_login"]
    readonly_fields = ["is_active", "last_login"]  # suspended and let in again by verbs, never by a tick
    inlines = [PostInline]
    actions = ["suspend", "lift", "invite"]

    def has_change_permission(self, request, obj=None):
        """A supervisor changes nobody who holds a post: with another address she would sign in as her."""
        if request.user.roles.admin or obj is None:
            return super().has_change_permission(request, obj)
        return super().has_change_permission(request, obj) and not obj.posts.current().exists()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()  # until she joins by invitation
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Suspend now: asks why"), permissions=["view"])
    def suspend(self, request, queryset):
        """One person at a time, on a page of its own."""
        person = queryset.first()
        if queryset.count() != 1:
            self.message_user(request, _("Choose one person to suspend."), messages.WARNING)
            return None
        here = reverse("admin:office_user_changelist")
        return redirect(f"{reverse('suspend', args=[person.pk])}?{urlencode({'next': here})}")

    @admin.action(description=_("Let in again"), permissions=["view"])
    def lift(self, request, queryset):
        for person in queryset:
            try:
                suspending.lift(person, by=request.user, at=clock.now())
            except suspending.NotAllowed as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
        self.message_user(request, _("Whoever was suspended and is yours to let in may sign in again."))

    @admin.action(description=_("Invite to sign in, or invite again"), permissions=["change"])
    def invite(self, request, queryset):
        """For those entered here beforehand. Whoever signs in already chooses a new password by herself."""
        sent = 0
        for person in queryset.filter(is_active=True):
            if person.has_usable_password() or not self.has_change_permission(request, person):
                self.message_user(
                    request,
                    _("%(name)s was not invited: this sign-in is in use, or not yours to change.")
                    % {"name": person.name},
                    messages.WARNING,
                )
                continue
            gives = Invitation.Gives.SIGN_IN
            inviting.invite(
                email=person.email, name=person.name, gives=gives, by=request.user, at=clock.now()
            )
            sent += 1
        if sent:
            said = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", sent)
            self.message_user(request, said % {"n": sent}, messages.SUCCESS)


@admin.register(Suspension)
class SuspensionAdmin(ReadOnlyAdmin):
    list_display = ["user", "reason", "by", "from_at", "lifted_at", "lifted_by"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter), "reason"]
    list_select_related = ["user", "by", "lifted_by"]
    search_fields = ["user__name", "user__email"]
    date_hierarchy = "from_at"


@admin.register(Invitation)
class InvitationAdmin(ScopedAdmin):
    """Somebody new begins here: the firm's own people, and by the client's page those at a client."""

    list_display = ["name", "email", "gives", "invited_by", "invited_at", "state"]
    list_filter = [
        "gives",
        ("used_at", admin.EmptyFieldListFilter),
        ("asked_again_at", admin.EmptyFieldListFilter),
        "mail_failed",
    ]
    list_select_related = ["invited_by"]
    search_fields = ["name", "email"]
    date_hierarchy = "invited_at"
    actions = ["send_again", "take_back"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            companies = Partner.objects.visible_to(request.user)
            facts = {"by_administrator": request.user.roles.admin, "companies": companies}
            form = type("Form", (InvitationForm,), facts)
            kwargs["form"] = form
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["name", "email", "gives"] + (["partner"] if request.user.roles.admin else [])
        return [
            "name",
            "email",
            "gives",
            "state",
            "invited_by",
            "invited_at",
            "expires_at",
            "user",
            "used_at",
        ]

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def save_model(self, request, obj, form, change):
        """The verb writes the row and its mail."""
        company = form.cleaned_data.get("partner")
        sent = inviting.invite(
            email=obj.email,
            name=obj.name,
            gives=obj.gives,
            by=request.user,
            at=clock.now(),
            subject_id=company.pk if company else None,
        )
        obj.pk = sent.pk
        obj.refresh_from_db()

    @admin.display(description=_("state"))
    def state(self, invitation):
        at = clock.now()
        if invitation.used_at:
            return _("Accepted")
        if invitation.withdrawn_at:
            return _("Taken back")
        if invitation.mail_failed:
            return _("The mail could not be delivered")
        if invitation.asked_again_at:
            return _("Ran out; asks for a new one")
        return _("Ran out") if invitation.expires_at <= at else _("Waiting")

    def _may(self, request, invitation) -> bool:
        """Posts, and being of an outsourcing company, are an administrator's to give."""
        by_administrators = {*inviting.POSTS, Invitation.Gives.PARTNER}
        return request.user.roles.admin or Invitation.Gives(invitation.gives) not in by_administrators

    @admin.action(description=_("Send it again"), permissions=["change"])
    def send_again(self, request, queryset):
        for invitation in queryset.unanswered():
            if self._may(request, invitation):
                inviting.again(invitation, by=request.user, at=clock.now())
        self.message_user(
            request, _("New links are on their way; the earlier ones open no more."), messages.SUCCESS
        )

    @admin.action(description=_("Take it back"), permissions=["change"])
    def take_back(self, request, queryset):
        for invitation in queryset.unanswered():
            if self._may(request, invitation):
                inviting.withdraw(invitation, by=request.user, at=clock.now())
        self.message_user(request, _("These links open no more."), messages.SUCCESS)


@admin.register(HalfTyped)
class HalfTypedAdmin(ReadOnlyAdmin):
    """Each her own, and that there is something: what it says stands in its form alone."""

    list_display = ["form", "saved_at", "revision"]
    list_filter = ["form"]
    fields = ["form", "saved_at", "revision"]
    search_fields = ["form"]
