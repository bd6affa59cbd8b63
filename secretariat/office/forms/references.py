"""Whom an applicant names, what a referee answers, papers that come along; who is there for first calls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.profile import KINDS, MOST_BYTES
from secretariat.office.forms.vacancies import ApplicationPage
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import ApplicantsPaper, Application, Referee, User
from secretariat.office.vacancies.referring import PLACES, Named

PARTS = ("name", "known", "email")


class ReferencesForm(ApplicationPage):
    """Up to three who know her work, each with an address; and whoever can only be rung."""

    class Meta:
        model = Application
        fields = ("referees",)
        widgets = {"referees": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"referees": _("Only if there is somebody whom no mail reaches.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {row.place: row for row in self.instance.named.all()}
        for place in PLACES:
            row = rows.get(place, Referee())
            made = {
                "name": forms.CharField(label=_("Name (%(n)s)"), max_length=120),
                "known": forms.CharField(
                    label=_("How she or he knows your work (%(n)s)"),
                    max_length=240,
                    help_text=_("As in: led the office in which I worked until 2024."),
                ),
                "email": forms.EmailField(
                    label=_("E-mail address (%(n)s)"),
                    help_text=_("We write there only once you have sent the application."),
                ),
            }
            for part, field in made.items():
                field.label, field.required = field.label % {"n": place}, False
                field.initial = getattr(row, part)
                field.widget.attrs["autocomplete"] = "off"
                self.fields[f"{part}_{place}"] = field
        self.order_fields([f"{part}_{place}" for place in PLACES for part in PARTS])

    def clean(self):
        said = super().clean()
        goes_on = "later" not in self.data  # what is kept for later may be half
        seen = {self.instance.email.lower(): _("This is your own address.")}
        for place in PLACES:
            email = (said.get(f"email_{place}") or "").lower()
            if email in seen:
                self.add_error(f"email_{place}", seen[email])
            elif email:
                seen[email] = _("This address stands above already.")
            named = said.get(f"name_{place}") or said.get(f"known_{place}")
            if goes_on and named and f"email_{place}" in said and not email:
                self.add_error(f"email_{place}", _("Say where we write to, or leave this person out."))
            if goes_on and email and f"name_{place}" in said and not said[f"name_{place}"]:
                self.add_error(f"name_{place}", _("Say who this is."))
        return said

    def named(self) -> list[Named]:
        return [Named(place, *(self._part(part, place) for part in PARTS)) for place in PLACES]

    def _part(self, part: str, place: int) -> str | None:
        return self.cleaned_data.get(f"{part}_{place}")


class AddressForm(FreeWords, forms.Form):
    """Where a referee is written to instead."""

    email = forms.EmailField(
        label=_("Another e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, referee: Referee, **kwargs):
        super().__init__(*args, auto_id=f"id_{referee.pk}_%s", **kwargs)
        self.referee = referee

    def clean_email(self):
        email, referee = self.cleaned_data["email"], self.referee
        others = referee.application.named.exclude(pk=referee.pk)
        if email.lower() == referee.email.lower():
            raise forms.ValidationError(_("This is the address as it stands."))
        if email.lower() == referee.application.email.lower():
            raise forms.ValidationError(_("This is the address of whoever applies."))
        if others.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Another person was named with this address."))
        return email


class ReferenceForm(FreeWords, forms.Form):
    """What a referee answers. Whoever would rather say nothing says that alone."""

    again = forms.ChoiceField(
        label=_("Would you work with her again?"),
        choices=Referee.Again,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    worked = forms.CharField(
        label=_("In which work do you know her, and for how long?"), max_length=240, required=False
    )
    words = forms.CharField(
        label=_("What is good about how she works, and what is less so?"),
        help_text=_("On the telephone, in writing, with other people’s secrets, with time."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self):
        said = super().clean()
        if said.get("again") and said["again"] != Referee.Again.SILENT:
            for name in ("worked", "words"):
                if name in said and not said[name]:
                    self.add_error(name, _("Write a line, or choose above to say nothing."))
        return said


class PaperForm(FreeWords, forms.Form):
    """A paper of hers. What it is shows in its bytes, whatever it is called."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ApplicantsPaper.Kind)
    paper = forms.FileField(
        label=_("The file"),
        help_text=_("A PDF or a picture, 10 MB at most. It is kept sealed; only the firm reads it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        if paper.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 10 MB."))
        head = paper.read(8)
        paper.seek(0)
        self.content_type = next((kind for begins, kind in KINDS if head.startswith(begins)), "")
        if not self.content_type:
            raise forms.ValidationError(_("That is no PDF, PNG or JPEG."))
        return paper


class BesideForm(FreeWords, forms.Form):
    """Who is there while she takes her first calls."""

    who = forms.ModelChoiceField(
        label=_("Who is there for her first calls"),
        help_text=_(
            "She begins a shift only while her supervisor or the stand-in is on shift, or somebody is named "
            "here. A call counts as supervised while one of them is on shift, or once it was gone through."
        ),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Her supervisor or the stand-in, when on shift"),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = people
