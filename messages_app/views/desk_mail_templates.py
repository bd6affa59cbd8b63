"""Templates of mails, and the domains in whose name mail is sent: at the desk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.answering import domains, templates
from messages_app.forms.outgoing import DomainForm, TemplateForm
from messages_app.mail import addressing
from messages_app.models import Mailbox, MailTemplate, SendingDomain
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import firm_required, secretary_required


def _offered(request):
    rows = MailTemplate.objects.visible_to(request.user).filter(ended_at=None)
    return rows.select_related("client", "by")


@secretary_required
@require_safe
def index(request):
    return render(request, "messages_app/outgoing/templates.html", {"rows": list(_offered(request)[:500])})


@secretary_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, template_id=None):
    """A new one, or another in place of one. Every client's is the firm's to write."""
    old = get_object_or_404(_offered(request), pk=template_id) if template_id else None
    initial = (
        {"client": old.client_id, "name": old.name, "subject": old.subject, "words": old.words} if old else {}
    )
    may_all = request.user.roles.firm_wide
    form = TemplateForm(
        request.POST or None,
        clients=Client.objects.visible_to(request.user),
        may_be_everybodys=may_all,
        initial=initial,
    )
    if old and old.client_id is None and not may_all:
        messages.warning(request, _("A template for every client is changed by a supervisor."))
        return see_other(request, reverse("mail-templates"))
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        made = templates.write(by=request.user, at=at, instead_of=old, **form.cleaned_data)
        _keep_seconds(request, made, at=at)
        messages.success(request, _("The template is kept."))
        return see_other(request, reverse("mail-templates"))
    context = {"form": form, "old": old, "tokens": templates.tokens().items()}
    status = 422 if form.errors else 200
    return render(request, "messages_app/outgoing/template.html", context, status=status)


@secretary_required
@require_POST
def end(request, template_id):
    old = get_object_or_404(_offered(request), pk=template_id)
    if old.client_id is None and not request.user.roles.firm_wide:
        messages.warning(request, _("A template for every client is changed by a supervisor."))
    else:
        at = clock.now()
        if templates.end(old, by=request.user, at=at):
            _keep_seconds(request, old, at=at)
        messages.success(request, _("The template is offered no more."))
    return see_other(request, reverse("mail-templates"))


def _keep_seconds(request, template: MailTemplate, *, at) -> None:
    """One for every client is for none of them: it is the office's own time."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DESK,
        client_id=template.client_id,
        subject=(templates.SUBJECT, template.pk),
        at=at,
    )


@firm_required
@require_safe
def look_at_domains(request):
    """Each domain that mail is sent in the name of, and what its records say."""
    return _show_domains(request)


def _show_domains(request, *, form=None, of=None, status=200):
    boxes = Mailbox.objects.visible_to(request.user).filter(ended_at=None).select_related("client")
    known = SendingDomain.objects.visible_to(request.user).select_related("client")
    by_place = {(each.client_id, each.domain): each for each in known}
    wanted = {(box.client_id, addressing.domain_of(box.address)): box.client for box in boxes}
    rows = [
        {
            "client": by_place[place].client if place in by_place else wanted[place],
            "domain": place[1],
            "known": by_place.get(place),
            "findings": _in_words(by_place.get(place)),
            "form": form if of == place else _form_of(place[1], by_place.get(place)),
        }
        for place in sorted({*by_place, *wanted}, key=lambda place: place[1])
    ]
    return render(request, "messages_app/outgoing/domains.html", {"rows": rows}, status=status)


def _form_of(domain: str, known) -> DomainForm:
    said = {"domain": domain}
    if known:
        said |= {"selectors": ", ".join(known.selectors), "include": known.include}
    return DomainForm(initial=said, auto_id=f"id_{domain}_%s")


def _in_words(known) -> list[dict]:
    return [each | {"words": domains.in_words(each)} for each in known.findings] if known else []


@firm_required
@require_POST
def set_up_domain(request, client_id):
    """Have a domain's records looked at, with what the provider says of them."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    form = DomainForm(request.POST)
    if not form.is_valid():
        return _show_domains(request, form=form, of=(client.pk, request.POST.get("domain", "")), status=422)
    domains.set_up(client, by=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("The records are being looked at. It takes a few seconds."))
    return see_other(request, reverse("mail-domains"))
