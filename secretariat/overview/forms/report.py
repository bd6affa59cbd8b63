"""What somebody asks of a report: which days, by what, of whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Secretary
from secretariat.overview.reports.asking import MOST_DAYS, Asked, By

BY = [
    (By.DAY.value, _("Day")),
    (By.WEEK.value, _("Week")),
    (By.MONTH.value, _("Month")),
    (By.CLIENT.value, _("Client")),
    (By.SECRETARY.value, _("Secretary")),
]


class ShareForm(FreeWords, forms.Form):
    """The days, as a client asks for her own share. Days are those of `zone`."""

    from_on = forms.DateField(label=_("From"), widget=DayInput())
    until_on = forms.DateField(label=_("Until and with"), widget=DayInput())
    by = forms.ChoiceField(label=_("A line for each"), choices=BY[:3])

    def __init__(self, data, *, zone, client=None, **kwargs):
        super().__init__(data, **kwargs)
        self.zone, self.of_client = zone, client

    def clean(self):
        said = super().clean()
        first, last = said.get("from_on"), said.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("This day is before the first one."))
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("until_on", _("That is more than two years. Choose a shorter time."))
        return said

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        client = said.get("client") or self.of_client
        return Asked(
            first=said["from_on"],
            last=said["until_on"],
            zone=self.zone,
            by=By(said["by"]),
            client_id=client and client.pk,
            secretary_id=said["secretary"].pk if said.get("secretary") else None,
        )


class ReportForm(ShareForm):
    """As the firm asks: by anything, and of one client or one secretary where it wants."""

    client = forms.ModelChoiceField(
        label=_("Client"), queryset=Client.objects.none(), required=False, empty_label=_("All")
    )
    secretary = forms.ModelChoiceField(
        label=_("Secretary"), queryset=Secretary.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, data, *, user, zone, **kwargs):
        super().__init__(data, zone=zone, **kwargs)
        self.fields["by"].choices = BY
        self.fields["client"].queryset = Client.objects.visible_to(user)
        self.fields["secretary"].queryset = (
            Secretary.objects.visible_to(user).select_related("user").order_by("spoken_name")
        )
