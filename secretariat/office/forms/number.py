import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberType

from secretariat.office.forms.words import FreeWords
from secretariat.office.models import NumberCheck

from .fields import InternationalNumberField

COSTLY = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN}
WAYS = [(NumberCheck.By.CALL, _("Ring me and say it")), (NumberCheck.By.TEXT, _("Text it"))]


class AskForm(FreeWords, forms.Form):
    """Which telephone of hers calls may ring at, and how the code comes there."""

    number = InternationalNumberField(label=_("Number of your telephone"), required=True)
    by = forms.ChoiceField(
        label=_("Send the code"), choices=WAYS, widget=forms.RadioSelect, initial=NumberCheck.By.CALL
    )

    def clean_number(self):
        number = self.cleaned_data["number"]
        if phonenumbers.number_type(phonenumbers.parse(number)) in COSTLY:
            raise forms.ValidationError(_("Calls to this number cost extra. Give an ordinary one."))
        return number


class CodeForm(FreeWords, forms.Form):
    """What she was told."""

    code = forms.CharField(
        label=_("Code, six digits"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
