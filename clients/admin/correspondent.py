from django.contrib import admin

from clients.forms.admin import CorrespondentAddressForm
from clients.models import Correspondent, CorrespondentAddress, PostalAddress
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin

from .base import OwnedInline


class AddressInline(OwnedInline):
    model = CorrespondentAddress
    form = CorrespondentAddressForm


class PostalAddressInline(OwnedInline):
    model = PostalAddress


@admin.register(Correspondent)
class CorrespondentAdmin(ScopedAdmin):
    list_display = ["name", "firm", "client", "vip", "blocked"]
    list_filter = ["vip", "blocked"]
    list_select_related = ["client"]
    search_fields = ["name", "firm", "client__name", "addresses__value"]
    inlines = [AddressInline, PostalAddressInline]


@admin.register(CorrespondentAddress)
class CorrespondentAddressAdmin(ReadOnlyAdmin):
    list_display = ["value", "kind", "correspondent", "client"]
    list_filter = ["kind"]
    list_select_related = ["correspondent", "client"]
    search_fields = ["value", "correspondent__name", "client__name"]


@admin.register(PostalAddress)
class PostalAddressAdmin(ReadOnlyAdmin):
    list_display = ["correspondent", "street", "city", "postcode", "country", "client"]
    list_filter = ["country"]
    list_select_related = ["correspondent", "client"]
    search_fields = ["correspondent__name", "correspondent__firm", "city", "postcode", "client__name"]
