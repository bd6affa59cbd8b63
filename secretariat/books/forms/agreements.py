"""What the firm writes into a client agreement, and what the client says of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.books.models import Agreement
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords, WordsOfModel


class AgreementForm(WordsOfModel):
    """One version. What it costs is the plan of the day on which it begins."""

    class Meta:
        model = Agreement
        fields = (
            *("services", "cover", "answer_percent", "answer_seconds", "from_on", "term", "until_on"),
            *("notice_days", "data_terms", "other_terms"),
        )
        widgets = {
            "from_on": DayInput(),
            "until_on": DayInput(),
            "services": forms.Textarea(attrs={"rows": 4}),
            "cover": forms.Textarea(attrs={"rows": 3}),
            "data_terms": forms.Textarea(attrs={"rows": 6}),
            "other_terms": forms.Textarea(attrs={"rows": 3}),
        }


class AcceptForm(FreeWords, forms.Form):
    """A name typed, and a tick. The hash says to which paper."""

    name = forms.CharField(label=_("Your full name"), max_length=120)
    agreed = forms.BooleanField(
        label=_("I have read the whole agreement and accept it for the client."),
        error_messages={"required": _("Tick this to accept it.")},
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class NameForm(FreeWords, forms.Form):
    """The client's name, typed by whoever begins what cannot be taken back."""

    name = forms.CharField(max_length=120)


class StepForm(FreeWords, forms.Form):
    note = forms.CharField(label=_("How it was done"), max_length=240, required=False)
