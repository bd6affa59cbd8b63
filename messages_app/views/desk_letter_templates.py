"""Templates of letters at the desk: read by whoever writes them, and written where the firm lets the desk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import stretches
from clients.models import WorkRecord
from messages_app.forms.letter import LetterTemplateForm
from messages_app.letters import templates
from messages_app.models import LetterTemplate
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

MOST = 500


def _offered(request):
    rows = LetterTemplate.objects.visible_to(request.user).filter(is_active=True)
    return rows.select_related("client").order_by("client__name", "name", "pk")


@secretary_required
@require_safe
def index(request):
    may_write = templates.clients_of(request.user).exists()
    context = {"rows": list(_offered(request)[:MOST]), "may_write": may_write}
    return render(request, "messages_app/letter_templates.html", context)


@secretary_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, template_id=None):
    """A new one, or this one's words; one that she may not write is shown as it is."""
    old = get_object_or_404(_offered(request), pk=template_id) if template_id else None
    may_write = templates.may_write(request.user, old) if old else True
    if old:
        ledger.looked(request.user, old.client_id, (templates.SUBJECT, old.pk))
    if request.method == "POST" and not may_write:
        messages.warning(request, _("This client’s templates are the firm’s to write."))
        return see_other(request, reverse("letters-template", args=[old.pk]))
    form = LetterTemplateForm(
        request.POST or None, instance=old, clients=templates.clients_of(request.user), fixed=old is not None
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        # The form has put its words into `old`, which is not saved: the verb does it.
        client = old.client if old else said["client"]
        _keep_seconds(request, templates.write(client, said, by=request.user, template=old))
        messages.success(request, _("The template is kept."))
        return see_other(request, reverse("letters-templates"))
    context = {"form": form, "old": old, "may_write": may_write, "tokens": templates.tokens().items()}
    status = 422 if form.errors else 200
    return render(request, "messages_app/letter_template.html", context, status=status)


@secretary_required
@require_POST
def end(request, template_id):
    old = get_object_or_404(_offered(request), pk=template_id)
    if templates.may_write(request.user, old):
        if templates.end(old, by=request.user):
            _keep_seconds(request, old)
        messages.success(request, _("The template is offered no more."))
    else:
        messages.warning(request, _("This client’s templates are the firm’s to write."))
    return see_other(request, reverse("letters-templates"))


def _keep_seconds(request, template: LetterTemplate) -> None:
    """No letter is written by it: it is no piece of work."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DESK,
        client_id=template.client_id,
        subject=(templates.SUBJECT, template.pk),
        at=clock.now(),
    )
