"""The question of a rehearsal: which line, when, who rings, about what."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from calls import situation
from clients import correspondents, numbers
from clients.local_time import first_moment
from clients.models import CallType, Correspondent, Line
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

NEW, WITHHELD = "new", "withheld"
MOST_LISTED = 100


class RehearsalForm(FreeWords, forms.Form):
    """`lines` are those the reader may choose among; times are those of the line's client."""

    line = forms.ModelChoiceField(label=_("Line"), queryset=Line.objects.none(), empty_label=None)
    on = forms.DateField(label=_("Day"), widget=DayInput())
    time = forms.TimeField(label=_("Time"), widget=ClockInput())
    caller = forms.ChoiceField(label=_("Caller"))
    number = forms.CharField(label=_("Or a number"), max_length=40, required=False)
    call_type = forms.ModelChoiceField(
        label=_("About"), queryset=CallType.objects.none(), required=False, empty_label=_("Not known yet")
    )

    def __init__(self, data=None, *, lines, user, chosen: Line | None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["line"].queryset = lines
        self.fields["line"].label_from_instance = _named
        client = chosen.client if chosen else None
        known = Correspondent.objects.visible_to(user).filter(client=client).prefetch_related("addresses")
        self.callers = {str(each.pk): each for each in known[:MOST_LISTED]}
        choices = [(NEW, _("A new caller, number shown")), (WITHHELD, _("Number withheld"))]
        self.fields["caller"].choices = choices + [(key, str(each)) for key, each in self.callers.items()]
        self.fields["call_type"].queryset = CallType.objects.visible_to(user).filter(
            client=client, is_active=True
        )

    def clean(self):
        cleaned = super().clean()
        line = cleaned.get("line")
        if cleaned.get("number") and line:
            read = numbers.read(cleaned["number"], line.client.country)
            if not read.e164:
                self.add_error("number", read.because)
            cleaned["number"] = read.e164
        return cleaned

    @property
    def at(self) -> datetime:
        """The moment, on the clocks of the client."""
        zone = self.cleaned_data["line"].client.tz
        return first_moment(self.cleaned_data["on"], self.cleaned_data["time"], zone)

    @property
    def rings_from(self) -> str:
        """The caller's number as the carrier would send it; empty if it is withheld."""
        if self.cleaned_data["number"]:
            return self.cleaned_data["number"]
        chosen = self.cleaned_data["caller"]
        if chosen == WITHHELD:
            return ""
        if chosen == NEW:
            return nobody_s(self.cleaned_data["line"])
        addresses = self.callers[chosen].addresses.all()
        return next((each.value for each in addresses if each.kind == "phone"), "")


def nobody_s(line: Line) -> str:
    """A number that nobody we know has."""
    for last in range(1000):
        number = f"+447700900{last:03}"  # set aside for stories: no telephone has it
        if not correspondents.by_number(line.client_id, number) and not situation.line_called(number):
            return number
    return ""


def _named(line: Line) -> str:
    return f"{line.client} · {numbers.spaced(line.number)}"


def line_of(data, lines) -> Line | None:
    """The line that was asked about, or the first."""
    asked = data.get("line", "")
    try:
        found = lines.filter(pk=UUID(asked)).first() if asked else None
    except ValueError:
        found = None
    return found or lines.first()
