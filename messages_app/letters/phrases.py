"""The words of ours that stand on a letter, in the language of the client it is written for. Pure.

A letter is in the client's language whatever the language of the desk: its captions, how somebody is
addressed and greeted, and how a secretary signs for somebody else. In German that is *i. A.* before her own
name: *ppa.* or *i. V.* would claim a power that she does not have, and so would *p. p.* in French, Spanish or
Dutch.
"""

import re
from dataclasses import dataclass, field, replace

ACADEMIC = frozenset(["dr", "prof", "ir", "ing", "drs", "mag", "dott", "dott.ssa"])
MEN = frozenset(["mr", "herr", "herrn", "monsieur", "sr", "señor", "senhor", "signor", "sig", "dhr"])
WOMEN = frozenset(
    ["mrs", "ms", "miss", "frau", "madame", "mme", "mlle", "sra", "señora", "senhora", "signora"]
) | frozenset(["sig.ra", "mevr", "mevrouw", "mw"])
TITLES = MEN | WOMEN | ACADEMIC | {"mx"}


@dataclass(frozen=True)
class Phrases:
    """One language. {name}, {last}, {title}, {page}, {pages} stand for what is put in."""

    date: str
    reference: str
    enclosures: str
    page: str
    apart: str
    signed: tuple[str, ...]  # the lines below the space where a secretary signs: {name} for whom, {by} who
    opening: str  # what a salutation begins with while nobody is named yet
    nobody: str  # to a house, or to whoever reads it
    man: str
    woman: str
    anyone: str  # to somebody of whom nobody says how to address her
    closing: str
    closing_to_nobody: str = ""
    men: frozenset[str] = MEN
    women: frozenset[str] = WOMEN
    keeps_title: bool = False  # Dear Dr Reyes: the title as it is written, whosever it is
    surnames: int = 1  # words of a family name, where it has more than one as a rule
    capital_alone: bool = False  # Van den Berg, where no first name stands before it
    academic: str = "{title} "  # before the family name

    @property
    def names_writer(self) -> bool:
        """Whether her own name stands there, who signs for somebody else."""
        return any("{by}" in line for line in self.signed)


ENGLISH = Phrases(
    date="Date",
    reference="Our reference",
    enclosures="Enclosures",
    page="Page {page} of {pages}",
    apart="{name} (sent apart)",
    signed=("p.p. {name}",),
    opening="Dear ",
    nobody="Dear Sir or Madam,",
    man="Dear {title} {last},",
    woman="Dear {title} {last},",
    anyone="Dear {name},",
    closing="Yours sincerely,",
    closing_to_nobody="Yours faithfully,",
    keeps_title=True,
)
GERMAN = Phrases(
    date="Datum",
    reference="Unser Zeichen",
    enclosures="Anlagen",
    page="Seite {page} von {pages}",
    apart="{name} (mit getrennter Post)",
    signed=("{name}", "i. A. {by}"),
    opening="Sehr geehrte",
    nobody="Sehr geehrte Damen und Herren,",
    man="Sehr geehrter Herr {last},",
    woman="Sehr geehrte Frau {last},",
    anyone="Guten Tag {name},",
    closing="Mit freundlichen Grüßen",
)
FRENCH = Phrases(
    date="Date",
    reference="Notre référence",
    enclosures="Pièces jointes",
    page="Page {page} sur {pages}",
    apart="{name} (sous pli séparé)",
    signed=("Pour {name}, par ordre",),
    opening="",
    nobody="Madame, Monsieur,",
    man="Monsieur,",
    woman="Madame,",
    anyone="Madame, Monsieur,",
    closing="Je vous prie d’agréer l’expression de mes salutations distinguées.",
    men=MEN | {"m"},
)
SPANISH = Phrases(
    date="Fecha",
    reference="Nuestra referencia",
    enclosures="Anexos",
    page="Página {page} de {pages}",
    apart="{name} (por correo aparte)",
    signed=("Por orden de {name}",),
    opening="Estimad",
    nobody="A quien corresponda:",
    man="Estimado señor {last}:",
    woman="Estimada señora {last}:",
    anyone="Estimado/a {name}:",
    closing="Atentamente,",
    men=MEN | {"don", "d"},
    women=WOMEN | {"doña", "dña"},
    surnames=2,
    academic="",
)
ITALIAN = Phrases(
    date="Data",
    reference="Nostro riferimento",
    enclosures="Allegati",
    page="Pagina {page} di {pages}",
    apart="{name} (inviato a parte)",
    signed=("D’ordine di {name}",),
    opening="Gentile ",
    nobody="Gentili Signore e Signori,",
    man="Gentile Signor {last},",
    woman="Gentile Signora {last},",
    anyone="Gentile {name},",
    closing="Distinti saluti",
    academic="",
)
DUTCH = Phrases(
    date="Datum",
    reference="Ons kenmerk",
    enclosures="Bijlagen",
    page="Pagina {page} van {pages}",
    apart="{name} (apart verzonden)",
    signed=("In opdracht van {name}",),
    opening="Geachte ",
    nobody="Geachte heer, mevrouw,",
    man="Geachte heer {last},",
    woman="Geachte mevrouw {last},",
    anyone="Geachte {name},",
    closing="Met vriendelijke groet,",
    men=MEN | {"heer"},
    capital_alone=True,
    academic="",
)
PORTUGUESE = Phrases(
    date="Data",
    reference="Nossa referência",
    enclosures="Anexos",
    page="Página {page} de {pages}",
    apart="{name} (enviado em separado)",
    signed=("Por ordem de {name}",),
    opening="Exm",
    nobody="Exmos. Senhores,",
    man="Exmo. Senhor {last},",
    woman="Exma. Senhora {last},",
    anyone="Exmo.(a) Senhor(a) {name},",
    closing="Com os melhores cumprimentos,",
    academic="",
)
PHRASES = {
    "en": ENGLISH,
    "en-us": replace(
        ENGLISH,
        nobody="To whom it may concern:",
        man="Dear {title} {last}:",
        woman="Dear {title} {last}:",
        anyone="Dear {name}:",
        closing="Sincerely,",
        closing_to_nobody="",
    ),
    "de": GERMAN,
    "de-ch": replace(  # no comma after either, and no ß
        GERMAN,
        nobody="Sehr geehrte Damen und Herren",
        man="Sehr geehrter Herr {last}",
        woman="Sehr geehrte Frau {last}",
        anyone="Guten Tag {name}",
        closing="Freundliche Grüsse",
    ),
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
    "pt": PORTUGUESE,
    "pt-br": replace(
        PORTUGUESE,
        opening="Prezad",
        nobody="Prezados Senhores,",
        man="Prezado Senhor {last},",
        woman="Prezada Senhora {last},",
        anyone="Prezado(a) {name},",
        closing="Atenciosamente,",
    ),
}
PARTICLES = frozenset(
    ["von", "vom", "zu", "zum", "zur", "van", "der", "den", "de", "het", "ter", "ten", "te", "du", "des"]
) | frozenset(["da", "di", "del", "della", "dos", "das", "do", "la", "le", "y", "e", "op", "bin", "al"])


@dataclass(frozen=True)
class Named:
    """What a written name is made of: its titles as they are written, and its family name."""

    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    last: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)


def of(language: str) -> Phrases:
    """The words of a language such as de-CH; of English where there are none of it."""
    tag = language.lower()
    return PHRASES.get(tag) or PHRASES.get(tag.partition("-")[0]) or ENGLISH


def salutation(name: str, language: str) -> str:
    """How somebody is addressed whose name is written so: *Dear Ms Reyes,* *Sehr geehrter Herr Vogel,*.

    By her title, if one stands there: nobody's is guessed from a name. Without one she is called by all of
    it.
    """
    words = of(language)
    named = _taken_apart(name, words)
    if not name.strip():
        return words.nobody
    if not named.last:
        return words.anyone.format(name=" ".join(name.split()))
    last = named.last[0].upper() + named.last[1:] if words.capital_alone else named.last
    if words.keeps_title and named.titles:
        # Dear Prof Dr Reyes, and Dear Dr Reyes where she is Ms Dr Reyes
        ranked = [each for each in named.titles if _bare(each) in ACADEMIC] or [named.titles[0]]
        return words.man.format(title=" ".join(ranked), last=last)
    rank = "".join(words.academic.format(title=each) for each in named.titles if _bare(each) in ACADEMIC)
    for titles, phrase in ((words.men, words.man), (words.women, words.woman)):
        if named.kinds & titles:
            return phrase.format(last=rank + last)
    return words.anyone.format(name=" ".join(name.split()))


def closing(name: str, language: str) -> str:
    """How a letter ends that is addressed to somebody of this name, or to nobody by name."""
    words = of(language)
    return words.closing if name.strip() or not words.closing_to_nobody else words.closing_to_nobody


def signed_for(name: str, by: str, language: str) -> list[str]:
    """The lines below the space where `by` signs on behalf of `name`."""
    return [line.format(name=name, by=by) for line in of(language).signed]


def _taken_apart(name: str, words: Phrases) -> Named:
    """Without a title nothing is said of which word is the family's, and nothing is made of it."""
    known = words.men | words.women | TITLES
    pieces = re.split(r"\s+", name.partition(",")[0].strip())  # what follows a comma is a degree, or a place
    titles = []
    while pieces and _bare(pieces[0]) in known:
        titles.append(pieces.pop(0))
    if not titles or not pieces:
        return Named()
    at = len(pieces) - (words.surnames if len(pieces) > words.surnames else 1)
    while at > 0 and (_is_particle(pieces, at - 1) or pieces[at] in ("y", "e")):
        at -= 1
    kinds = frozenset(_bare(each) for each in titles)
    return Named(tuple(titles), tuple(pieces[:at]), " ".join(pieces[at:]), kinds)


def _is_particle(pieces: list[str], place: int) -> bool:
    """Written small, or large behind a first name: Luca De Rossi. The first word may be that name: Al."""
    return pieces[place] in PARTICLES or (place > 0 and pieces[place].lower() in PARTICLES)


def _bare(word: str) -> str:
    """A title without the point that ends it."""
    return word.lower().rstrip(".")
