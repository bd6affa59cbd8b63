from collections import Counter
from dataclasses import replace

from django.db.models import Value
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from secretariat.navigation import NavEntry

from .models import (
    ClientQuestion,
    DictatedDraft,
    Letter,
    MailRule,
    MailThread,
    Message,
    OutgoingMail,
    SerialLetter,
)


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary or roles.firm_wide:
        url = reverse("messages")
        found.append(NavEntry("desk", _("Messages"), url, "message-square", rank=30, key="g m"))
        waiting = MailThread.objects.visible_to(request.user).on_the_desk()
        # Counted where it is shown: the wallboard has these entries too, and shows none of them.
        badge = SimpleLazyObject(waiting.filter(verdict__in=["urgent", "answer"]).count)
        found.append(NavEntry("desk", _("Inbox"), reverse("inbox"), "inbox", rank=25, badge=badge, key="g i"))
        found.append(NavEntry("desk", _("Letters"), reverse("letters"), "stamp", rank=33, key="g l"))
        found.append(NavEntry("desk", _("Post"), reverse("post"), "mailbox", rank=33, key="g p"))
        url = reverse("requests")
        found.append(NavEntry("desk", _("Requests"), url, "concierge-bell", rank=34, key="g r"))
        found.append(NavEntry("desk", _("Dictation"), reverse("dictation-queue"), "mic", rank=34, key="g v"))
    if roles.firm_wide:
        found.append(
            NavEntry("firm", _("Mail domains"), reverse("mail-domains"), "at-sign", rank=86, group="reached")
        )
    if roles.contacts:
        new = Message.objects.visible_to(request.user).filter(
            client__in=[contact.client_id for contact in roles.contacts], acknowledged_at=None
        )
        found.append(
            NavEntry(
                "portal",
                _("Messages"),
                reverse("messages-portal"),
                "message-square",
                rank=20,
                badge=new.exclude(state=Message.State.WITHDRAWN).as_last_corrected().count(),
            )
        )
        found.append(_within("writing", _("Requests"), "requests-portal", "concierge-bell", 36))
        dictation = _within("writing", _("Dictation"), "dictation-portal", "mic", 38)
        if not any(contact.sees_all for contact in roles.contacts):
            found.append(dictation)
            asked = ClientQuestion.objects.visible_to(request.user).for_the_word_of(roles.contacts).count()
            if asked:
                found.append(
                    _within("writing", _("Questions"), "mail-approvals", "mail-check", 49, badge=asked)
                )
        else:
            waiting = awaiting(request.user, roles.contacts)
            letters, approvals = waiting["letter"], waiting["approval"]
            found += [
                replace(dictation, badge=waiting["dictated"]),
                _within("writing", _("Letters"), "letters-portal", "stamp", 37, badge=letters),
                _within("writing", _("Post"), "post-portal", "mailbox", 39),
                _within("writing", _("Mail"), "mail-portal", "mail", 48, badge=waiting["rule"]),
                _within("writing", _("Approvals"), "mail-approvals", "mail-check", 49, badge=approvals),
            ]
        found.append(_within("account", _("Notifications"), "notifications", "bell", 82))
    return found


def _within(group, label, page, icon, rank, badge=0):
    return NavEntry("portal", label, reverse(page), icon, rank=rank, badge=badge, group=group)


def awaiting(user, contacts) -> Counter:
    """How much waits for the client's word: letters, dictation, mail in her name, questions, rules for mail.

    Every page of the portal shows it, so it is asked for at once.
    """
    hers = [contact.client_id for contact in contacts if contact.sees_all]
    letters = Letter.objects.visible_to(user).filter(client__in=hers, state=Letter.State.ASKED)
    serials = SerialLetter.objects.visible_to(user).filter(client__in=hers, state="asked")
    mails = OutgoingMail.objects.visible_to(user).filter(client__in=hers, state="awaiting")
    dictated = DictatedDraft.objects.visible_to(user).filter(client__in=hers, state=DictatedDraft.State.ASKED)
    asked = ClientQuestion.objects.visible_to(user).for_the_word_of(contacts)
    rules = MailRule.objects.visible_to(user).filter(client__in=hers, state=MailRule.State.PROPOSED)
    rows = [
        each.order_by().values_list(Value(kind))
        for kind, each in [
            *(("letter", letters), ("letter", serials), ("approval", mails), ("approval", asked)),
            *(("dictated", dictated), ("rule", rules)),
        ]
    ]
    return Counter(kind for (kind,) in rows[0].union(*rows[1:], all=True))
