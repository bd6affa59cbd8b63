"""Whoever was invited on her application has joined: from then on it is hers at her desk as well."""

from django.dispatch import receiver

from secretariat.office import signals
from secretariat.office.models import Application, Invitation

from . import steps


@receiver(signals.invitation_accepted, dispatch_uid="office.vacancies.joined")
def joined(sender, invitation, user, **rest):
    if invitation.gives != Invitation.Gives.SECRETARY or invitation.subject_id is None:
        return
    for application in Application.objects.filter(pk=invitation.subject_id):
        steps.joined(application)
