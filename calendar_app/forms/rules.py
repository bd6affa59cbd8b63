"""How a client wants her time given away, in plain words."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app import hours_text, rules_of_diary
from calendar_app.models import Diary, DiaryHours
from clients import wording
from secretariat.office.forms.words import FreeWords

WORKING, PREFERRED = DiaryHours.Kind.WORKING, DiaryHours.Kind.PREFERRED


class RulesForm(FreeWords, forms.ModelForm):
    class Meta:
        model = Diary
        fields = rules_of_diary.NAMES
        labels = {
            "usual_minutes": _("A meeting usually takes, minutes"),
            "grid_minutes": _("Meetings begin every, minutes"),
            "gap_before_minutes": _("Kept free before a meeting, minutes"),
            "gap_after_minutes": _("Kept free after a meeting, minutes"),
            "travel_minutes": _("For the way between two places, minutes"),
            "notice_minutes": _("Nothing sooner than in, minutes"),
            "days_ahead": _("Nothing later than in, days"),
            "daily_limit": _("Meetings a day at most"),
            "all_day_is_busy": _("A whole-day entry in my own calendar means that I am busy"),
            "tentative_is_busy": _("A tentative entry in my own calendar means that I am busy"),
            "holds_last_hours": _("A time offered to somebody is held for, hours"),
            "not_put_through": _("During meetings put nobody through, unless I say so"),
            "when_invited": _("When others invite me to something"),
            "invited_words": _("What is said when declining"),
            "guests_may_move": _("Guests may move or cancel by the link in their invitation"),
        }
        help_texts = {
            "gap_after_minutes": _("Two neighbours share their gap: the larger of the two counts, not both."),
            "daily_limit": _("Empty: as many as there is room for."),
            "guests_may_move": _("To times that are free, and no later than the notice above says."),
        }

    def __init__(self, *args, instance: Diary, **kwargs):
        said = rules_of_diary.as_said(instance)
        hours = {
            f"{kind}_{day}": hours_text.write(
                [(_clock(o), _clock(c)) for k, d, o, c in said["hours"] if (k, d) == (kind, day)]
            )
            for kind in (WORKING, PREFERRED)
            for day in range(7)
        }
        super().__init__(*args, instance=instance, initial=hours, **kwargs)
        for name in ("when_invited", "invited_words"):
            self.fields[name].required = False
        for kind in (WORKING, PREFERRED):
            for day in range(7):
                self.fields[f"{kind}_{day}"] = forms.CharField(
                    label=wording.weekday(day), required=False, max_length=80
                )

    def working(self):
        return [self[f"{WORKING}_{day}"] for day in range(7)]

    def preferred(self):
        return [self[f"{PREFERRED}_{day}"] for day in range(7)]

    def others(self):
        return [self[name] for name in rules_of_diary.NAMES]

    def clean_when_invited(self):
        return self.cleaned_data["when_invited"] or self.instance.when_invited

    def clean(self):
        cleaned = super().clean()
        self.hours = []
        for kind in (WORKING, PREFERRED):
            for day in range(7):
                name = f"{kind}_{day}"
                try:
                    stretches = hours_text.read(cleaned.get(name, ""))
                except ValueError as wrong:
                    self.add_error(name, str(wrong))
                    continue
                self.hours += [[str(kind), day, f"{o:%H:%M}", f"{c:%H:%M}"] for o, c in stretches]
        return cleaned

    @property
    def said(self) -> dict:
        """What rules_of_diary.say takes."""
        return {name: self.cleaned_data[name] for name in rules_of_diary.NAMES} | {"hours": self.hours}


def _clock(text: str) -> time:
    return time.fromisoformat(text)
