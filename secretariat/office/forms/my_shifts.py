"""What a secretary says of her own shifts: wishes, days off, sickness, swaps, and why she was late."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Absence, Secretary, Wish

LONGEST = timedelta(days=366)
LATE = timedelta(days=31)  # how long after they are over the firm may still enter days


class WishForm(FreeWords, forms.Form):
    """When she cannot, would rather not, or would like to work."""

    kind = forms.ChoiceField(label=_("What"), choices=Wish.Kind, widget=forms.RadioSelect, initial="cannot")
    weekday = forms.TypedChoiceField(
        label=_("Every week on"),
        choices=[("", _("Not every week")), *Wish.Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    on = forms.DateField(label=_("or on this day"), widget=DayInput(), required=False)
    begins = forms.TimeField(label=_("From"), widget=ClockInput(), required=False)
    ends = forms.TimeField(
        label=_("Until"), widget=ClockInput(), required=False, help_text=_("Without hours: the whole day.")
    )
    note = forms.CharField(label=_("Note"), max_length=240, required=False)

    def clean(self):
        said = super().clean()
        weekly, once = said.get("weekday") is not None, said.get("on") is not None
        if weekly == once and "on" not in self.errors and "weekday" not in self.errors:
            self.add_error("weekday", _("Choose a day of the week, or one day: one of the two."))
        if (said.get("begins") is None) != (said.get("ends") is None):
            self.add_error("ends", _("Give both hours, or neither for the whole day."))
        return said


class AbsenceForm(FreeWords, forms.Form):
    """Days off she asks for, or sickness she reports."""

    kind = forms.ChoiceField(
        label=_("What"), choices=Absence.Kind, widget=forms.RadioSelect, initial=Absence.Kind.HOLIDAY
    )
    from_on = forms.DateField(label=_("First day"), widget=DayInput())
    until_on = forms.DateField(label=_("Last day"), widget=DayInput())
    note = forms.CharField(
        label=_("Note, for the firm only"),
        max_length=240,
        required=False,
        help_text=_("Of an illness nothing need be said."),
    )

    late = timedelta()

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        said = super().clean()
        first, last = said.get("from_on"), said.get("until_on")
        if first and last:
            if last < first:
                self.add_error("until_on", _("The last day is before the first."))
            elif last - first > LONGEST:
                self.add_error("until_on", _("That is more than a year. Check both days."))
            elif last < self.today - self.late:
                self.add_error("until_on", _("These days are over."))
        return said


class FirmAbsenceForm(AbsenceForm):
    """The same in the words of the firm, for somebody who rang in; also of days that are just over."""

    late = LATE
    secretary = forms.ModelChoiceField(label=_("Who"), queryset=Secretary.objects.none())
    field_order = ("secretary", "kind", "from_on", "until_on", "note")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = Secretary.objects.visible_to(user).filter(user__is_active=True)
        self.fields["secretary"].queryset = people.order_by("spoken_name", "pk")
        self.fields["note"].label = _("Note")


class OtherDaysForm(AbsenceForm):
    """Other days for what is entered, in the words of the firm."""

    late = LATE
    kind = None
    note = None


class SwapForm(FreeWords, forms.Form):
    """To whom she proposes a swap, and for what."""

    choice = forms.ChoiceField(
        label=_("What you propose"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("That is not possible any more. Choose again."),
        },
    )
    note = forms.CharField(label=_("A few words to her"), max_length=240, required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {each.key: each for each in choices}
        self.fields["choice"].choices = [(each.key, each.words) for each in choices]

    @property
    def chosen(self):
        return self.by_key[self.cleaned_data["choice"]]


class ReasonForm(FreeWords, forms.Form):
    """Why a shift was not as planned."""

    reason = forms.CharField(
        label=_("Why"), max_length=240, error_messages={"required": _("Say why in a few words.")}
    )


class AnswerForm(FreeWords, forms.Form):
    """The firm's answer, in words where it is no."""

    answer = forms.ChoiceField(choices=[("yes", _("Approve")), ("no", _("Refuse"))])
    words = forms.CharField(label=_("Words with the answer"), max_length=240, required=False)

    def clean(self):
        said = super().clean()
        if said.get("answer") == "no" and not said.get("words"):
            self.add_error("words", _("Say why not, in words for her."))
        return said
