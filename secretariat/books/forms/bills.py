"""What the firm says of plans, accounts and payments, and what a client asks of a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.books.models import BillingAccount, ClientPlan
from secretariat.office.forms.fields import DayInput, FigureField, MoneyField, in_currency
from secretariat.office.forms.words import FreeWords, WordsOfModel

AMOUNTS = ("price", "overage_price", "retainer", "monthly_fee", "annual_fee", "set_up_fee")
AMOUNTS += ("through_price", "text_price", "meeting_price", "lead_price")
PERCENT = ("discount_percent", "order_percent")


class MonthForm(FreeWords, forms.Form):
    """A month, by any of its days."""

    month = forms.DateField(input_formats=["%Y-%m", "%Y-%m-%d"])


class PlanForm(WordsOfModel):
    """A version of a client's plan."""

    counts = forms.MultipleChoiceField(
        label=_("Counts as time, beside talking and asking"),
        choices=ClientPlan.Counts,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    not_billed = forms.MultipleChoiceField(
        label=_("Never billed"),
        choices=ClientPlan.NotBilled,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ClientPlan
        fields = (
            *("name", "from_on", "currency", "measure", "price", "step_seconds", "minimum_seconds"),
            *("counts", "not_billed", "included", "roll_over", "overage_price", "retainer", "monthly_fee"),
            *("annual_fee", "set_up_fee", "discount_percent", "through_price", "text_price"),
            *("meeting_price", "lead_price", "order_percent"),
        )
        widgets = {"from_on": DayInput()}
        field_classes = dict.fromkeys(AMOUNTS, MoneyField) | dict.fromkeys(PERCENT, FigureField)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_currency(self, self.initial.get("currency", self.instance.currency))

    def clean_currency(self):
        currency = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isalpha():
            raise forms.ValidationError(_("Three letters, as in GBP."))
        return currency


class AccountForm(WordsOfModel):
    class Meta:
        model = BillingAccount
        fields = ("made_out_to", "address", "vat_number", "tax", "days_to_pay", "spend_cap")
        widgets = {"address": forms.Textarea(attrs={"rows": 4})}
        field_classes = {"spend_cap": MoneyField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_currency(self, self.instance.client.currency)

    def clean(self):
        said = super().clean()
        if said.get("tax") == BillingAccount.Tax.REVERSE and not said.get("vat_number"):
            self.add_error("vat_number", _("With reverse charge the client’s VAT number stands on the bill."))
        return said


class PaymentForm(FreeWords, forms.Form):
    """Money that came for a bill, or with a minus went back."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=14, decimal_places=3)
    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput())
    reference = forms.CharField(label=_("How, and its reference"), max_length=120, required=False)

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Say how much came."))
        return self.cleaned_data["amount"]


class QuestionForm(FreeWords, forms.Form):
    """What a client does not understand of a line."""

    words = forms.CharField(
        label=_("What is not clear?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what is not clear.")},
    )


class AnswerForm(FreeWords, forms.Form):
    """What the firm says to it."""

    answer = forms.CharField(
        label=_("Answer to the client"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why; the client reads it.")},
    )


class WaiverForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("What went wrong"),
        max_length=240,
        error_messages={"required": _("Say what went wrong; it is kept.")},
    )
