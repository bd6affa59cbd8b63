"""Whatever anybody writes into a mail, nothing of it runs in the browser of whoever reads it.

A real Chromium opens each page on which a mail stands. What ran would open a dialog; what only tried to would
be reported by our policy, and what reached for something elsewhere would have asked for it.
"""

from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.urls import reverse

from messages_app.mail import by_provider
from messages_app.models import Mail, MailThread
from secretariat import clock
from tests.eyes import listens

from .test_laying_out import HOSTILE

pytestmark = pytest.mark.slow
# What stands before it ends the place in which it is written: an attribute, a script, a title, a comment.
ENDINGS = [
    "",
    '">',
    "'>",
    "</script>",
    "</title></textarea>",
    "-->",
    "{{ 7|add:7 }}",
    '" onmouseover=alert(1) x="',
]
PAYLOADS = [before + each for before in ENDINGS for each in HOSTILE]
TO_ONE = 48  # mails of a conversation


def written(number: int, words: str) -> bytes:
    """A mail that says it wherever one can: subject, name, words, layout, and the name of a file."""
    mail = EmailMessage()
    in_one_line = words.replace("\t", " ")
    mail["From"] = Address(in_one_line, "dana", "harlow.example")
    mail["To"] = Address(in_one_line, "ngozi", "okafor.example")
    mail["Subject"] = in_one_line
    mail["Message-ID"] = f"<{number}@harlow.example>"
    if number % TO_ONE:
        mail["In-Reply-To"] = f"<{number - number % TO_ONE}@harlow.example>"
    mail.set_content(f"{words}\n")
    mail.add_alternative(f"<p>Number {number}</p>{words}", subtype="html")
    mail.add_attachment(words.encode(), maintype="text", subtype="html", filename=in_one_line)
    return mail.as_bytes()


@pytest.fixture
def priya(office, okafor):
    """Her telephone is her line: no softphone on her pages reaches for the carrier."""
    return office.secretary("Priya", okafor, line="phone")


@pytest.fixture
def watched(chrome, live_server, transactional_db, desk):
    """A page of Priya's, and what happened there that should not have."""
    context = chrome.new_context()
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": desk.cookies[name].value, "url": live_server.url}])
    page, happened = listens(context.new_page()), []

    def ran(dialog):
        happened.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def asked(request):
        if not request.url.startswith((live_server.url, "data:", "about:", "blob:")):
            happened.append(f"asked for: {request.url}")

    page.on("dialog", ran)
    page.on("request", asked)

    def opened(address: str) -> str:
        answer = page.goto(live_server.url + address)
        assert answer.status == 200, address
        return page.content()

    yield opened, happened, page
    context.close()


def test_nothing_that_a_mail_says_runs_in_a_browser(office, okafor, mailbox, watched):
    opened, happened, page = watched
    assert len(PAYLOADS) >= 200
    for number, words in enumerate(PAYLOADS):
        by_provider.came(written(number, words), mailbox, recipient=mailbox.address, at=clock.now())
    assert Mail.objects.count() == len(PAYLOADS)
    for show in ("", "all"):
        assert "alert(1)" in opened(f"{reverse('inbox')}?show={show}")
    shown = 0
    for thread in MailThread.objects.all():
        opened(reverse("inbox-thread", args=[thread.pk]))
        shown += page.locator("details.card[id^=mail-]").count()
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert shown == len(PAYLOADS)
    for mail in Mail.objects.all():
        opened(reverse("inbox-mail", args=[mail.pk]))
        assert page.frames[-1].url.endswith(reverse("inbox-frame", args=[mail.pk]))
    refused = [words for words in page.said if "Content Security Policy" in words or "sandboxed" in words]
    assert (happened, refused) == ([], [])
