"""Forms of a client's address book."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Correspondent, PostalAddress
from messages_app.letters.addresses import countries
from secretariat.office.forms.words import FreeWords


class FileForm(FreeWords, forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A table (.csv) or cards (.vcf), 5 MB at most."),
    )


class WhomForm(FreeWords, forms.Form):
    q = forms.CharField(label=_("Name, firm, number or mailbox"), max_length=80, required=False)


class PersonForm(FreeWords, forms.ModelForm):
    """Somebody in the book, and where letters to her go."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    firm = forms.CharField(label=_("Firm"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    class Meta:
        model = PostalAddress
        fields = ["street", "city", "postcode", "region", "country"]
        labels = {"street": _("Street, a line each"), "city": _("Town")}
        widgets = {"street": forms.Textarea(attrs={"rows": 2})}

    field_order = ["name", "firm"]

    def __init__(self, *args, client: Client, person: Correspondent | None, **kwargs):
        place = person.postal_addresses.first() if person else None
        known = {"name": person.name, "firm": person.firm} if person else {}
        initial = known if place else known | {"country": client.country}
        super().__init__(*args, instance=place, initial=initial, **kwargs)
        self.fields["country"].choices = countries()
        for name in ("street", "city"):
            self.fields[name].required = False

    def clean(self):
        said = super().clean()
        if not (said.get("name") or said.get("firm")) and not self.errors:
            self.add_error("name", _("Write a name or a firm."))
        place = [name for name in ("street", "city", "country") if said.get(name)]
        if any(said.get(name) for name in ("street", "city", "postcode", "region")):
            for name in ("street", "city", "country"):
                if name not in place and name not in self.errors:
                    self.add_error(name, _("A postal address has a street, a town and a country."))
        return said

    def _post_clean(self):
        """Nothing is written into the row that is shown: see `clients.address_book.writing`."""


class SamePersonForm(FreeWords, forms.Form):
    other = forms.ModelChoiceField(
        Correspondent.objects.none(), label=_("Is the same as"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = people
        self.fields["other"].label_from_instance = _described


def _described(person: Correspondent) -> str:
    """Her name, firm, numbers and place, so that two of one name are told apart."""
    known = [each.value for each in person.addresses.all()]
    places = [str(each) for each in person.postal_addresses.all()]
    return " · ".join(filter(None, (person.name, person.firm, *known, *places[:1])))
