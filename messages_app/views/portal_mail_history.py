"""The portal's history of mail: what came in for her, how it was sorted and why, and what became of it."""

from uuid import UUID

from csp.decorators import csp_replace
from django.contrib.postgres.search import SearchQuery
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from clients import leaving
from clients.doors import speaks_for_client
from clients.taking_out import Act
from messages_app.mail import history, standing
from messages_app.models import ClientQuestion, Mail, Mailbox, MailThread, OutgoingMail
from secretariat import clock, ledger
from secretariat.paging import Page, page

from . import desk_inbox, desk_mail_files, mails_shown

PAGES = {
    "thread": "mail-history-thread",
    "frame": "mail-history-frame",
    "pictures": "mail-history-pictures",
    "part": "mail-history-part",
    "within": "mail-history-within",
}
MOST = 5000  # lines of one file


def _threads(request):
    hers = MailThread.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return hers.select_related(*history.BESIDE)


@speaks_for_client
@require_safe
def index(request):
    """All of it, or what stands in one way, or what holds these words; the newest first."""
    words, show, at = request.GET.get("q", "").strip(), _show(request.GET), clock.now()
    after = request.GET.get("after", "")
    if words:
        listed = _holding(request, words, after=after)
    else:
        threads = _threads(request).filter(history.shown(show, at=at))
        listed = page(threads, newest_by="last_at", after=after)
    mailboxes = Mailbox.objects.visible_to(request.user).filter(client=request.contact.client_id)
    context = {
        "client": request.contact.client,
        "show": show,
        "q": words,
        "rows": [history.told(thread, at=at) for thread in listed],
        "next": listed.next,
        "has_mailbox": mailboxes.exists(),
    }
    return render(request, "messages_app/mailbox/history.html", context)


def _show(asked) -> str:
    show = asked.get("show", "")
    return show if show in history.SHOWN else ""


def _holding(request, words: str, *, after: str, size: int = 25) -> Page:
    """Conversations with a mail that holds all these words: the newest such mail first."""
    mails = Mail.objects.visible_to(request.user).filter(
        client=request.contact.client_id,
        found=SearchQuery(words, search_type="websearch", config="simple"),
    )
    beside = ("thread", *(f"thread__{name}" for name in history.BESIDE))
    mails = mails.select_related(*beside).defer("words", "found")
    listed = page(mails, newest_by="at", after=after, size=size)
    return Page(list(dict.fromkeys(mail.thread for mail in listed)), listed.next)


@require_POST
@never_cache
@speaks_for_client
def as_file(request):
    """What she looks at, all of it, to keep."""
    client, at = request.contact.client, clock.now()
    words, show = request.POST.get("q", "").strip(), _show(request.POST)
    if words:
        listed = _holding(request, words, after="", size=MOST).rows
    else:
        listed = page(
            _threads(request).filter(history.shown(show, at=at)), newest_by="last_at", size=MOST
        ).rows
    leaving.record(
        request.user, Act.EXPORT, client.pk, ("clients.client", client.pk), list="mail", rows=len(listed)
    )
    answer = StreamingHttpResponse(
        history.as_csv(listed, at=at, zone=request.user.zone), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="mail-{at:%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@speaks_for_client
@require_safe
def thread(request, thread_id):
    """One conversation, the newest mail open, with what waits in it for her own word."""
    found = get_object_or_404(_threads(request), pk=thread_id)
    ledger.looked(request.user, found.client_id, (standing.SUBJECT, found.pk))
    mails, earlier = mails_shown.page(found, before=_uuid(request.GET.get("before", "")))
    awaiting = OutgoingMail.objects.visible_to(request.user).filter(thread=found, state="awaiting")
    asked = ClientQuestion.objects.visible_to(request.user).filter(thread=found, answered_at=None)
    context = {
        "thread": found,
        "client": found.client,
        "told": history.told(found, at=clock.now()),
        "shown": mails_shown.shown(request.user, found, mails),
        "earlier": earlier,
        "to": PAGES,
        "awaiting": list(awaiting[:10]),
        "questions": list(asked[:10]),
    }
    return render(request, "messages_app/mailbox/history_thread.html", context)


@speaks_for_client
@require_safe
def as_sent(request, mail_id):
    context = desk_inbox.sent_as(request, mail_id, to=PAGES)
    return render(request, "messages_app/mailbox/history_as_sent.html", context)


def _framed(view):
    return require_safe(speaks_for_client(xframe_options_sameorigin(view)))


@_framed
@csp_replace(desk_inbox.FRAME)
def frame(request, mail_id):
    return desk_inbox.framed(request, mail_id)


@_framed
@csp_replace(desk_inbox.WITH_PICTURES)
def frame_with_pictures(request, mail_id):
    return desk_inbox.framed(request, mail_id, with_remote=True)


@speaks_for_client
@require_safe
def part(request, mail_id):
    return desk_mail_files.file_of(request, mail_id)


@speaks_for_client
@require_safe
def within(request, mail_id):
    context = desk_mail_files.mail_within(request, mail_id, to=PAGES)
    return render(request, "messages_app/mailbox/history_within.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
