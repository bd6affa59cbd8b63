"""A letter is in the client's language: captions, how it begins and ends, and is signed."""

from django.urls import reverse

from clients.models import Correspondent, PostalAddress
from messages_app.letters import lettering
from messages_app.models import Letter, Letterhead, LetterTemplate

from . import paper
from .deeds import does, form_of


def test_a_german_clients_letter_is_german_to_the_last_caption(office, desk, okafor, letter):
    client = okafor.row
    client.language, client.country = "de-DE", "DE"
    client.save()
    Letterhead.objects.update(layout="din-b", job="Rechtsanwältin")
    LetterTemplate.objects.update(subject="Schlüssel", body="Die Schlüssel sind da.")
    LetterTemplate.objects.update(salutation="{salutation}", closing="{closing}")
    petra = Correspondent.objects.create(client=client, name="Frau Petra Vogel", firm="Vogel GmbH")
    place = {"street": "Kölner Straße 1", "city": "Köln", "postcode": "50667", "country": "DE"}
    PostalAddress.objects.create(client=client, correspondent=petra, **place)
    said = {"client": client.pk, "template": LetterTemplate.objects.get().pk, "correspondent": petra.pk}
    desk.post(reverse("letters-new"), said)
    made = Letter.objects.order_by("-number").first()
    newest = lettering.newest_of(made)
    assert (newest.salutation, newest.closing) == ("Sehr geehrte Frau Vogel,", "Mit freundlichen Grüßen")
    newest.enclosures = "Plan"
    newest.save()
    lines = [each.text for each in paper.lines(lettering.pdf(made, newest))]
    whole = " ".join(lines)
    assert "Datum: 24. November 2026" in whole
    assert "Unser Zeichen: 2" in whole
    assert "Anlagen" in lines
    assert lines.index("Rechtsanwältin") == lines.index("Ada Okafor") + 1 == lines.index("i. A. Priya") - 1
    assert not any(word in whole for word in ("Date", "Our reference", "Enclosures", "p.p."))


def test_a_template_that_knew_nobody_addresses_whoever_is_named_later(okafor, desk, letter):
    LetterTemplate.objects.update(salutation="{salutation}", closing="{closing}")
    desk.post(reverse("letters-new"), {"client": okafor.row.pk, "template": LetterTemplate.objects.get().pk})
    made = Letter.objects.order_by("-number").first()
    newest = lettering.newest_of(made)
    assert (newest.salutation, newest.closing) == ("{salutation}", "Yours sincerely,")
    does(desk, "letters-write", made, **form_of(made, name="Ms Dana Reyes"))
    assert lettering.newest_of(made).salutation == "Dear Ms Reyes,"


def test_a_letter_without_a_template_is_addressed_in_the_clients_language(okafor, desk):
    type(okafor.row).objects.update(language="fr")
    somebody = {"client": okafor.row.pk, "correspondent": Correspondent.objects.get().pk}
    desk.post(reverse("letters-new"), somebody)
    newest = lettering.newest_of(Letter.objects.get())
    assert newest.salutation == "Madame, Monsieur,"
    assert newest.closing.startswith("Je vous prie")
