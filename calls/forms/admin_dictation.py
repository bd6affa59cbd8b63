"""A dictation line as the firm enters it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.dictation import dictating
from secretariat.office.forms.fields import InternationalNumberField
from secretariat.office.forms.words import FreeWords


class DictationLineForm(FreeWords, forms.ModelForm):
    number = InternationalNumberField(required=True, label=_("Number at the carrier"))

    def clean_number(self):
        number = self.cleaned_data["number"]
        taken = dictating.line_of_a_client(number)
        if taken:
            raise forms.ValidationError(
                _("Callers of %(client)s reach us by this number.") % {"client": taken.client.name}
            )
        return number
