"""Mail with more to it than words: a template, files and copies; one that cannot be read; files that run."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.models import MailThread
from secretariat.local.outside import letters
from tests.messages_app.mail.test_files import PDF, UNREADABLE

from . import by_keyboard as keys
from .looking import go_to
from .own_mailbox import NGOZI

pytestmark = pytest.mark.slow  # likewise in rooms: tests/messages_app/mail/
DANA, KIM, HIDDEN = "dana@harlow.example", "kim@harlow.example", "partner@okafor.example"
PLAN = PDF + bytes(range(256))  # not one byte of it may be another on the way
RUNS = b"<html><body onload=\"alert('ran')\"><script>document.title = 'ran'</script></body></html>"
DRAWS = b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"alert('ran')\"><script>alert('ran')</script></svg>"
PROGRAM = b"MZ\x90\x00 a program"
# Read as a page of the desk, it would be one, and ask for another in her name.
NOTE = b"Hi. <script>alert('ran')</script><p class=desk id=phone hx-get=/desk/work/ hx-trigger=load>ran</p>"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def opens(desk, about):
    keys.presses(desk.get_by_role("link", name=about))
    expect(desk.get_by_role("heading", name=about)).to_be_visible()


def begins_to_answer(desk):
    desk.keyboard.press("r")
    expect(desk.locator("#outgoing-form")).to_be_visible()


def sends(office, desk):
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    office.passes(11)


def kept(page, link) -> bytes:
    """The file, as the browser keeps it."""
    with page.expect_download() as download:
        keys.presses(link)
    return download.value.path().read_bytes()


@pytest.mark.console_may_complain  # the browser reports an answer of 422, which keeps what was typed
def test_an_answer_from_a_template_goes_with_a_file_and_both_sorts_of_copy(
    office, okafor, priya, hers, watched, postmaster
):
    """By keyboard the secretary; the client looks at what she wrote."""
    desk = office.enters(priya, to=reverse("mail-template-new"))
    keys.picks(desk.get_by_label("For", exact=True), "Okafor Legal")
    keys.types(desk.get_by_label("Name", exact=True), "When we open")
    keys.types(desk.get_by_label("Words"), "Dear {first_name},\nwe open {when}.\n{secretary}, for {client}")
    keys.presses(desk.get_by_role("button", name="Keep the template"))
    expect(desk.get_by_text("The template is kept.")).to_be_visible()

    go_to(desk, reverse("inbox"))
    hers.receives(letters.written(f"Dana Reyes <{DANA}>", NGOZI, "Hours", "When do you open?").as_bytes())
    opens(desk, "Hours")
    begins_to_answer(desk)
    keys.types(desk.get_by_label("Copy", exact=True), KIM)
    keys.types(desk.get_by_label("Hidden copy"), HIDDEN)
    keys.presses(desk.get_by_role("button", name="When we open"))
    words = desk.get_by_label("Words")
    expect(words).to_have_value("Dear Dana,\nwe open {when}.\nPriya, for Okafor Legal")
    desk.get_by_label("A file to go with it").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PLAN}
    )
    keys.presses(desk.get_by_role("button", name="Let it go along"))
    expect(desk.get_by_role("link", name="plan.pdf")).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("main")).to_contain_text("Fill in {when} first.")  # before anybody reads it so
    assert postmaster.taken == []
    words.fill(words.input_value().replace("{when}", "at nine"))
    expect(desk.get_by_label("Copy", exact=True)).to_have_value(KIM)
    expect(desk.get_by_label("Hidden copy")).to_have_value(HIDDEN)
    sends(office, desk)

    office.eventually(lambda: postmaster.taken)
    [(_sender, to, raw)] = postmaster.taken
    assert set(to) == {DANA, KIM, HIDDEN}
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == (DANA, KIM, None)
    assert HIDDEN.encode() not in raw
    said = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert said.startswith("Dear Dana,\nwe open at nine.\nPriya, for Okafor Legal\n")
    [file] = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("plan.pdf", "application/pdf")
    assert file.get_content() == PLAN

    go_to(desk, f"{reverse('inbox')}?show=waiting")
    opens(desk, "Hours")
    newest = desk.locator("details[id^=mail-]").first
    expect(newest).to_contain_text("we open at nine.")
    expect(newest.locator(".facts")).to_contain_text(KIM)
    assert kept(desk, newest.get_by_role("link", name="Keep it")) == PLAN
    portal = office.enters(okafor.owner, to=reverse("mail-history"))
    portal.get_by_role("link", name="Hours").click()
    newest = portal.locator("details[id^=mail-]").first
    expect(newest).to_contain_text("we open at nine.")
    expect(newest.get_by_label("Attachments")).to_contain_text("plan.pdf")


def test_a_mail_that_cannot_be_read_is_had_as_it_came_and_is_answered(
    office, okafor, priya, hers, watched, postmaster
):
    """By keyboard the secretary, by mouse the client."""
    head = f"From: Dana Reyes <{DANA}>\nTo: {NGOZI}\nSubject: Plans\nMessage-ID: <deep@harlow.example>\n"
    raw = (head.encode() + UNREADABLE).replace(b"\n", b"\r\n")
    desk = office.enters(priya, to=reverse("inbox"))
    hers.receives(raw)
    opens(desk, "Plans")
    mail = desk.locator("details[id^=mail-]")
    expect(mail).to_contain_text("Its parts could not be told apart.")
    expect(mail).to_contain_text("Below it is the mail as it came, to be opened elsewhere.")
    expect(mail).to_contain_text("No words that can be shown.")
    assert kept(desk, mail.get_by_role("link", name="The mail as it came")) == raw

    portal = office.enters(okafor.owner, to=reverse("mail-history"))
    portal.get_by_role("link", name="Plans").click()
    expect(portal.locator("main")).to_contain_text("Its parts could not be told apart.")

    begins_to_answer(desk)
    expect(desk.get_by_label("To", exact=True)).to_have_value(DANA)
    keys.types(desk.get_by_label("Words"), "Your mail cannot be read here. Please send the plans once more.")
    sends(office, desk)
    office.eventually(lambda: postmaster.taken)
    [(_sender, to, answer)] = postmaster.taken
    assert to == [DANA]
    assert message_from_bytes(answer, policy=policy.default)["In-Reply-To"] == "<deep@harlow.example>"
    go_to(desk, reverse("inbox"))
    expect(desk.get_by_text("No mail waits for an answer")).to_be_visible()
    assert MailThread.objects.get().state == "waiting"


def test_files_that_could_run_do_not_and_each_says_what_it_is(office, okafor, priya, hers, watched, tmp_path):
    """By keyboard the secretary, by mouse the client."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = DANA, NGOZI, "Your invoice"
    letter.set_content("Open the file.")
    files = {"invoice.html": RUNS, "logo.svg": DRAWS, "reader.exe": PROGRAM, "note.txt": NOTE}
    for name, content in files.items():
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    desk = office.enters(priya, to=reverse("inbox"))
    portal = office.enters(okafor.owner, to=reverse("mail-history"))
    ran = []
    for page in (desk, portal):
        page.context.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.context.on("page", lambda opened: ran.append(opened.url))
    hers.receives(letter.as_bytes())
    opens(desk, "Your invoice")
    listed = desk.get_by_label("Attachments").get_by_role("listitem")
    expect(listed).to_have_count(4)
    stands_at, title = desk.url, desk.title()
    for name in ("invoice.html", "logo.svg"):
        row = listed.filter(has_text=name)
        expect(row).to_contain_text("web page")
        expect(row).to_contain_text("Web page: type no password there")
        expect(row.get_by_role("link", name="Look at it")).to_have_count(0)
        assert kept(desk, row.get_by_role("link", name="Keep it")) == files[name]
        # Nor where its address is opened as a page, as by whoever copies the link.
        row.get_by_role("link", name="Keep it").evaluate(
            "link => { link.removeAttribute('download'); link.href = link.href.replace('&download', '') }"
        )
        assert kept(desk, row.get_by_role("link", name="Keep it")) == files[name]
    program = listed.filter(has_text="reader.exe")
    expect(program).to_contain_text("Could run: do not open")
    expect(program.get_by_role("link")).to_have_count(0)
    assert (desk.url, desk.title()) == (stands_at, title)

    keys.presses(listed.filter(has_text="note.txt").get_by_role("link", name="Look at it"))
    expect(desk.locator("body")).to_have_text(NOTE.decode())  # as letters
    expect(desk).to_have_url(re.compile(r"\?n=3$"))
    desk.go_back()
    expect(desk.get_by_role("heading", name="Your invoice")).to_be_visible()

    portal.reload()
    portal.get_by_role("link", name="Your invoice").click()
    row = portal.get_by_role("listitem").filter(has_text="invoice.html")
    expect(row).to_contain_text("Web page: type no password there")
    with portal.expect_download() as download:
        row.get_by_role("link", name="Keep it").click()
    assert download.value.suggested_filename == "invoice.html"
    assert ran == []
    download.value.save_as(tmp_path / "invoice.html")
    elsewhere = office.browsers.context().new_page()
    elsewhere.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    elsewhere.goto(f"file://{tmp_path}/invoice.html")  # where it would have
    office.eventually(lambda: ran)
    assert elsewhere.title() == "ran"
