"""What somebody could say, be called or call a file, so that it were more than words.

Each piece ends a place in which words stand: a text, an attribute, a title, a script, a comment, a line of a
header, a template. MARK is in each, so that whatever of it comes out of its words can be told.
"""

import re
from html.parser import HTMLParser

from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction

from secretariat.retention import registry

MARK = "zqx"
SUM = "7654322"  # what the template below would come to
PIECES = [
    f'"><{MARK}>',
    f"' {MARK}=1 x='",
    f'" on{MARK}=1 x="',
    f"</title></textarea></script></style></option></select>--><{MARK}>",
    f"<script>{MARK}</script>",
    "{{ 7654321|add:1 }}",
    f"{{{MARK}}}{{0}}%({MARK})s%",
    f"\r\nBcc: {MARK}@evil.example",
    "\x0b",
]
LEADS_AWAY = f"javascript:{MARK}(1)//" + "".join(PIECES)
IS_A_SUM = f"=1+{MARK}" + "".join(PIECES)
OURS = ("books", "calendar_app", "calls", "clients", "media", "messages_app", "office")
# Columns whose form is checked before anything is kept in them, or that only programs of ours write.
OF_A_FORM = re.compile(
    r"number|numbers|email|zone|language|country|currency|keys|sha256|digest|hash|key|token|uid|kind|ip|"
    r"path|content_type|state|username|password|subject_key|carrier_id|sealed\w*|host|\w+_host"
)


def everything_says(words: str) -> dict[str, str]:
    """Write it into every column of words that tells of somebody; which mark stands in which.

    What is signed, issued or approved does not change any more: of that nothing is written.
    """
    named = {}
    for number, (model, field) in enumerate(_columns()):
        said = words.replace(MARK, f"{MARK}{number}", 1)
        try:
            with transaction.atomic():
                if _write(model, field, said):
                    named[f"{MARK}{number}"] = f"{model._meta.label}.{field.name}"
        except DatabaseError:
            continue
    return named


def _columns():
    for each in registry.everything():
        for name in each.columns:
            field = each.model._meta.get_field(name)
            if each.model._meta.app_label in OURS and not field.choices and not OF_A_FORM.fullmatch(name):
                yield each.model, field


def _write(model, field, said: str) -> int:
    """Into each row where something stands. Returns how many there are."""
    rows = model._base_manager.all()
    if isinstance(field, models.EmailField):
        return 0
    if isinstance(field, models.CharField | models.TextField):
        said = said[: field.max_length] if field.max_length else said
        return rows.exclude(**{field.name: ""}).update(**{field.name: said})
    if not isinstance(field, models.JSONField | ArrayField):
        return 0
    return sum(
        rows.filter(pk=row.pk).update(**{field.name: _in_place_of(getattr(row, field.attname), said)})
        for row in rows
    )


def _in_place_of(value, words: str):
    match value:
        case str():
            return words
        case list():
            return [_in_place_of(each, words) for each in value]
        case dict():
            return {name: _in_place_of(each, words) for name, each in value.items()}
    return value


class Page(HTMLParser):
    """What of a page did not stay words."""

    LINKS = frozenset({"href", "src", "action", "formaction", "data", "srcset", "poster", "ping"})

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.ran = ["a template was worked out"] if SUM in html else []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if MARK in tag:
            self.ran.append(f"<{tag}>")
        for name, value in attrs:
            leads = name in self.LINKS or name.startswith("hx-")
            if MARK in name or name.startswith("on") or (leads and _runs(value or "")):
                self.ran.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data):
        if self.cdata_elem and MARK in data and "<" in data:
            self.ran.append(f"in <{self.cdata_elem}>: {data[:200]}")

    def handle_comment(self, data):
        if MARK in data:
            self.ran.append(f"in a comment: {data[:200]}")


def _runs(address: str) -> bool:
    return re.sub(r"[\x00-\x20]", "", address).lower().startswith(("javascript:", "data:", "vbscript:"))
