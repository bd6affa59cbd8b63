"""An application, by the link that was mailed: filled in step by step, sent, looked after, taken back.

Looking changes nothing, for mail scanners open links. No browser keeps the pages.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import tries
from secretariat.office.forms.profile import TypedForm
from secretariat.office.forms.references import AddressForm, PaperForm, ReferencesForm
from secretariat.office.forms.vacancies import FindForm, HomeForm, SendForm, WorkForm, YouForm
from secretariat.office.guards import for_herself
from secretariat.office.models import Application, Firm
from secretariat.office.profiles import proving
from secretariat.office.vacancies import applying, for_her, papers, public, readdressing, referring

PAGES = {"you": YouForm, "work": WorkForm, "home": HomeForm, "references": ReferencesForm}
TITLES = {
    "you": gettext_lazy("You"),
    "work": gettext_lazy("Your work"),
    "home": gettext_lazy("Your home office"),
    "references": gettext_lazy("Who knows your work"),
}
ORDER = list(PAGES)
SHOWS_STEPS = (Application.State.SENT, Application.State.INVITED)


def linked(view):
    """Open the application that the address names; for what we never signed there is nothing."""

    @login_not_required
    @wraps(view)
    def opened(request, token, **kwargs):
        try:
            application = applying.read(token)
        except Application.DoesNotExist:
            # Answered, not raised: a raised one would take the count back.
            if tries.too_many(request, "application"):
                return private(render(request, "429.html", status=429))
            return private(render(request, "404.html", status=404))
        return private(view(request, token, application, **kwargs))

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def find(request):
    """The link was lost: it goes again to the address she applied with, and to no other."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if tries.too_many(request, "application-find"):
            return private(render(request, "429.html", status=429))
        applying.send_again(form.cleaned_data["email"], at=clock.now())
        return private(see_other(request, f"{reverse('application-find')}?sent=1"))
    context = {"form": form, "sent": "sent" in request.GET}
    return private(
        render(request, "office/application_find.html", context, status=422 if form.errors else 200)
    )


@require_GET
@for_herself
def of_hers(request):
    """How it stands, at the desk of whoever has joined."""
    application = for_her.of(request.secretary)
    context = {"application": application, "rows": for_her.rows(application) if application else []}
    return render(request, "office/my_application.html", context)


def private(answer):
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@linked
def page(request, token, application):
    """How it stands: what is still to be said, or what we say."""
    return _shown(request, token, application, SendForm())


def _shown(request, token, application, form, status=200, paper=None, address=None):
    missing = applying.missing(application)
    context = {
        "application": application,
        "page": public.page(application.vacancy),
        "token": token,
        "form": form,
        "steps": [(name, TITLES[name], name not in missing) for name in ORDER],
        "missing": missing,
        "standing": for_her.rows(application) if application.state in SHOWS_STEPS else [],
        "typing": proving.typing_of(application.secretary or application),
        "unreached": [
            (each, address if address and address.referee == each else AddressForm(referee=each))
            for each in readdressing.unreached(application)
        ],
        "papers": papers.of(application),
        "paper": paper or PaperForm(auto_id="id_paper_%s"),
        "firm_name": Firm.figure("name"),
        "zone": application.zone or Firm.figure("zone"),
    }
    return render(request, "office/application.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@linked
def step(request, token, application, name):
    """One page of the form. What is posted is kept, finished or not."""
    if name not in PAGES:
        return render(request, "404.html", status=404)
    if application.state != Application.State.STARTED:
        return redirect("application", token)
    form = PAGES[name](request.POST or None, instance=application)
    if request.method == "POST" and form.is_valid():
        try:
            applying.keep(application, at=clock.now(), named=form.named(), **form.said())
        except applying.NotNow as words:
            messages.error(request, str(words))
            return redirect("application", token)
        after = ORDER[ORDER.index(name) + 1 :]
        if "later" in request.POST or not after:
            messages.success(request, _("Kept. You can go on whenever you like, by the same link."))
            return redirect("application", token)
        return redirect("application-step", token, after[0])
    number = ORDER.index(name) + 1
    context = {
        "form": form,
        "token": token,
        "name": name,
        "revision": _revision(application),
        "title": TITLES[name],
        "number": number,
        "of": len(ORDER),
        "before": ORDER[number - 2] if number > 1 else "",
    }
    return render(request, "office/application_step.html", context, status=422 if form.errors else 200)


@require_POST
@linked
def draft(request, token, application, name):
    """Keep what is on the page while it is typed, as far as it can be read; the rest stays in the browser."""
    if name not in PAGES or application.state != Application.State.STARTED:
        return JsonResponse({}, status=410)
    at, form = clock.now(), PAGES[name](request.POST, instance=application)
    form.is_valid()
    try:
        kept = applying.keep(application, at=at, named=form.named(), **form.said())
    except applying.NotNow:
        return JsonResponse({}, status=410)
    return JsonResponse({"revision": _revision(kept), "saved": f"{timezone.localtime(at):%H:%M:%S}"})


def _revision(application) -> int:
    """Rises with each change, so that a page the browser kept from before one is asked for again."""
    return int(application.changed_at.timestamp() * 1000)


@require_POST
@linked
def send(request, token, application):
    form = SendForm(request.POST)
    form.is_valid()
    try:
        applying.send(application, agreed=form.cleaned_data.get("agreed", False), at=clock.now())
    except applying.NotNow as words:
        form.add_error("agreed", str(words))
        return _shown(request, token, application, form, status=422)
    messages.success(request, _("Sent. We write to you."))
    return redirect("application", token)


@require_POST
@linked
def withdraw(request, token, application):
    try:
        applying.withdraw(application, at=clock.now())
    except applying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back."))
    return redirect("application", token)


@require_POST
@linked
def readdress(request, token, application, referee_id):
    """Another address of somebody whom no mail of ours has reached. The firm asks there."""
    referee = get_object_or_404(readdressing.unreached(application), pk=referee_id)
    form = AddressForm(request.POST, referee=referee)
    if not form.is_valid():
        return _shown(request, token, application, SendForm(), status=422, address=form)
    try:
        readdressing.correct(referee, form.cleaned_data["email"], by=None, at=clock.now())
    except referring.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Thank you. The firm asks there."))
    return redirect("application", token)


@require_POST
@linked
def hand_in(request, token, application):
    """A paper of hers."""
    if not application.is_under_way:
        messages.error(request, _("It is settled, and takes no more papers."))
        return redirect("application", token)
    form = PaperForm(request.POST, request.FILES, auto_id="id_paper_%s")
    if form.is_valid():
        facts = {"content_type": form.content_type, "at": clock.now()}
        try:
            papers.hand_in(application, **form.cleaned_data, **facts)
        except applying.NotNow as words:
            form.add_error("paper", str(words))
        else:
            messages.success(request, _("Kept, sealed. Only the firm reads it."))
            return redirect("application", token)
    return _shown(request, token, application, SendForm(), status=422, paper=form)


@require_POST
@linked
def take_away(request, token, application, paper_id):
    paper = get_object_or_404(application.papers, pk=paper_id)
    try:
        papers.take_away(paper)
    except applying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken away and deleted."))
    return redirect("application", token)


@require_POST
@linked
def begin_typing(request, token, application):
    """Hand out a passage of the typing test."""
    if not application.is_under_way:
        return redirect("application", token)
    test = proving.begin_typing(application.secretary or application, at=clock.now())
    return redirect("application-typing-go", token, test.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@linked
def go(request, token, application, test_id):
    """The passage, while the clock runs; posting hands it in."""
    test = get_object_or_404(proving.typed_by(application.secretary or application), pk=test_id)
    if test.ended_at:
        messages.info(request, _("This test was handed in before."))
        return redirect("application", token)
    form = TypedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ended = proving.end_typing(test, form.cleaned_data["typed"], at=clock.now())
        except proving.NotNow as words:
            messages.error(request, str(words))
        else:
            if ended.not_counted:
                messages.warning(request, _("Not counted. %(why)s") % {"why": ended.not_counted})
            else:
                words = _("%(speed)s correct words a minute.") % {"speed": ended.words_a_minute}
                messages.success(request, words)
        return redirect("application", token)
    context = {"form": form, "token": token, "passage": proving.passage_of(test)}
    return render(request, "office/application_typing.html", context, status=422 if form.errors else 200)
