"""What is said of a conversation at the desk."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords

LATEST = timedelta(days=366)


class DayForm(FreeWords, forms.Form):
    """The day on which what is for later comes up, by the client's calendar."""

    on = forms.DateField(label=_("Comes up on"), widget=DayInput())

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        attributes = self.fields["on"].widget.attrs
        attributes["min"] = (today + timedelta(days=1)).isoformat()
        attributes["max"] = (today + LATEST).isoformat()
        self.fields["on"].error_messages |= {
            "required": _("Say on which day it comes up."),
            "invalid": _("That is no day. Write it as 2026-03-31."),
        }

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if not self.today < day <= self.today + LATEST:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within a year."))
        return day
