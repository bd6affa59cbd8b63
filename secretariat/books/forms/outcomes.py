"""What is typed about what work led to."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.books import behind, outcomes
from secretariat.books.models import Outcome
from secretariat.office.contracts import holding
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords, WordsOfModel


class OutcomeForm(WordsOfModel):
    """A meeting, an order or a lead, written down by the firm: it counts at once."""

    class Meta:
        model = Outcome
        fields = ("secretary", "client", "kind", "on", "worth", "words")
        widgets = {"on": DayInput()}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)

    def clean(self):
        said = super().clean()
        if not self.errors and (words := outcomes.why_not(Outcome(**said))):
            self.add_error("worth", words)
        return said


class ReportForm(FreeWords, forms.Form):
    """An order, a lead or a meeting, as whoever did the work tells it."""

    kind = forms.ChoiceField(label=_("What came of it"), choices=Outcome.Kind.choices)
    client = forms.ModelChoiceField(
        label=_("For which client"),
        queryset=Client.objects.none(),
        required=False,
        empty_label=_("That of the work"),
    )
    on = forms.DateField(label=_("Day"), widget=DayInput())
    worth = forms.DecimalField(
        label=_("What it is worth"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_(
            "In the money of the client’s bill; of an order in any case. Where commission is a share, it is "
            "reckoned of this."
        ),
    )
    words = forms.CharField(label=_("In a few words"), max_length=240)

    def __init__(self, *args, secretary, **kwargs):
        super().__init__(*args, **kwargs)
        self.secretary, at = secretary, clock.now()
        self.today = holding.today(secretary, at)
        self.fields["client"].queryset = Client.objects.visible_to(secretary.user)
        work = forms.ChoiceField(
            label=_("Out of which work"),
            choices=[("", _("None of these")), *behind.choices(secretary, at=at)],
            required=False,
            error_messages={"invalid_choice": _("That is no work of yours any more. Choose again.")},
            help_text=_("Then its time stands behind the commission."),
        )
        self.fields = {"kind": self.fields["kind"], "work": work} | self.fields

    def clean_work(self):
        """The subject and the client of it."""
        value = self.cleaned_data["work"]
        found = behind.named(self.secretary, value) if value else None
        if value and found is None:
            raise forms.ValidationError(_("That is no work of yours any more. Choose again."))
        return found

    def clean(self):
        said = super().clean()
        work, client = said.get("work"), said.get("client")
        if work and client and work[2] != client:
            self.add_error("client", _("That work was for another client."))
        elif not work and not client and not self.errors.keys() & {"client", "work"}:
            self.add_error("client", _("Choose the client, or the work it came out of."))
        if said.get("on") and said["on"] > self.today:
            self.add_error("on", _("This is still to come."))
        if said.get("kind") == Outcome.Kind.ORDER and not said.get("worth"):
            self.add_error("worth", _("Say what the order is worth."))
        return said

    @property
    def told(self) -> dict:
        """What `outcomes.report` wants to know."""
        said = self.cleaned_data
        kind, subject, client = said["work"] or ("", None, said["client"])
        return {
            "kind": said["kind"],
            "client": client,
            "on": said["on"],
            "worth": said["worth"] or Decimal(0),
            "words": said["words"],
            "subject": (kind, subject),
        }


class WorthForm(FreeWords, forms.Form):
    """What an outcome is worth, where the firm says so as it lets it count."""

    worth = forms.DecimalField(max_digits=12, decimal_places=2, min_value=Decimal(0), required=False)


class BecauseForm(FreeWords, forms.Form):
    because = forms.CharField(max_length=240, required=False)
