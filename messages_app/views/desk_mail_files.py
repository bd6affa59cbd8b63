"""What came with a mail, at the desk: looked at here where that is safe, and else kept as a file.

`n` names a file by its number in its mail; “2.0” is the first file of the mail that is the third file.
"""

import re

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from clients import leaving
from clients.taking_out import Act
from messages_app.mail import attached, charsets, kinds, laying_out, lying_elsewhere, reading
from messages_app.mail.reading import Attachment
from messages_app.models import Mail
from messages_app.views import desk_inbox, mails_shown
from secretariat import ledger
from secretariat.channels.fetching import NotFetched
from secretariat.office.guards import secretary_required

NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}")
NOTHING = ["'none'"]
NOBODY_S_PAGE = {"default-src": NOTHING, "sandbox": True}
# A browser's own reader of PDFs does not come up in a sandbox; it runs apart from our pages in any case.
READER = {
    **dict.fromkeys(("default-src", "script-src", "connect-src", "form-action", "frame-src"), NOTHING),
    "object-src": ["'self'"],
    "style-src": ["'unsafe-inline'"],
}


def _found(request, mail_id) -> tuple[Mail, str, Attachment, str]:
    """The mail, the file's number in it, the file, and what it is by its content. Each look is recorded."""
    mail, _read, files = desk_inbox.opened(request, mail_id)
    number = request.GET.get("n", "")
    if not NUMBERS.fullmatch(number):
        raise Http404
    *within, last = map(int, number.split("."))
    for each in within:
        file = _of(files, each)
        if kinds.kind_of(file.content, file.content_type) != kinds.MAIL:
            raise Http404
        files = attached.files_of(reading.read(file.content))
    file = _of(files, last)
    subject = ("messages_app.mail", mail.pk)
    ledger.looked(request.user, mail.client_id, subject)
    ledger.record(
        "correspondence.file",
        actor_id=request.user.pk,
        client_id=mail.client_id,
        subject=subject,
        detail={"number": [int(each) for each in number.split(".")]},
    )
    return mail, number, file, kinds.kind_of(file.content, file.content_type)


def _of(files: list[Attachment], number: int) -> Attachment:
    if number >= len(files):
        raise Http404
    return files[number]


@secretary_required
@require_safe
def part(request, mail_id):
    return file_of(request, mail_id)


def file_of(request, mail_id) -> HttpResponse:
    """One file of a mail, by what is in it: to look at here, or to keep, for those who may."""
    mail, _number, file, kind = _found(request, mail_id)
    if "download" in request.GET or kind == kinds.MAIL or not kinds.can_be_looked_at(kind):
        if not mails_shown.may_keep(leaving.allowed(request.user, mail.client), file.name, kind):
            raise Http404
        leaving.record(request.user, Act.DOWNLOAD, mail.client_id, ("messages_app.mail", mail.pk))
        # What a browser might run is handed over as bytes of no kind.
        return _shut(request, file, kind if kind in kinds.SHOWN else kinds.UNKNOWN, is_taken=True)
    if kind == kinds.PDF:
        return _in_reader(request, file)
    return _shut(request, file, kind)


@csp_replace(NOBODY_S_PAGE)
def _shut(request, file: Attachment, kind: str, *, is_taken: bool = False) -> HttpResponse:
    if kind in kinds.READ_AS_TEXT and not is_taken:
        text = charsets.decoded(file.content, None)
        return _handed_over(file, text.encode(), "text/plain; charset=utf-8")
    return _handed_over(file, file.content, kind, is_taken=is_taken)


@csp_replace(READER)
def _in_reader(request, file: Attachment) -> HttpResponse:
    return _handed_over(file, file.content, kinds.PDF)


def _handed_over(file: Attachment, content: bytes, kind: str, *, is_taken: bool = False) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(is_taken, file.name or _("file"))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@transaction.non_atomic_requests  # somebody else's server is asked, and no transaction may wait for that
@require_GET
@csp_replace(NOBODY_S_PAGE)
def picture(_request, token):
    """A picture that lies elsewhere, for the frame of a mail: who asked to see it is on record there."""
    try:
        kind, content = lying_elsewhere.fetched(lying_elsewhere.meant_by(token))
    except (signing.BadSignature, NotFetched) as fault:
        raise Http404 from fault
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@secretary_required
@require_safe
def within(request, mail_id):
    return render(
        request, "messages_app/inbox/within.html", mail_within(request, mail_id, to=desk_inbox.PAGES)
    )


def mail_within(request, mail_id, *, to: dict[str, str]) -> dict:
    """A mail that came with a mail, as a mail: who wrote it to whom, its words, and what came with it."""
    mail, number, file, kind = _found(request, mail_id)
    if kind != kinds.MAIL:
        raise Http404
    read = reading.read(file.content)
    allowed = leaving.allowed(request.user, mail.client)
    listed = [each | {"number": f"{number}.{place}"} for place, each in enumerate(attached.listed(read))]
    return {
        "mail": mail,
        "client": mail.client,
        "thread": mail.thread,
        "to": to,
        "read": read,
        "words": read.words,
        "trouble": " ".join(dict.fromkeys([*read.trouble, *attached.opened(read).trouble])),
        "number": number,
        "files": [mails_shown.told_of(each, allowed) for each in listed],
        "links": laying_out.links_in(read.words),
        "may_take": mails_shown.may_keep(allowed, file.name, kind),
    }
