"""The public directory. Whoever looks for somebody asks the firm; nothing here leads past it."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat import clock
from secretariat.office import tries
from secretariat.office.directory import enquiring, half_asked, searching
from secretariat.office.forms.profile import EnquiryForm, SearchForm
from secretariat.office.models import Firm

from .half_typed import VisitorsDraft, kept_by


@login_not_required
@require_safe
def listed(request):
    form = SearchForm(request.GET or None, shown=searching.choices())
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = searching.Found([])
    if not form.errors:
        found = searching.some(searching.found(**wanted), after=request.GET.get("after", ""))
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "found": found.entries,
        "looked_for": bool(form.errors) or any(wanted.values()),
        "next": urlencode(asked | {"after": found.next}) if found.next else "",
        "firm_name": Firm.figure("name"),
    }
    return render(request, "office/directory.html", context)


@login_not_required
@require_safe
def one(request, profile_id):
    profile = get_object_or_404(searching.public(), pk=profile_id)
    context = {"entry": searching.entry(profile), "firm_name": Firm.figure("name")}
    return render(request, "office/directory_profile.html", context)


@login_not_required
@never_cache  # what stands on it is hers
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """An enquiry; with `?about=` of somebody in the directory. After it, the same page says what happens."""
    about = request.POST.get("about") or request.GET.get("about") or ""
    profile = next((each for each in searching.public() if str(each.pk) == about), None) if about else None
    typed = VisitorsDraft(request)
    if anew := typed.anew(request.get_full_path()):
        return anew
    form = typed.fill(EnquiryForm(request.POST or None))
    context = {
        "form": form,
        "typed": typed,
        "profile": profile,
        "asked": "asked" in request.GET,
        "firm_name": Firm.figure("name"),
    }
    if request.method != "POST":
        return render(request, "office/directory_ask.html", context)
    if not form.is_valid():
        return render(request, "office/directory_ask.html", context, status=422)
    if tries.too_many(request, "enquiry"):
        return render(request, "429.html", status=429)
    enquiring.ask(profile=profile, at=clock.now(), **form.cleaned_data)
    typed.let_go()
    return redirect(f"{reverse('directory-ask')}?asked=1")


@login_not_required
@require_POST
def draft(request):
    """Keep what is typed of an enquiry. New visitors are counted: nobody fills the house with sessions."""
    session = request.session
    if half_asked.PLACE not in session and tries.too_many(request, "enquiry-draft"):
        return JsonResponse({}, status=429)
    if not request.user.is_authenticated:
        session.set_expiry(0)
    keeps = partial(half_asked.keep, session)
    return kept_by(request, keeps, zone=Firm.figure("zone"), only=list(EnquiryForm().fields))
