"""What clients pay for: each one's plan, its earlier and later versions, and to whom bills are made out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import Client
from secretariat import clock, ledger
from secretariat.books import billing, own_lines, planning, rules
from secretariat.books.forms.bills import AccountForm, OwnLineForm, PlanEndForm, PlanForm
from secretariat.books.models import ClientPlan, OneOff, digits_of
from secretariat.books.statement import amount
from secretariat.next import see_other
from secretariat.office.guards import firm_required

A_PAGE = 50


@require_GET
@firm_required
def listed(request):
    """Every client with the plan that holds today, where that client is."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True).order_by("name", "pk")
    page = Paginator(clients, A_PAGE).get_page(request.GET.get("page"))
    today = clock.day_in("client__zone")
    plans = ClientPlan.objects.visible_to(request.user).filter(from_on__lte=today).exclude(until_on__lt=today)
    by_client = {plan.client_id: plan for plan in plans.filter(client__in=list(page))}
    context = {"rows": [(client, by_client.get(client.pk)) for client in page], "page": page}
    return render(request, "books/plans.html", context)


@require_GET
@firm_required
def one(request, client_id):
    return _shown(request, _client(request, client_id))


def _shown(request, client, *, ending=None, line=None, status=200):
    versions = ClientPlan.objects.visible_to(request.user).filter(client=client).order_by("-from_on")
    found = billing.preview(client, clock.now().astimezone(client.tz).date())
    context = {
        "client": client,
        "versions": [(plan, rules.in_words(plan.rules)) for plan in versions.select_related("made_by")],
        "account": billing.account_of(client),
        "today": clock.now().astimezone(client.tz).date(),
        "so_far": _so_far(found),
        "goes_on": planning.goes_on(client),
        "ending": ending or PlanEndForm(),
        "line": line or _line_form(client),
        "lines": [
            (row, amount(row.amount, digits_of(row.currency)), left != row.amount)
            for row, left in own_lines.waiting(client)
        ],
        "money": own_lines.currency_of(client),
    }
    return render(request, "books/plan.html", context, status=status)


def _so_far(found: billing.Preview) -> str | None:
    if not found.month.stretches:
        return None
    return rules.money(found.made.net, found.month.currency, digits_of(found.month.currency))


def _line_form(client, said=None) -> OwnLineForm:
    return OwnLineForm(said, digits=digits_of(own_lines.currency_of(client)))


def _client(request, client_id) -> Client:
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    ledger.looked(request.user, client.pk, ("clients.client", client.pk))
    return client


@require_http_methods(["GET", "POST"])
@firm_required
def change(request, client_id):
    """A new version. It begins as a copy of the one before, without what is only paid once."""
    client = _client(request, client_id)
    today = clock.now().astimezone(client.tz).date()
    held = ClientPlan.objects.visible_to(request.user).filter(client=client).order_by("from_on").last()
    usual = {"currency": client.currency, "not_billed": ClientPlan.NotBilled.values, "counts": ["wrap_up"]}
    if held:
        usual = {name: getattr(held, name) for name in PlanForm.Meta.fields} | {"set_up_fee": 0}
        if held.until_on and held.until_on < today:
            usual["until_on"] = None  # the client comes back
    form = PlanForm(request.POST or None, initial=usual | {"from_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            planning.change(client, form.save(commit=False), by=request.user)
        except billing.NotNow as words:
            form.add_error("from_on", str(words))
        else:
            messages.success(request, _("The plan is kept. Earlier bills stay as they are."))
            return see_other(request, reverse("books-plan", args=[client.pk]))
    context = {"client": client, "form": form, "title": _("Plan"), "currency": client.currency}
    return render(request, "books/plan_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@firm_required
def account(request, client_id):
    client = _client(request, client_id)
    form = AccountForm(request.POST or None, instance=billing.account_of(client))
    if request.method == "POST" and form.is_valid():
        form.save()
        ledger.record(
            "books.account_changed",
            actor_id=request.user.pk,
            client_id=client.pk,
            subject=("books.billingaccount", client.pk),
        )
        messages.success(request, _("Kept. Bills drafted from now on are made out like this."))
        return see_other(request, reverse("books-plan", args=[client.pk]))
    context = {"client": client, "form": form, "title": _("Made out to")}
    return render(request, "books/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
@firm_required
def end(request, client_id):
    """Nothing is billed for days after this one."""
    client, form = _client(request, client_id), PlanEndForm(request.POST)
    if form.is_valid():
        last_on = form.cleaned_data["last_on"]
        try:
            ended = planning.end(client, last_on, by=request.user)
        except billing.NotNow as words:
            form.add_error("last_on", str(words))
        else:
            if ended:
                messages.success(request, _("Its last day is written down. Days after it are not billed."))
                if last := planning.issued_from(client, last_on + planning.DAY):
                    said = _("%(number)s bills days after it, and is issued: credit them there.")
                    messages.warning(request, said % {"number": last.number})
            else:
                messages.error(request, _("Nothing holds after this day."))
            return see_other(request, reverse("books-plan", args=[client.pk]))
    return _shown(request, client, ending=form, status=422)


@require_POST
@firm_required
def add_line(request, client_id):
    """An agreed fee or goodwill, on the next bill."""
    client = _client(request, client_id)
    form = _line_form(client, request.POST)
    if not form.is_valid():
        return _shown(request, client, line=form, status=422)
    own_lines.add(client, words=form.cleaned_data["words"], amount=form.signed, by=request.user)
    messages.success(request, _("Kept. It is on the next bill, and on a draft that is there already."))
    return see_other(request, reverse("books-plan", args=[client.pk]))


@require_POST
@firm_required
def drop_line(request, line_id):
    row = get_object_or_404(OneOff.objects.visible_to(request.user), pk=line_id)
    try:
        own_lines.take_back(row, by=request.user)
    except billing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back. It is on no bill to come."))
    return see_other(request, reverse("books-plan", args=[row.client_id]))
