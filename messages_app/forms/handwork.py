"""What a person notes or does by hand about a message that was sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Channel, Client, Contact
from messages_app.models import CallOut, Message
from secretariat.channels import push
from secretariat.office.forms.words import FreeWords


class RangForm(FreeWords, forms.Form):
    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), label=_("Whom you rang"), empty_label=None
    )
    result = forms.ChoiceField(choices=CallOut, label=_("How it went"))

    def __init__(self, data=None, *, message: Message):
        super().__init__(data, initial={"contact": message.contact_id}, prefix=None)
        self.fields["contact"].queryset = message.client.contacts.filter(is_active=True)


class DeliverForm(FreeWords, forms.Form):
    contact = forms.ModelChoiceField(queryset=Contact.objects.none(), label=_("To"), empty_label=None)
    channel = forms.ChoiceField(choices=Channel, label=_("By"))

    def __init__(self, data=None, *, message: Message):
        super().__init__(data, initial={"contact": message.contact_id})
        self.fields["contact"].queryset = message.client.contacts.filter(is_active=True)
        if not push.is_configured():
            self.fields["channel"].choices = [each for each in Channel.choices if each[0] != Channel.PUSH]


class MoveForm(FreeWords, forms.Form):
    """To which client a message belongs that went to another. The addressee is chosen on the second page."""

    client = forms.ModelChoiceField(queryset=Client.objects.none(), label=_("It belongs to"))
    what = forms.CharField(
        max_length=240,
        label=_("How it happened"),
        help_text=_("For the supervisor. No client reads it."),
    )
    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), required=False, label=_("For"), empty_label=_("Whoever is there")
    )

    def __init__(self, data=None, *, places):
        super().__init__(data)
        self.fields["client"].queryset = places
        chosen = str(self.data.get("client", ""))
        client = next((each for each in places if str(each.pk) == chosen), None)
        if client:
            self.fields["contact"].queryset = client.contacts.filter(is_active=True)
