"""How a letter addresses, greets and is signed, in the client's own language."""

import pytest

from messages_app.letters import phrases


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en-GB", "", "Dear Sir or Madam,"),
        ("en-GB", "Dana Reyes", "Dear Dana Reyes,"),
        ("en-GB", "Mr John Harlow", "Dear Mr Harlow,"),
        ("en-GB", "Dr. Dana Reyes", "Dear Dr. Reyes,"),
        ("en-GB", "Ms Dr Dana van den Berg", "Dear Dr van den Berg,"),
        ("en-GB", "Sir Ravi Patel", "Dear Sir Ravi Patel,"),
        ("en-GB", "Mr John Harlow, OBE", "Dear Mr Harlow,"),
        ("en-US", "Ms. Dana Reyes", "Dear Ms. Reyes:"),
        ("en-US", "Mr. Al Reyes", "Dear Mr. Reyes:"),
        ("en-US", "", "To whom it may concern:"),
        ("de", "", "Sehr geehrte Damen und Herren,"),
        ("de-DE", "Frau Petra Vogel", "Sehr geehrte Frau Vogel,"),
        ("de-DE", "Frau Prof. Dr. Petra von der Aue", "Sehr geehrte Frau Prof. Dr. von der Aue,"),
        ("de-AT", "Herrn Jan Vogel", "Sehr geehrter Herr Vogel,"),
        ("de-CH", "Herr Jan Vogel", "Sehr geehrter Herr Vogel"),
        ("de", "Dr. Petra Vogel", "Guten Tag Dr. Petra Vogel,"),
        ("de", "Petra Vogel", "Guten Tag Petra Vogel,"),
        ("fr", "Mme Claire Dubois", "Madame,"),
        ("fr", "M. Paul Dubois", "Monsieur,"),
        ("fr-CA", "Claire Dubois", "Madame, Monsieur,"),
        ("es", "Sra. Ana Pérez García", "Estimada señora Pérez García:"),
        ("es", "D. José Ortega y Gasset", "Estimado señor Ortega y Gasset:"),
        ("es", "Sr. Juan Pérez", "Estimado señor Pérez:"),
        ("es", "Ana Pérez", "Estimado/a Ana Pérez:"),
        ("it", "Sig.ra Maria Rossi", "Gentile Signora Rossi,"),
        ("it", "Sig. Luca De Rossi", "Gentile Signor De Rossi,"),
        ("nl", "Dhr. Jan van den Berg", "Geachte heer Van den Berg,"),
        ("nl", "Mevr. Els de Vries", "Geachte mevrouw De Vries,"),
        ("pt", "Sr. João Lopes", "Exmo. Senhor Lopes,"),
        ("pt-BR", "Sra. Ana Lopes", "Prezada Senhora Lopes,"),
        ("ar", "Mr Sami Haddad", "Dear Mr Haddad,"),  # there are no words of ours in it yet
        ("en-GB", "Frau", "Dear Frau,"),
        ("de", "Ana {last}", "Guten Tag Ana {last},"),
    ],
)
def test_how_somebody_is_addressed(language, name, said):
    assert phrases.salutation(name, language) == said


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en-GB", ["p.p. Ada Okafor"]),
        ("en-US", ["p.p. Ada Okafor"]),
        ("de-DE", ["Ada Okafor", "i. A. Priya"]),
        ("fr", ["Pour Ada Okafor, par ordre"]),
        ("es", ["Por orden de Ada Okafor"]),
        ("it", ["D’ordine di Ada Okafor"]),
        ("nl", ["In opdracht van Ada Okafor"]),
        ("pt-BR", ["Por ordem de Ada Okafor"]),
    ],
)
def test_how_a_secretary_signs_for_somebody_else(language, lines):
    assert phrases.signed_for("Ada Okafor", "Priya", language) == lines


@pytest.mark.parametrize("language", [*phrases.PHRASES, "de-DE", "xx"])
def test_outside_english_nobody_claims_a_power_she_does_not_have(language):
    lines = " ".join(phrases.signed_for("Ada Okafor", "Priya", language)).lower()
    assert phrases.of(language) is not None
    if not language.startswith("en") and language != "xx":
        assert not any(claim in lines for claim in ("p.p", "ppa", "i. v.", "p. p"))


def test_how_a_letter_ends_follows_how_it_begins():
    assert phrases.closing("", "en-GB") == "Yours faithfully,"
    assert phrases.closing("Dana Reyes", "en-GB") == "Yours sincerely,"
    assert phrases.closing("", "en-US") == phrases.closing("Dana", "en-US") == "Sincerely,"
    assert phrases.closing("", "de-CH") == "Freundliche Grüsse"
