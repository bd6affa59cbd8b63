"""What she says of her home office. The two figures are filled in by the test of the line, or by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import WordsOfModel
from secretariat.office.models import LineTest


class LineTestForm(WordsOfModel):
    class Meta:
        model = LineTest
        fields = ("trip_ms", "lost", "heard", "quiet", "unseen", "spare")
        help_texts = {
            "trip_ms": _("Measured above. Up to 150 is good for a talk."),
            "spare": _("As in: I go on by mobile, and ring the office."),
        }
        error_messages = {"spare": {"required": _("Say what you do then.")}}
        widgets = {"spare": forms.TextInput(attrs={"autocomplete": "off"})}
