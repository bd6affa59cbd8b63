"""The typing test: what it came to before, and one go at it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from secretariat import clock
from secretariat.next import see_other
from secretariat.office.forms.profile import TypedForm
from secretariat.office.guards import for_herself
from secretariat.office.models import TypingTest
from secretariat.office.profiles import proving


def _hers(request):
    return TypingTest.objects.visible_to(request.user).filter(secretary=request.secretary)


@require_http_methods(["GET", "POST"])
@for_herself
def page(request):
    """How it is counted, and every go so far; posting hands out a passage."""
    if request.method == "POST":
        test = proving.begin_typing(request.secretary, at=clock.now())
        return see_other(request, reverse("my-typing-go", args=[test.pk]))
    goes = _hers(request).exclude(ended_at=None)[:20]
    context = {"goes": goes, "typing": proving.typing_of(request.secretary), "zone": request.secretary.zone}
    return render(request, "office/my_typing.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@for_herself
def go(request, test_id):
    """The passage, while the clock runs; posting hands it in."""
    test = get_object_or_404(_hers(request), pk=test_id)
    if test.ended_at:
        messages.info(request, _("This test was handed in before."))
        return see_other(request, reverse("my-typing"))
    form = TypedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ended = proving.end_typing(test, form.cleaned_data["typed"], at=clock.now())
        except proving.NotNow as words:
            messages.error(request, str(words))
        else:
            _say(request, ended)
        return see_other(request, reverse("my-typing"))
    context = {"form": form, "test": test, "passage": proving.passage_of(test)}
    return render(request, "office/my_typing_go.html", context, status=422 if form.errors else 200)


def _say(request, ended: TypingTest) -> None:
    if ended.not_counted:
        messages.warning(request, _("Not counted. %(why)s") % {"why": ended.not_counted})
    else:
        words = _("%(speed)s correct words a minute, %(accuracy)s %% right.")
        messages.success(request, words % {"speed": ended.words_a_minute, "accuracy": ended.accuracy})
