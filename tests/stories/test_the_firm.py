"""The firm's own two chains, each from its first page to its last cent."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients import team
from secretariat import clock
from secretariat.books import billing, hours, paying
from secretariat.books.models import ClientPlan, PayStatement
from secretariat.office import inviting
from secretariat.office.contracts import agreeing
from secretariat.office.models import (
    Application,
    Contract,
    Invitation,
    Secretary,
    SecretaryLanguage,
    Step,
    Vacancy,
)
from secretariat.office.pay import By, Term
from secretariat.office.vacancies import publishing, steps

from .looking import go_to
from .test_to_their_end import takes_a_message

pytestmark = pytest.mark.slow
DAY = 24 * 3600
SAID = (
    {"Telephone": "+447700900555", "hours a week you want": "20", "from which day": "2026-01-05"},
    {"languages, with your level": "English, first language", "what you have done before": "Six years"},
    {
        "the room you work in": "My own, with a door",
        "computer, headset and line": "A laptop and a headset",
    },
    {"Name (1)": "Mr Brill", "E-mail address (1)": "brill@notary.example"},
)


def test_from_a_rung_call_to_its_seconds_on_the_bill(office):
    okafor = office.client("Okafor Legal")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor)
    month = clock.now().astimezone(okafor.row.tz).date().replace(day=1)
    ClientPlan.objects.create(
        client=okafor.row, name="To the second", from_on=month, price=Decimal("60"), counts=["wrap_up"]
    )
    takes_a_message(office, office.at_her_desk(priya), okafor)
    office.eventually(Call.objects.filter(state=Call.State.CLOSED).exists)
    office.settle()
    desk = office.enters(helen, to=f"/firm/books/bills/?month={month:%Y-%m}")
    desk.get_by_role("button", name="Draft this month’s bills").click()
    desk.get_by_role("link", name="Draft Okafor Legal").click()
    desk.get_by_role("link", name="Open its 1 part").first.click()
    item = desk.locator("details.fold tbody tr").first
    expect(item).to_be_visible()
    expect(item).to_contain_text("talking")
    bill = billing.preview(okafor.row, month).made
    units = item.locator("td").nth(1).inner_text()
    assert units.strip()
    expect(desk.locator("tfoot")).to_contain_text(f"{bill.net:,.2f}")  # a second is a pound: its own price
    item.get_by_role("link").click()
    expect(desk.locator("main")).to_contain_text("Okafor Legal")


def test_from_an_application_to_the_first_pay(office):
    okafor, helen, ruth = office.client("Okafor Legal"), office.supervisor(), office.supervisor("Ruth")
    vacancy = Vacancy(title="Mornings", work="Calls", hours_from=15, hours_to=25, rate=Decimal("14.40"))
    publishing.publish(publishing.write(vacancy, by=helen), by=helen, at=clock.now())
    page = office.browsers.context().new_page()
    came = applies(office, page)
    nora = is_engaged(came, helen)

    desk = office.enters(nora, to="/desk/contract/")
    desk.get_by_label("Your full name").fill("Nora Quist")
    desk.get_by_label("I have read the whole contract and agree to it.").check()
    desk.get_by_role("button", name="Sign this contract").click()
    expect(desk.locator("main")).to_contain_text("The firm signs next")
    desk.close()
    contract = Contract.objects.get(secretary=nora)
    facts = {"name": "Helen", "sha256": contract.sha256, "by": helen, "at": clock.now()}
    agreeing.countersign(contract, **facts)
    came.refresh_from_db()
    steps.settle(came, Step.Kind.CONTRACT, state="passed", note="", by=helen, at=clock.now())
    SecretaryLanguage.objects.create(secretary=nora, language="en", level=7)
    team.assign(nora, okafor.row, by=helen, at=clock.now())

    takes_a_message(office, office.at_her_desk(nora), okafor)
    office.eventually(Call.objects.filter(state=Call.State.CLOSED).exists)
    office.settle()
    monday = hours.this_monday(nora, clock.now())
    first, last = monday, monday + timedelta(days=6)
    office.passes(8 * DAY)
    hers = office.enters(nora, to=f"/desk/time/?week={monday:%Y-%m-%d}")
    hers.get_by_role("button", name="Confirm this week").click()
    expect(hers.get_by_text("Your week is confirmed")).to_be_visible()
    [week] = nora.weeks.filter(starts_on=monday)
    hours.approve(week, by=helen, at=clock.now())
    run = paying.begin(first, last, last + timedelta(days=10), by=helen, at=clock.now())
    paying.approve(paying.prepare(run, by=helen, at=clock.now()), by=ruth, at=clock.now())

    go_to(hers, "/desk/pay/")
    hers.locator("table").get_by_role("link").first.click()
    hers.locator("details.fold summary").first.click()
    expect(hers.locator("details.fold tbody").first).to_contain_text("Talking")
    rows = hers.locator("details.fold tbody tr")
    assert rows.count() == PayStatement.objects.get().parts.count()


def applies(office, page) -> Application:
    """Somebody whom nobody knows, in a browser of her own; she stops half-way, and goes on by her link."""
    page.goto(f"{office.url}/vacancies/")
    page.get_by_role("link", name=re.compile("Mornings")).click()
    page.get_by_label("Your name").fill("Nora Quist")
    page.get_by_label("Your e-mail address").fill("nora@quist.example")
    page.get_by_role("button", name="Begin to apply").click()
    expect(page.locator("main")).to_contain_text("A link is on its way")
    [mail] = office.eventually(lambda: office.outside.mail("nora@quist.example"))
    page.goto(re.search(r"http\S+", mail["text"])[0])
    page.get_by_role("link", name=re.compile("^You")).first.click()
    page.get_by_label("hours a week you want").fill("18")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()  # nothing was pressed yet
    expect(page.get_by_label("hours a week you want")).to_have_value("18")
    page.get_by_label("Time zone").select_option("Europe/London")
    for said in SAID:
        for label, words in said.items():
            page.get_by_label(label, exact=False).first.fill(words)
        page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_label("You may keep what I have written", exact=False).check()
    page.get_by_role("button", name="Send the application").click()
    expect(page.locator("main")).to_contain_text("Sent to us")
    return Application.objects.get()


def is_engaged(came: Application, helen) -> Secretary:
    """What the firm does meanwhile: each step, the invitation, the contract that it offers."""
    at = clock.now()
    for kind in steps.BEFORE_JOINING:
        steps.settle(came, kind, state="passed", note="Seen", by=helen, at=at)
    steps.invite(came, by=helen, at=at)
    invitation = Invitation.objects.get(subject_id=came.pk)
    inviting.accept(invitation, at=at, name="Nora", password="quite long enough")
    nora = Application.objects.get().secretary
    for kind in (Step.Kind.TERMS, Step.Kind.HOME, Step.Kind.PRACTICE):
        steps.settle(came, kind, state="passed", note="Seen", by=helen, at=at)
    steps.accompany(came, helen, by=helen, at=at)
    words = dict.fromkeys(("duties", "rights", "obligations", "confidentiality", "breach"), "As agreed")
    draft = Contract(secretary=nora, from_on=at.date().replace(day=1), role="Secretary", **words)
    agreeing.offer(agreeing.write(draft, [Term(By.HOUR, Decimal("14.40"))], by=helen), by=helen, at=at)
    return nora
