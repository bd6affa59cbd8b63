from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from clients import where_i_am
from clients.models import Contact, Status
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords


class WhereIAmForm(FreeWords, forms.Form):
    """Where she is, until when. An end is always asked for."""

    UNTIL = [
        ("30", _("30 minutes")),
        ("time", _("A time")),
        ("day", _("Rest of today")),
        ("date", _("A date and time")),
    ]
    who = forms.ModelChoiceField(label=_("Who"), queryset=Contact.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("I am"), choices=Status.Kind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In your own words, for the desk only"), max_length=120, required=False)
    until = forms.ChoiceField(
        label=_("Until"),
        choices=UNTIL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose until when. It ends by itself.")},
    )
    time = forms.TimeField(label=_("Time"), required=False, widget=ClockInput())
    on = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    on_time = forms.TimeField(label=_("at"), required=False, widget=ClockInput())
    note = forms.CharField(
        label=_("What we may tell callers"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, people, zone: str, at: datetime, closes_at: datetime | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.at, self.zone, self.closes_at = at, zone, closes_at
        self.fields["who"].queryset = people
        if people.count() == 1:
            self.fields["who"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        match cleaned.get("until"):
            case "time" if cleaned.get("time"):
                cleaned["until_at"] = where_i_am.until_time(self.at, cleaned["time"], self.zone)
            case "time":
                self._ask("time", _("Enter the time until which it holds."))
            case "date" if cleaned.get("on"):
                cleaned["until_at"] = where_i_am.until_date(cleaned["on"], cleaned.get("on_time"), self.zone)
            case "date":
                self._ask("on", _("Enter the day until which it holds."))
            case "30" | "day" as preset:
                cleaned["until_at"] = where_i_am.until(
                    preset, at=self.at, zone=self.zone, closes_at=self.closes_at
                )
        if cleaned.get("until_at") and cleaned["until_at"] <= self.at:
            self.add_error("until", _("This is over already. Choose a later end."))
        return cleaned

    def _ask(self, field: str, words) -> None:
        if field not in self.errors:
            self.add_error(field, words)

    @property
    def words(self) -> dict:
        """What `where_i_am.set_status` takes."""
        return {name: self.cleaned_data[name] for name in ("kind", "text", "note", "until_at")}
