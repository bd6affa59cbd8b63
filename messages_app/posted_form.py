"""A form in several parts (RFC 7578) as an e-mail provider posts a mail in it, taken apart whole.

Django's own reader is made for what people type: it refuses a field larger than any of ours may be, more
files than a hundred, and drops a file without a name. A mail posted as a field, or with such attachments,
would be refused, and lost once its provider has given up. Memory: the request, and its parts once more.
"""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

MOST_PARTS = 5_000
LONGEST_HEAD = 20_000  # bytes of one part's headers
UNNAMED = "attachment"


class Malformed(ValueError):
    """It is no such form; the words are for the log."""


def taken_apart(content_type: str, body: bytes) -> tuple[QueryDict, MultiValueDict]:
    """Fields and files, each in order. Raises Malformed."""
    _kind, parameters = _parsed(content_type)
    boundary = str(parameters.get("boundary", "")).encode("ascii", "ignore")
    if not boundary:
        raise Malformed("no boundary")
    _preamble, *pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_PARTS)
    fields, files = QueryDict(mutable=True, encoding="utf-8"), MultiValueDict()
    for piece in pieces:
        if piece.startswith(b"--"):
            break
        head, blank, content = piece.partition(b"\r\n\r\n")
        if not blank or len(head) > LONGEST_HEAD:
            raise Malformed("a part without an end to its headers")
        _keep(fields, files, _headers(head), content)
    else:
        raise Malformed("cut off")
    fields._mutable = False
    return fields, files


def _headers(head: bytes) -> dict[str, tuple[str, dict]]:
    """Header in lower case → its value and parameters."""
    found = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            found[name.strip().lower()] = _parsed(value.strip())
    return found


def _parsed(value: str) -> tuple[str, dict]:
    try:
        return parse_header_parameters(value)
    except (ValueError, LookupError, IndexError):  # of a charset that nobody knows, say
        return "", {}


def _keep(fields: QueryDict, files: MultiValueDict, headers: dict, content: bytes) -> None:
    disposition, about = headers.get("content-disposition", ("", {}))
    name = str(about.get("name", ""))
    if disposition != "form-data" or not name:
        return
    kind, of_kind = headers.get("content-type", ("", {}))
    if "filename" not in about:
        fields.appendlist(name, _text(content, str(of_kind.get("charset", ""))))
        return
    called = str(about["filename"]).replace("\\", "/").rpartition("/")[2] or UNNAMED
    files.appendlist(
        name,
        InMemoryUploadedFile(
            BytesIO(content),
            name,
            called,
            kind or "application/octet-stream",
            len(content),
            str(of_kind.get("charset", "")) or None,
            of_kind,
        ),
    )


def _text(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
