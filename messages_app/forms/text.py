from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords


class TextAnswerForm(FreeWords, forms.Form):
    words = forms.CharField(
        max_length=480,
        label=_("Text back"),
        help_text=_("As short as a text. Nothing private: it shows on a lock screen."),
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "r"}),
    )
