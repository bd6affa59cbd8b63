"""Forms of the admin that put right what people type: numbers, addresses, zones."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clients import numbers, public_holidays
from clients.forms.on_call import PeopleInOrder
from clients.models import ContactAddress, CorrespondentAddress, Holiday, LineHours
from secretariat.office.forms.fields import InternationalNumberField, ZoneField
from secretariat.office.forms.words import FreeWords


class ClientForm(FreeWords, forms.ModelForm):
    zone = ZoneField()

    def clean(self):
        """The region as its code, whether it was typed as "SCT" or as "Scotland"."""
        cleaned = super().clean()
        country, region = cleaned.get("country", "").upper(), cleaned.get("region", "")
        try:
            code = public_holidays.region_code(country, region)
        except public_holidays.NoSuchRegion as none:
            known = ", ".join(none.known)
            if known:
                words = _("%(country)s has no region of this name. It has %(known)s.")
            else:
                words = _("We know no regions of %(country)s. Leave it empty.")
            self.add_error("region", words % {"country": country, "known": known})
        else:
            cleaned |= {"country": country, "region": code}
        return cleaned


class HolidayForm(FreeWords, forms.ModelForm):
    """Part of a day has hours, and a closure on one line is on a line of the same client."""

    def clean(self):
        cleaned = super().clean()
        says, opens, closes = (cleaned.get(name) for name in ("says", "opens", "closes"))
        client = cleaned.get("client") or getattr(self.instance, "client", None)
        if says != Holiday.Says.HALF:
            cleaned |= {"opens": None, "closes": None}
        elif opens is None and closes is None:
            self.add_error("closes", _("Enter the time until which it is open, or from which."))
        elif opens and closes and closes <= opens:
            self.add_error("closes", _("It closes before it opens."))
        if cleaned.get("line") and client and cleaned["line"].client_id != client.pk:
            self.add_error("line", _("This belongs to another client."))
        if cleaned.get("on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["on"]:
            self.add_error("until_on", _("It ends before it begins."))
        return cleaned


class ContactForm(FreeWords, forms.ModelForm):
    zone = ZoneField(required=False, label=_("Time zone, where it differs"))


class LineForm(FreeWords, forms.ModelForm):
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


class AddressForm(FreeWords, forms.ModelForm):
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


class RungFormSet(OwnedFormSet):
    of_the_same_client = ("contact",)

    def clean(self):
        super().clean()
        for form in self.forms:
            if not form.has_changed() or form in self.deleted_forms or form.errors:
                continue
            if bool(form.cleaned_data.get("contact")) == bool(form.cleaned_data.get("on_call")):
                form.add_error("contact", _("Choose somebody, or tick “whoever is on call”."))


class OnCallListForm(PeopleInOrder, forms.ModelForm):
    """An on-call list and its people, in the order in which they are tried; they are of the same client."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.client_id:
            order = self.instance.places.select_related("contact")
            self.offer(self.instance.client.contacts.all(), [place.contact for place in order])

    def clean(self):
        cleaned = super().clean()
        self.check_hours(cleaned)
        return cleaned


class InstructionForm(FreeWords, forms.ModelForm):
    """An instruction may name only what is the same client's."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=LineHours.Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every week between the dates. None ticked: every day."),
    )

    def clean(self):
        cleaned = super().clean()
        client = cleaned.get("client") or self.instance.client
        for name in ("line", "put_through_to", "call_type"):
            if cleaned.get(name) and cleaned[name].client_id != client.pk:
                self.add_error(name, _("This belongs to another client."))
        if cleaned.get("directly") and cleaned.get("action") != "put_through":
            self.add_error("directly", _("Only a caller who is put through can go without a secretary."))
        if cleaned.get("call_type") and cleaned.get("action") in ("voicemail", "refuse"):
            self.add_error("action", _("What a call is about is known once it is answered."))
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
