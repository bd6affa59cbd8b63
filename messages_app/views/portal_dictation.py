"""Dictation in the portal: what was dictated, what was typed of it, and the client's word on that."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from calendar_app.models import Meeting
from calls.dictation import dictating
from calls.models import BookedDictation, Dictation
from clients.doors import portal_required
from messages_app.dictated import deciding, links, making, players, typing
from messages_app.forms.dictated import WishForm
from messages_app.models import DictatedDraft, DictatedVersion
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.paging import page

How = DictatedVersion.How
LISTED = [Dictation.State.DICTATING, Dictation.State.WAITING, Dictation.State.DONE]


def _drafts(request):
    rows = DictatedDraft.objects.visible_to(request.user).filter(client=request.contact.client_id)
    rows = rows.filter(shown_at__isnull=False)
    return rows.select_related("client", "dictation__contact", "author__secretary")


def _dictations(request):
    rows = Dictation.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return rows.filter(state__in=LISTED).select_related("contact", "client")


@require_safe
@portal_required
def index(request):
    """What waits for her word, and below it what was dictated."""
    rows = _dictations(request).prefetch_related("parts")
    waiting = _drafts(request).filter(state=DictatedDraft.State.ASKED).order_by("saved_at")
    booked = BookedDictation.objects.visible_to(request.user).filter(
        client=request.contact.client_id,
        meeting__ends_at__gte=clock.now(),
        meeting__state=Meeting.State.CONFIRMED,
    )
    booked = booked.select_related("meeting", "contact", "secretary").order_by("meeting__starts_at")
    context = {
        "client": request.contact.client,
        "booked": booked[:50],
        "may_move": request.contact.sees_all,
        "waiting": list(waiting[:100]),
        "page": page(rows, newest_by="began_at", after=request.GET.get("after", "")),
    }
    return render(request, "messages_app/dictation/portal_index.html", context)


@require_safe
@portal_required
def dictation(request, dictation_id):
    """One item, as it sounds, and what came of it."""
    item = get_object_or_404(_dictations(request), pk=dictation_id)
    ledger.looked(request.user, item.client_id, (dictating.SUBJECT, item.pk))
    context = {
        "client": item.client,
        "item": item,
        "player": players.player(item),
        "drafts": list(_drafts(request).filter(dictation=item).order_by("nth")),
    }
    return render(request, "messages_app/dictation/portal_dictation.html", context)


@require_safe
@portal_required
def approval(request, draft_id):
    return _show(request, get_object_or_404(_drafts(request), pk=draft_id))


def _show(request, draft, *, form=None, status=200):
    ledger.looked(request.user, draft.client_id, (typing.SUBJECT, draft.pk))
    context = _shown(draft, form) | {"player": players.player(draft.dictation)}
    return render(request, "messages_app/dictation/portal_draft.html", context, status=status)


def _shown(draft: DictatedDraft, form) -> dict:
    """What the client may see of it: the versions that were put before her, and not what is being typed."""
    versions = list(draft.versions.select_related("by", "decided_by").order_by("-number"))
    version = versions[0]
    before = versions[1] if len(versions) > 1 else None
    return {
        "client": draft.client,
        "draft": draft,
        "version": version,
        "words": version.values.get("words", ""),
        "facts": players.shown(version),
        "changes": players.changes(before, version) if before else [],
        "before": before,
        "earlier": versions[1:],
        "waits_for_others": making.waits_for_others(draft),
        "waits": draft.state == DictatedDraft.State.ASKED,
        "form": form or WishForm(),
    }


@require_POST
@portal_required
def decide(request, draft_id):
    """Agree to the newest version she was shown, or say what should change."""
    draft = get_object_or_404(_drafts(request), pk=draft_id)
    form = WishForm(request.POST)
    agrees = request.POST.get("decision") == "agree"
    if not agrees and not form.is_valid():
        return _show(request, draft, form=form, status=422)
    told = {"number": _number(request), "contact": request.contact, "how": How.PORTAL}
    said = _say(draft, form, agrees=agrees, by=request.user, **told)
    if said:
        messages.success(request, said)
    else:
        messages.warning(request, _("There is a newer version, or it was decided meanwhile. Here it is."))
        if not agrees:
            draft.refresh_from_db()
            return _show(request, draft, form=form, status=422)
    return see_other(request, reverse("dictated-approval", args=[draft.pk]))


def _say(draft, form, *, agrees: bool, by, number: int, contact, how: str) -> str:
    """What followed from her word, to be told to her; empty if it did not count."""
    told = {"number": number, "contact": contact, "how": how, "by": by, "at": clock.now()}
    try:
        if not agrees:
            deciding.wish(draft, form.cleaned_data["words"], **told)
            return _("Your secretary is told what should change.")
        if deciding.agree(draft, **told):
            draft.refresh_from_db()
            return _("Agreed.") if making.waits_for_others(draft) else _("Agreed. It is on its way.")
        return _("Agreed. Something stands against it, which your secretary puts right.")
    except deciding.NotAsSeen:
        return ""


def _number(request) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 5 else -1


# --- By the link, without signing in ------------------------------------------------------------------------


def linked(view):
    """Open the signed link, or say in plain words that it no longer opens anything."""

    @login_not_required
    @never_cache
    def opened(request, token):
        try:
            draft, contact = links.open_link(token)
        except DictatedDraft.DoesNotExist as nothing:
            raise Http404 from nothing
        except links.LinkExpired as late:
            context = {"client": late.draft.client}
            return render(request, "messages_app/dictation/link_expired.html", context, status=410)
        with timezone.override(draft.client.tz):  # nobody has signed in: by the client's clocks
            return view(request, token, draft, contact)

    return opened


@require_safe
@linked
def link(request, token, draft, contact):
    """What was typed, to somebody who holds the link. Mail scanners open links: looking decides nothing."""
    ledger.record(
        "dictation.draft.link_opened",
        client_id=draft.client_id,
        subject=(typing.SUBJECT, draft.pk),
        detail={"contact": str(contact.pk)},
    )
    return _link_page(request, token, draft)


@require_POST
@linked
def link_decide(request, token, draft, contact):
    form = WishForm(request.POST)
    agrees = request.POST.get("decision") == "agree"
    if not agrees and not form.is_valid():
        return _link_page(request, token, draft, form=form, status=422)
    told = {"number": _number(request), "contact": contact, "how": How.LINK}
    said = _say(draft, form, agrees=agrees, by=None, **told)
    if said:
        return see_other(request, reverse("dictated-link", args=[token]))
    draft.refresh_from_db()
    return _link_page(request, token, draft, form=None if agrees else form, changed=True, status=409)


def _link_page(request, token, draft, *, form=None, changed=False, status=200):
    context = _shown(draft, form) | {"token": token, "changed": changed}
    return render(request, "messages_app/dictation/link.html", context, status=status)
