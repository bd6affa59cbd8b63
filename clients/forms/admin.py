"""Forms of the admin that put right what people type: numbers, addresses, zones."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clients import numbers
from clients.models import ContactAddress, CorrespondentAddress
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

    of_the_same_client: tuple[str, ...] = ()  # fields that choose among rows of that client

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        owner = self.instance
        form.instance.client_id = owner.client_id
        for name in self.of_the_same_client:
            chosen_from = form.fields[name].queryset
            form.fields[name].queryset = chosen_from.filter(client=owner.client_id)
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
        if self.instance.client_id is None:  # what is wrong with the owner is said there
            return cleaned
        number = numbers.read(value, self.instance.client.country)
        if not number.e164:
            self.add_error("value", number.because)
        else:
            cleaned["value"] = number.e164
        return cleaned

    def _get_validation_exclusions(self):
        # The client is no field of the form, but a number may mean one correspondent of hers only.
        return super()._get_validation_exclusions() - {"client"}


class DeliveryRuleFormSet(OwnedFormSet):
    of_the_same_client = ("call_type",)


class InstructionForm(forms.ModelForm):
    """An instruction may name only what is the same client's."""

    def clean(self):
        cleaned = super().clean()
        client = cleaned.get("client") or self.instance.client
        for name in ("line", "put_through_to"):
            if cleaned.get(name) and cleaned[name].client_id != client.pk:
                self.add_error(name, _("This belongs to another client."))
        if cleaned.get("directly") and cleaned.get("action") != "put_through":
            self.add_error("directly", _("Only a caller who is put through can go without a secretary."))
        if any(person.client_id != client.pk for person in cleaned.get("people", ())):
            self.add_error("people", _("One of these belongs to another client."))
        return cleaned


class ContactAddressForm(AddressForm):
    class Meta:
        model = ContactAddress
        fields = ["kind", "value", "label", "rank", "for_calls", "ring_seconds", "no_key"]


class CorrespondentAddressForm(AddressForm):
    class Meta:
        model = CorrespondentAddress
        fields = ["kind", "value"]
