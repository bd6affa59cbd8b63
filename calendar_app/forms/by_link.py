"""What a guest may say on her own page. Her times are wall times on her own clocks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app import free_time
from calendar_app.answering import AT_ONCE
from calendar_app.typed import YEARS
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords


class ProposeForm(FreeWords, forms.Form):
    """Up to three times at which she could come, and a few words."""

    prefix = "propose"

    def __init__(self, *args, zone: str, **kwargs):
        self.zone = zone
        super().__init__(*args, **kwargs)
        for n in range(1, AT_ONCE + 1):
            names = {"n": n}
            self.fields[f"on_{n}"] = forms.DateField(
                label=_("Day") if n == 1 else _("Day %(n)d") % names, required=False, widget=DayInput()
            )
            self.fields[f"at_{n}"] = forms.TimeField(
                label=_("Time") if n == 1 else _("Time %(n)d") % names, required=False, widget=ClockInput()
            )
        self.fields["words"] = forms.CharField(label=_("In your words"), max_length=240, required=False)

    def clean(self):
        cleaned = super().clean()
        self.times = []
        for n in range(1, AT_ONCE + 1):
            on, at = cleaned.get(f"on_{n}"), cleaned.get(f"at_{n}")
            if bool(on) != bool(at) and not {f"on_{n}", f"at_{n}"} & set(self.errors):
                self.add_error(f"at_{n}" if on else f"on_{n}", _("A day and a time belong together."))
            elif on and on.year not in YEARS:
                self.add_error(f"on_{n}", _("Choose a nearer day."))
            elif on and at:
                starts = free_time.moment_of(on, at, self.zone)
                if starts is None:
                    self.add_error(f"at_{n}", _("The clocks go forward that night and skip this time."))
                else:
                    self.times.append(starts)
        if not self.errors and not self.times and not cleaned.get("words"):
            self.add_error("on_1", _("Say when it would suit you, or write a few words."))
        return cleaned

    def rows(self):
        return [(self[f"on_{n}"], self[f"at_{n}"]) for n in range(1, AT_ONCE + 1)]


class WordsForm(FreeWords, forms.Form):
    prefix = "none"
    words = forms.CharField(label=_("Anything we should know"), max_length=240, required=False)


class CancelByLinkForm(FreeWords, forms.Form):
    prefix = "cancel"
    because = forms.CharField(
        label=_("Why"), max_length=200, error_messages={"required": _("Say in a few words why.")}
    )
