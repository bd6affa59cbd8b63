"""What is typed about pay: a run's days, bank details, expenses and extras."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.dateformat import format as date_words
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from secretariat.books import iban
from secretariat.books.models import PayExtra
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords, WordsOfModel


class RunForm(FreeWords, forms.Form):
    """The days of a run, and when it is paid."""

    first_on = forms.DateField(label=_("From"), widget=DayInput())
    last_on = forms.DateField(label=_("Until"), widget=DayInput())
    pay_on = forms.DateField(label=_("To be paid on"), widget=DayInput())

    def clean(self):
        said = super().clean()
        first, last, paid = said.get("first_on"), said.get("last_on"), said.get("pay_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day comes after the first."))
        if first and last and (last - first).days > 92:
            self.add_error("last_on", _("A run is for three months at most."))
        if paid and first and paid < first:
            self.add_error("pay_on", _("Pay comes after the first day."))
        return said


class DetailsForm(FreeWords, forms.Form):
    """Where she is paid, as she says it herself."""

    holder = forms.CharField(label=_("Holder of the account"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=42)
    bic = forms.CharField(label=_("BIC, where your bank asks for it"), max_length=14, required=False)
    tax = forms.CharField(label=_("Tax number, where you have one"), max_length=40, required=False)
    as_typed = {"iban": "an account's number has check digits of its own, and looks like a card's"}

    def clean_iban(self):
        plain = iban.plain(self.cleaned_data["iban"])
        if not iban.is_good(plain):
            raise forms.ValidationError(
                _("Its check digits do not fit. Compare it with a statement of your bank.")
            )
        return plain

    def clean_bic(self):
        plain = iban.plain(self.cleaned_data["bic"])
        if plain and not iban.is_bic(plain):
            raise forms.ValidationError(_("A BIC has 8 or 11 letters and figures."))
        return plain


class CodeForm(FreeWords, forms.Form):
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=6,
        min_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ExpenseForm(FreeWords, forms.Form):
    """What she laid out for the work."""

    on = forms.DateField(label=_("Day"), widget=DayInput())
    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2, min_value=Decimal("0.01"))
    words = forms.CharField(label=_("What for"), max_length=240)

    def __init__(self, *args, currency: str = "", until: date | None = None, **kwargs):
        """`currency`: of the contract by which she is paid. `until`: her last day here."""
        super().__init__(*args, **kwargs)
        self._until = until
        if currency:
            self.fields["amount"].label = _("Amount, in %(currency)s") % {"currency": currency}

    def clean_on(self):
        on = self.cleaned_data["on"]
        if self._until and on > self._until:
            words = _("Say the day on which you paid for it, %(day)s at the latest.")
            raise forms.ValidationError(words % {"day": date_words(self._until, "j F Y")})
        return on


class ExtraForm(WordsOfModel):
    """A bonus, a correction, something taken off, by the firm."""

    class Meta:
        model = PayExtra
        fields = ("secretary", "kind", "on", "amount", "words")
        widgets = {"on": DayInput()}
        help_texts = {"amount": _("In the currency of her contract.")}

    def clean(self):
        said = super().clean()
        amount, kind = said.get("amount"), said.get("kind")
        if amount and kind == PayExtra.Kind.DEDUCTION and amount > 0:
            said["amount"] = -amount
        if amount and kind in (PayExtra.Kind.BONUS, PayExtra.Kind.EXPENSE) and amount < 0:
            self.add_error("amount", _("This is added. To take something off, choose that."))
        return said


class AnswerForm(FreeWords, forms.Form):
    answer = forms.CharField(label=_("Why not"), max_length=240, required=False)
    amount = forms.DecimalField(required=False)  # as it stood on the page


class ReturnedForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("Why it came back"),
        max_length=240,
        error_messages={"required": _("Say why it came back, as the bank says it.")},
    )


LONGEST = 120  # of what her words are about: as many are left to her


class QuestionForm(FreeWords, forms.Form):
    """What is not right with a statement, and by how much."""

    amount = forms.DecimalField(max_digits=12, decimal_places=2)
    words = forms.CharField(
        label=_("What is not right"),
        max_length=240,
        error_messages={"required": _("Say in a few words what is not right.")},
    )

    def __init__(self, *args, currency: str, about: str = "", **kwargs):
        """`currency`: of the statement. `about`: of which part of it, as it was paid; her words follow."""
        super().__init__(*args, **kwargs)
        self._about = Truncator(about).chars(LONGEST)
        words = _("By how much, in %(currency)s, with a minus where it is too much")
        self.fields["amount"].label = words % {"currency": currency}

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Say by how much."))
        return self.cleaned_data["amount"]

    def clean_words(self):
        words = f"{self._about}: {self.cleaned_data['words']}" if self._about else self.cleaned_data["words"]
        if (over := len(words) - self.fields["words"].max_length) > 0:
            raise forms.ValidationError(_("Say it in fewer words, by %(n)d letters.") % {"n": over})
        return words
