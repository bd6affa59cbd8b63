from django.contrib import messages

from clients import check_up
from clients.forms.admin import OwnedFormSet
from clients.models import Channel
from secretariat import clock
from secretariat.channels import push
from secretariat.office.admin_base import ScopedAdmin, ScopedInline


class OwnedAdmin(ScopedAdmin):
    """Rows of a client. Whatever contradicts itself about her is pointed out when something is saved."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for sentence in check_up.contradictions_of(self.client_row(form.instance), at=clock.now()):
            messages.warning(request, sentence)

    def client_row(self, row):
        return row.client


class OwnedInline(ScopedInline):
    """Rows that carry the client of the row they hang on."""

    formset = OwnedFormSet
    exclude = ["client"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """By push nobody is told where this office does not offer it."""
        if db_field.name == "channel" and not push.is_configured():
            kwargs["choices"] = [each for each in db_field.choices if each[0] != Channel.PUSH]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
