"""A mail posted as a form, however large its fields and however its files are called, is taken whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages_app.posted_form import Malformed, taken_apart

KIND = "multipart/form-data; boundary=cut"


def part(name, content, more=""):
    return b'--cut\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        name.encode(),
        more.encode(),
        content,
    )


def test_fields_and_files_are_what_was_posted():
    body = part("recipient", "zoë@okafor.example".encode()) + part("recipient", b"second")
    body += part(
        "attachment-1",
        b"%PDF-1.7\r\n\r\n--cat\r\n\0",
        '; filename="C:\\\\x\\\\lease.pdf"\r\nContent-Type: application/pdf',
    )
    body += part("attachment-2", b"no name", '; filename=""')
    fields, files = taken_apart(KIND, body + b"--cut--\r\n")
    assert fields.getlist("recipient") == ["zoë@okafor.example", "second"]
    lease, unnamed = files["attachment-1"], files["attachment-2"]
    assert (lease.name, lease.content_type, lease.read()) == (
        *("lease.pdf", "application/pdf", b"%PDF-1.7\r\n\r\n--cat\r\n\0"),
    )
    assert (unnamed.name, unnamed.read()) == ("attachment", b"no name")


def test_a_field_is_read_in_its_own_charset():
    body = part("text", "Grüße".encode("latin-1"), "\r\nContent-Type: text/plain; charset=iso-8859-1")
    body += part("odd", b"Gr\xfc\xdfe", "\r\nContent-Type: text/plain; charset=x-nobody")
    fields, _files = taken_apart(KIND, body + b"--cut--")
    assert (fields["text"], fields["odd"]) == ("Grüße", "Gr\ufffd\ufffde")


def test_many_and_large_ones_are_taken():
    body = part("email", b"x" * 5_000_000) + b"".join(
        part(f"attachment-{n}", b"y", f'; filename="{n}"') for n in range(300)
    )
    fields, files = taken_apart(KIND, body + b"--cut--")
    assert len(fields["email"]) == 5_000_000
    assert len(files) == 300


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--cut--"),
        (KIND, b""),
        (KIND, part("a", b"b")),
        (KIND, b"--cut\r\nContent-Disposition: form-data"),
        (KIND, b"--cut\r\n" + b"x" * 30_000 + b"\r\n\r\n--cut--"),
    ],
)
def test_what_is_no_such_form_is_told(kind, body):
    with pytest.raises(Malformed):
        taken_apart(kind, body)


@given(st.binary(max_size=300), st.text(max_size=40))
def test_nothing_else_is_raised(body, kind):
    for whole in (body, b"--cut\r\n" + body + b"\r\n--cut--"):
        for said in (KIND, f"multipart/form-data; {kind}"):
            try:
                taken_apart(said, whole)
            except Malformed:
                continue
