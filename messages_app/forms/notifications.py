"""How somebody at the client wishes to be told, and where."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clients import numbers
from clients.models import Channel, ContactAddress
from clients.wishes import Wish
from secretariat.channels import push
from secretariat.office.forms.fields import ClockInput, ZoneField
from secretariat.office.forms.words import FreeWords

NEVER = 0
HOW_MUCH = [
    (NEVER, _("Not this way")),
    (1, _("Every message")),
    (2, _("What is for today, and urgent ones")),
    (3, _("Urgent ones only")),
]
FOR_A_KIND = [(NEVER, _("As above")), *HOW_MUCH[1:]]


def offered() -> tuple[Channel, ...]:
    """The ways a rule may name, as this office has them."""
    by_push = (Channel.PUSH,) if push.is_configured() else ()
    return (Channel.PORTAL, Channel.EMAIL, Channel.TEXT, *by_push)


class NotificationsForm(FreeWords, forms.Form):
    """What `contact` is told by each channel, of any call type and of one; and when she is quiet.

    `reached_by` are the channels that have somewhere to go. With `of_others` it is also asked whether she is
    told of messages for somebody else.
    """

    zone = ZoneField(required=False, label=_("Time zone, where it differs"))
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=ClockInput())
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=ClockInput())

    def __init__(self, data=None, *, contact, rules, call_types, reached_by, of_others: bool):
        self.contact, self.reached_by = contact, reached_by
        self.call_types = list(call_types)
        had: dict = {}
        for rule in rules:
            had.setdefault((rule.channel, rule.call_type_id), rule)
        initial = {name: getattr(contact, name) for name in ("zone", "quiet_from", "quiet_until")}
        initial["others"] = any(rule.even_if_not_addressed for rule in had.values())
        for name, key in self._names():
            initial[name] = had[key].at_least if key in had else NEVER
        super().__init__(data, initial=initial)
        for name, (channel, call_type) in self._names():
            self.fields[name] = forms.TypedChoiceField(
                label=Channel(channel).label,
                choices=FOR_A_KIND if call_type else HOW_MUCH,
                coerce=int,
                required=False,
                empty_value=NEVER,
            )
        if of_others:
            self.fields["others"] = forms.BooleanField(
                label=_("Also when the message is for somebody else"), required=False
            )

    def _names(self):
        for channel in offered():
            yield f"by_{channel.value}", (channel.value, None)
        for place, each in enumerate(self.call_types):
            for channel in offered():
                yield f"kind_{place}_{channel.value}", (channel.value, each.pk)

    def ways(self):
        return [self[f"by_{channel.value}"] for channel in offered()]

    def kinds(self):
        """Pairs of a call type and its three fields, for the page."""
        return [
            (each, [self[f"kind_{place}_{channel.value}"] for channel in offered()])
            for place, each in enumerate(self.call_types)
        ]

    @property
    def has_kinds(self) -> bool:
        return any(
            field.value() not in (NEVER, str(NEVER), None) for _t, row in self.kinds() for field in row
        )

    def clean(self):
        said = super().clean()
        if bool(said.get("quiet_from")) != bool(said.get("quiet_until")):
            missing = "quiet_until" if said.get("quiet_from") else "quiet_from"
            if missing not in self.errors:
                self.add_error(missing, _("Quiet hours need both ends, or none."))
        nowhere = {
            Channel.EMAIL: _("There is no e-mail address yet. Add one below first."),
            Channel.TEXT: _("There is no mobile yet. Add one below first."),
            Channel.PORTAL: _("Only somebody who signs in reads the portal."),
            Channel.PUSH: _("Push is not switched on in any browser yet. Switch it on below first."),
        }
        for name, (channel, _type) in self._names():
            # A browser that ended since takes no wish with it: it may be switched on again.
            stays = channel == Channel.PUSH and self.initial[name] != NEVER
            if said.get(name) and channel not in self.reached_by and not stays:
                self.add_error(name, nowhere[Channel(channel)])
        # Not push: a browser that is not running tells nobody.
        lasting = [channel for channel in offered() if channel != Channel.PUSH]
        if not self.errors and not any(said.get(f"by_{channel.value}") == 1 for channel in lasting):
            # Whoever is reached by no rule is told by every way we know: nothing is to be lost.
            self.add_error(
                "by_portal" if Channel.PORTAL in self.reached_by else "by_email",
                _("Choose one way for every message besides push. The portal makes no sound.")
                if said.get("by_push")
                else _("Choose one way for every message. The portal makes no sound."),
            )
        return said

    @property
    def wishes(self) -> list[Wish]:
        said = self.cleaned_data
        return [Wish(channel, said[name], kind) for name, (channel, kind) in self._names() if said.get(name)]

    @property
    def facts(self) -> dict:
        """What `wishes.keep` takes beside them."""
        return {name: self.cleaned_data[name] for name in ("zone", "quiet_from", "quiet_until")} | {
            "others": self.cleaned_data.get("others")
        }


class NewAddressForm(FreeWords, forms.Form):
    """A mobile or a mailbox that is hers."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(ContactAddress.Kind.MOBILE.value, _("My mobile")), ("email", _("My e-mail address"))],
        widget=forms.RadioSelect,
        initial=ContactAddress.Kind.MOBILE.value,
    )
    value = forms.CharField(label=_("Number or address"), max_length=254)

    def __init__(self, *args, country: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.country = country

    def clean(self):
        said = super().clean()
        value = (said.get("value") or "").strip()
        if not value or "kind" not in said:
            return said
        if said["kind"] == ContactAddress.Kind.EMAIL:
            try:
                validate_email(value)
            except ValidationError:
                self.add_error("value", _("This is not an e-mail address."))
            said["value"] = value.lower()
            return said
        read = numbers.read(value, self.country)
        if not read.e164:
            self.add_error("value", read.because)
        said["value"] = read.e164
        return said


class CodeForm(FreeWords, forms.Form):
    """What was told there."""

    code = forms.CharField(
        label=_("Code, six digits"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    kind = forms.ChoiceField(
        choices=[
            (kind.value, kind.label) for kind in (ContactAddress.Kind.MOBILE, ContactAddress.Kind.EMAIL)
        ],
        widget=forms.HiddenInput(),
    )


class BrowserForm(FreeWords, forms.Form):
    """How a browser is reached, as a script in it says."""

    endpoint = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput())
    p256dh = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput())
    auth = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput())

    def clean(self):
        said = super().clean()
        try:
            self.subscription = push.checked(*(said.get(name, "") for name in ("endpoint", "p256dh", "auth")))
        except push.NoSubscription:
            raise ValidationError(
                _("This browser did not say how it is reached. Allow it to show notices, and try again.")
            ) from None
        return said


class DeviceForm(BrowserForm):
    """This browser, as a script of the page fills it in, and what she calls it."""

    name = forms.CharField(
        label=_("What you call this device"),
        max_length=60,
        error_messages={"required": _("Give it a name, such as “My phone”.")},
    )


class RenewedForm(BrowserForm):
    """A browser that is reached in another way than before, and what only that browser can say of it."""

    before = forms.CharField(max_length=2000, widget=forms.HiddenInput())
    secret = forms.CharField(max_length=60, widget=forms.HiddenInput())
