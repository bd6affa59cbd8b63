"""What a client says of a holiday, and closures of her own."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Holiday, Line
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

Says = Holiday.Says
LONGEST = timedelta(days=366)


class _PartOfADay(FreeWords, forms.Form):
    """Closed, open for part of the day, or open as usual."""

    says = forms.ChoiceField(
        label=_("On that day we are"),
        choices=[(each.value, each.label) for each in (Says.CLOSED, Says.HALF, Says.OPEN)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are closed or open.")},
    )
    opens = forms.TimeField(label=_("Open from"), required=False, widget=ClockInput())
    closes = forms.TimeField(label=_("Open until"), required=False, widget=ClockInput())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("says") != Says.HALF:
            cleaned |= {"opens": None, "closes": None}
        elif not {"opens", "closes"} & set(self.errors):
            opens, closes = cleaned.get("opens"), cleaned.get("closes")
            if opens is None and closes is None:
                self.add_error("closes", _("Enter the time until which you are open, or from which."))
            elif opens and closes and closes <= opens:
                self.add_error("closes", _("It closes before it opens."))
        return cleaned


class HolidayForm(_PartOfADay):
    """The answer to "Easter Monday, 6 April: are you open?"."""

    @property
    def words(self) -> dict:
        """What `closing.answer` takes."""
        return {name: self.cleaned_data[name] for name in ("says", "opens", "closes")}


class ClosureForm(_PartOfADay):
    """A closure of the client's own: some days, the whole of them or a part."""

    name = forms.CharField(label=_("What is it"), max_length=80)
    on = forms.DateField(label=_("From the day"), widget=DayInput())
    until_on = forms.DateField(
        label=_("Until the day"),
        required=False,
        widget=DayInput(),
        help_text=_("The last day. Left empty, it is one day."),
    )
    line = forms.ModelChoiceField(
        label=_("Only on this line"),
        queryset=Line.objects.none(),
        required=False,
        empty_label=_("On every line"),
    )
    field_order = ["name", "on", "until_on", "says", "opens", "closes", "line"]

    def __init__(self, *args, client: Client, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = at.astimezone(client.tz).date()
        self.fields["line"].queryset = Line.objects.visible_to(user).filter(is_active=True, client=client)
        if self.fields["line"].queryset.count() < 2:
            del self.fields["line"]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("It ends before it begins."))
        elif first and (last or first) < self.today:
            self.add_error("until_on" if last else "on", _("This is over already. Choose a later day."))
        elif first and last and last - first > LONGEST:
            self.add_error("until_on", _("This is longer than a year. Choose an earlier day."))
        return cleaned

    @property
    def words(self) -> dict:
        """What `closing.close` takes."""
        names = ("name", "on", "until_on", "says", "opens", "closes")
        return {name: self.cleaned_data[name] for name in names} | {"line": self.cleaned_data.get("line")}
