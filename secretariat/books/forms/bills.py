"""What the firm says of plans, accounts and payments, and what a client asks of a line."""

from decimal import Decimal
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from secretariat.books.models import BillingAccount, ClientPlan, Issuer
from secretariat.office.forms.fields import DayInput, FigureField, MoneyField, in_currency
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.rounding import half_up

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
            *(
                "name",
                "from_on",
                "until_on",
                "currency",
                "measure",
                "price",
                "step_seconds",
                "minimum_seconds",
            ),
            *("counts", "not_billed", "included", "roll_over", "overage_price", "retainer", "monthly_fee"),
            *("annual_fee", "set_up_fee", "discount_percent", "through_price", "text_price"),
            *("meeting_price", "lead_price", "order_percent"),
        )
        widgets = {"from_on": DayInput(), "until_on": DayInput()}
        labels = {"until_on": _("last day, where it is known")}
        help_texts = {"until_on": _("Empty: until it is changed or ended.")}
        field_classes = dict.fromkeys(AMOUNTS, MoneyField) | dict.fromkeys(PERCENT, FigureField)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_currency(self, self.initial.get("currency", self.instance.currency))

    def clean(self):
        said = super().clean()
        if said.get("from_on") and said.get("until_on") and said["until_on"] < said["from_on"]:
            self.add_error("until_on", _("It ends before it begins."))
        return said

    def clean_currency(self):
        currency = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isalpha():
            raise forms.ValidationError(_("Three letters, as in GBP."))
        return currency


class AccountForm(WordsOfModel):
    class Meta:
        model = BillingAccount
        fields = ("made_out_to", "address", "mailbox", "vat_number", "tax", "days_to_pay", "spend_cap")
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


class IssuerForm(WordsOfModel):
    """Who bills, as it stands on every bill."""

    class Meta:
        model = Issuer
        fields = ("name", "address", "vat_number", "vat_percent", "pay_to")
        widgets = {
            "address": forms.Textarea(attrs={"rows": 4}),
            "pay_to": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].required = True


class PlanEndForm(FreeWords, forms.Form):
    last_on = forms.DateField(label=_("Last day that is billed"), widget=DayInput())


class OwnLineForm(FreeWords, forms.Form):
    """A fee or goodwill, once, in the currency of the client's bill."""

    KINDS = (("fee", _("An agreed fee")), ("goodwill", _("Goodwill: taken off")))

    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS)
    words = forms.CharField(label=_("What for, as it stands on the bill"), max_length=200)
    amount = forms.DecimalField(
        label=_("Amount before VAT"), max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )

    def __init__(self, *args, digits: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.digits = digits

    def clean_amount(self):
        return whole(self.cleaned_data["amount"], self.digits)

    @property
    def signed(self) -> Decimal:
        amount = self.cleaned_data["amount"]
        return -amount if self.cleaned_data["kind"] == "goodwill" else amount


class GiveBackForm(FreeWords, forms.Form):
    """Which lines of a bill are credited whole, which parts of others, and what sum beside them."""

    lines = forms.TypedMultipleChoiceField(label=_("Whole lines"), coerce=UUID, required=False)
    items = forms.TypedMultipleChoiceField(label=_("Some parts of a line"), coerce=UUID, required=False)
    amount = forms.DecimalField(
        label=_("A sum, before VAT"),
        max_digits=14,
        decimal_places=3,
        min_value=Decimal("0.001"),
        required=False,
    )
    because = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why; it stands on the credit note.")},
    )

    def __init__(self, *args, lines, items, digits: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(str(each), "") for each in lines]
        self.fields["items"].choices = [(str(each), "") for each in items]
        self.digits = digits

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        return amount and whole(amount, self.digits)

    def clean(self):
        said = super().clean()
        nothing = not (said.get("lines") or said.get("items") or said.get("amount"))
        if nothing and not self.errors.keys() & {"lines", "items", "amount"}:
            self.add_error("amount", _("Tick a line or a part of one, or say a sum."))
        return said


class LimitForm(FreeWords, forms.Form):
    limit = forms.DecimalField(
        label=_("Your own limit a month, before VAT"), max_digits=12, decimal_places=2, min_value=0
    )


def whole(amount: Decimal, digits: int) -> Decimal:
    """An amount of a currency, or the words that it is none."""
    if half_up(amount, digits) != amount:
        raise forms.ValidationError(
            ngettext(
                "This currency has %(n)d place after the point.",
                "This currency has %(n)d places after the point.",
                digits,
            )
            % {"n": digits}
        )
    return amount


class PaymentForm(FreeWords, forms.Form):
    """Money that came for a bill, or with a minus went back."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=14, decimal_places=3)
    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput())
    reference = forms.CharField(label=_("How, and its reference"), max_length=120, required=False)

    def __init__(self, *args, digits: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.digits = digits

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Say how much came."))
        return whole(self.cleaned_data["amount"], self.digits)


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
