"""Whether a number at the carrier rings us as it should, and if not, what is wrong and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.channels.numbers import Owned

NAMES = {
    "voice_url": gettext_lazy("Calls"),
    "voice_fallback_url": gettext_lazy("Calls, when we do not answer"),
    "status_callback": gettext_lazy("End of a call"),
    "sms_url": gettext_lazy("Texts"),
}
STRANGE, MISSING, WRONG, RIGHT = "strange", "missing", "wrong", "right"
ORDER = (STRANGE, MISSING, WRONG, RIGHT)


@dataclass(frozen=True)
class Fault:
    """`address` names one of NAMES, or nothing. `mended`: setting the addresses mends it."""

    address: str
    what: str
    mended: bool = True

    @property
    def name(self) -> str:
        return str(NAMES.get(self.address, ""))


@dataclass(frozen=True)
class OurLine:
    """A number we believe to be ours. `client` is empty for the one that texts are sent from."""

    number: str
    client: str
    label: str = ""
    id: str = ""


@dataclass(frozen=True)
class Checked:
    """One number, at the carrier, here or both."""

    number: str
    state: str
    line: OurLine | None = None
    owned: Owned | None = None
    faults: tuple[Fault, ...] = ()
    to_set: tuple[tuple[str, str], ...] = ()

    @property
    def can_be_mended(self) -> bool:
        return any(fault.mended for fault in self.faults)

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """(what it is for, the address there now)."""
        return [(str(NAMES[name]), self.owned.addresses[name]) for name in NAMES] if self.owned else []


def checked(
    owned: Iterable[Owned], lines: Iterable[OurLine], wanted: Mapping[str, str], *, fallback_given=False
) -> list[Checked]:
    """Every number of either side, the ones that need a person first.

    `wanted` are the addresses of NAMES as they should be. A fallback address on another host is somebody's
    own hosting and is left alone, unless `fallback_given`: then `wanted` says where it is.
    """
    ours = {line.number: line for line in lines}
    theirs = {each.number: each for each in owned}
    rows = [_one(each, ours.get(number), wanted, fallback_given) for number, each in theirs.items()]
    rows += [
        Checked(number, MISSING, line=line, faults=(Fault("", _missing(line), mended=False),))
        for number, line in ours.items()
        if number not in theirs
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row.state), row.number))


def _missing(line: OurLine) -> str:
    if not line.client:
        return _("Texts are sent from this number, and the account has no such number.")
    return _(
        "The account has no such number: nobody can ring this line. Buy it, move it here, or end the line."
    )


def _one(owned: Owned, line: OurLine | None, wanted, fallback_given) -> Checked:
    if line is None:
        sentence = _(
            "No line has this number. Whoever rings it is turned away. Add a line, or give the number up."
        )
        return Checked(owned.number, STRANGE, owned=owned, faults=(Fault("", sentence, mended=False),))
    names = list(NAMES) if line.client else ["sms_url"]
    faults = [*_what_wins(owned, texts_only=not line.client)]
    to_set = {}
    for name in names:
        found = list(_faults_of(name, owned, wanted[name], fallback_given))
        faults += found
        if found or (owned.application and name != "sms_url"):
            to_set[name] = wanted[name]
    if owned.text_application:
        to_set["sms_url"] = wanted["sms_url"]
    return Checked(
        owned.number, WRONG if faults else RIGHT, line, owned, tuple(faults), tuple(sorted(to_set.items()))
    )


def _what_wins(owned: Owned, *, texts_only: bool):
    if owned.trunk and not texts_only:
        yield Fault(
            "",
            _("It belongs to a SIP trunk and rings nobody here. Take it off the trunk first."),
            mended=False,
        )
    if owned.application and not texts_only:
        yield Fault("voice_url", _("A TwiML application takes its calls, whatever address is set here."))
    if owned.text_application:
        yield Fault("sms_url", _("A TwiML application takes its texts, whatever address is set here."))


def _faults_of(name: str, owned: Owned, wanted: str, fallback_given: bool):
    found = owned.addresses[name]
    if not found:
        yield Fault(name, _("No address is set."))
        return
    there, here = urlsplit(found), urlsplit(wanted)
    if name == "voice_fallback_url" and not fallback_given and there.netloc != here.netloc:
        if there.scheme != "https":
            yield Fault(name, _("The address is elsewhere and not encrypted."))
        return
    if there.netloc != here.netloc:
        yield Fault(name, _("It points at another host, %(host)s.") % {"host": there.netloc or found})
    elif there.scheme != here.scheme:
        yield Fault(name, _("It is asked without encryption."))
    elif there.path + "/" == here.path:
        yield Fault(name, _("The last slash is missing: the redirect loses what the carrier says."))
    elif (there.path, there.query) != (here.path, here.query):
        yield Fault(name, _("It points at %(path)s.") % {"path": there.path})
    elif parse_qs(there.fragment) != parse_qs(here.fragment):
        yield Fault(name, _("The carrier is not told when to ask again."))
    if name in owned.gets:
        yield Fault(name, _("It is asked by GET, and we hear only POST."))
