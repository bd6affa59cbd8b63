from django.contrib import admin

from secretariat.books.models import (
    Bill,
    BilledRecord,
    BillingAccount,
    BillItem,
    BillLine,
    ClientPlan,
    ConfirmedTime,
    Correction,
    Issuer,
    MonthRun,
    Numbering,
    OneOff,
    Payment,
    Question,
    Told,
    Waiver,
    Week,
)
from secretariat.office.admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin


@admin.register(Week)
class WeekAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "starts_on", "state", "confirmed_at", "approved_at", "approved_by"]
    list_filter = ["state"]
    list_select_related = ["secretary", "approved_by"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "starts_on"


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = [
        *("secretary", "client", "was_from", "was_until", "started_at", "ended_at"),
        *("because", "made_by", "made_at"),
    ]
    list_select_related = ["secretary", "client", "made_by"]
    search_fields = ["secretary__spoken_name", "client__name", "because"]
    date_hierarchy = "made_at"


@admin.register(ConfirmedTime)
class ConfirmedTimeAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "client", "kind", "started_at", "ended_at", "correction"]
    list_filter = ["kind"]
    list_select_related = ["secretary", "client", "correction"]
    search_fields = ["secretary__spoken_name", "client__name"]
    date_hierarchy = "started_at"


@admin.register(MonthRun)
class MonthRunAdmin(ReadOnlyAdmin):
    list_display = ["first_on", "doing", "parts", "parts_left", "begun_by", "begun_at"]
    list_select_related = ["begun_by"]


@admin.register(ClientPlan)
class ClientPlanAdmin(ReadOnlyAdmin):
    list_display = ["client", "name", "measure", "price", "currency", "from_on", "until_on"]
    list_filter = ["measure"]
    list_select_related = ["client"]
    search_fields = ["client__name", "name"]


@admin.register(BillingAccount)
class BillingAccountAdmin(ScopedAdmin):
    list_display = ["client", "made_out_to", "tax", "days_to_pay", "spend_cap"]
    list_select_related = ["client"]
    search_fields = ["client__name", "made_out_to"]
    autocomplete_fields = ["client"]


@admin.register(Issuer)
class IssuerAdmin(ByAdministrators, ScopedAdmin):
    list_display = ["name", "vat_number", "vat_percent"]


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ["client", "because", "made_by", "made_at"]
    list_select_related = ["client", "made_by"]
    search_fields = ["client__name", "because"]


@admin.register(OneOff)
class OneOffAdmin(ReadOnlyAdmin):
    list_display = ["client", "words", "amount", "currency", "made_by", "made_at"]
    list_select_related = ["client", "made_by"]
    search_fields = ["client__name", "words"]


@admin.register(Numbering)
class NumberingAdmin(ReadOnlyAdmin):
    list_display = ["series", "last"]


@admin.register(Bill)
class BillAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "kind", "state", "first_on", "total", "currency", "due_on"]
    list_filter = ["state", "kind"]
    list_select_related = ["client"]
    search_fields = ["number", "client__name"]
    date_hierarchy = "first_on"


@admin.register(BillLine)
class BillLineAdmin(ReadOnlyAdmin):
    list_display = ["bill", "client", "words", "quantity", "amount"]
    list_select_related = ["bill", "client"]
    search_fields = ["bill__number", "client__name"]


@admin.register(BillItem)
class BillItemAdmin(ReadOnlyAdmin):
    list_display = ["line", "client", "at", "units", "free", "amount", "because"]
    list_select_related = ["line", "client"]
    search_fields = ["line__bill__number", "client__name"]


@admin.register(BilledRecord)
class BilledRecordAdmin(ReadOnlyAdmin):
    list_display = ["client", "started_at", "ended_at", "item"]
    list_select_related = ["client", "item"]
    search_fields = ["client__name"]


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["bill", "client", "amount", "paid_on", "reference", "noted_by"]
    list_select_related = ["bill", "client", "noted_by"]
    search_fields = ["bill__number", "client__name", "reference"]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ["bill", "client", "words", "asked_at", "answer_by", "ended"]
    list_filter = ["ended"]
    list_select_related = ["bill", "client"]
    search_fields = ["bill__number", "client__name"]


@admin.register(Told)
class ToldAdmin(ReadOnlyAdmin):
    list_display = ["client", "about", "month", "degree", "told_at"]
    list_filter = ["about"]
    list_select_related = ["client"]
    search_fields = ["client__name"]
