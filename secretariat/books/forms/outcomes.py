"""What is typed about what work led to."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from clients.models import Client
from secretariat import clock
from secretariat.books.models import Outcome
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords, WordsOfModel

RECENT = timedelta(days=45)
MOST_CALLS = 60


class OutcomeForm(WordsOfModel):
    """A meeting, an order or a lead, written down by the firm: it counts at once."""

    class Meta:
        model = Outcome
        fields = ("secretary", "client", "kind", "on", "worth", "words")
        widgets = {"on": DayInput()}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)


class CallChoice(forms.ModelChoiceField):
    """One of her calls, by when it was and who called."""

    def __init__(self, *, zone, **kwargs):
        super().__init__(**kwargs)
        self.zone = zone

    def label_from_instance(self, call):
        when = date_words(call.rang_at.astimezone(self.zone), "D j M, H:i")
        who = call.caller_name or call.caller_firm or call.caller_number or _("number withheld")
        return f"{when} · {who} · {call.client.name}"


class ReportForm(FreeWords, forms.Form):
    """An order, a lead or a meeting, as whoever did the work tells it."""

    kind = forms.ChoiceField(label=_("What came of it"), choices=Outcome.Kind.choices)
    client = forms.ModelChoiceField(
        label=_("For which client"),
        queryset=Client.objects.none(),
        required=False,
        empty_label=_("That of the call"),
    )
    on = forms.DateField(label=_("Day"), widget=DayInput())
    worth = forms.DecimalField(
        label=_("What an order is worth"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_(
            "In the money of the client’s bill. Where commission is a share, it is reckoned of this."
        ),
    )
    words = forms.CharField(label=_("In a few words"), max_length=240)

    def __init__(self, *args, secretary, zone, **kwargs):
        super().__init__(*args, **kwargs)
        user = secretary.user
        self.fields["client"].queryset = Client.objects.visible_to(user)
        calls = Call.objects.visible_to(user).filter(secretary=secretary, rang_at__gte=clock.now() - RECENT)
        newest = calls.order_by("-rang_at").values("pk")[:MOST_CALLS]
        call = CallChoice(
            zone=zone,
            label=_("Out of which call"),
            queryset=Call.objects.filter(pk__in=newest).select_related("client").order_by("-rang_at"),
            required=False,
            empty_label=_("None of these"),
            help_text=_("Then its time stands behind the commission."),
        )
        self.fields = {"kind": self.fields["kind"], "call": call} | self.fields
        self.today = clock.now().astimezone(zone).date()

    def clean(self):
        said = super().clean()
        call, client = said.get("call"), said.get("client")
        if call and client and call.client_id != client.pk:
            self.add_error("client", _("That call was for another client."))
        elif not call and not client and "client" not in self.errors:
            self.add_error("client", _("Choose the client, or the call it came out of."))
        if said.get("on") and said["on"] > self.today:
            self.add_error("on", _("This is still to come."))
        if said.get("kind") == Outcome.Kind.ORDER and not said.get("worth"):
            self.add_error("worth", _("Say what the order is worth."))
        return said

    @property
    def told(self) -> dict:
        """What `outcomes.report` wants to know."""
        said = self.cleaned_data
        call = said["call"]
        return {
            "kind": said["kind"],
            "client": call.client if call else said["client"],
            "on": said["on"],
            "worth": said["worth"] or Decimal(0),
            "words": said["words"],
            "subject": ("calls.call", call.pk) if call else ("", None),
        }


class BecauseForm(FreeWords, forms.Form):
    because = forms.CharField(max_length=240, required=False)
