"""The mail of all her clients on one page: what waits, what is promised, and each conversation to be read."""

from collections.abc import Callable
from itertools import zip_longest
from urllib.parse import urlencode
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.answering import checking, claiming, drafting
from messages_app.forms.inbox import DayForm
from messages_app.mail import (
    attached,
    choosing,
    coming_up,
    laying_out,
    lying_elsewhere,
    marking,
    original,
    standing,
)
from messages_app.mail.reading import Attachment, Read
from messages_app.models import Mail, Mailbox, MailThread
from messages_app.views import mails_shown
from secretariat import clock, ledger
from secretariat.next import next_of
from secretariat.office.guards import secretary_required
from secretariat.paging import page

FRAME = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "sandbox": True,
    "frame-ancestors": ["'self'"],
}
WITH_PICTURES = FRAME | {"img-src": ["data:", "'self'"]}  # those that lie elsewhere, too: we fetch them
# Where a mail and what came with it are opened.
PAGES = {
    "thread": "inbox-thread",
    "frame": "inbox-frame",
    "pictures": "inbox-pictures",
    "part": "inbox-part",
    "within": "inbox-within",
}
MOST_OPEN = 50  # of one page
ANY = UUID(int=0)  # stands for a conversation
BESIDE = ("client", "mailbox", "claimed_by", "message")  # what a row tells of a conversation
SHOWN = {
    "": Q(state=MailThread.State.OPEN) & Q(verdict__in=["urgent", "answer"]),
    "later": Q(state=MailThread.State.OPEN, verdict="later"),
    "waiting": Q(state=MailThread.State.WAITING),
    "done": Q(state=MailThread.State.DONE) & ~Q(verdict="junk"),
    "junk": Q(verdict="junk"),
    "all": Q(),
}

KEYS = {"urgent": "u", "answer": "a", "later": "l", "junk": "x"}


def _keys_and_names() -> list[tuple[str, str, str]]:
    """What a mail can be called, in the reader's language: translated once, and not for each row."""
    return [(each.value, str(each.label), KEYS[each.value]) for each in MailThread.Verdict]


@secretary_required
@require_safe
def index(request):
    """What waits, the most pressing first; or, of what does not wait, the newest.

    `at` is the conversation she goes on at, and `sorted` the one she has just sorted here. `past`: so many
    that are more pressing stand on the pages before this one.
    """
    threads = MailThread.objects.visible_to(request.user)
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else ""
    words, client = request.GET.get("q", "").strip(), uuid_in(request.GET.get("client", ""))
    if client:
        threads = threads.filter(client=client)
    past = _whole(request.GET.get("past", ""))
    asked_for = {"show": show, "q": words, "client": client, "after": request.GET.get("after", "")}
    asked_for["past"] = past
    found = threads.filter(SHOWN[show]).select_related(*BESIDE)
    context = {
        "show": show,
        "q": words,
        "client": client,
        "now": clock.now(),
        "began": stretches.began(request),
        "clients": _with_mailboxes(request.user),
        "by_promise": show in ("", "later") and not words,
        "to_read": coming_up.shown_to_be_read(threads) if client and show == "later" and not words else [],
        "at": uuid_in(request.GET.get("at", "")),
        "here": _address(request.path, **asked_for),
        "as_it_is": _address(  # drawn anew, it still asks whether what she has just sorted becomes a rule
            request.path, **asked_for, at=request.GET.get("at", ""), sorted=request.GET.get("sorted", "")
        ),
        "verdicts": _keys_and_names(),
    }
    if context["by_promise"]:
        pressing = list(found.most_pressing_first()[past : past + MOST_OPEN + 1])
        context["threads"] = pressing[:MOST_OPEN]
        if pressing[MOST_OPEN:]:
            context["more"] = found.count() - past - MOST_OPEN
            context["less_pressing"] = _address(request.path, **asked_for | {"past": past + MOST_OPEN})
        context["past"] = past
        context["sorted"] = _just_sorted(request)
        _may_be_sorted(context["threads"], context["verdicts"], _address(request.path, **asked_for))
    elif words:
        context |= _holding(words, request.user, client=client, after=request.GET.get("after", ""))
    else:
        listed = page(found, newest_by="last_at", after=request.GET.get("after", ""))
        context |= {"threads": listed.rows, "next": listed.next}
    page_of = _addresses("inbox-thread")
    for thread in context["threads"]:
        thread.page = page_of(thread.pk)
        thread.writes = claiming.writes_now(thread, at=context["now"])
    template = "messages_app/inbox/_rows.html" if request.htmx else "messages_app/inbox/index.html"
    return render(request, template, context)


def _with_mailboxes(user):
    """Key and name of each, no more: a firm has thousands."""
    boxes = Mailbox.objects.visible_to(user).order_by().values("client")
    return Client.objects.visible_to(user).filter(pk__in=boxes).values_list("pk", "name", named=True)


def _may_be_sorted(threads, verdicts, here: str) -> None:
    """Tell each what else it can be called, and where that is said: sorted, it gives way to the next."""
    sorted_at, done_at = _addresses("inbox-verdict"), _addresses("inbox-done")
    others = {value: [each for each in verdicts if each[0] != value] for value, _label, _key in verdicts}
    newest = standing.newest_of(each.pk for each in threads)
    for thread, below in zip_longest(threads, threads[1:]):
        going_on = f"at={below.pk}&sorted={thread.pk}" if below else f"sorted={thread.pk}"
        going_on = f"{here}{'&' if '?' in here else '?'}{going_on}"
        then = urlencode({"seen": newest.get(thread.pk, ""), "next": going_on})
        thread.others = others[thread.verdict]
        thread.sorted_at, thread.done_at = f"{sorted_at(thread.pk)}?{then}", f"{done_at(thread.pk)}?{then}"


def _addresses(name: str) -> Callable[[UUID], str]:
    """The address of this name for each conversation of a list, looked up once."""
    before, after = reverse(name, args=[ANY]).split(str(ANY))
    return lambda pk: f"{before}{pk}{after}"


def _address(path: str, **asked) -> str:
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{said}" if said else path


def _just_sorted(request) -> MailThread | None:
    pk = uuid_in(request.GET.get("sorted", ""))
    found = MailThread.objects.visible_to(request.user).filter(pk=pk, judged_by=request.user) if pk else []
    thread = next(iter(found), None)
    if thread is not None:
        thread.may_propose = choosing.could_be_proposed(thread)
    return thread


def _holding(words: str, user, *, client, after: str) -> dict:
    """Conversations with a mail that holds all these words: the newest such mail first.

    The mails are gone through, and not their conversations: so a page ends the search when it is full,
    however often the words were ever written.
    """
    mails = Mail.objects.visible_to(user).filter(
        found=SearchQuery(words, search_type="websearch", config="simple")
    )
    if client:
        mails = mails.filter(client=client)
    mails = mails.select_related("thread", *(f"thread__{name}" for name in BESIDE))
    listed = page(mails.defer("words", "found"), newest_by="at", after=after)
    return {"threads": list(dict.fromkeys(mail.thread for mail in listed)), "next": listed.next}


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def uuid_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def thread_of(request, thread_id) -> MailThread:
    threads = MailThread.objects.visible_to(request.user).select_related(
        "client", "mailbox", "correspondent", "claimed_by", "judged_by", "done_by", "message__acknowledged_by"
    )
    return get_object_or_404(threads, pk=thread_id)


@secretary_required
@require_safe
def thread(request, thread_id):
    """One conversation, the newest mail open. `seen` is the newest of all when the page was loaded.

    Drawn anew because something happened, it leaves the mails as she reads them, and says that there is more.
    """
    found = thread_of(request, thread_id)
    ledger.looked(request.user, found.client_id, (standing.SUBJECT, found.pk))
    mails, earlier = mails_shown.page(found, before=uuid_in(request.GET.get("before", "")))
    newest = str(standing.newest_of([found.pk]).get(found.pk, ""))
    seen = request.GET.get("seen", newest)
    if seen == newest:
        marking.opened(found, mails)
    context = {
        "thread": found,
        "client": found.client,
        "mailbox": found.mailbox,
        "shown": mails_shown.shown(request.user, found, mails),
        "earlier": earlier,
        "seen": seen,
        "is_longer": seen != newest,
        "now": clock.now(),
        "began": stretches.began(request),
        "verdicts": _keys_and_names(),
        "may_propose": choosing.could_be_proposed(found),
        "writes": claiming.writes_now(found, at=clock.now()),
        "refusals": checking.refusals_in_words([found.address] if found.address else []),
        "day_form": DayForm(today=clock.now().astimezone(found.client.tz).date()),
        "to": PAGES,
        "draft": drafting.draft_of(found),
        "written": drafting.not_finished(found),
    }
    return render(request, "messages_app/inbox/thread.html", context)


def _mail(request, mail_id) -> Mail:
    """One she may see; in the portal, of the client she looks at there."""
    mails = Mail.objects.visible_to(request.user).select_related("client")
    if contact := getattr(request, "contact", None):
        mails = mails.filter(client=contact.client_id)
    return get_object_or_404(mails, pk=mail_id)


def opened(request, mail_id) -> tuple[Mail, Read, list[Attachment]]:
    mail = _mail(request, mail_id)
    read = original.read_again(mail)
    if read is None:
        raise Http404
    ledger.looked(request.user, mail.client_id, (standing.SUBJECT, mail.thread_id))
    return mail, read, attached.files_of(read)


@secretary_required
@require_safe
def as_sent(request, mail_id):
    return render(request, "messages_app/inbox/as_sent.html", sent_as(request, mail_id, to=PAGES))


def sent_as(request, mail_id, *, to: dict[str, str]) -> dict:
    """What the page says of a mail as it was laid out; the mail itself is in a frame of its own."""
    mail, read, files = opened(request, mail_id)
    found = laying_out.laid_out(read, files)
    return {
        "mail": mail,
        "client": mail.client,
        "thread": mail.thread,
        "links": [(each, laying_out.host_of(each)) for each in found.links],
        "remote": len(found.remote),
        "with_remote": "pictures" in request.GET,
        "to": to,
    }


def _framed(view):
    return require_safe(secretary_required(xframe_options_sameorigin(view)))


def framed(request, mail_id, *, with_remote: bool = False) -> HttpResponse:
    """The mail's own HTML, cleaned; `with_remote`, with the pictures that lie elsewhere: somebody asked."""
    mail, read, files = opened(request, mail_id)
    if with_remote:
        ledger.record(
            "correspondence.pictures",
            actor_id=request.user.pk,
            client_id=mail.client_id,
            subject=("messages_app.mail", mail.pk),
        )
    found = laying_out.laid_out(read, files, fetched_at=lying_elsewhere.address if with_remote else None)
    html = laying_out.page(found.html, lang=mail.client.language)
    answer = HttpResponse(html, content_type="text/html; charset=utf-8")
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer


@_framed
@csp_replace(FRAME)
def frame(request, mail_id):
    """For a frame that may do nothing."""
    return framed(request, mail_id)


@_framed
@csp_replace(WITH_PICTURES)
def frame_with_pictures(request, mail_id):
    return framed(request, mail_id, with_remote=True)


def keep_seconds(request, thread: MailThread, *, at) -> None:
    """She has read it, and done something about it. Of the list only what follows at once is known."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.READING,
        client_id=thread.client_id,
        subject=(standing.SUBJECT, thread.pk),
        at=at,
        longest=stretches.BETWEEN if next_of(request, "") else stretches.LONGEST,
    )
