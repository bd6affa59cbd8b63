"""Texts that answered no message: read, answered, put aside."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients import stretches
from clients.models import WorkRecord
from messages_app import delivering, texting
from messages_app.forms.text import TextAnswerForm
from messages_app.models import InboundText
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page


def _text(request, text_id) -> InboundText:
    texts = InboundText.objects.visible_to(request.user).select_related("client", "contact", "read_by")
    return get_object_or_404(texts, pk=text_id)


@secretary_required
@require_safe
def index(request):
    texts = InboundText.objects.visible_to(request.user).select_related("client", "contact")
    listed = page(texts, newest_by="came_at", after=request.GET.get("after", ""))
    return render(request, "messages_app/texts.html", {"page": listed})


def _show(request, text, form, status=200):
    if text.client_id:
        ledger.looked(request.user, text.client_id, ("messages_app.inboundtext", text.pk))
    refused = delivering.objection("text", text.number)
    context = {
        "text": text,
        "client": text.client,
        "answers": list(text.answers.select_related("by")),
        "form": form,
        "began": stretches.began(request),
        "why_not": delivering.why_not(refused) if refused else "",
    }
    return render(request, "messages_app/text.html", context, status=status)


@secretary_required
@require_safe
def detail(request, text_id):
    return _show(request, _text(request, text_id), TextAnswerForm())


@secretary_required
@require_POST
def answer(request, text_id):
    text = _text(request, text_id)
    form = TextAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, text, form, status=422)
    at = clock.now()
    texting.answer(text, words=form.cleaned_data["words"], by=request.user, at=at)
    _keep_seconds(request, text, at=at)
    messages.success(request, _("It is being sent."))
    return see_other(request, reverse("messages-text-came", args=[text.pk]))


@secretary_required
@require_POST
def done(request, text_id):
    """It needs no answer."""
    text, at = _text(request, text_id), clock.now()
    if texting.deal_with(text, by=request.user, at=at, outcome=_("Read")):
        _keep_seconds(request, text, at=at)
    return see_other(request, reverse("messages-text-came", args=[text.pk]))


def _keep_seconds(request, text: InboundText, *, at) -> None:
    """It was read, and answered or put aside. Whose it is, nobody may know."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DESK,
        client_id=text.client_id,
        subject=("messages_app.inboundtext", text.pk),
        at=at,
    )
