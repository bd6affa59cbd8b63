"""What a client wants done before and after her meetings, in plain words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app import around
from calendar_app.models import Around, Way
from clients import wording
from secretariat.office.forms.fields import ClockInput
from secretariat.office.forms.words import FreeWords


class Several(forms.TypedMultipleChoiceField):
    """Several of a few, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class AroundAdminForm(FreeWords, forms.ModelForm):
    """The same, for the firm."""

    day_before_by = Several(label=_("Days before, by"), choices=Way.choices, required=False)
    shortly_by = Several(label=_("Shortly before, by"), choices=Way.choices, required=False)
    agenda_days = Several(label=_("Agenda on the evenings of"), choices=(), coerce=int, required=False)

    class Meta:
        model = Around
        fields = ["diary", *around.NAMES]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda_days"].choices = [(day, wording.weekday(day)) for day in range(7)]


class AroundForm(AroundAdminForm):
    class Meta:
        model = Around
        fields = around.NAMES
        labels = {
            "days_before": _("How many days before"),
            "day_before_at": _("At, on the guest’s own clocks"),
            "minutes_before": _("Shortly before is how many minutes"),
            "texts_guests": _("Guests of whom only a mobile number is known are told of a meeting by text"),
            "rings_both": _("Telephone meetings: ring me and my guest at the time, unless said otherwise"),
            "asks_outcome": _("Ask the secretary what came of each meeting"),
            "sends_agenda": _("Send me what stands in my diary, the evening before"),
            "agenda_at": _("At"),
            "agenda_when_empty": _("Also when nothing stands in it"),
        }
        help_texts = {
            "minutes_before": _("Two hours are 120."),
        }
        widgets = {"day_before_at": ClockInput(), "agenda_at": ClockInput()}

    REMINDERS = ("day_before_by", "shortly_by", "days_before", "day_before_at", "minutes_before")
    TELLING = ("texts_guests", "rings_both", "asks_outcome")
    AGENDA = ("sends_agenda", "agenda_at", "agenda_days", "agenda_when_empty")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day_before_by"].label = _("A day or more before, by")
        self.fields["agenda_days"].label = _("On the evenings of")

    def reminders(self):
        return [self[name] for name in self.REMINDERS]

    def telling(self):
        return [self[name] for name in self.TELLING]

    def agenda(self):
        return [self[name] for name in self.AGENDA]

    @property
    def said(self) -> dict:
        """What around.say takes."""
        return {name: self.cleaned_data[name] for name in around.NAMES}
