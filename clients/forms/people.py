"""What an owner says of the people at her client."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clients import numbers
from clients.models import Contact, ContactAddress
from secretariat.office.forms.fields import ClockInput, ZoneField
from secretariat.office.forms.words import FreeWords

ROWS = 4  # numbers and mailboxes of one person
PHONE = ContactAddress.Kind.PHONE
KINDS = [(kind.value, kind.label) for kind in ContactAddress.Kind]


class PersonForm(FreeWords, forms.Form):
    """One person: who she is, what she may do, how she is reached and when she is not."""

    name = forms.CharField(label=_("Name"), max_length=120)
    job = forms.CharField(label=_("Role"), max_length=80, required=False)
    pronunciation = forms.CharField(label=_("How the name is said"), max_length=120, required=False)
    standing = forms.ChoiceField(
        label=_("May do"),
        choices=Contact.Standing,
        initial=Contact.Standing.MEMBER,
        widget=forms.RadioSelect,
    )
    zone = ZoneField(required=False, label=_("Time zone, where it differs"))
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=ClockInput())
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=ClockInput())

    FACTS = ("name", "job", "pronunciation", "standing", "zone", "quiet_from", "quiet_until")

    def __init__(self, *args, client, contact=None, **kwargs):
        initial = {name: getattr(contact, name) for name in self.FACTS} if contact else {}
        had = list(contact.addresses.all()) if contact else []
        for row in range(max(ROWS, len(had) + 1)):
            if row < len(had):
                initial |= {f"kind_{row}": had[row].kind, f"value_{row}": had[row].value}
        super().__init__(*args, initial=initial, **kwargs)
        self.client, self.contact = client, contact
        self.rows = range(max(ROWS, len(had) + 1))
        for row in self.rows:
            n = {"n": row + 1}
            self.fields[f"kind_{row}"] = forms.ChoiceField(
                label=_("Kind, %(n)d") % n, choices=KINDS, required=False
            )
            self.fields[f"value_{row}"] = forms.CharField(
                label=_("Number or address, %(n)d") % n, max_length=254, required=False
            )

    def address_fields(self):
        """Pairs of bound fields, for the page."""
        return [(self[f"kind_{row}"], self[f"value_{row}"]) for row in self.rows]

    def own_fields(self):
        return [self[name] for name in self.FACTS if name != "standing"]

    def clean(self):
        said = super().clean()
        said["addresses"] = [pair for row in self.rows if (pair := self._address(said, row))]
        if bool(said.get("quiet_from")) != bool(said.get("quiet_until")):
            missing = "quiet_until" if said.get("quiet_from") else "quiet_from"
            if missing not in self.errors:
                self.add_error(missing, _("Quiet hours need both ends, or none."))
        return said

    def _address(self, said, row) -> tuple[str, str] | None:
        value, kind = (said.get(f"value_{row}") or "").strip(), said.get(f"kind_{row}") or PHONE
        if not value:
            return None
        if kind == ContactAddress.Kind.EMAIL:
            try:
                validate_email(value)
            except ValidationError:
                self.add_error(f"value_{row}", _("This is not an e-mail address."))
                return None
            return kind, value.lower()
        number = numbers.read(value, self.client.country)
        if not number.e164:
            self.add_error(f"value_{row}", number.because)
            return None
        return kind, number.e164

    @property
    def facts(self) -> dict:
        """What `people.add` and `people.change` take."""
        return {name: self.cleaned_data[name] for name in self.FACTS} | {
            "addresses": self.cleaned_data["addresses"]
        }


class NewPersonForm(PersonForm):
    """Somebody new, who may be invited at once."""

    email = forms.EmailField(label=_("Signs in with this e-mail address"), required=False)

    def own_fields(self):
        return [*super().own_fields(), self["email"]]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    @property
    def facts(self):
        facts = super().facts
        email = self.cleaned_data["email"]
        mailbox = (ContactAddress.Kind.EMAIL.value, email)
        if email and mailbox not in facts["addresses"]:
            facts["addresses"] = [*facts["addresses"], mailbox]
        return facts | {"invite_to": email}


class InviteForm(FreeWords, forms.Form):
    """Where the link goes."""

    email = forms.EmailField(label=_("E-mail address"))

    def clean_email(self):
        return self.cleaned_data["email"].lower()
