"""Whatever is wrong with a mail, something of it is read, and nothing is raised."""

import os
import random
from datetime import UTC, datetime

import pytest

from messages_app.mail import reading
from messages_app.mail.reading import Address, read
from messages_app.mail.words import words_of_html
from secretariat import mail_parts

from .hostile_mails import HEAD, altered, mails


def mail(rest: bytes) -> reading.Read:
    return read(HEAD + rest)


def test_a_plain_mail_is_read_whole():
    found = read(
        b"From: Dana Reyes <Dana@Harlow.example>\r\n"
        b"Reply-To: desk@harlow.example\r\n"
        b"To: office@secretariat.example, Ngozi <ngozi@okafor.example>\r\n"
        b"Cc: Tom <tom@harlow.example>\r\n"
        b"Date: Tue, 24 Nov 2026 10:30:00 +0100\r\n"
        b"Message-ID: <2@harlow.example>\r\n"
        b"In-Reply-To: <1@okafor.example>\r\n"
        b"References: <0@okafor.example>\r\n <1@okafor.example>\r\n"
        b"Subject: The lease\r\n\r\nWhen do you open?\r\n"
    )
    assert found.sender == Address("Dana Reyes", "dana@harlow.example")
    assert [each.email for each in found.to] == ["office@secretariat.example", "ngozi@okafor.example"]
    assert [str(each) for each in found.cc + found.reply_to] == ["Tom", "desk@harlow.example"]
    assert found.at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert (found.message_id, found.in_reply_to) == ("2@harlow.example", ["1@okafor.example"])
    assert found.references == ["0@okafor.example", "1@okafor.example"]
    assert (found.subject, found.words) == ("The lease", "When do you open?")
    assert not found.trouble
    assert not found.by_a_machine


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        (b"=?utf-8?q?Caf=C3=A9?=", "Café"),
        (b"=?iso-8859-1?q?Caf=E9?=", "Café"),
        (b"=?windows-31j?b?k/qWewAA?=".replace(b"AA", b""), "日本"),
        (b"=?utf-8?q?one_?= =?utf-8?q?two?=", "one two"),
        (b"=?utf-8?b?Q2Fmw6k?=", "Café"),  # without its padding
        (b"=?x-unknown?q?Caf=C3=A9?=", "Café"),
        (b"=?nobody-knows?q?plain?=", "plain"),
        (b"=?utf-8?b?A?=", "=?utf-8?b?A?="),  # no base64 at all
        (b"=?utf-8?q?line=0Abreak=00?=", "line break"),
        ("Größe".encode(), "Größe"),  # bytes that should not be there
        ("Größe".encode("latin-1"), "Größe"),
        (b"=?idna?q?xn--x?=", "xn--x"),
        (b"folded\n over\n\ttwo", "folded over two"),
        (b"", ""),
    ],
)
def test_a_subject_is_in_plain_letters_on_one_line(said, subject):
    assert read(b"Subject: " + said + b"\n\nHello").subject == subject


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (b'"Reyes, Dana" <d@h.example>', [("Reyes, Dana", "d@h.example")]),
        (b"d@h.example (Dana)", [("Dana", "d@h.example")]),
        (b"=?utf-8?q?J=C3=BCrgen?= <j@h.example>", [("Jürgen", "j@h.example")]),
        (b"undisclosed-recipients:;", []),
        (b"Team: a@h.example, b@h.example;", [("", "a@h.example"), ("", "b@h.example")]),
        (b"a@h.example, A@H.example", [("", "a@h.example")]),
        (b"Dana <not an address>", [("Dana", "")]),
        (b"<>", []),
        (b"(" * 5000, []),
        (b"a@b@c.example", [("", "")][:0]),
    ],
)
def test_who_is_named_in_a_header(said, named):
    found = read(b"To: " + said + b"\n\nHello").to
    assert [(each.name, each.email) for each in found] == named


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("Grüße".encode(), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "us-ascii", "Grüße"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("“Yes”".encode("cp1252"), "iso-8859-1", "“Yes”"),
        ("日本語".encode("cp932"), "windows-31j", "日本語"),
        ("中文".encode("gb18030"), "gb2312", "中文"),
        ("한국".encode("cp949"), "ks_c_5601-1987", "한국"),
        ("שלום".encode("iso-8859-8"), "iso-8859-8-i", "שלום"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        (b"+AGgAaQ-", "utf-7", "hi"),
        (b"xn--x", "punycode", "xn--x"),
        (b"\\x41", "unicode_escape", "\\x41"),
        (b"6869", "hex", "6869"),
        ("日本".encode("cp932") + b"\x81", "shift_jis", "日本�"),
        (b"a\x00b\x07c\xe2\x80\xae", "utf-8", "abc"),
        (b"hi", 'utf-8"; x="', "hi"),
    ],
)
def test_letters_are_told_from_bytes(content, charset, text):
    found = mail(b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + content)
    assert found.text == text


def test_of_two_ways_to_say_it_both_are_kept_and_the_plain_one_is_read():
    found = mail(
        b"Content-Type: multipart/alternative; boundary=x\n\n--x\n\nPlain words\n--x\n"
        b"Content-Type: text/html\n\n<b>Bold words</b>\n--x--\n"
    )
    assert (found.words, found.html.strip()) == ("Plain words", "<b>Bold words</b>")
    assert not found.attachments


def test_of_html_alone_its_words_are_read():
    assert mail(b"Content-Type: text/html\n\n<p>One<br>two<script>x</script>").words == "One\ntwo"


def test_attachments_have_names_without_folders_and_what_is_within():
    found = mail(
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below\n--x\n"
        b'Content-Type: application/pdf; name="..\\..\\lease.pdf"\n'
        b"Content-Transfer-Encoding: base64\n\nJVBERg==\n"
        b"--x\nContent-Type: image/png\nContent-ID: <logo@h>\nContent-Disposition: inline; "
        b"filename*=utf-8''Gr%C3%B6%C3%9Fe.png\n\nPNG\n--x\n"
        b"Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nNotes\n--x--\n"
    )
    assert found.text == "See below"
    lease, logo, notes = found.attachments
    assert (lease.name, lease.content) == ("lease.pdf", b"%PDF")
    assert (logo.name, logo.cid) == ("Größe.png", "logo@h")
    assert (notes.name, notes.content) == ("notes.txt", b"Notes")


def test_a_mail_in_a_mail_is_an_attachment_that_can_be_read_again():
    inner = b"Subject: Inner\nReporting: xxx\nX: rfc822; a\n\nWords within\n"
    found = mail(b"Content-Type: message/rfc822\n\n" + inner)
    [attachment] = found.attachments
    assert (attachment.name, attachment.content_type) == ("forwarded mail.eml", "message/rfc822")
    again = read(attachment.content)
    assert (again.subject, again.words) == ("Inner", "Words within")


@pytest.mark.parametrize(
    ("head", "machine"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: no", False),
        (b"Precedence: bulk", True),
        (b"Precedence: list", True),
        (b"List-Id: <a.example>", True),
        (b"List-Id: <a.example>\nList-Post: NO (news)\nList-Unsubscribe: <mailto:u@a.example>", True),
        (b"List-Post: <mailto:i@a.example>\nList-Unsubscribe: <mailto:u@a.example>\nPrecedence: list", False),
        (b"Mailing-list: list i@a.example; contact i+owners@a.example\nList-Id: <i.a.example>", False),
        (b"List-Post: <mailto:i@a.example>\nPrecedence: bulk", False),
        (b"List-Post: <mailto:i@a.example>\nPrecedence: bulk\nList-Unsubscribe: <mailto:u@a.example>", True),
        (b"List-Post: <mailto:i@a.example>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", True),
        (b"List-Post: <mailto:i@a.example>\nAuto-Submitted: auto-replied", True),
        (b"Precedence: auto_reply\nList-Post: <mailto:i@a.example>", True),
        (b"Return-Path: <>", True),
        (b"Content-Type: multipart/report; boundary=x", True),
        (b"X-Auto-Response-Suppress: All", False),
        (b"X: y", False),
    ],
)
def test_whether_a_machine_wrote_it(head, machine):
    assert mail(head + b"\n\nHello").by_a_machine is machine


@pytest.mark.parametrize(
    ("rest", "trouble"),
    [
        (b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 1500, "too many parts"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(150)),
            "",
        ),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(900)),
            "told",
        ),
        (b"Content-Type: message/rfc822\n\n" * 2000 + b"\nHello", ""),
        (b"\n" + b"a" * 600_000, "cut"),
        (b"\n" + b"a" * (mail_parts.MOST_BYTES + 1), "too large"),
        (b"Content-Type: multipart/mixed\n\nno boundary", ""),
        (b"Content-Type: ;;;===\n\nHello", ""),
        (b"Content-Transfer-Encoding: base64\n\n!!!!", ""),
        (b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n\xff\xff\nend\n", ""),
        (b"Date: Tue, 99 Foo 99999 99:99:99 +9999\n\nHello", ""),
        (b"Date: Mon, 1 Jan 0001 00:00:00 +2359\n\nHello", ""),
        (b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nHello", ""),
    ],
    ids=range(13),
)
def test_what_does_harm_elsewhere_does_none_here(rest, trouble):
    found = mail(rest)
    assert found.sender == Address("Dana Reyes", "dana@harlow.example")
    assert found.subject.startswith("Lease")
    assert trouble in " ".join(found.trouble)


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\x00" * 1000, b"\xff\xfe", b"no header at all", b"From \nX", b":\n:"]
)
def test_what_is_no_mail_reads_as_little(raw):
    assert read(raw).sender is None


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One</p><p>two", "One\ntwo"),
        ("a<style>b{}</style>c", "ac"),
        ("<head><title>t</title></head>x", "x"),
        ("&lt;b&gt; &amp; &#x41;", "<b> & A"),
        ("<![if !mso]>x<![endif]>", "x"),
        ("<script>if (a < b) '</p>'</script>x", "x"),
        ("<!-- hidden -->x", "x"),
        ("", ""),
    ],
)
def test_words_of_html(html, words):
    assert words_of_html(html) == words


def hold(count: int, seed: int) -> None:
    chance, known = random.Random(seed), mails()
    for raw in [*known, *(altered(chance.choice(known), known, chance) for _ in range(count))]:
        found = read(raw)
        shown = [
            found.subject,
            found.words,
            *map(str, [*found.to, *found.cc]),
            *(a.name for a in found.attachments),
        ]
        assert not any("\x00" in each or "\ud800" <= max(each, default="") <= "\udfff" for each in shown)


def test_mails_altered_at_random_raise_nothing():
    hold(int(os.environ.get("ALTERATIONS", "500")), seed=7)


@pytest.mark.slow
def test_fifty_thousand_mails_altered_at_random_raise_nothing():
    hold(50_000, seed=11)
