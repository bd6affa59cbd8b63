"""Forms of the admin that put right what people type: numbers, addresses, zones."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clients import numbers
from clients.models import Client, ContactAddress, CorrespondentAddress
from secretariat.office.forms.fields import InternationalNumberField, ZoneField


class ClientForm(forms.ModelForm):
    zone = ZoneField()


class ContactForm(forms.ModelForm):
    zone = ZoneField(required=False, label=_("Time zone, where it differs"))


class LineForm(forms.ModelForm):
    number = InternationalNumberField(required=True, label=_("Number at the carrier"))
    forwarded_from = InternationalNumberField(label=_("The client’s own number"))


class OwnedFormSet(forms.BaseInlineFormSet):
    """Rows that carry their client themselves: it is known before they are checked."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        owner = self.instance
        form.instance.client_id = owner.pk if isinstance(owner, Client) else owner.client_id
        return form


class AddressForm(forms.ModelForm):
    """A number as E.164, read as it is dialled in the client's country; a mailbox in lower case."""

    MAIL = "email"

    def clean(self):
        cleaned = super().clean()
        value = (cleaned.get("value") or "").strip()
        if not value or "kind" not in cleaned:
            return cleaned
        if cleaned["kind"] == self.MAIL:
            validate_email(value)
            cleaned["value"] = value.lower()
            return cleaned
        country = Client.objects.values_list("country", flat=True).filter(pk=self.instance.client_id).first()
        number = numbers.read(value, country or "GB")
        if not number.e164:
            self.add_error("value", number.because)
        else:
            cleaned["value"] = number.e164
        return cleaned

    def _get_validation_exclusions(self):
        # The client is no field of the form, but a number may mean one correspondent of hers only.
        return super()._get_validation_exclusions() - {"client"}


class ContactAddressForm(AddressForm):
    class Meta:
        model = ContactAddress
        fields = ["kind", "value", "label", "rank"]


class CorrespondentAddressForm(AddressForm):
    class Meta:
        model = CorrespondentAddress
        fields = ["kind", "value"]
