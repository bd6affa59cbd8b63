"""A version of a letter as it stands on paper: the client's letterhead, the words, and what is missing."""

from datetime import UTC, date, datetime, time

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client
from messages_app import filling
from messages_app.models import Letterhead, LetterVersion
from secretariat.office import names

from . import addresses, files_of, layouts, logo, phrases, typesetting
from .typesetting import CannotBeSet, Sheet

WHAT_IS_MISSING = {
    "name": gettext_lazy("The address names nobody."),
    "street": gettext_lazy("The address has no street."),
    "city": gettext_lazy("The address has no town."),
    "postcode": gettext_lazy("The address has no postcode, which its country asks for."),
    "region": gettext_lazy("The address has no state or province, which its country asks for."),
    "country": gettext_lazy("The address has no country."),
}
WHY_NOT = {
    "too_many_lines": gettext_lazy("The address has more than the %(detail)s lines its envelope shows."),
    "too_wide": gettext_lazy("A line is too long for the envelope’s window: “%(detail)s”"),
    "no_such_sign": gettext_lazy(
        "“%(detail)s” cannot be printed: there are no letters of that script here. "
        "Write it in Latin letters, as a passport does, or leave it out."
    ),
    "too_tall": gettext_lazy("The letterhead has more lines than there is room for."),
    "not_set": gettext_lazy("The letter could not be set: %(detail)s"),
}


def head_of(client: Client) -> Letterhead:
    """The client's letterhead; until the firm writes one, her name alone on her country's usual paper."""
    found = Letterhead.objects.filter(client=client).first()
    return found or Letterhead(client=client, name=client.name, layout=layouts.usual(client.country))


def in_full(day: date, language: str) -> str:
    """The day as a letter in this language has it: with its month in words, without its weekday."""
    english = {"en": "j F Y", "en-us": "F j, Y", "en-ca": "F j, Y"}
    with translation.override(language):
        found = english.get(language.lower()) or (
            english["en"] if language.startswith("en") else "DATE_FORMAT"
        )
        return formats.date_format(day, found)


def sheet(version: LetterVersion, head: Letterhead, client: Client, number: int) -> Sheet:
    ours = phrases.of(client.language)
    by = names.to_clients(version.written_by) if ours.names_writer else ""
    return Sheet(
        **_around(head, client, version.layout, by=by),
        address=addresses.block(version.address, home=client.country),
        subject=version.subject or str(number),
        salutation=version.salutation,
        paragraphs=_paragraphs(version.body),
        closing=version.closing,
        enclosures=[*_lines(version.enclosures), *_files(version, ours)],
        facts=[(ours.date, in_full(version.dated_on, client.language)), (ours.reference, str(number))],
    )


def sample(head: Letterhead, client: Client, *, by: str, on: date) -> Sheet:
    """The letterhead round words that say nothing: how each of her letters looks."""
    ours = phrases.of(client.language)
    return Sheet(
        **_around(head, client, head.layout, by=by),
        address=[_("Name"), _("Street"), _("Postcode and town")],
        subject=_("What the letter is about"),
        salutation=phrases.salutation("", client.language),
        paragraphs=[_("This is how a letter looks. Here stand its words.")],
        closing=phrases.closing("", client.language),
        facts=[(ours.date, in_full(on, client.language)), (ours.reference, "1")],
    )


def _around(head: Letterhead, client: Client, layout: str, *, by: str) -> dict:
    """What stands on every letter of hers, whatever it says. `by`: who writes it."""
    ours = phrases.of(client.language)
    return {
        "layout": layout,
        "language": client.language,
        "signature": _signature(head, client.language, by=by),
        "signs_by_hand": head.signs != Letterhead.Signs.NOBODY,
        "sender": head.name,
        "head": [head.name, *_lines(head.lines)],
        "foot": _lines(head.foot),
        "return_line": head.return_line,
        "enclosures_caption": ours.enclosures,
        "page_caption": ours.page,
        "logo": logo.of(head, layout),
    }


def _files(version: LetterVersion, ours: phrases.Phrases) -> list[str]:
    """The files that go with it, as they are named under it."""
    files = files_of.of_version(version)
    return [each.name if each.joined else ours.apart.format(name=each.name) for each in files]


def gaps(version: LetterVersion, made: Sheet, *, press: typesetting.Press | None = None) -> list[str]:
    """Whatever keeps the letter from being shown or posted, in sentences; nothing: it is whole."""
    found = [str(WHAT_IS_MISSING[name]) for name in addresses.missing(version.address)]
    if not version.subject.strip():
        found.append(_("The letter has no subject."))
    if not version.body.strip():
        found.append(_("The letter has no words."))
    words = (version.subject, version.salutation, version.body, version.closing, version.enclosures)
    found += [_open(version, token) for token in filling.left_open(*words)]
    try:
        (press or typesetting).pdf(made, at=moment_of(version))
    except CannotBeSet as wrong:
        found.append(why_not(wrong))
    return found


def _open(version: LetterVersion, token: str) -> str:
    """Why it stands there still: nobody said what it stands for, or with it there was no room."""
    known = {"name": version.name, "first_name": version.name, "firm": version.firm}
    if version.letter.serial_id and known.get(token):
        too_long = _("There is no room for “{%(token)s}” here: write this copy by itself, or all shorter.")
        return too_long % {"token": token}
    return _("“{%(token)s}” is not filled.") % {"token": token}


def doubts(version: LetterVersion) -> list[str]:
    """What somebody should look at again, and may leave as it is."""
    if addresses.postcode_looks_wrong(version.address):
        return [_("Postcodes of that country look otherwise.")]
    return []


def why_not(wrong: CannotBeSet) -> str:
    return str(WHY_NOT[wrong.code]) % {"detail": wrong.detail[:80]}


def moment_of(version: LetterVersion) -> datetime:
    """The time that stands in the file: the letter's own day, so that the same letter is the same file."""
    return datetime.combine(version.dated_on, time(12), tzinfo=UTC)


def file_name(version: LetterVersion, client: Client, number: int) -> str:
    return f"{client.name} {number}.pdf"


def _paragraphs(body: str) -> list[str]:
    plain = body.replace("\r\n", "\n").strip()
    return [each.strip("\n") for each in plain.split("\n\n") if each.strip()]


def _lines(words: str) -> list[str]:
    return [each.strip() for each in words.splitlines() if each.strip()]


def _signature(head: Letterhead, language: str, *, by: str) -> list[str]:
    """Whose name stands below it, what she is, and in whose stead somebody signs, as the language has it."""
    name = head.signer or head.name
    job = [head.job] if head.job else []
    if head.signs != Letterhead.Signs.SECRETARY:
        return [name, *job]
    first, *rest = phrases.signed_for(name, by, language)
    return [first, *job, *rest]
