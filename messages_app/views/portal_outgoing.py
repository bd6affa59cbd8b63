"""The client's side of mail in her name: what waits for her word, what she was asked, and what has left."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients import differences
from clients.doors import portal_required, speaks_for_client
from messages_app.answering import approving, asking_client, following
from messages_app.forms.outgoing import AnswerForm, ChangeForm
from messages_app.models import ClientQuestion, OutgoingMail
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.paging import page

from .desk_outgoing import enclosures_of

State = OutgoingMail.State
HISTORY = [State.SCHEDULED, State.SENDING, State.SENT, State.FAILED, State.UNKNOWN, State.CHANGES]


def _mails(request):
    rows = OutgoingMail.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return rows.select_related("client", "author__secretary", "approved_by__secretary", "mailbox")


def _questions(request):
    rows = ClientQuestion.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return rows.select_related("client", "contact", "asked_by__secretary", "thread", "outgoing")


@portal_required
@require_safe
def index(request):
    """What waits for her, and below it what was written in her name. A member: what she is asked herself."""
    speaks = request.contact.sees_all
    mails = _mails(request) if speaks else _mails(request).none()
    listed = page(mails.filter(state__in=HISTORY), newest_by="began_at", after=request.GET.get("after", ""))
    asked = _questions(request).for_the_word_of([request.contact])
    context = {
        "speaks": speaks,
        "waiting": list(mails.filter(state=State.AWAITING).order_by("confirmed_at")[:100]),
        "questions": list(asked.order_by("asked_at")[:100]),
        "history": listed.rows,
        "next": listed.next,
    }
    return render(request, "messages_app/outgoing/portal_index.html", context)


@speaks_for_client
@require_safe
def detail(request, outgoing_id):
    return _show(request, get_object_or_404(_mails(request), pk=outgoing_id))


def _show(request, outgoing, *, change=None, status=200):
    ledger.looked(request.user, outgoing.client_id, ("messages_app.outgoingmail", outgoing.pk))
    versions = list(outgoing.versions.select_related("by__secretary", "decided_by__secretary"))
    version = versions[0] if versions else None
    before = versions[1] if len(versions) > 1 else None
    context = {
        "outgoing": outgoing,
        "client": outgoing.client,
        "version": version,
        "before": before,
        "versions": versions,
        "files": approving.changed_files(before, version) if before else None,
        "pieces": differences.differences(before.words, version.words) if before else None,
        "waits": outgoing.state == State.AWAITING,
        "may_decide": bool(version) and approving.may_decide(version, request.user),
        "enclosures": enclosures_of(outgoing),
        "change_form": change or ChangeForm(),
        "troubles": following.troubles_in_words(outgoing),
    }
    return render(request, "messages_app/outgoing/portal_mail.html", context, status=status)


@speaks_for_client
@require_POST
def decide(request, outgoing_id):
    """Approve the newest version she was shown, or say what should change."""
    outgoing = get_object_or_404(_mails(request), pk=outgoing_id)
    version = approving.latest(outgoing)
    at = clock.now()
    if version is None or str(version.number) != request.POST.get("version", ""):
        messages.warning(request, _("There is a newer version. Here it is."))
    elif not approving.may_decide(version, request.user):
        messages.warning(request, _("Somebody else has to read it."))
    elif request.POST.get("decision") == "approve":
        if approving.approve(version, by=request.user, at=at):
            messages.success(request, _("Approved. It leaves now."))
        else:
            messages.warning(request, _("It was decided meanwhile."))
    else:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return _show(request, outgoing, change=form, status=422)
        if approving.ask_for_change(version, note=form.cleaned_data["note"], by=request.user, at=at):
            messages.success(request, _("Your secretary is told what should change."))
        else:
            messages.warning(request, _("It was decided meanwhile."))
    return see_other(request, reverse("mail-approval", args=[outgoing.pk]))


@portal_required
@require_safe
def question(request, question_id):
    return _show_question(request, get_object_or_404(_questions(request), pk=question_id))


def _show_question(request, asked, *, form=None, status=200):
    context = {
        "asked": asked,
        "client": asked.client,
        "about": asking_client.about(asked, request.contact),
        "form": form or AnswerForm(),
        "speaks": request.contact.sees_all,
    }
    return render(request, "messages_app/outgoing/portal_question.html", context, status=status)


@portal_required
@require_POST
def answer(request, question_id):
    asked = get_object_or_404(_questions(request), pk=question_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show_question(request, asked, form=form, status=422)
    told = {"how": ClientQuestion.How.PORTAL, "at": clock.now(), "by": request.user, "who": request.contact}
    if asking_client.answer(asked, form.cleaned_data["answer"], **told):
        messages.success(request, _("Your secretary has your answer."))
    else:
        messages.warning(request, _("It was answered before."))
    return see_other(request, reverse("mail-question", args=[asked.pk]))
