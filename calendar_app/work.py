"""What the diary's pieces of work are called, and where each is done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.work import Work

from . import (
    agendas,
    answering_invitations,
    asking,
    asking_mail,
    being_invited,
    chasing,
    clashing,
    confirming,
    following,
    negotiation,
    outcomes,
    recording,
    reminding,
    replying,
    standing,
)
from .models import Calendar, Guest, Meeting, MeetingRequest, Reminder


def _page(meeting_id) -> str:
    return reverse("diary-meeting", args=[meeting_id])


def _in_its_own_words(item) -> Work:
    return Work(item.because)


def _of_guest(item) -> Work:
    guest = Guest.objects.select_related("meeting").filter(pk=item.subject_id).first()
    if guest is None or guest.meeting.private:
        return Work(item.because, _page(guest.meeting_id) if guest else "")
    words = {
        replying.DECLINED: _("%(name)s is not coming: %(about)s"),
        replying.PROPOSED: _("%(name)s asks for another time: %(about)s"),
        reminding.NOT_REMINDED: _("%(name)s could not be reminded: %(about)s"),
        confirming.NOT_TOLD: _("%(name)s could not be told by text: %(about)s"),
    }[item.kind]
    return Work(words % {"name": str(guest), "about": guest.meeting.about}, _page(guest.meeting_id))


def _versions(item) -> Work:
    return Work(item.because, reverse("diary-versions", args=[item.subject_id]))


def _clash(item) -> Work:
    return Work(item.because, reverse("diary-clash", args=[item.subject_id]))


def _of_connection(item) -> Work:
    return Work(item.because, reverse("diary-calendar", args=[item.subject_id]))


def _of_calendar(item) -> Work:
    connection_id = Calendar.objects.filter(pk=item.subject_id).values_list("connection", flat=True).first()
    return Work(item.because, reverse("diary-calendar", args=[connection_id]) if connection_id else "")


def _invited(item) -> Work:
    return Work(item.because, reverse("diary-invitation", args=[item.subject_id]))


def _of_outcome(item) -> Work:
    meeting = Meeting.objects.filter(pk=item.subject_id).first()
    if meeting is None or meeting.private:
        return Work(item.because, _page(item.subject_id))
    return Work(_("Note what came of: %(about)s") % {"about": meeting.about}, _page(item.subject_id))


def _of_meeting(item) -> Work:
    return Work(item.because, _page(item.subject_id))


def _of_request(item) -> Work:
    request = MeetingRequest.objects.filter(pk=item.subject_id).first()
    url = reverse("diary-request", args=[item.subject_id]) if request else ""
    words = {
        asking.CHASE: _("Nobody has answered which time suits: %(about)s"),
        asking.LAPSED: _("The times held have run out: %(about)s"),
        asking.STUCK: _("None of the times suits: %(about)s"),
        asking.PROPOSED: _("Other times are proposed: %(about)s"),
        chasing.NOT_REACHED: _("Somebody who was asked could not be reached: %(about)s"),
    }[item.kind]
    return Work(words % {"about": request.about} if request else item.because, url)


def _of_party(party_id) -> str:
    request_id = MeetingRequest.objects.filter(parties=party_id).values_list("pk", flat=True).first()
    return reverse("diary-request", args=[request_id]) if request_id else ""


def _of_guest_mail(guest_id) -> str:
    meeting_id = Guest.objects.filter(pk=guest_id).values_list("meeting", flat=True).first()
    return _page(meeting_id) if meeting_id else ""


def _of_reminder(reminder_id) -> str:
    meeting_id = Reminder.objects.filter(pk=reminder_id).values_list("meeting", flat=True).first()
    return _page(meeting_id) if meeting_id else ""


def _name_of_request(request_id, user) -> str:
    request = MeetingRequest.objects.visible_to(user).filter(pk=request_id).first()
    return _("Several times on offer: %(about)s") % {"about": request.about} if request else ""


names = {negotiation.SUBJECT: _name_of_request}
places = {
    asking_mail.SUBJECT: _of_party,
    negotiation.SUBJECT: lambda request_id: reverse("diary-request", args=[request_id]),
    agendas.SUBJECT: lambda diary_id: reverse("diary"),
    reminding.SUBJECT: _of_reminder,
    replying.SUBJECT: _of_guest_mail,
}
describe = {
    following.CHANGED: _versions,
    clashing.CLASH: _clash,
    being_invited.KIND: _invited,
    answering_invitations.NOT_TOLD: _invited,
    confirming.NOT_TOLD: _of_guest,
    outcomes.ASKED: _of_outcome,
    reminding.NOT_REMINDED: _of_guest,
    recording.NOT_WRITTEN: _in_its_own_words,
    replying.DECLINED: _of_guest,
    replying.PROPOSED: _of_guest,
    replying.STRANGER: _of_meeting,
    standing.WORK: _of_connection,
    standing.GONE: _of_calendar,
    asking.CHASE: _of_request,
    asking.LAPSED: _of_request,
    asking.STUCK: _of_request,
    asking.PROPOSED: _of_request,
    chasing.NOT_REACHED: _of_request,
}
