from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import access, team
from clients.models import Access, Assignment
from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin
from secretariat.office.forms.words import WordsOfModel

from .base import OwnedAdmin


class AssignmentForm(WordsOfModel):
    """Nobody is put on a team without the contract that the firm asks for, or without what is required."""

    def clean(self):
        said = super().clean()
        secretary, client = said.get("secretary"), said.get("client")
        if secretary and client and (refusal := team.why_not(secretary, client, at=clock.now())):
            self.add_error("secretary", refusal)
        return said


@admin.register(Assignment)
class AssignmentAdmin(OwnedAdmin):
    """An assignment begins here, and ends by its action; both with the sight it gives."""

    form = AssignmentForm
    list_display = ["secretary", "client", "turn", "from_at", "until_at", "terms_accepted_at"]
    list_filter = [("until_at", admin.EmptyFieldListFilter), "turn"]
    list_select_related = ["secretary", "client"]
    search_fields = ["secretary__spoken_name", "client__name"]
    fields = ["secretary", "client", "turn", "terms_accepted_at"]
    actions = ["end", "make_own", "make_stand_in", "make_pool"]

    def has_change_permission(self, request, obj=None):
        return False if obj else super().has_change_permission(request)

    def save_model(self, request, obj, form, change):
        assigned = team.assign(
            obj.secretary,
            obj.client,
            by=request.user,
            at=clock.now(),
            turn=obj.turn,
            terms_accepted_at=obj.terms_accepted_at,
        )
        obj.pk = assigned.pk

    @admin.action(description=_("Take off the team"), permissions=["view"])
    def end(self, request, queryset):
        for assignment in queryset.filter(until_at=None):
            team.end(assignment, by=request.user, at=clock.now())
        self.message_user(request, _("Off the team. What it let them see is closed."), messages.SUCCESS)

    def _turn(self, request, queryset, turn) -> None:
        """One assignment ends and another begins, so that who answered in which turn stays known."""
        for assignment in queryset.filter(until_at=None).select_related("secretary", "client"):
            team.assign(
                assignment.secretary,
                assignment.client,
                by=request.user,
                at=clock.now(),
                turn=turn,
                terms_accepted_at=assignment.terms_accepted_at,
            )
        self.message_user(request, _("The turn is changed from the next call on."), messages.SUCCESS)

    @admin.action(description=_("Make her the client’s own secretary"), permissions=["view"])
    def make_own(self, request, queryset):
        self._turn(request, queryset, Assignment.Turn.OWN)

    @admin.action(description=_("Make her a stand-in"), permissions=["view"])
    def make_stand_in(self, request, queryset):
        self._turn(request, queryset, Assignment.Turn.STAND_IN)

    @admin.action(description=_("Put her into the pool"), permissions=["view"])
    def make_pool(self, request, queryset):
        self._turn(request, queryset, Assignment.Turn.POOL)


@admin.register(Access)
class AccessAdmin(ReadOnlyAdmin):
    actions = ["end"]
    list_display = ["secretary", "client", "because", "from_at", "until_at"]
    list_filter = ["because", ("until_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary", "client"]
    search_fields = ["secretary__spoken_name", "client__name"]
    date_hierarchy = "from_at"

    @admin.action(description=_("End this access now"), permissions=["view"])
    def end(self, request, queryset):
        """What she sees of the client by this cause is closed; the cause itself stands."""
        access.end_now(queryset, by=request.user)
        self.message_user(request, _("Closed. What is left of a call or a team is not touched by it."))
