"""Forms of enclosures and of print runs."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clients.models import Client
from messages_app.forms.posting import clean_proof, proof_field
from messages_app.letters import joining
from messages_app.letters.printing import Costs
from messages_app.models import Letter, Posting, PrintRun, PrintRunLetter
from secretariat.office.forms.words import FreeWords

NOT_IN_IT = ""
TRACKED = ("signed", "registered", "courier")


class LetterFileForm(FreeWords, forms.Form):
    file = forms.FileField(label=_("A PDF that goes with it"), help_text=_("20 MB and 60 pages at most."))
    name = forms.CharField(label=_("What it is, as it stands under the letter"), max_length=120)
    joined = forms.BooleanField(
        label=_("Printed with the letter; otherwise it is sent apart"), required=False, initial=True
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > joining.LARGEST:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        return file


class NewRunForm(FreeWords, forms.Form):
    """Each letter with the class it goes by; or not in this run."""

    def __init__(self, data=None, *, letters: Iterable[Letter]):
        super().__init__(data)
        self.letters = list(letters)
        choices = [(NOT_IN_IT, _("Not in this run")), *Posting.Kind.choices]
        for letter in self.letters:
            label = f"{letter.number} · {letter.to}"
            self.fields[letter.pk.hex] = forms.ChoiceField(
                label=label, choices=choices, initial=Posting.Kind.STANDARD, required=False
            )

    def clean(self):
        super().clean()
        if not self.errors and not self.chosen:
            raise forms.ValidationError(_("No letter is in this run."))

    @property
    def chosen(self) -> dict[UUID, str]:
        """The class of each letter that is in it, by the letter's id."""
        said = self.cleaned_data
        return {each.pk: said[each.pk.hex] for each in self.letters if said.get(each.pk.hex)}


class TogetherForm(FreeWords, forms.Form):
    """Of which clients all letters that wait are printed as one file, and by which class they go."""

    clients = forms.ModelMultipleChoiceField(
        Client.objects.none(), label=_("Whose letters"), widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("All of them go by"), choices=Posting.Kind.choices)

    def __init__(self, data=None, *, clients):
        super().__init__(data, initial={"clients": [client.pk for client in clients]})
        self.fields["clients"].queryset = clients
        self.fields["clients"].label_from_instance = _counted


class RunPostedForm(FreeWords, forms.Form):
    """What the post took for each class, and which letters did not go after all."""

    def __init__(self, *args, items: Iterable[PrintRunLetter], currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        self.as_typed = {}
        for kind in Posting.Kind:
            if any(each.kind == kind for each in self.items):
                self.fields[f"postage_{kind.value}"] = _money(
                    _("Postage of one letter in %(currency)s: %(kind)s")
                    % {"kind": kind.label, "currency": currency}
                )
        self.fields["a_page"] = _money(
            _("Paper and print of one page in %(currency)s") % {"currency": currency}, required=False
        )
        self.fields["proof"] = proof_field()
        for item in self.items:
            key = item.letter_id.hex
            if item.kind in TRACKED:
                self.fields[f"tracking_{key}"] = forms.CharField(
                    label=_("Tracking number"), max_length=60, required=False
                )
                self.as_typed[f"tracking_{key}"] = "a parcel’s number looks like a card’s; it is the post’s"
            self.fields[f"left_{key}"] = forms.BooleanField(label=_("It did not go"), required=False)

    def clean_proof(self):
        return clean_proof(self.cleaned_data["proof"])

    @property
    def costs(self) -> Costs:
        said = self.cleaned_data
        named = ((name.removeprefix("postage_"), value) for name, value in said.items())
        postage = {name: value for name, value in named if name in Posting.Kind.values}
        return Costs(postage, said["a_page"] or Decimal(0))

    @property
    def left_out(self) -> frozenset[UUID]:
        return frozenset(
            each.letter_id for each in self.items if self.cleaned_data.get(f"left_{each.letter_id.hex}")
        )

    @property
    def tracking(self) -> dict[UUID, str]:
        return {
            each.letter_id: self.cleaned_data.get(f"tracking_{each.letter_id.hex}", "") for each in self.items
        }

    @property
    def general(self) -> list:
        """The fields that are about all letters."""
        return [self[name] for name in self.fields if not name.startswith(("tracking_", "left_"))]

    @property
    def rows(self) -> list[dict]:
        """Each letter with its own fields."""
        return [
            {
                "item": each,
                "left": self[f"left_{each.letter_id.hex}"],
                "tracking": self[f"tracking_{each.letter_id.hex}"] if each.kind in TRACKED else None,
            }
            for each in self.items
        ]


class RunPutRightForm(FreeWords, forms.Form):
    """What the post took for each class after all, and the photograph of it all. What is empty stays."""

    def __init__(self, *args, run: PrintRun, costs: bool, **kwargs):
        super().__init__(*args, **kwargs)
        paid = defaultdict(set)
        for each in run.postings.all() if costs else ():
            paid[each.kind].add(each.postage)
        for kind in Posting.Kind:
            if kind in paid:
                said = {"kind": kind.label, "currency": run.client.currency}
                label = _("Postage of one letter in %(currency)s: %(kind)s") % said
                self.fields[f"postage_{kind.value}"] = field = _money(label, required=False)
                field.initial = paid[kind].pop() if len(paid[kind]) == 1 else None
        if costs:
            label = _("Paper and print of one page in %(currency)s") % {"currency": run.client.currency}
            self.fields["a_page"] = _money(label, required=False)
            self.fields["a_page"].help_text = _("Left empty, it stays as it is.")
        self.fields["proof"] = proof_field()
        if run.proof_id:
            self.fields["proof"].label = _("Another photograph of the receipt instead")

    def clean_proof(self):
        return clean_proof(self.cleaned_data["proof"])

    @property
    def postage(self) -> dict[str, Decimal]:
        """By the class; those that were said."""
        named = {kind: self.cleaned_data.get(f"postage_{kind}") for kind in Posting.Kind.values}
        return {kind: paid for kind, paid in named.items() if paid is not None}


def _counted(client: Client) -> str:
    letters = ngettext("%(n)d letter", "%(n)d letters", client.waiting) % {"n": client.waiting}
    return f"{client.name}, {letters}"


def _money(label, *, required=True) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=8, decimal_places=2, required=required)
