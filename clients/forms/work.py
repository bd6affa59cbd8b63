from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords


class OutcomeForm(FreeWords, forms.Form):
    """What was done about a piece of work."""

    outcome = forms.CharField(
        label=_("What was done"),
        max_length=240,
        widget=forms.TextInput(attrs={"data-key": "e", "aria-keyshortcuts": "e"}),
        error_messages={"required": _("Say in a few words what was done.")},
    )
