"""A picture or file that came with a mail is somewhere to be seen, whatever its author's program calls it."""

from email.message import EmailMessage

import pytest
from django.urls import reverse

from messages_app.answering import drafting
from messages_app.mail import attached, laying_out, reading
from messages_app.mail.reading import Attachment, Read
from messages_app.models import Mail, MailRule, MailThread
from secretariat import clock

from .test_inbox import PIXEL

PDF = b"%PDF-1.7\n1 0 obj\n"


def letter(*, html=""):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Dana Reyes <dana@harlow.example>", "ngozi@okafor.example"
    mail["Subject"], mail["Message-ID"] = "The damage", "<damage@harlow.example>"
    mail.set_content("See the picture.")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def by_gmail():
    """It gives every file an id, and says that it is attached."""
    mail = letter(html="<div>See the picture.</div>")
    mail.add_attachment(PIXEL, "image", "png", filename="damage.png", cid="<f_m3x0>")
    mail.add_attachment(PDF, "application", "pdf", filename="offer.pdf", cid="<f_m3x1>")
    return mail


def by_iphone():
    """It says of every file that it is inline."""
    mail = letter()
    mail.add_attachment(PIXEL, "image", "png", filename="damage.png", disposition="inline")
    mail.add_attachment(PDF, "application", "pdf", filename="offer.pdf", disposition="inline")
    return mail


@pytest.fixture(params=[by_gmail, by_iphone], ids=["Gmail", "an iPhone"])
def mail(request, mailbox, okafor, writes):
    MailRule.objects.create(client=okafor.row, verdict="urgent", with_attachment=True)
    writes(request.param())
    return Mail.objects.get()


def names(files):
    return sorted(each.name for each in files)


def test_it_is_listed_goes_along_and_counts_as_attached(mail, desk, priya):
    thread = MailThread.objects.get()
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert ("damage.png" in page, "offer.pdf" in page) == (True, True)
    assert (thread.verdict, thread.because) == ("urgent", "with an attachment")
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    page = desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    assert ("Let damage.png go along" in page, "Let offer.pdf go along" in page) == (True, True)
    passed = drafting.pass_on(mail, by=priya.user, at=clock.now())
    assert names(passed.outgoing.enclosures.all()) == ["damage.png", "offer.pdf"]
    assert not passed.left_out


def test_what_was_kept_before_that_was_told_apart_is_shown(mail, desk):
    kept = [{key: said for key, said in each.items() if key != "drawn"} for each in mail.attachments]
    Mail.objects.update(attachments=[each | {"inline": True} for each in kept])
    page = desk.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    assert ("damage.png" in page, "offer.pdf" in page) == (True, True)


def test_the_logo_in_its_words_is_no_file(mailbox, desk, priya, okafor, writes):
    MailRule.objects.create(client=okafor.row, verdict="urgent", with_attachment=True)
    mail = letter(html="<p>Regards <img src='cid:logo@harlow'></p>")
    mail.get_payload()[1].add_related(PIXEL, "image", "png", cid="<logo@harlow>", filename="logo.png")
    writes(mail)
    thread = MailThread.objects.get()
    assert "logo.png" not in desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert thread.verdict == "answer"
    passed = drafting.pass_on(Mail.objects.get(), by=priya.user, at=clock.now())
    assert not passed.outgoing.enclosures.exists()


@pytest.mark.parametrize(
    ("html", "is_drawn"),
    [
        ('<img src="cid:one@h">', True),
        ('<img src=" CID:one%40h ">', True),
        ('<p style="background:url(cid:one@h)">', False),
        ('<a href="cid:one@h">picture</a>', False),
        ("cid:one@h", False),
        ('<!-- <img src="cid:one@h"> -->', False),
        ('<img src="cid:two@h">', False),
        ('<img src="cid:">', False),
        ("", False),
    ],
)
def test_a_picture_is_drawn_where_its_html_really_shows_it(html, is_drawn):
    mail = Read(html=html, attachments=[Attachment("1.png", "image/png", PIXEL, cid="one@h")])
    assert attached.files_of(mail)[0].is_drawn == is_drawn


def test_what_is_no_picture_or_too_much_stays_a_file(monkeypatch):
    monkeypatch.setattr(laying_out, "MOST_PICTURES", len(PIXEL))
    files = [
        Attachment("a.pdf", "image/png", PDF, cid="a"),
        Attachment("b.png", "image/png", PIXEL, cid="b"),
        Attachment("b.png", "image/png", PIXEL, cid="b"),
        Attachment("c.png", "image/png", PIXEL, cid="c"),
        Attachment("d.png", "image/png", PIXEL),
    ]
    mail = reading.Read(html="".join(f"<img src='cid:{each}'>" for each in "abbc"), attachments=files)
    assert [each.is_drawn for each in attached.files_of(mail)] == [False, True, False, False, False]
    assert laying_out.laid_out(mail, files).html.count("data:image/png") == 2
