"""What came with a mail: whoever answers it looks at it, or has it as a file unless firm or client forbid."""

from email.message import EmailMessage

import pytest
from django.test import Client as Http
from django.urls import reverse

from messages_app.answering import drafting
from messages_app.mail import filing
from messages_app.models import Mail, MailThread
from secretariat import clock, media
from secretariat.ledger.models import LedgerEntry
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
WORD = b"PK\x03\x04" + b"word/document.xml" * 3
UNREADABLE = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(900))


def inner_mail():
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Sam Lee <sam@harlow.example>", "The keys"
    inner.set_content("They are under the mat: https://keys.example/mat")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="mat.pdf")
    return inner


@pytest.fixture
def mail(mailbox, writes):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "d@harlow.example", "ngozi@okafor.example", "Files"
    letter["Message-ID"] = "<files@harlow.example>"
    letter.set_content("Here they are")
    letter.add_attachment(PDF, maintype="application", subtype="octet-stream", filename="bill.pdf")
    letter.add_attachment("Öffnung".encode("cp1252"), maintype="text", subtype="plain", filename="a.txt")
    letter.add_attachment(WORD, maintype="application", subtype="octet-stream", filename="plan.docx")
    letter.add_attachment(b"<html><script>x()</script>", maintype="text", subtype="plain", filename="p.txt")
    letter.add_attachment(b"MZ\x90\x00", maintype="application", subtype="pdf", filename="run.pdf")
    letter.add_attachment(inner_mail())
    writes(letter)
    return Mail.objects.get()


def part(browser, mail, number, **asked):
    return browser.get(reverse("inbox-part", args=[mail.pk]), {"n": number} | asked)


def page_of(browser, mail):
    return browser.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()


def test_what_is_safe_is_looked_at_here(mail, desk):
    bill, text = part(desk, mail, 0), part(desk, mail, 1)
    assert (bill["Content-Type"], bill.content) == ("application/pdf", PDF)
    assert "script-src 'none'" in bill["Content-Security-Policy"]
    assert "sandbox" not in bill["Content-Security-Policy"]  # in which no reader of PDFs comes up
    assert (text["Content-Type"], text.content.decode()) == ("text/plain; charset=utf-8", "Öffnung")
    assert "sandbox" in text["Content-Security-Policy"]
    for answer in (bill, text):
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("number", [2, 3])
def test_anything_else_is_kept_as_bytes_of_no_kind(mail, desk, number):
    answer = part(desk, mail, number)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_each_opening_is_on_the_ledger(mail, desk, priya):
    part(desk, mail, 0)
    part(desk, mail, 0)
    part(desk, mail, 0, download="")
    hers = LedgerEntry.objects.filter(actor_id=priya.user_id, subject_id=str(mail.pk))
    assert hers.filter(verb="correspondence.file").count() == 3
    assert hers.filter(verb="taken_out.download").count() == 1
    assert hers.filter(verb="looked").exists()


@pytest.mark.parametrize("who", ["firm", "client"])
def test_what_firm_or_client_forbid_is_looked_at_and_not_kept(mail, desk, okafor, who):
    assert page_of(desk, mail).count(">Keep it<") == 5  # all but the program
    if who == "firm":
        Firm.objects.update(may_download_attachments=False)
    else:
        okafor.row.never_download_attachments = True
        okafor.row.save()
    page = page_of(desk, mail)
    assert ">Keep it<" not in page
    assert page.count("Look at it") == 2
    assert part(desk, mail, 0).status_code == 200
    assert part(desk, mail, 0, download="").status_code == 404
    assert part(desk, mail, 2).status_code == 404


def test_what_could_run_needs_more(mail, desk):
    assert part(desk, mail, 4).status_code == 404
    Firm.objects.update(may_download=True)
    assert part(desk, mail, 4)["Content-Type"] == "application/octet-stream"


def test_a_mail_within_a_mail_is_read_as_a_mail(mail, desk):
    assert f"{reverse('inbox-within', args=[mail.pk])}?n=5" in page_of(desk, mail)
    answer = desk.get(reverse("inbox-within", args=[mail.pk]), {"n": "5"})
    page = answer.content.decode()
    for words in ("The keys", "Sam Lee", "under the mat", "https://keys.example/mat", "mat.pdf"):
        assert words in page
    assert f"{reverse('inbox-part', args=[mail.pk])}?n=5.0" in page
    assert part(desk, mail, "5.0").content == PDF
    assert part(desk, mail, "5")["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "5.9", "0.0", "5.0.0", "1e2", "5."])
def test_what_is_not_there_is_not_found(mail, desk, number):
    assert part(desk, mail, number).status_code == 404
    assert desk.get(reverse("inbox-within", args=[mail.pk]), {"n": number}).status_code == 404


def test_a_file_is_no_mail(mail, desk):
    assert desk.get(reverse("inbox-within", args=[mail.pk]), {"n": "0"}).status_code == 404


def test_nobody_else_opens_any_of_it(office, mail, okafor):
    stranger = office.browser(office.secretary("Stella"))
    client = Http()
    client.force_login(okafor.owner.user)
    for browser in (stranger, client):
        assert part(browser, mail, 0).status_code in (403, 404)
        assert browser.get(reverse("inbox-within", args=[mail.pk]), {"n": "5"}).status_code in (403, 404)


def test_a_mail_that_could_not_be_read_is_had_by_whoever_answers_it(mailbox, desk):
    raw = b"From: d@harlow.example\nTo: ngozi@okafor.example\nSubject: Bomb\n" + UNREADABLE
    mail = filing.file(mailbox, raw, direction="in", at=clock.now()).mail
    assert mail.trouble
    address = media.url(MediaFile.objects.get(pk=mail.media_id))
    assert f"{address}?download" in page_of(desk, mail)
    assert b"".join(desk.get(f"{address}?download").streaming_content) == raw
    Firm.objects.update(may_download_attachments=False)
    assert "?download" not in page_of(desk, mail)
    assert desk.get(f"{address}?download").status_code == 404


def test_a_whole_mail_that_could_be_read_is_taken_by_nobody_else(mail, desk):
    address = media.url(MediaFile.objects.get(pk=mail.media_id))
    assert desk.get(f"{address}?download").status_code == 404


def test_what_goes_with_a_mail_of_ours_can_be_opened_again(mail, desk, priya):
    draft = drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())
    made = drafting.enclose(draft, name="plan.pdf", content=PDF, by=priya.user, at=clock.now())
    address = media.url(MediaFile.objects.get(pk=made.media_id))
    assert b"".join(desk.get(f"{address}?download").streaming_content) == PDF
