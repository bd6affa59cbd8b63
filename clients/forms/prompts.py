"""The field in which a prompt of a call type is answered: at the desk, and in practice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Prompt
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import nothing_chosen

PROMPT_FIELDS = {
    Prompt.Kind.SHORT: forms.CharField,
    Prompt.Kind.LONG: forms.CharField,
    Prompt.Kind.PHONE: forms.CharField,
    Prompt.Kind.EMAIL: forms.EmailField,
    Prompt.Kind.DATE: forms.DateField,
    Prompt.Kind.TIME: forms.TimeField,
    Prompt.Kind.CHOICE: forms.ChoiceField,
    Prompt.Kind.YES_NO: forms.ChoiceField,
    Prompt.Kind.NUMBER: forms.DecimalField,
    Prompt.Kind.ADDRESS: forms.CharField,
}
WIDGETS = {
    Prompt.Kind.LONG: forms.Textarea(attrs={"rows": 2}),
    Prompt.Kind.ADDRESS: forms.Textarea(attrs={"rows": 3}),
    Prompt.Kind.PHONE: forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
    Prompt.Kind.DATE: DayInput(),
    Prompt.Kind.TIME: ClockInput(),
    Prompt.Kind.NUMBER: forms.TextInput(attrs={"inputmode": "decimal"}),
}


def as_kept(value: Any) -> str:
    """An answer as it is kept; of a number, nought is an answer too."""
    return "" if value is None else str(value)


def field_of(prompt: Prompt, *, required: bool) -> forms.Field:
    options = {"label": prompt.caption, "required": required, "help_text": prompt.help}
    nothing = ("", nothing_chosen(required))
    if prompt.kind in WIDGETS:
        options["widget"] = WIDGETS[Prompt.Kind(prompt.kind)]
    if prompt.kind == Prompt.Kind.CHOICE:
        options["choices"] = [nothing, *((choice, choice) for choice in prompt.choices)]
    elif prompt.kind == Prompt.Kind.YES_NO:
        options["choices"] = [nothing, (_("Yes"), _("Yes")), (_("No"), _("No"))]
    elif prompt.kind in (Prompt.Kind.SHORT, Prompt.Kind.LONG, Prompt.Kind.PHONE, Prompt.Kind.ADDRESS):
        options["max_length"] = 2000
    return PROMPT_FIELDS[Prompt.Kind(prompt.kind)](**options)
