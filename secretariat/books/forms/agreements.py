"""What the firm writes into a client agreement, and what the client says of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app import hours_text
from clients import wording
from clients.availability import Interval
from secretariat.books.agreements import usual_words
from secretariat.books.models import Agreement
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords, WordsOfModel


class AgreementForm(WordsOfModel):
    """One version. What it costs is the plan of the day on which it begins."""

    class Meta:
        model = Agreement
        fields = (
            *("services", "cover_on_holidays", "cover", "answer_percent", "answer_seconds"),
            *("from_on", "term", "until_on", "notice_days", "data_terms", "other_terms"),
        )
        widgets = {
            "from_on": DayInput(),
            "until_on": DayInput(),
            "services": forms.Textarea(attrs={"rows": 4}),
            "cover": forms.Textarea(attrs={"rows": 3}),
            "data_terms": forms.Textarea(attrs={"rows": 6}),
            "other_terms": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, initial: dict, instance: Agreement, **kwargs):
        hours = initial.get("cover_hours", instance.cover_hours)
        days = {f"hours_{day}": _of_day(hours, day) for day in range(7)}
        super().__init__(*args, initial=initial | days, instance=instance, **kwargs)
        for day in range(7):
            self.fields[f"hours_{day}"] = forms.CharField(
                label=wording.weekday(day), required=False, max_length=80
            )

    def before_hours(self):
        return [self["services"]]

    def hours(self):
        return [self[f"hours_{day}"] for day in range(7)]

    def after_hours(self):
        return [self[name] for name in self.Meta.fields if name != "services"]

    def clean(self):
        cleaned = super().clean()
        found: list[Interval] = []
        for day in range(7):
            name = f"hours_{day}"
            try:
                found += [Interval(day, *each) for each in hours_text.read(cleaned.get(name, ""))]
            except ValueError as wrong:
                self.add_error(name, str(wrong))
        self.instance.cover_hours = usual_words.written(found)
        if not found and not cleaned.get("cover") and not self.errors:
            self.add_error("hours_0", _("Say when we answer: the hours of a day, or in words below."))
        return cleaned


def _of_day(hours: list[list], day: int) -> str:
    return ", ".join(f"{opens}–{closes}" for each, opens, closes in hours if each == day)


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
