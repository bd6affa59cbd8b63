"""What is typed of meetings that repeat: how, until when, and what becomes of each date that clashes."""

from datetime import date
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendar_app import repeating
from calendar_app.judging import DESPITE, LEAVE, MOVE, Decision
from calendar_app.models import Meeting
from calendar_app.repeating import Choice
from calendar_app.series import ALL, FOLLOWING, ONE, Shift
from calendar_app.typed import as_day, as_time
from clients import wording
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

from .arranging import ArrangeForm, BlockForm, CancelForm, WhenForm

EVERY = [
    (repeating.WEEKLY, gettext_lazy("Every week")),
    (repeating.FORTNIGHTLY, gettext_lazy("Every other week")),
    (repeating.DAILY, gettext_lazy("Every day")),
    (repeating.MONTHLY_ON_DATE, gettext_lazy("Every month, on that date")),
    (repeating.MONTHLY_ON_WEEKDAY, gettext_lazy("Every month, on that weekday")),
]
WHICH = [
    (ONE, gettext_lazy("Only this one")),
    (FOLLOWING, gettext_lazy("This and the following")),
    (ALL, gettext_lazy("All that are to come")),
]
SEVERAL = WHICH[1:]
WHAT = {LEAVE, MOVE, DESPITE}


class RepeatingForm(FreeWords, forms.Form):
    """How something repeats, besides what it is."""

    every = forms.ChoiceField(label=gettext_lazy("How often"), choices=EVERY)
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Of a week. None ticked: the weekday of the first day."),
    )
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())
    count = forms.IntegerField(
        label=gettext_lazy("Or how many times"), required=False, min_value=1, max_value=repeating.MOST
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(n, wording.weekday(n)[:3]) for n in range(7)]
        self.fields["on"].label, self.fields["on"].required = _("First day"), True
        self.fields["at"].required = True
        self.decisions = decisions(self.data, self.data.get("reason", "")) if self.is_bound else {}

    def clean(self):
        cleaned = super().clean()
        if (
            not cleaned.get("until")
            and not cleaned.get("count")
            and not {"until", "count"} & set(self.errors)
        ):
            self.add_error("until", _("Say until when, or how many times."))
        if not self.errors:
            try:
                repeating.dates(self.choice)
            except repeating.Unbounded:
                self.add_error(
                    "until", _("That is no date at all, or more than %(n)s.") % {"n": repeating.MOST}
                )
        return cleaned

    @property
    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(
            said["every"],
            said["on"],
            said["at"],
            until=said.get("until"),
            count=said.get("count"),
            days=tuple(said.get("days") or ()),
        )


class SeriesForm(RepeatingForm, ArrangeForm):
    """Meetings with somebody that repeat, or time kept free again and again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manner"].choices = Meeting.Manner.choices


class FreeForm(RepeatingForm, BlockForm):
    """Time kept free again and again."""


class SeveralForm(WhenForm):
    """Another time for several: the day and time this one would have, and the others with it."""

    which = forms.ChoiceField(label=gettext_lazy("Which"), choices=SEVERAL, widget=forms.RadioSelect)
    on = forms.DateField(label=gettext_lazy("This one on"), widget=DayInput())
    at = forms.TimeField(label=gettext_lazy("Time"), widget=ClockInput())
    field_order = ["which", "on", "at", "minutes"]

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, diary=meeting.diary, **kwargs)
        self.meeting = meeting
        self.decisions = decisions(self.data, self.data.get("reason", "")) if self.is_bound else {}

    @property
    def shift(self) -> Shift:
        said = self.cleaned_data
        meant = self.meeting.instance_at.astimezone(ZoneInfo(self.meeting.series.zone)).date()
        return Shift((said["on"] - meant).days, said["at"], said["minutes"])


class CancelSeriesForm(CancelForm):
    """One of a series, or several."""

    which = forms.ChoiceField(
        label=gettext_lazy("Which"), choices=WHICH, widget=forms.RadioSelect, initial=ONE
    )
    field_order = ["which", "because"]


def decisions(typed, reason: str) -> dict[date, Decision]:
    """What the list of dates says of each: `what-`, `on-`, `at-` and `accepted-` with its date."""
    found = {}
    for name in typed:
        prefix, _dash, day = name.partition("-")
        on = as_day(day)
        if prefix != "what" or on is None or typed[name] not in WHAT:
            continue
        what = typed[name]
        found[on] = Decision(
            what,
            on=as_day(typed.get(f"on-{day}", "")) if what != LEAVE else None,
            at=as_time(typed.get(f"at-{day}", "")) if what != LEAVE else None,
            because=reason if what == DESPITE else "",
            accepted=frozenset(typed.get(f"accepted-{day}", "").split()),
        )
    return found
