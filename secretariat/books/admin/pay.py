"""Pay in the admin: to be found and read. Runs are prepared and approved on the firm's own pages."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from secretariat.books import iban
from secretariat.books.models import (
    BankDetails,
    Outcome,
    PayExtra,
    PayingAccount,
    PayLine,
    Payout,
    PayPart,
    PayRun,
    PayStatement,
)
from secretariat.office.admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin
from secretariat.office.forms.words import WordsOfModel


class PayingAccountForm(WordsOfModel):
    """The firm's account, with check digits that fit."""

    as_typed = {"iban": "an account's number has check digits of its own, and looks like a card's"}

    class Meta:
        model = PayingAccount
        fields = "__all__"

    def clean_iban(self):
        plain = iban.plain(self.cleaned_data["iban"])
        if not iban.is_good(plain):
            raise forms.ValidationError(_("Its check digits do not fit."))
        return plain


@admin.register(PayingAccount)
class PayingAccountAdmin(ByAdministrators, ScopedAdmin):
    form = PayingAccountForm
    list_display = ["name", "iban", "bic"]


@admin.register(PayRun)
class PayRunAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "prepared_by", "approved_by", "pay_on"]
    list_filter = ["state"]
    list_select_related = ["prepared_by", "approved_by"]
    date_hierarchy = "last_on"


@admin.register(PayStatement)
class PayStatementAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "first_on", "last_on", "gross", "expenses", "total", "currency"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name", "secretary__user__name"]
    date_hierarchy = "last_on"


@admin.register(PayLine)
class PayLineAdmin(ReadOnlyAdmin):
    list_display = ["statement", "words", "quantity", "amount"]
    list_select_related = ["statement__secretary"]
    search_fields = ["words", "statement__secretary__spoken_name"]


@admin.register(PayPart)
class PayPartAdmin(ReadOnlyAdmin):
    list_display = ["line", "since", "until", "units", "amount"]
    list_select_related = ["line"]
    search_fields = ["secretary__spoken_name"]


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin):
    list_display = ["statement", "state", "bank", "made_at", "marked_at", "because"]
    list_filter = ["state"]
    list_select_related = ["statement__secretary", "bank"]
    search_fields = ["secretary__spoken_name", "secretary__user__name"]
    date_hierarchy = "made_at"


@admin.register(BankDetails)
class BankDetailsAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "partner", "ending", "entered_at", "confirmed_at", "replaced_at"]
    list_select_related = ["secretary", "partner"]
    search_fields = ["secretary__spoken_name", "partner__name"]
    fields = ["secretary", "partner", "entered_by", "ending", "entered_at", "confirmed_at", "replaced_at"]


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "client", "kind", "on", "worth", "words", "state", "reported_by"]
    list_filter = ["kind", "state"]
    list_select_related = ["secretary", "client", "reported_by"]
    search_fields = ["words", "secretary__spoken_name", "client__name"]
    date_hierarchy = "on"


@admin.register(PayExtra)
class PayExtraAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "kind", "on", "amount", "words", "state", "asked_by", "decided_by"]
    list_filter = ["kind", "state"]
    list_select_related = ["secretary", "asked_by", "decided_by"]
    search_fields = ["words", "secretary__spoken_name"]
    date_hierarchy = "on"
