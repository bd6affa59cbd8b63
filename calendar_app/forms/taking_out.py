"""Which stretch of a diary is kept as a file."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.period import CALENDAR, TABLE
from calendar_app.typed import YEARS
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords

LONGEST = timedelta(days=400)


class PeriodForm(FreeWords, forms.Form):
    """`whose`: a client at the desk, a diary in the portal; left out where there is but one."""

    from_on = forms.DateField(label=_("From"), widget=DayInput())
    until_on = forms.DateField(label=_("Until"), widget=DayInput())
    whose = forms.ModelChoiceField(
        label=_("Whose"), queryset=None, required=False, empty_label=_("All of them")
    )
    kind = forms.ChoiceField(
        label=_("As"),
        choices=[
            (TABLE, _("A table for a spreadsheet (.csv)")),
            (CALENDAR, _("A calendar to read into another program (.ics)")),
        ],
        initial=TABLE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, today: date, whose, **kwargs):
        monday = today - timedelta(days=today.weekday())
        initial = {"from_on": monday, "until_on": monday + timedelta(days=6)} | (kwargs.pop("initial", {}))
        super().__init__(*args, initial=initial, **kwargs)
        if whose is None:
            del self.fields["whose"]
        else:
            self.fields["whose"].queryset = whose

    def clean(self):
        said = super().clean()
        for name in ("from_on", "until_on"):
            if said.get(name) and said[name].year not in YEARS:
                self.add_error(name, _("Choose a nearer day."))
        first, last = said.get("from_on"), said.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("It ends before it begins."))
        elif first and last and last - first > LONGEST:
            self.add_error("until_on", _("At most 400 days go into one file."))
        return said
