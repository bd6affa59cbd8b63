"""Long forms that are kept while they are typed: where the page posts to, and how it begins again."""

from collections.abc import Collection
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.forms.utils import flatatt
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import half_typed
from secretariat.office.directory import half_asked
from secretariat.office.models import Firm, HalfTyped

OURS = ("csrfmiddlewaretoken", "revision", "unheard", "anew", "next")


@require_POST
def keep(request, form, about):
    """What `draft.js` posts of a form of somebody who is signed in."""
    return kept_by(request, partial(half_typed.keep, request.user, form, about), zone=request.user.zone)


def kept_by(request, keeps, *, zone: str, only: Collection[str] | None = None) -> JsonResponse:
    """Let `keeps` keep what was posted; `only` these fields of it, where there is an `only`.

    JSON: `revision`, `saved`, `redacted`; 409 with `fields` where it clashes.
    """
    revision, at = request.POST.get("revision", ""), clock.now()
    if not revision.isdecimal() or len(revision) > 8:
        return JsonResponse({"error": "revision"}, status=400)
    lists = {name: values for name, values in request.POST.lists() if name not in OURS}
    if only is not None:
        lists = {name: lists[name] for name in only if name in lists}
    typed = {name: values[0] if len(values) == 1 else values for name, values in lists.items()}
    fields, redacted = half_typed.clean(typed)
    try:
        kept = keeps(fields, revision=int(revision), at=at)
    except half_typed.Stale as newer:
        return JsonResponse({"revision": newer.row.revision, "fields": newer.row.fields}, status=409)
    saved = f"{at.astimezone(ZoneInfo(zone)):%H:%M:%S}"
    return JsonResponse({"revision": kept.revision, "saved": saved, "redacted": redacted})


class Draft:
    """What is kept of one form of hers, for the page that shows it."""

    def __init__(self, request, form: str, about: UUID):
        self.request, self.form, self.about = request, form, about
        rows = HalfTyped.objects.visible_to(request.user).filter(form=form, about=about)
        self.row: half_typed.Kept | None = rows.first()
        self.url = reverse(f"half-typed-{form}", args=[about])

    @property
    def attributes(self) -> SafeString:
        """Of the form, for draft.js to read."""
        revision = self.row.revision if self.row else 0
        facts = {"data-draft-url": self.url, "data-revision": revision, "data-draft-empty": not self.stands}
        return flatatt(facts)

    @property
    def stands(self) -> bool:
        return bool(self.row and self.row.fields)

    @property
    def is_shown(self) -> bool:
        """Whether the form begins with what was typed, and not with what was just sent."""
        return self.stands and self.request.method != "POST"

    @property
    def zone(self) -> str:
        return self.request.user.zone

    def anew(self, back: str = "") -> HttpResponse | None:
        """She does not want what was kept: the form as it was before she typed, on this page or on `back`."""
        if "anew" not in self.request.POST:
            return None
        self.let_go()
        messages.success(self.request, _("What was typed here is gone."))
        return see_other(self.request, back or self.request.path)

    def let_go(self) -> None:
        half_typed.let_go(self.request.user, self.form, self.about, at=clock.now())

    def fill(self, form: forms.BaseForm, *, but: tuple[str, ...] = ()) -> forms.BaseForm:
        """Let a form that nobody has sent begin with what was typed; `but`: what is to be said anew."""
        if form.is_bound or not self.row or not self.row.fields:
            return form
        kept = self.row.fields.items()
        data = MultiValueDict({name: each if isinstance(each, list) else [each] for name, each in kept})
        for name, field in form.fields.items():
            html_name, widget = form.add_prefix(name), field.widget
            if name not in but and not widget.value_omitted_from_data(data, {}, html_name):  # type: ignore[arg-type]
                form.initial[name] = widget.value_from_datadict(data, {}, html_name)  # type: ignore[arg-type]
        return form


class VisitorsDraft(Draft):
    """The same of an enquiry, by somebody who has no sign-in: her browser's session keeps it."""

    def __init__(self, request):
        self.request, self.row = request, half_asked.of(request.session)
        self.url = reverse("directory-ask-draft")

    @property
    def zone(self) -> str:
        return Firm.figure("zone")

    def let_go(self) -> None:
        half_asked.let_go(self.request.session, at=clock.now())
