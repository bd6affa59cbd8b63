from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import people
from clients.forms.admin import ContactAddressForm, ContactForm, DeliveryRuleFormSet
from clients.models import Contact, ContactAddress, DeliveryRule
from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin

from .base import OwnedAdmin, OwnedInline


class AddressInline(OwnedInline):
    model = ContactAddress
    form = ContactAddressForm


class DeliveryRuleInline(OwnedInline):
    model = DeliveryRule
    formset = DeliveryRuleFormSet
    fk_name = "contact"


@admin.register(Contact)
class ContactAdmin(OwnedAdmin):
    form = ContactForm
    list_display = ["name", "client", "job", "standing", "user", "is_active"]
    list_filter = ["is_active", "standing"]
    list_select_related = ["client", "user"]
    search_fields = ["name", "client__name", "user__email", "addresses__value"]
    raw_id_fields = ["user"]
    inlines = [AddressInline, DeliveryRuleInline]
    actions = ["invite"]

    @admin.action(description=_("Invite to the portal, or invite again"), permissions=["change"])
    def invite(self, request, queryset):
        """By the first mailbox we know of each."""
        for person in queryset:
            mailbox = person.addresses.filter(kind=ContactAddress.Kind.EMAIL).first()
            if mailbox is None:
                said = _("%(name)s has no e-mail address. Add one first.") % {"name": person.name}
                self.message_user(request, said, messages.WARNING)
                continue
            try:
                people.invite(person, email=mailbox.value, by=request.user, at=clock.now())
            except people.NotPossible as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
            else:
                said = _("%(name)s is invited.") % {"name": person.name}
                self.message_user(request, said, messages.SUCCESS)


@admin.register(ContactAddress)
class ContactAddressAdmin(ReadOnlyAdmin):
    list_display = ["value", "kind", "contact", "client"]
    list_filter = ["kind"]
    list_select_related = ["contact", "client"]
    search_fields = ["value", "contact__name", "client__name"]


@admin.register(DeliveryRule)
class DeliveryRuleAdmin(ReadOnlyAdmin):
    list_display = ["contact", "client", "channel", "at_least", "call_type", "even_if_not_addressed"]
    list_filter = ["channel", "at_least"]
    list_select_related = ["contact", "client", "call_type"]
    search_fields = ["contact__name", "client__name"]
