"""Whatever parts a mail is put together of, all that it says is read: each once, and in its order."""

from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from messages_app.answering import making
from messages_app.mail.reading import MOST_TEXT, read
from messages_app.models import Mail, MailRule, MailThread
from messages_app.models import Message as Taken


def plain(words: str) -> Message:
    return MIMEText(words)


def rich(words: str) -> Message:
    return MIMEText(f"<div>{words}</div>", "html")


def picture() -> Message:
    part = MIMEBase("image", "png")
    part.set_payload("PNG")
    return part


def within() -> Message:
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Words within")
    outer = MIMEBase("message", "rfc822")
    outer.set_payload([inner])
    return outer


def of(kind: str, *parts: Message) -> Message:
    whole = MIMEMultipart(kind)
    for each in parts:
        whole.attach(each)
    return whole


def mixed(*parts: Message) -> Message:
    return of("mixed", *parts)


def either(*parts: Message) -> Message:
    return of("alternative", *parts)


def related(*parts: Message) -> Message:
    return of("related", *parts)


@pytest.mark.parametrize(
    ("mail", "words", "html", "files"),
    [
        (plain("a"), "a", "", 0),
        (rich("a"), "a", "<div>a</div>", 0),
        (mixed(plain("a"), plain("b")), "a\n\nb", "", 0),
        (mixed(rich("a"), plain("b")), "a\n\nb", "<div>a</div>\n<p>b</p>", 0),
        (mixed(plain("a"), rich("b")), "a\n\nb", "<p>a</p>\n<div>b</div>", 0),
        (mixed(rich("a"), rich("b")), "a\n\nb", "<div>a</div>\n<div>b</div>", 0),
        (mixed(either(plain("a"), rich("A")), plain("b")), "a\n\nb", "<div>A</div>\n<p>b</p>", 0),
        (mixed(either(plain("a"), rich("A")), rich("b")), "a\n\nb", "<div>A</div>\n<div>b</div>", 0),
        (mixed(plain("a"), picture(), plain("b < c\nd")), "a\n\nb < c\nd", "", 1),
        (mixed(rich("a"), picture(), plain("b < c\nd")), None, "<div>a</div>\n<p>b &lt; c<br>d</p>", 1),
        (either(plain("a"), related(rich("A"), picture())), "a", "<div>A</div>", 1),
        (related(either(plain("a"), rich("A")), picture()), "a", "<div>A</div>", 1),
        (either(plain("a"), mixed(rich("A"), picture(), rich("B"))), "a", "<div>A</div>\n<div>B</div>", 1),
        (either(plain(" \n"), rich("A")), "A", "<div>A</div>", 0),
        (either(plain("a"), MIMEText("", "html")), "a", "", 0),
        (either(either(plain("a"), rich("A"))), "a", "<div>A</div>", 0),
        (either(rich("A"), plain("a")), "a", "<div>A</div>", 0),
        (mixed(rich("a"), within()), "a", "<div>a</div>", 1),
        (mixed(within(), plain("b")), "b", "", 1),
        (mixed(mixed(mixed(rich("a")), plain("b")), plain("c")), "a\n\nb\n\nc", None, 0),
        (mixed(), "", "", 0),
    ],
)
def test_what_is_read_of_parts_within_parts(mail, words, html, files):
    found = read(mail.as_bytes())
    assert words is None or found.words == words
    assert html is None or found.html == html
    assert len(found.attachments) == files


leaves = st.sampled_from([plain, rich, lambda words: either(plain(words), rich(words))])
shapes = st.recursive(leaves, lambda below: st.lists(below, max_size=4), max_leaves=12)


def built(shape, numbers) -> Message:
    if isinstance(shape, list):
        return mixed(*(built(each, numbers) for each in shape))
    numbers.append(f"part{len(numbers)}.")
    return shape(numbers[-1])


@given(shapes)
def test_each_part_is_read_once_and_in_its_order(shape):
    numbers: list[str] = []
    found = read(built(shape, numbers).as_bytes())
    assert found.words.split() == numbers
    assert not found.html or [found.html.count(each) for each in numbers] == [1] * len(numbers)


def test_many_long_parts_are_cut_and_not_gone_through_to_their_end():
    found = read(mixed(*(rich("word " * 90_000) for _each in range(8))).as_bytes())
    assert len(found.text) <= MOST_TEXT
    assert any("cut" in each for each in found.trouble)


def test_a_footer_below_a_mail_in_html_takes_the_place_of_nothing(mailbox, okafor, desk, writes):
    MailRule.objects.create(client=okafor.row, verdict="urgent", words="pipe burst")
    mail = EmailMessage()
    mail["From"], mail["To"] = "Dana Reyes <dana@harlow.example>", "ngozi@okafor.example"
    mail["Subject"], mail["Message-ID"] = "The flat", "<flat@harlow.example>"
    mail.set_content("<p>A pipe burst on Monday.</p>", subtype="html")
    mail.add_attachment("Scanned by Harlow. Think before you print.", disposition="inline")
    writes(mail)
    thread = MailThread.objects.get()
    assert thread.verdict == "urgent"
    for said in (Taken.objects.get().text, making.passed_on(Mail.objects.get())):
        assert said.index("A pipe burst on Monday.") < said.index("Think before you print.")
    assert "A pipe burst" in desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "The flat" in desk.get(reverse("inbox"), {"q": "burst"}).content.decode()
    as_sent = desk.get(reverse("inbox-frame", args=[thread.mails.get().pk])).content.decode()
    assert "Think before you print." in as_sent
