"""What somebody says of a shift she plans."""

from datetime import date
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office import languages
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Firm, PlannedShift, Secretary, Skill
from secretariat.office.rota import rules


class DatedForm(FreeWords, forms.Form):
    """A day and hours on it, on the clocks of whoever works them."""

    def stretch_of(self, on, begins, ends, zone: str) -> rules.Stretch | None:
        try:
            return rules.stretch(on, begins, ends, zone)
        except rules.ClocksSkip:
            self.add_error("ends", _("On that night the clocks go forward past these times."))
            return None


class ShiftForm(DatedForm):
    """One shift. Without a secretary it is open to whoever takes it first."""

    secretary = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Secretary.objects.none(),
        required=False,
        empty_label=_("Open: whoever takes it first"),
    )
    on = forms.DateField(label=_("Day"), widget=DayInput())
    begins = forms.TimeField(label=_("From"), widget=ClockInput())
    ends = forms.TimeField(
        label=_("Until"),
        widget=ClockInput(),
        help_text=_("Not after the beginning: of the next day. Times are those of whoever works them."),
    )
    language = forms.ChoiceField(label=_("Language it needs"), required=False)
    skill = forms.ModelChoiceField(
        label=_("Skill it needs"), queryset=Skill.objects.none(), required=False, empty_label=_("None")
    )
    note = forms.CharField(label=_("Note, for whoever works it"), max_length=240, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args, user, shift: PlannedShift | None = None, moved=None, **kwargs):
        if shift is not None:
            begins, ends = shift.local
            kwargs["initial"] = {
                "secretary": shift.secretary_id,
                "on": begins.date(),
                "begins": begins.time(),
                "ends": ends.time(),
                "language": shift.language,
                "skill": shift.skill_id,
                "note": shift.note,
                "version": shift.version,
            } | (moved or {})
        super().__init__(*args, **kwargs)
        people = Secretary.objects.visible_to(user).filter(user__is_active=True)
        self.fields["secretary"].queryset = people.select_related("user")
        self.fields["skill"].queryset = Skill.objects.visible_to(user)
        self.fields["language"].choices = [("", _("None")), *languages.spoken()]
        self.stretch: rules.Stretch | None = None
        self.zone = shift.zone if shift else ""

    def ask_why(self, given: str = "") -> None:
        """Another field: the reason, once something has spoken against it."""
        self.fields["despite"] = forms.CharField(
            label=_("Why it is planned all the same"),
            max_length=240,
            required=False,
            initial=given,
            help_text=_("It is kept with the shift, and that it was needed is on the record."),
        )

    def clean(self):
        said = super().clean()
        if {"on", "begins", "ends"} <= said.keys():
            who = said.get("secretary")
            zone = who.zone if who else self.zone or Firm.current().zone
            self.stretch = self.stretch_of(said["on"], said["begins"], said["ends"], zone)
        return said

    @property
    def facts(self) -> dict:
        """What the verbs of planning take."""
        said = self.cleaned_data
        taken = {name: said.get(name) for name in ("secretary", "skill")}
        words = {name: said.get(name) or "" for name in ("language", "note", "despite")}
        return taken | words | {"stretch": self.stretch}


def this_monday(at, zone: str) -> date:
    return rules.monday_of(at.astimezone(ZoneInfo(zone)).date())
