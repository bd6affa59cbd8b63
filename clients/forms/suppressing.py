from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords


class LiftForm(FreeWords, forms.Form):
    why = forms.CharField(
        label=_("What you found out"),
        help_text=_("Who said that it works again, or that she wants our mail, and how you know it was she."),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you found out. It stands on the record.")},
    )
