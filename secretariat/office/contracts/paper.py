"""A contract on paper, as PDF/UA-1, set by Typst. Its words reach Typst as data and are never markup."""

import json
from datetime import datetime
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from secretariat.typefaces import fonts

SOURCE = Path(__file__).with_name("contract.typ")


def pdf(sections: list[dict], *, firm: str, name: str, version: int, at: datetime, title: str = "") -> bytes:
    """The paper as both sides sign it. The same words and time give the same bytes."""
    language, _mark, region = (translation.get_language() or "en-gb").partition("-")
    words = {
        "language": language,
        "region": region.upper(),
        "firm": firm,
        "title": title or _("Contract between %(firm)s and %(name)s") % {"firm": firm, "name": name},
        "version": _("Version %(n)d") % {"n": version},
        "sections": sections,
        "page": _("Page {page} of {pages}"),
    }
    compiler = typst.Compiler(str(SOURCE), root=str(SOURCE.parent), font_paths=fonts())
    return compiler.compile(
        input=str(SOURCE),
        sys_inputs={"contract": json.dumps(words)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),  # as Typst wants it
    )
