"""Fields for what people type of days, times, time zones, money and telephone numbers."""

from decimal import Decimal
from zoneinfo import available_timezones

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.rounding import digits_of, places


class DayInput(forms.DateInput):
    """A day, picked by the browser's own calendar."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, to the minute."""

    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class FigureField(forms.DecimalField):
    """A figure, shown with the places after the point that say something: 8, 12.5."""

    places = 0  # shown in any case

    def prepare_value(self, value):
        if not isinstance(value, Decimal) or not value.is_finite():
            return value  # as it was typed
        return f"{value:.{places(value, self.places)}f}"


class MoneyField(FigureField):
    """An amount, shown with at least the places of its currency: 14.60."""

    places = 2


def in_currency(form: forms.BaseForm, currency: str) -> None:
    """Every amount of this form is one of that currency."""
    for field in form.fields.values():
        if isinstance(field, MoneyField):
            field.places = digits_of(currency)


class ZoneField(forms.ChoiceField):
    """One of the world's time zones, by its IANA name."""

    def __init__(self, *, required=True, **kwargs):
        kwargs.setdefault("label", _("Time zone"))
        names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
        choices = [(name, name.replace("_", " ")) for name in ["UTC", *names]]
        nothing = [] if required else [("", _("Not said"))]
        super().__init__(choices=[*nothing, *choices], required=required, **kwargs)


class InternationalNumberField(forms.CharField):
    """A number written with its country code, kept as E.164."""

    default_error_messages = {"invalid": _("Enter the number with its country code, as in +44 7700 900123.")}

    def __init__(self, *, required=False, **kwargs):
        super().__init__(required=required, max_length=30, **kwargs)
        self.widget.input_type = "tel"

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            number = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
