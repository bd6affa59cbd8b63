"""What somebody says of a letter she has posted, or that came back."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from messages_app.letters import posting
from messages_app.models import Posting
from secretariat.office.forms.words import FreeWords

TOO_LARGE = _("This file is larger than 10 MB.")
PROOFS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG", "application/pdf": b"%PDF-"}


def proof_field() -> forms.FileField:
    return forms.FileField(
        label=_("Photograph of the receipt"),
        required=False,
        help_text=_("JPEG, PNG or PDF, 10 MB at most."),
    )


def clean_proof(proof, *, most: int = posting.LARGEST, too_large=TOO_LARGE):
    """The upload with its kind by what is in it, or None where there is none."""
    if not proof:
        return None
    if proof.size > most:
        raise forms.ValidationError(too_large)
    begins = proof.read(8)
    proof.seek(0)
    kinds = [kind for kind, mark in PROOFS.items() if begins.startswith(mark)]
    if not kinds:
        raise forms.ValidationError(_("This is neither a JPEG nor a PNG nor a PDF."))
    proof.content_type = kinds[0]
    return proof


class PostedForm(FreeWords, forms.Form):
    as_typed = {"tracking": "a parcel’s number looks like a card’s; it is the post’s"}

    kind = forms.ChoiceField(label=_("Class"), choices=Posting.Kind.choices)
    postage = forms.DecimalField(min_value=0, max_digits=8, decimal_places=2)
    paper = forms.DecimalField(min_value=0, max_digits=8, decimal_places=2, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    proof = proof_field()

    def __init__(self, *args, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["postage"].label = _("Postage in %(currency)s") % {"currency": currency}
        self.fields["paper"].label = _("Paper and print in %(currency)s") % {"currency": currency}

    def clean_paper(self):
        return self.cleaned_data["paper"] or Decimal(0)

    def clean_proof(self):
        return clean_proof(self.cleaned_data["proof"])

    def envelope(self) -> posting.Envelope:
        said = self.cleaned_data
        return posting.Envelope(said["kind"], said["postage"], said["paper"], said.get("tracking", ""))


class CarriedForm(PostedForm):
    """A letter that a carrier is to print and post: what it will cost. The carrier itself says the rest."""

    as_typed: dict[str, str] = {}
    tracking = None
    proof = None


class PutRightForm(PostedForm):
    """What was written down of a posting. Without `costs` what was paid stays as it is."""

    def __init__(self, *args, posting: Posting, costs: bool, **kwargs):
        number = posting.received.gone_tracking if posting.received else posting.tracking
        known = {"kind": posting.kind, "postage": posting.postage, "paper": posting.paper}
        super().__init__(*args, currency=posting.currency, initial=known | {"tracking": number}, **kwargs)
        if posting.received:
            cover = _("Envelope or box in %(currency)s") % {"currency": posting.currency}
            self.fields["paper"].label = cover
        if posting.proof_id:
            self.fields["proof"].label = _("Another photograph of the receipt instead")
        by_hand = posting.carrier == Posting.Carrier.BY_HAND
        for name in ("postage", "paper") if not costs else ():
            del self.fields[name]
        if not costs or not by_hand:
            del self.fields["kind"]
        if not by_hand:  # the carrier says the rest
            del self.fields["tracking"], self.fields["proof"]
        self.posting = posting

    def clean_tracking(self):
        return self.cleaned_data["tracking"].strip()

    @property
    def paid(self) -> posting.Envelope | None:
        """What was paid for it; none where that was not asked."""
        said = self.cleaned_data
        if "postage" not in said:
            return None
        return posting.Envelope(said.get("kind", self.posting.kind), said["postage"], said["paper"])


class CameBackForm(FreeWords, forms.Form):
    because = forms.CharField(label=_("Why it came back"), max_length=240)
