"""Templates of letters are the firm's to write, and the desk's of a client where the firm lets it."""

import pytest
from django.urls import reverse

from messages_app.letters import templates, tokens
from messages_app.letters.sheets import head_of
from messages_app.models import Letterhead, LetterTemplate
from secretariat import clock
from secretariat.ledger.models import LedgerEntry

WORDS = {
    "name": "Keys",
    "subject": "Your keys",
    "salutation": "{salutation}",
    "body": "They are here.",
    "closing": "{closing}",
}


@pytest.fixture
def template(okafor):
    return LetterTemplate.objects.get()


def page(desk, template):
    return desk.get(reverse("letters-template", args=[template.pk])).content.decode()


def test_a_secretary_reads_them_and_writes_none_where_the_firm_does_not_let_her(okafor, desk, template):
    assert "Write a template" not in desk.get(reverse("letters-templates")).content.decode()
    shown = page(desk, template)
    assert "The keys are with {secretary}." in shown
    assert "Keep the template" not in shown
    for address in ("letters-template", "letters-template-end"):
        desk.post(reverse(address, args=[template.pk]), WORDS)
    desk.post(reverse("letters-template-new"), WORDS | {"client": okafor.row.pk})
    row = LetterTemplate.objects.get()
    assert (row.name, row.is_active) == ("The keys", True)


def test_where_the_firm_lets_her_she_writes_changes_and_ends_them(office, okafor, desk, template):
    Letterhead.objects.update(desk_writes_templates=True)
    assert "Write a template" in desk.get(reverse("letters-templates")).content.decode()
    new = reverse("letters-template-new")
    assert desk.post(new, WORDS | {"client": okafor.row.pk}).status_code == 303
    made = LetterTemplate.objects.get(name="Keys")
    here = reverse("letters-template", args=[made.pk])
    assert desk.post(here, WORDS | {"subject": ""}).status_code == 422
    assert desk.post(here, WORDS | {"subject": "All your keys"}).status_code == 303
    assert LetterTemplate.objects.get(name="Keys").subject == "All your keys"
    desk.post(reverse("letters-template-end", args=[made.pk]))
    assert not LetterTemplate.objects.get(name="Keys").is_active
    assert desk.get(here).status_code == 404
    verbs = LedgerEntry.objects.filter(subject_id=made.pk).values_list("verb", flat=True)
    assert {"letters.template_written", "letters.template_ended"} <= set(verbs)
    rival = office.client("Brookes Dental")
    Letterhead.objects.create(client=rival.row, name="Brookes", desk_writes_templates=True)
    assert desk.post(new, WORDS | {"client": rival.row.pk}).status_code == 422


def test_the_firm_writes_every_clients(office, okafor, template):
    helen = office.browser(office.supervisor())
    assert helen.post(reverse("letters-template", args=[template.pk]), WORDS).status_code == 303
    template.refresh_from_db()
    assert template.name == "Keys"


def test_every_token_that_is_told_is_one_that_is_filled(okafor):
    facts = {"name": "Dana Reyes", "firm": "Harlow", "secretary": "Priya", "dated_on": clock.now().date()}
    assert set(templates.tokens()) == set(tokens.values(head_of(okafor.row), **facts))
