from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Invitation, Partner, User


class JoinForm(FreeWords, forms.Form):
    """What somebody says of herself when she joins. The address is the invitation's."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Ten characters or more."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, initial={"name": invitation.name}, **kwargs)
        self.invitation = invitation

    def clean(self):
        said = super().clean()
        if "password" not in said:
            return said
        if "again" in said and said["again"] != said["password"]:
            self.add_error("again", _("This is not the same as the password above."))
        try:
            validate_password(said["password"], User(email=self.invitation.email, name=said.get("name", "")))
        except ValidationError as weak:
            self.add_error("password", weak)
        return said


class InvitationForm(FreeWords, forms.ModelForm):
    """Whom the firm invites, and to what. Only an administrator gives posts, and says who is of a company."""

    partner = forms.ModelChoiceField(
        label=_("outsourcing company"),
        queryset=Partner.objects.none(),
        required=False,
        help_text=_("For a person of an outsourcing company: of which."),
    )

    class Meta:
        model = Invitation
        fields = ["name", "email", "gives"]

    by_administrator = False
    companies = Partner.objects.none()  # those whoever invites may see

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        gives = Invitation.Gives
        offered = [gives.SECRETARY, gives.SIGN_IN]
        if self.by_administrator:
            offered += [gives.SUPERVISOR, gives.ADMIN, gives.BOOKKEEPER, gives.PARTNER]
            self.fields["partner"].queryset = self.companies.all()
        else:
            self.fields.pop("partner", None)
        self.fields["gives"].choices = [(one.value, one.label) for one in offered]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        said = super().clean()
        is_of_one = said.get("gives") == Invitation.Gives.PARTNER
        if is_of_one and "partner" not in self.errors and not said.get("partner"):
            self.add_error("partner", _("Say of which company."))
        if said.get("partner") and not is_of_one:
            self.add_error("partner", _("Only for a person of an outsourcing company."))
        return said


class CompanyPersonForm(FreeWords, forms.Form):
    """Whom an outsourcing company invites: one of its own people."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))

    def clean_email(self):
        return self.cleaned_data["email"].lower()
