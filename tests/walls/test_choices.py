"""A select offers words only: a row of dashes can be neither understood nor read out."""

import re
from copy import deepcopy

import pytest
from django import forms

from messages_app.forms.outgoing import NewMailForm
from messages_app.models import Mailbox
from secretariat.office.forms.vacancies import VacancyForm
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Certificate, SecretaryLanguage, Vacancy

from .test_free_words import of_the_house

WORDS = re.compile(r"[^\W_]")
NOTHING = ("", None)


def choices_of_nothing(form) -> dict[str, str]:
    """What each select of this form class says where nothing is chosen. Nothing is looked up."""
    bare = form.__new__(form)
    bare.fields = deepcopy(form.base_fields)
    bare.name_nothing()
    return dict(_of_fields(bare.fields))


def _of_fields(fields):
    for name, field in fields.items():
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label is not None:
                yield name, str(field.empty_label)
        elif isinstance(field, forms.ChoiceField):
            yield from ((name, str(label)) for value, label in field.choices if value in NOTHING)


@pytest.mark.parametrize("form", of_the_house(), ids=lambda form: f"{form.__module__}.{form.__qualname__}")
def test_a_choice_of_nothing_has_words(form):
    assert [name for name, said in choices_of_nothing(form).items() if not WORDS.search(said)] == []


class OfModels(FreeWords, forms.ModelForm):
    class Meta:
        model = SecretaryLanguage
        fields = ("secretary", "level")


class OfPaper(FreeWords, forms.ModelForm):
    level = forms.ChoiceField(choices=[("", "---------"), ("1", "A1")], required=False)

    class Meta:
        model = Certificate
        fields = ("training",)


def test_what_has_to_be_chosen_and_what_may_be_left_say_so():
    assert choices_of_nothing(OfModels) == {"secretary": "Choose", "level": "Choose"}
    assert choices_of_nothing(OfPaper) == {"training": "Choose", "level": "None"}
    assert choices_of_nothing(VacancyForm)["partner"] == "None"


@pytest.mark.django_db
def test_a_mail_is_written_in_the_name_of_somebody_who_is_to_be_chosen():
    form = NewMailForm(mailboxes=Mailbox.objects.all())
    assert '<option value="" selected>Choose</option>' in str(form["mailbox"])


@pytest.mark.django_db
def test_the_form_as_it_is_shown_says_so_too():
    assert '<option value="" selected>None</option>' in str(VacancyForm(instance=Vacancy())["partner"])
