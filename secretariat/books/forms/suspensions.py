"""What the firm says when it stops answering for a client, and when it takes that back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords


class SuspensionForm(FreeWords, forms.Form):
    """From which day on, and what callers hear then: the client reads both in the notice."""

    from_on = forms.DateField(label=_("From the beginning of"), widget=DayInput())
    callers_hear = forms.CharField(
        label=_("What callers hear"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In the language they speak. Nothing of bills: callers have no part in them."),
        error_messages={"required": _("Say what callers hear.")},
    )
    urgent_callers = forms.CharField(
        label=_("What urgent callers can still do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what somebody in need can still do.")},
    )


class BackForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("Why it is taken back"),
        max_length=240,
        error_messages={"required": _("Say why; it is kept.")},
    )
