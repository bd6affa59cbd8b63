"""What the firm writes of a vacancy, what somebody says who applies, and what the firm answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office import languages
from secretariat.office.forms.fields import (
    DayInput,
    InternationalNumberField,
    MoneyField,
    ZoneField,
    in_currency,
)
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import Application, Step, Vacancy


class VacancyForm(WordsOfModel):
    """The work, the hours and the money."""

    class Meta:
        model = Vacancy
        fields = (
            *("title", "work", "kind", "partner", "hours_from", "hours_to", "hours_per"),
            *("currency", "rate", "rate_for", "paid_each", "pay_within_days", "language", "until_on"),
        )
        widgets = {"work": forms.Textarea(attrs={"rows": 8}), "until_on": DayInput()}
        field_classes = {"rate": MoneyField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_currency(self, self.instance.currency)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=languages.everywhere(), initial="en"
        )

    def clean_currency(self):
        currency = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isalpha():
            raise forms.ValidationError(_("Three letters, as in GBP."))
        return currency

    def clean(self):
        said = super().clean()
        least, most = said.get("hours_from"), said.get("hours_to")
        if least and most and least > most:
            self.add_error("hours_to", _("This is less than the hours above."))
        return said


class BeginForm(FreeWords, forms.Form):
    """Who applies, and where the link goes."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("A link comes there, by which you go on now or later."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class FindForm(FreeWords, forms.Form):
    """Where the link to an application is sent again."""

    email = forms.EmailField(
        label=_("The e-mail address you applied with"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ApplicationPage(WordsOfModel):
    """One page of the form. It is kept as far as it is filled in; only what is sent has to be whole."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def said(self) -> dict:
        """What the application itself holds of it, as far as it can be read."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}

    def named(self) -> list:
        """Whom she names on it."""
        return []


class YouForm(ApplicationPage):
    number = InternationalNumberField(label=_("Telephone"))
    zone = ZoneField(required=False)

    class Meta:
        model = Application
        fields = ("number", "zone", "hours_week", "from_on")
        widgets = {"from_on": DayInput()}


class WorkForm(ApplicationPage):
    class Meta:
        model = Application
        fields = ("languages", "experience", "training")
        widgets = {
            "experience": forms.Textarea(attrs={"rows": 8}),
            "training": forms.Textarea(attrs={"rows": 4}),
        }


class HomeForm(ApplicationPage):
    class Meta:
        model = Application
        fields = ("room", "equipment")
        widgets = {
            "room": forms.Textarea(attrs={"rows": 3}),
            "equipment": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "room": _("Can you close its door? Who else is there while you work?"),
            "equipment": _("Which computer and headset, and how fast and how sure your line is."),
        }


class SendForm(FreeWords, forms.Form):
    agreed = forms.BooleanField(
        label=_(
            "You may keep what I have written and ask those whom I have named. If nothing comes of it, it is "
            "deleted half a year later."
        ),
        required=False,
    )


class StepForm(FreeWords, forms.Form):
    """How a step went."""

    state = forms.ChoiceField(label=_("How it went"), choices=Step.State)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class RefusalForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("What she is written"), max_length=2000, widget=forms.Textarea(attrs={"rows": 7})
    )


class ApplicantsForm(FreeWords, forms.Form):
    """What the firm looks for among those who apply."""

    q = forms.CharField(label=_("Name or e-mail address"), max_length=120, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    vacancy = forms.ModelChoiceField(
        label=_("Vacancy"), queryset=Vacancy.objects.none(), required=False, empty_label=_("Every vacancy")
    )

    def __init__(self, *args, vacancies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Under way")), *Application.State.choices]
        self.fields["vacancy"].queryset = vacancies
