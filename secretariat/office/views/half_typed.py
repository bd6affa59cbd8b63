"""Long forms that are kept while they are typed: where the page posts to, and how it begins again."""

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
from secretariat.office.models import HalfTyped

OURS = ("csrfmiddlewaretoken", "revision", "unheard", "anew", "next")


@require_POST
def keep(request, form, about):
    """What `draft.js` posts. JSON: `revision`, `saved`, `redacted`; 409 with `fields` where it clashes."""
    revision = request.POST.get("revision", "")
    if not revision.isdecimal() or len(revision) > 8:
        return JsonResponse({"error": "revision"}, status=400)
    lists = {name: values for name, values in request.POST.lists() if name not in OURS}
    typed = {name: values[0] if len(values) == 1 else values for name, values in lists.items()}
    fields, redacted = half_typed.clean(typed)
    try:
        row = half_typed.keep(request.user, form, about, fields, revision=int(revision), at=clock.now())
    except half_typed.Stale as newer:
        return JsonResponse({"revision": newer.row.revision, "fields": newer.row.fields}, status=409)
    saved = f"{row.saved_at.astimezone(ZoneInfo(request.user.zone)):%H:%M:%S}"
    return JsonResponse({"revision": row.revision, "saved": saved, "redacted": redacted})


class Draft:
    """What is kept of one form of hers, for the page that shows it."""

    def __init__(self, request, form: str, about: UUID):
        self.request, self.form, self.about = request, form, about
        rows = HalfTyped.objects.visible_to(request.user).filter(form=form, about=about)
        self.row = rows.first()
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

    def anew(self) -> HttpResponse | None:
        """She does not want what was kept: the form as it was before she typed."""
        if "anew" not in self.request.POST:
            return None
        self.let_go()
        messages.success(self.request, _("What was typed here is gone."))
        return see_other(self.request, self.request.path)

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
