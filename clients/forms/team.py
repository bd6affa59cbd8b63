"""Whom the firm puts on a client's team, and in which turn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Assignment
from secretariat.office.forms.words import FreeWords


class AssignForm(FreeWords, forms.Form):
    secretary = forms.UUIDField(widget=forms.HiddenInput)
    turn = forms.ChoiceField(label=_("Turn"), choices=Assignment.Turn)
