"""The portal's *Mail*: which of her mailboxes we answer, how that goes, and what her rules are."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.doors import speaks_for_client
from clients.models import Contact, Correspondent
from messages_app.answering import naming
from messages_app.forms.mailbox import (
    ConnectForm,
    ForwardForm,
    MailboxForm,
    OursForm,
    RehearsalForm,
    RuleForm,
)
from messages_app.mail import connecting, hosts, ruling, triage
from messages_app.mail.judging import as_judged
from messages_app.models import Mailbox, MailRule
from secretariat import clock
from secretariat.next import see_other

SERVICES = [
    ("google", gettext_lazy("Google Workspace or Gmail")),
    ("microsoft", gettext_lazy("Microsoft 365 or Outlook")),
]


def _mailboxes(request):
    hers = Mailbox.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return hers.filter(ended_at=None)


def _rules(request):
    return MailRule.objects.visible_to(request.user).filter(client=request.contact.client_id)


def _people(request):
    hers = Contact.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return hers.filter(is_active=True)


@require_safe
@speaks_for_client
def page(request):
    rules = _rules(request).select_related("mailbox", "contact", "by__secretary")
    context = {
        "client": request.contact.client,
        "mailboxes": [(each, naming.of(each)) for each in _mailboxes(request).select_related("client")],
        "rules": [(each, _in_words(as_judged(each))) for each in rules.filter(state="in_force")],
        "proposed": [(each, _in_words(as_judged(each))) for each in rules.filter(state="proposed")],
        "may_forward": bool(settings.INBOUND_MAIL_DOMAIN),
        "services": [(kind, name, hosts.of(kind) is not None) for kind, name in SERVICES],
    }
    return render(request, "messages_app/mailbox/index.html", context)


@transaction.non_atomic_requests  # her server is asked, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@speaks_for_client
def connect(request, mailbox_id=None):
    elsewhere = _mailboxes(request).filter(service="", incoming__in=["imap", "both"])
    again = get_object_or_404(elsewhere, pk=mailbox_id) if mailbox_id else None
    form = ConnectForm(request.POST or None, initial=_as_it_was(again))
    context = {"client": request.contact.client, "form": form, "again": again}
    if not form.is_valid():
        return _form(request, "messages_app/mailbox/connect.html", context)
    typed = form.cleaned_data
    try:
        connecting.try_sign_in(form.servers, typed["password"])
        mailbox = connecting.connect(
            request.contact.client,
            again.address if again else typed["address"],
            form.servers,
            typed["password"],
            name=typed["name"],
            by=request.user,
            at=clock.now(),
            again=again,
        )
    except connecting.NotConnected as reason:
        form.add_error("address", str(reason))
        return _form(request, "messages_app/mailbox/connect.html", context)
    messages.success(request, _("Connected. What comes in from now on is seen to."))
    return see_other(request, reverse("mail-settings", args=[mailbox.pk]))


def _as_it_was(again: Mailbox | None) -> dict:
    if again is None:
        return {}
    names = ("address", "name", "username", "imap_host", "imap_port", "imap_security")
    names += ("smtp_host", "smtp_port", "smtp_security")
    return {name: getattr(again, name) for name in names}


@require_http_methods(["GET", "POST"])
@speaks_for_client
def forward(request):
    """She has her mail sent on to an address of ours, and gives us no password."""
    form = ForwardForm(request.POST or None)
    context = {"client": request.contact.client, "form": form}
    if not form.is_valid():
        return _form(request, "messages_app/mailbox/forward.html", context)
    try:
        mailbox = connecting.forward_to_us(
            request.contact.client, **form.cleaned_data, by=request.user, at=clock.now()
        )
    except connecting.NotConnected as reason:
        form.add_error("address", str(reason))
        return _form(request, "messages_app/mailbox/forward.html", context)
    return see_other(request, reverse("mail-settings", args=[mailbox.pk]))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def ours(request):
    """A mailbox at the firm's own domain."""
    form = OursForm(request.POST or None)
    context = {"client": request.contact.client, "form": form, "domain": settings.INBOUND_MAIL_DOMAIN}
    if not form.is_valid():
        return _form(request, "messages_app/mailbox/ours.html", context)
    try:
        mailbox = connecting.give_one_of_ours(
            request.contact.client, **form.cleaned_data, by=request.user, at=clock.now()
        )
    except connecting.NotConnected as reason:
        form.add_error("word", str(reason))
        return _form(request, "messages_app/mailbox/ours.html", context)
    return see_other(request, reverse("mail-settings", args=[mailbox.pk]))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def change(request, mailbox_id):
    mailbox = get_object_or_404(_mailboxes(request), pk=mailbox_id)
    form = MailboxForm(request.POST or None, instance=mailbox)
    if form.is_valid():
        connecting.change(mailbox, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return see_other(request, reverse("mail-portal"))
    context = {"client": request.contact.client, "form": form, "mailbox": mailbox}
    return _form(request, "messages_app/mailbox/settings.html", context)


@require_http_methods(["GET", "POST"])
@speaks_for_client
def end(request, mailbox_id):
    mailbox = get_object_or_404(_mailboxes(request), pk=mailbox_id)
    if request.method == "GET":
        context = {"client": request.contact.client, "mailbox": mailbox}
        return render(request, "messages_app/mailbox/end.html", context)
    connecting.disconnect(mailbox, by=request.user, at=clock.now())
    messages.success(request, _("Disconnected. What opened it is forgotten here."))
    return see_other(request, reverse("mail-portal"))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def rule(request, rule_id=None):
    """A new rule, or one that takes the place of another."""
    before = get_object_or_404(_rules(request), pk=rule_id, state="in_force") if rule_id else None
    given = {"people": _people(request), "mailboxes": _mailboxes(request), "instance": before}
    form = RuleForm(request.POST or None, **given)
    if not form.is_valid():
        context = {"client": request.contact.client, "form": form, "rule": before}
        return _form(request, "messages_app/mailbox/rule.html", context)
    facts = {"by": request.user, "at": clock.now(), "replaces": before}
    if ruling.write(request.contact.client, **facts, **form.cleaned_data) is None:
        messages.warning(
            request, _("Somebody else has changed that rule meanwhile. Look at it as it is now.")
        )
    return see_other(request, reverse("mail-portal"))


@require_POST
@speaks_for_client
def end_rule(request, rule_id):
    ruling.end(get_object_or_404(_rules(request), pk=rule_id), by=request.user, at=clock.now())
    return see_other(request, reverse("mail-portal"))


@require_POST
@speaks_for_client
def sooner(request, rule_id):
    """It is asked before the one that was asked before it."""
    ruling.ask_sooner(get_object_or_404(_rules(request), pk=rule_id, state="in_force"), by=request.user)
    return see_other(request, reverse("mail-portal"))


@require_POST
@speaks_for_client
def decide(request, rule_id):
    """What her secretary proposed."""
    proposed = get_object_or_404(_rules(request), pk=rule_id, state="proposed")
    accepted = request.POST.get("accepted") == "yes"
    ruling.decide(proposed, accepted=accepted, by=request.user, at=clock.now())
    return see_other(request, reverse("mail-portal"))


@require_safe
@speaks_for_client
def rehearse(request):
    """What would become of a mail, and why not otherwise; and what the rules make of what came lately.

    `rule`: what that one catches of it, or would if it were accepted.
    """
    client, boxes = request.contact.client, _mailboxes(request)
    asked = request.GET if RehearsalForm.base_fields.keys() & request.GET.keys() else None
    form = RehearsalForm(asked, mailboxes=boxes)
    tried = _tried(request)
    context = {"client": client, "form": form, "rule": tried}
    if tried is not None:
        context["rule_words"] = _in_words(as_judged(tried))
    if form.is_valid():
        said = form.cleaned_data
        verdict = ruling.rehearse(client, said.get("mailbox") or boxes.first(), _facts(request, said))
        context |= {
            "verdict": verdict,
            "label": MailRule.Verdict(verdict.verdict).label,
            "passed": [(_in_words(each.rule), each.because) for each in verdict.passed],
        }
    else:
        past = ruling.on_past_mail(client, rule=tried, at=clock.now())
        context |= {
            "past": [(each, MailRule.Verdict(each.verdict.verdict).label) for each in past],
            "days": ruling.LATELY.days,
        }
    return render(request, "messages_app/mailbox/rehearse.html", context)


def _in_words(rule: triage.Rule) -> str:
    return triage.described(rule, to_her=True)


def _tried(request) -> MailRule | None:
    try:
        rule_id = UUID(request.GET.get("rule", ""))
    except ValueError:
        return None
    return get_object_or_404(_rules(request), pk=rule_id, state__in=["proposed", "in_force"])


def _facts(request, said) -> triage.Facts:
    known = _known(request, said["sender"])
    return triage.Facts(
        sender=said["sender"].strip().lower(),
        subject=said["subject"],
        words=said["words"],
        firm=known.firm if known else "",
        is_known=known is not None,
        is_vip=bool(known and known.vip),
        is_blocked=bool(known and known.blocked),
        has_attachment=said["attachment"],
        is_automatic=said["machine"],
        is_open=not said["closed"],
    )


def _known(request, sender: str) -> Correspondent | None:
    hers = Correspondent.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return hers.filter(addresses__kind="email", addresses__value=sender.strip().lower()).first()


def _form(request, template: str, context: dict):
    return render(request, template, context, status=422 if context["form"].is_bound else 200)
