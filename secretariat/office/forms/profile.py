"""What a secretary says of herself, and what the firm answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office import languages, specialities
from secretariat.office.forms.fields import DayInput, InternationalNumberField
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import (
    Certificate,
    Enquiry,
    Profile,
    SecretaryLanguage,
    SecretarySkill,
    Skill,
    Vouched,
)
from secretariat.office.profiles import showing
from secretariat.office.profiles.skills import by_area, known_here

MOST_BYTES = 10 * 1024 * 1024
KINDS = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
PUBLIC_WORDS = ("public_name", "headline", "about", "specialities", "hours")


def evidence_field() -> forms.FileField:
    return forms.FileField(
        label=_("A paper that shows it"),
        help_text=_("A PDF or a picture, 10 MB at most. Only the firm sees it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
        required=False,
    )


def _looked_at(form):
    """The paper that was handed in, if any; `form.content_type` says what it is."""
    paper, form.content_type = form.cleaned_data["paper"], ""
    if not paper:
        return None
    if paper.size > MOST_BYTES:
        raise forms.ValidationError(_("The file has more than 10 MB."))
    head = paper.read(8)
    paper.seek(0)
    form.content_type = next((kind for begins, kind in KINDS if head.startswith(begins)), "")
    if not form.content_type:
        raise forms.ValidationError(_("That is no PDF, PNG or JPEG."))
    return paper


def _kinds_of_work(label) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=specialities.nameable,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ProfileForm(WordsOfModel):
    """What she shows. In public words nothing stands that leads past the firm."""

    class Meta:
        model = Profile
        fields = (
            *("is_public", "public_name", "headline", "about", "works_in", "specialities", "hours"),
            *("hours_from", "hours_to", "shows_languages", "shows_skills", "shows_training"),
            *("shows_typing", "shows_hours", "shows_zone"),
        )
        widgets = {
            "about": forms.Textarea(attrs={"rows": 5}),
            "specialities": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["works_in"] = _kinds_of_work(self.fields["works_in"].label)

    def clean(self):
        said = super().clean()
        for name in PUBLIC_WORDS:
            if past := showing.leads_past_the_firm(said.get(name) or ""):
                words = _("Whoever looks for you asks the firm. Take “%(past)s” out.")
                self.add_error(name, words % {"past": past})
        if said.get("is_public") and not said.get("public_name"):
            self.add_error("public_name", _("Say by which name you stand in the directory."))
        least, most = said.get("hours_from"), said.get("hours_to")
        if least is not None and most is not None and least > most:
            self.add_error("hours_to", _("This is less than the hours above."))
        return said


class SkillForm(FreeWords, forms.Form):
    """A skill, how well, and what shows it: words, a paper, or both."""

    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.none())
    skill_level = forms.TypedChoiceField(
        label=_("How well"),
        choices=[("", _("Choose")), *SecretarySkill.Level.choices],
        coerce=int,
        error_messages={"required": _("Say how well: on your own, or with help.")},
    )
    evidence = forms.CharField(
        label=_("How you came by it"),
        max_length=240,
        required=False,
        help_text=_("As in: six years of Excel at a notary’s."),
    )
    paper = evidence_field()

    def __init__(self, *args, skills, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills
        self.fields["skill"].choices = [("", _("Choose")), *by_area(skills)]

    def clean(self):
        said = super().clean()
        if not said.get("evidence") and not said.get("paper") and "paper" not in self.errors:
            self.add_error("evidence", _("Say how you came by it, or hand in a paper that shows it."))
        return said

    def clean_paper(self):
        return _looked_at(self)


class LanguageForm(FreeWords, forms.Form):
    language = forms.ChoiceField(label=_("Language"))
    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=SecretaryLanguage.Level,
        coerce=int,
        help_text=_("As the Common European Framework has it: B2 is enough for any caller."),
    )
    evidence = forms.CharField(label=_("How it can be seen"), max_length=240, required=False)
    paper = evidence_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages.everywhere()

    def clean_paper(self):
        return _looked_at(self)


class CertificateForm(WordsOfModel):
    """A paper she hands in. It is kept sealed; the firm sees it, nobody else."""

    paper = forms.FileField(
        label=_("The paper"),
        help_text=_("A PDF or a picture, 10 MB at most. Only the firm sees it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )

    class Meta:
        model = Certificate
        fields = ("training", "issued_by", "issued_on", "expires_on")
        widgets = {"issued_on": DayInput(), "expires_on": DayInput()}

    field_order = ("training", "issued_by", "issued_on", "expires_on", "paper")

    def clean_paper(self):
        return _looked_at(self)

    def clean(self):
        said = super().clean()
        issued, expires = said.get("issued_on"), said.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("It expires before it was issued."))
        return said


class TypedForm(FreeWords, forms.Form):
    """What came back of the typing test."""

    typed = forms.CharField(
        label=_("Type it here"),
        max_length=2000,
        widget=forms.Textarea(
            attrs={"rows": 8, "autocomplete": "off", "autocorrect": "off", "spellcheck": "false"}
        ),
    )
    as_typed = {"typed": "it is counted letter by letter and not kept"}


class AnswerForm(FreeWords, forms.Form):
    """Yes or no to something she named or handed in."""

    how = forms.ChoiceField(
        label=_("How you know it"),
        choices=[each for each in Vouched.How.choices if each[0] != Vouched.How.SAID],
        required=False,
    )
    words = forms.CharField(label=_("Words to her"), max_length=240, required=False)


class EnquiryForm(WordsOfModel):
    """What somebody outside asks."""

    number = InternationalNumberField(label=_("Telephone"))

    class Meta:
        model = Enquiry
        fields = ("name", "firm", "email", "number", "language", "hours_week", "skills", "works_in", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}
        labels = {
            "name": _("Your name"),
            "firm": _("Your firm"),
            "email": _("Your e-mail address"),
            "language": _("Language your callers speak"),
            "hours_week": _("Hours a week, about"),
            "skills": _("What she should know"),
            "works_in": _("What there is to do"),
            "words": _("What you need"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            choices=[("", _("Any language")), *languages.everywhere()],
            required=False,
        )
        self.fields["works_in"] = _kinds_of_work(self.fields["works_in"].label)
        self.fields["skills"] = forms.ModelMultipleChoiceField(
            label=self.fields["skills"].label,
            queryset=known_here(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        if not known_here().exists():
            del self.fields["skills"]


class SuggestForm(FreeWords, forms.Form):
    secretary = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Note, for the firm only"), max_length=500, required=False)


class CloseForm(FreeWords, forms.Form):
    note = forms.CharField(
        label=_("Why nothing comes of it"), max_length=500, help_text=_("For you and your colleagues.")
    )
    tells = forms.BooleanField(label=_("Write it to them by mail"), required=False)
    words = forms.CharField(
        label=_("What they are written"),
        help_text=_("It goes as it stands. Without the tick above they are written nothing."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def clean(self):
        said = super().clean()
        if said.get("tells") and not said.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write what they are told, or take the tick away."))
        return said

    @property
    def said(self) -> dict[str, str]:
        """What `enquiring.close` wants to know."""
        told = self.cleaned_data
        return {"note": told["note"], "words": told["words"] if told["tells"] else ""}


class EnquiriesForm(FreeWords, forms.Form):
    q = forms.CharField(label=_("Name, firm or e-mail address"), max_length=120, required=False)


class SearchForm(FreeWords, forms.Form):
    """What somebody looks for in the directory."""

    words = forms.CharField(label=_("Words"), max_length=80, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.TypedChoiceField(
        label=_("Spoken at least"),
        choices=[("", _("Any level")), *SecretaryLanguage.Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    skill = forms.ChoiceField(label=_("Skill"), required=False)
    training = forms.ChoiceField(label=_("Training"), required=False)
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=60, required=False)

    def __init__(self, *args, shown: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Any language")), *shown["language"]]
        self.fields["skill"].choices = [("", _("Any skill")), *shown["skill"]]
        self.fields["training"].choices = [("", _("Any training")), *shown["training"]]

    def clean(self):
        said = super().clean()
        if said.get("level") and not said.get("language") and not self.errors:
            self.add_error("language", _("Say which language is to be spoken so well."))
        return said
