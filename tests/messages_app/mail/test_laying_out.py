"""Nothing that a mail brings runs, asks or leads anywhere by itself."""

import re

import pytest

from messages_app.mail import kinds, laying_out, winmail
from messages_app.mail.reading import Attachment, Read

from .hostile_mails import RUNS

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<form action='https://evil.example'><input name=p><button>Sign in</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<table background='https://evil.example/x'><tr><td>x</table>",
    "<video src='https://evil.example/x' onerror=alert(1)></video>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<img src='//evil.example/x.gif'>",
    "<img srcset='https://evil.example/x.gif 1x'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_what_could_run_or_ask_is_not_there(html):
    shown = laying_out.laid_out(Read(html=f"<p>Before</p>{html}"), []).html
    assert not RUNS.search(shown), shown
    assert "evil.example" not in shown
    assert not re.search(r"(?i)(href|src)\s*=\s*[\"']?\s*(javascript|data:text)", shown)
    assert "Before" in shown


def test_links_are_listed_whole_and_lead_nowhere_in_the_frame():
    html = '<a href="https://bank.example@evil.example/x">https://bank.example</a>'
    found = laying_out.laid_out(Read(html=html), [])
    assert "href" not in found.html
    assert found.links == ["https://bank.example@evil.example/x"]
    assert laying_out.host_of(found.links[0]) == "evil.example"


@pytest.mark.parametrize(
    ("content", "said", "kind"),
    [
        (b"%PDF-1.7", "text/html", "application/pdf"),
        (b"MZ\x90", "image/png", "application/x-dosexec"),
        (b"<html><script>", "image/png", "text/html"),
        (b"  <svg onload=x>", "image/svg+xml", "text/html"),
        (b"PK\x03\x04 word/document.xml", "", kinds.OFFICE[0][1]),
        (b"Hello", "application/pdf", "text/plain"),
        (b"\x00\x01\x02", "image/png", "application/octet-stream"),
        (b"", "image/png", "text/plain"),
        ("é".encode() * 3000, "", "text/plain"),
    ],
)
def test_a_file_is_what_is_in_it(content, said, kind):
    assert kinds.kind_of(content, said) == kind


@pytest.mark.parametrize("name", ["a.exe", "bill.pdf.scr", "x.JS", "y.lnk"])
def test_what_could_run_is_named(name):
    assert kinds.could_run(name, "application/octet-stream")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a", b"<html>"), ("a.txt", b"<svg onload=x()>"), ("Bill.HTML", b"Dear all"), ("logo.svg", b"\n")],
)
def test_what_a_browser_makes_a_page_of_is_named(name, content):
    assert kinds.opens_as_page(name, kinds.kind_of(content))
    assert not kinds.opens_as_page("a.txt", kinds.kind_of(b"Dear all"))


@pytest.mark.parametrize(
    "content", [winmail.BEGINS, winmail.BEGINS + b"\xff" * 200, winmail.BEGINS + b"\0" * 99]
)
def test_a_pack_that_does_not_open_stays_as_it_was(content):
    pack = Attachment("winmail.dat", "application/ms-tnef", content)
    assert winmail.unpacked(pack) == winmail.Unpacked([pack])


@pytest.mark.parametrize(
    "lies", ["https://a.example/1.gif", "http://a.example:8080/1.gif", "HTTP://a.example"]
)
def test_a_picture_that_lies_elsewhere_is_had_from_us_and_only_when_asked_for(lies):
    mail = Read(html=f"<img src='{lies}'>")
    assert laying_out.laid_out(mail, []).html == "<img>"
    found = laying_out.laid_out(mail, [], fetched_at=lambda url: f"/ours/{len(url)}/")
    assert found.html == f'<img src="/ours/{len(lies)}/">'
    assert found.remote == [lies]


def test_no_more_than_so_many_are_fetched_for_one_mail():
    mail = Read(html="".join(f"<img src='https://a.example/{n}.gif'>" for n in range(150)))
    found = laying_out.laid_out(mail, [], fetched_at=lambda url: "/ours/")
    assert (found.html.count("/ours/"), len(found.remote)) == (laying_out.MOST_REMOTE, 150)
