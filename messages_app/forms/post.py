"""What somebody says of post that came: at the desk, and the client in the portal."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from messages_app.forms.posting import clean_proof, proof_field
from messages_app.letters.posting import Envelope
from messages_app.models import Posting, PostRules, ReceivedPost
from secretariat.office.forms.words import FreeWords, WordsOfModel

LARGEST = 25_000_000  # bytes of a scan
GONE = [each for each in ReceivedPost.Paper.choices if each[0] != "here"]
BY_POST = frozenset({ReceivedPost.Paper.SENT_ON, ReceivedPost.Paper.RETURNED})


class CameForm(FreeWords, forms.Form):
    as_typed = {"tracking": "a parcel’s number looks like a card’s; it is the post’s"}

    kind = forms.ChoiceField(label=_("What came"), choices=ReceivedPost.Kind.choices)
    sender = forms.CharField(label=_("From, as it stands on the envelope"), max_length=160, required=False)
    tracking = forms.CharField(label=_("Number on the envelope"), max_length=60, required=False)
    place = forms.CharField(
        label=_("Where it lies"), max_length=120, help_text=_("Such as: tray 2, safe, shelf of the client.")
    )


class ScanForm(FreeWords, forms.Form):
    file = forms.FileField(label=_("Scan or photograph"), help_text=_("PDF, JPEG or PNG, 25 MB at most."))
    opened = forms.BooleanField(label=_("It was opened: these are its pages"), required=False)

    def clean_file(self):
        too_large = _("This file is larger than 25 MB.")
        return clean_proof(self.cleaned_data["file"], most=LARGEST, too_large=too_large)


class LiesForm(FreeWords, forms.Form):
    place = forms.CharField(label=_("Where it lies"), max_length=120)


class LeftForm(FreeWords, forms.Form):
    as_typed = {"tracking": "a parcel’s number looks like a card’s; it is the post’s"}

    paper = forms.ChoiceField(label=_("The paper was"), choices=GONE)
    kind = forms.ChoiceField(label=_("Class"), choices=Posting.Kind.choices, required=False)
    postage = forms.DecimalField(
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=_("Where it went by post: 0 if nothing was paid."),
    )
    cover = forms.DecimalField(min_value=0, max_digits=8, decimal_places=2, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    proof = proof_field()

    def __init__(self, *args, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["postage"].label = _("Postage in %(currency)s") % {"currency": currency}
        self.fields["cover"].label = _("Envelope or box in %(currency)s") % {"currency": currency}

    def clean_proof(self):
        return clean_proof(self.cleaned_data["proof"])

    def clean(self):
        said = super().clean()
        if said.get("paper") in BY_POST:
            if said.get("postage") is None and "postage" not in self.errors:
                self.add_error("postage", _("Say what the postage was; 0 if nothing was paid."))
        elif "paper" in said:
            for name in ("postage", "cover", "proof"):
                if said.get(name):
                    self.add_error(name, _("Say so only of paper that was sent on or returned."))
        return said

    def envelope(self) -> Envelope | None:
        """What was paid for it; none where it did not go by post."""
        said = self.cleaned_data
        if said["paper"] not in BY_POST:
            return None
        return Envelope(said["kind"] or Posting.Kind.STANDARD, said["postage"], said["cover"] or Decimal(0))


class PostWishForm(FreeWords, forms.Form):
    wish = forms.ChoiceField(label=_("What is to be done with it"), choices=ReceivedPost.Wish.choices)


# What is said of the client elsewhere is said to her here.
OPENED_FOR_HER = {
    PostRules.OpenedBy.EVERYBODY: _("Everybody who answers for you"),
    PostRules.OpenedBy.TEAM: _("Your own secretaries and their stand-ins"),
}
TO_HER = {
    PostRules.Then.HOLD: _("Kept until you say"),
    PostRules.Then.SEND_ON: _("Sent on to you"),
}


class PostRulesForm(WordsOfModel):
    """What the client lets us do with her post: hers to say, in the portal."""

    class Meta:
        model = PostRules
        fields = ["opens", "opened_by", "openers", "then", "days", "send_on_to"]
        widgets = {
            "openers": forms.CheckboxSelectMultiple,
            "send_on_to": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["openers"].queryset = people
        self.fields["openers"].label_from_instance = lambda each: each.spoken_name
        self.fields["opened_by"].choices = [
            (value, OPENED_FOR_HER.get(value, label)) for value, label in PostRules.OpenedBy.choices
        ]
        self.fields["then"].choices = [
            (value, TO_HER.get(value, label)) for value, label in PostRules.Then.choices
        ]

    def clean(self):
        said = super().clean()
        named = said.get("opened_by") == PostRules.OpenedBy.NAMED
        if named and not said.get("openers") and "openers" not in self.errors:
            self.add_error("openers", _("Say who may open it."))
        return said
