"""What holds for every form: a payment card number among the words is never written down, and a choice of
nothing is said in words.
"""

from functools import partial
from typing import ClassVar

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.choices import BlankChoiceIterator
from django.utils.translation import gettext_lazy as _

from secretariat.card_numbers import redact

from .fields import InternationalNumberField

# What such a field holds is checked for its kind, is nothing anybody writes, or is kept as a hash alone.
NO_WORDS = (
    *(forms.EmailField, forms.URLField, forms.UUIDField, forms.GenericIPAddressField, forms.SlugField),
    *(forms.JSONField, InternationalNumberField),
)
UNWRITTEN = (forms.HiddenInput, forms.PasswordInput)
[DASHES] = BLANK_CHOICE_DASH
WRITTEN_OUT = (list, BlankChoiceIterator)  # choices that ask nobody when they are read


class FreeWords:
    """Mixed into every form, before Django's: whatever is typed into a text field comes out redacted.

    It is so before the field is checked, so that what stands in the number's place counts among its letters.
    Where Django would offer a row of dashes for nothing chosen, which nobody can read out, there are words.
    """

    as_typed: ClassVar[dict[str, str]] = {}  # field → why what is typed there is taken to the letter

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name_nothing()

    def name_nothing(self) -> None:
        for field in self.fields.values():
            words = nothing_chosen(field.required)
            if getattr(field, "empty_label", None) == DASHES[1]:
                field.empty_label = words
            elif isinstance(getattr(field, "choices", None), WRITTEN_OUT) and DASHES in field.choices:
                field.choices = [(DASHES[0], words) if each == DASHES else each for each in field.choices]

    def full_clean(self):
        self.guard()
        super().full_clean()

    def guard(self) -> None:
        for name, field in self.fields.items():
            if holds_words(field) and name not in self.as_typed:
                field.to_python = partial(_redacted, type(field).to_python, field)


class WordsOfModel(FreeWords, forms.ModelForm):
    """The same for a page of the admin."""


def nothing_chosen(required: bool):
    """What a select says before something is chosen; where nothing may be, that it is."""
    return _("Choose") if required else _("None")


def holds_words(field: forms.Field) -> bool:
    """Whether somebody may write there what she likes."""
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field, NO_WORDS)
        and not isinstance(field.widget, UNWRITTEN)
    )


def _redacted(read, field, value):
    return _without(read(field, value))


def _without(words):
    if isinstance(words, list):  # a line of several, apart
        return [_without(each) for each in words]
    return redact(words)[0] if isinstance(words, str) else words
