"""Contracts in the admin: to be found and read. They are written, offered and signed on the firm's pages."""

from django.contrib import admin

from secretariat.office.admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin
from secretariat.office.models import Contract, ContractSigning, ContractWord, Partner, PartnerPerson, PayTerm


@admin.register(Partner)
class PartnerAdmin(ByAdministrators, ScopedAdmin):
    list_display = ["name", "address"]
    search_fields = ["name"]


@admin.register(PartnerPerson)
class PartnerPersonAdmin(ByAdministrators, ScopedAdmin):
    """An invitation makes her of the company; its own people invite others. It ends by its last day."""

    list_display = ["user", "partner", "from_at", "until_at"]
    list_filter = ["partner"]
    list_select_related = ["user", "partner"]
    search_fields = ["user__name", "user__email", "partner__name"]
    raw_id_fields = ["user"]


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "version", "kind", "state", "from_on", "until_on", "partner"]
    list_filter = ["state", "kind", "partner"]
    list_select_related = ["secretary", "partner"]
    search_fields = ["secretary__spoken_name", "secretary__user__name"]
    date_hierarchy = "from_on"


@admin.register(PayTerm)
class PayTermAdmin(ReadOnlyAdmin):
    list_display = ["contract", "by", "of", "per", "amount", "hours"]
    list_filter = ["by"]
    list_select_related = ["contract__secretary"]
    search_fields = ["contract__secretary__spoken_name"]


@admin.register(ContractSigning)
class ContractSigningAdmin(ReadOnlyAdmin):
    list_display = ["contract", "side", "name", "signed_at", "sha256"]
    list_filter = ["side"]
    list_select_related = ["contract__secretary"]
    search_fields = ["name", "contract__secretary__spoken_name"]
    date_hierarchy = "signed_at"


@admin.register(ContractWord)
class ContractWordAdmin(ReadOnlyAdmin):
    list_display = ["contract", "by", "words", "said_at"]
    list_select_related = ["contract__secretary", "by"]
    search_fields = ["words", "contract__secretary__spoken_name"]
    date_hierarchy = "said_at"
