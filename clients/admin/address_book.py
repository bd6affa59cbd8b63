from django.contrib import admin

from clients.models import AddressImport, ImportedAddress
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(AddressImport)
class AddressImportAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "client", "name", "kind", "state", "made_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["client", "made_by"]
    search_fields = ["name", "client__name"]
    date_hierarchy = "made_at"


@admin.register(ImportedAddress)
class ImportedAddressAdmin(ReadOnlyAdmin):
    list_display = ["of", "place", "client", "verdict", "choice", "correspondent"]
    list_filter = ["verdict"]
    list_select_related = ["of", "client", "correspondent"]
    search_fields = ["of__name", "client__name", "correspondent__name"]
