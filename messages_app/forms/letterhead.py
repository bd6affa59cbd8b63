"""What stands on a client's letters, as the firm writes it, and as she does herself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from messages_app.letters import heading, logo
from messages_app.models import Letterhead
from secretariat.office.forms.words import WordsOfModel

WORDS = (
    *("name", "lines", "return_line", "foot", "layout", "signs", "signer", "job"),
    *("needs_approval", "desk_writes_templates"),
)
# What is said of the client elsewhere is said to her here.
TO_HER = {
    "signs": _("Who signs"),
    "signer": _("Name below the signature"),
    "job": _("What you are, below the name"),
    "needs_approval": _("You see each letter before it is posted"),
    "desk_writes_templates": _("Your secretaries write your letter templates, too"),
}
SIGNS_TO_HER = {
    Letterhead.Signs.CLIENT: _("You sign by hand"),
    Letterhead.Signs.SECRETARY: _("Your secretary signs in your stead"),
    Letterhead.Signs.NOBODY: _("Nobody: your name alone"),
}


class WithLogo(WordsOfModel):
    """What the forms below have in common. Their model is Letterhead."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG, 200 kB and 3,000 pixels a side at most. It stands at the upper left."),
    )
    without_logo = forms.BooleanField(label=_("Take the logo off"), required=False)

    def clean_logo(self) -> bytes:
        """What is in it, once it is known that it can be drawn."""
        file = self.cleaned_data["logo"]
        if not file:
            return b""
        content = file.read(logo.LARGEST + 1)
        try:
            logo.look(content)
        except logo.NotALogo as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return content

    def _post_clean(self):
        """What no letter could be set with is said here, and not of the next letter."""
        super()._post_clean()
        if self.errors:
            return
        content, without = self.cleaned_data["logo"], self.cleaned_data.get("without_logo", False)
        if why := heading.why_not(self.instance, content=content, without_logo=without):
            self.add_error(None, why)


class LetterheadForm(WithLogo):
    """In the admin."""

    class Meta:
        model = Letterhead
        fields = "__all__"


class OfOneClient(WithLogo):
    """Of a client whom the page names."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo_id:
            del self.fields["without_logo"]

    @property
    def said(self) -> dict:
        """What heading.keep takes of it."""
        return {
            "words": {name: self.cleaned_data[name] for name in self._meta.fields},
            "content": self.cleaned_data["logo"],
            "without_logo": self.cleaned_data.get("without_logo", False),
        }


class LetterheadOfFirmForm(OfOneClient):
    """At the desk, for the firm's people."""

    class Meta:
        model = Letterhead
        fields = (*WORDS, "sender_at_carrier")


class LetterheadOfHersForm(OfOneClient):
    """In the portal: her own. By which address a carrier knows her is the firm's to say."""

    class Meta:
        model = Letterhead
        fields = WORDS
        labels = TO_HER

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signs"].choices = [(each, SIGNS_TO_HER[each]) for each in Letterhead.Signs.values]
