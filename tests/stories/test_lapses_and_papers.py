"""A lapse, from the report to her record; a certificate, from the warning that it ends to the next one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Offer
from clients.models import Assignment, Lapse, WorkItem
from secretariat import clock
from secretariat.office.models import Certificate, Training
from secretariat.office.profiles import proving

from . import by_keyboard as keys
from .at_desk import bar_says, goes_to_where_it_is_done
from .looking import go_to
from .passing import comes_to, day

pytestmark = pytest.mark.slow  # likewise in rooms: tests/clients/, tests/office/profiles/
DAY = 24 * 3600
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def helen(office):
    return office.supervisor()


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_lapse_is_reported_looked_into_told_to_the_client_and_a_warning_on_her_record(
    office, okafor, helen
):
    """By keyboard she, by mouse the firm, and the client at a telephone."""
    priya = office.secretary("Priya", okafor, ready=False)
    hers = office.enters(priya, to=reverse("lapse-report"))
    keys.chooses(hers.get_by_role("group", name="What kind"), "Something went to the wrong person")
    keys.types(hers.get_by_label("What happened"), "A letter of theirs lay with my neighbour")
    keys.picks(hers.get_by_label("Client concerned"), "Okafor Legal")
    keys.presses(hers.get_by_role("button", name="Report it"))
    expect(hers.locator("main")).to_contain_text("Reported. The firm looks into it")

    firm = office.enters(helen, to=reverse("work"))
    goes_to_where_it_is_done(firm, "Reported: Something went to the wrong person")
    main = firm.locator("main")
    expect(main).to_contain_text("A letter of theirs lay with my neighbour")
    expect(main).to_contain_text("The client has not been told.")
    firm.get_by_label("What you found").fill("The envelope was hers, the address was not")
    firm.get_by_role("button", name="Write it down").click()
    expect(main.locator(".pill").first).to_have_text("Being looked into")
    expect(main).to_contain_text("The envelope was hers")

    # The client is told, by mail and in the portal, in words that are for her.
    firm.get_by_label("What the client is told").fill("A letter of yours lay unopened with a neighbour.")
    firm.get_by_role("button", name="Tell the client").click()
    expect(main).to_contain_text("The client is told by mail.")
    [mail] = office.eventually(lambda: office.outside.mail("owner.of.okafor.legal@clients.example"))
    assert "A letter of yours lay unopened" in mail["text"]
    portal = office.enters(okafor.owner, to=reverse("lapse-portal"), viewport=PHONE)
    expect(portal.locator("main")).to_contain_text("A letter of yours lay unopened with a neighbour.")
    expect(portal.locator("main")).not_to_contain_text("my neighbour")

    # It ends with a warning; without its words none is given, and nothing that was typed is lost.
    firm.get_by_label("Warning in writing").check()
    firm.get_by_label("Whom it concerns").select_option(label="Priya")
    firm.get_by_label("What was found, and what was done").fill("One letter, unopened, and back")
    firm.get_by_role("button", name="Close it").click()
    expect(main).to_contain_text("Write the warning: she reads it at her desk.")
    expect(firm.get_by_label("What was found, and what was done")).to_have_value(
        "One letter, unopened, and back"
    )
    firm.get_by_label("What she is told").fill("Read each address twice before it goes.")
    firm.get_by_role("button", name="Close it").click()
    expect(main).to_contain_text("What followed")
    expect(main).to_contain_text("Read each address twice before it goes.")

    # That there is something is in her mail, and no word of it; the words are at her desk.
    [mail] = office.eventually(lambda: office.outside.mail(priya.user.email))
    assert "A warning in writing" in mail["subject"]
    assert "address" not in mail["text"]
    hers.reload()
    expect(hers.locator("main")).to_contain_text("One letter, unopened, and back")
    for page in ("my-terms", "my-supervision"):
        go_to(hers, reverse(page))
        record = hers.locator("section", has_text="on your record")
        expect(record).to_contain_text("Warning in writing")
        expect(record).to_contain_text("Read each address twice before it goes.")
    go_to(firm, reverse("supervision-of", args=[priya.pk]))
    expect(main).to_contain_text("Read each address twice before it goes.")
    portal.reload()
    expect(portal.locator("main")).to_contain_text("Closed")
    expect(portal.locator("main")).not_to_contain_text("Read each address twice")
    lapse = Lapse.objects.get()
    assert (lapse.consequence, lapse.about, lapse.closed_by) == ("warning", priya, helen)
    assert not WorkItem.objects.open().filter(kind="clients.lapse").exists()


def checked(secretary, training, helen, *, until) -> Certificate:
    """A paper that the firm saw before the story begins."""
    about = {"issued_by": "Law school", "issued_on": day(-300), "expires_on": until, "at": clock.now()}
    made = proving.hand_in(secretary, training=training, paper=None, content_type="", **about)
    return proving.check(made, by=helen, at=clock.now())


def test_a_certificate_is_warned_of_runs_out_costs_her_the_calls_and_the_next_brings_her_back(
    office, okafor, helen
):
    """The client asks for it at a telephone; her stand-in has the calls meanwhile."""
    training = Training.objects.create(name="Data protection", kind="other")
    priya = office.secretary("Priya", okafor, ready=False)
    maya = office.secretary("Maya", okafor, line="phone", turn=Assignment.Turn.STAND_IN, ready=False)
    last = day(31)
    checked(priya, training, helen, until=last)
    checked(maya, training, helen, until=day(400))
    portal = office.enters(okafor.owner, to=reverse("required"), viewport=PHONE)
    portal.get_by_label("Training").select_option(label="Data protection")
    portal.get_by_role("button", name="Require it").click()
    expect(portal.locator("main")).to_contain_text("Have it: Maya, Priya")

    # Thirty days ahead both sides hear of it.
    proving.warn(at=clock.now())
    assert office.outside.mail(priya.user.email) == []
    comes_to(office, day(1), "12:00")
    proving.warn(at=clock.now())  # as the sweep does every five minutes of its own
    [mail] = office.eventually(lambda: office.outside.mail(priya.user.email))
    assert f"expires on {last.day} {last:%B %Y}" in mail["text"]
    firm = office.enters(helen, to=reverse("work"))
    expect(firm.locator("main")).to_contain_text("The certificate “Data protection” of Priya expires on")

    # The day after its last nobody of the client's callers comes to her, and everybody reads why.
    comes_to(office, last + timedelta(days=1), "12:00")
    desk = office.at_her_desk(priya)
    office.starts_shift(maya)
    caller = office.rings(okafor)
    office.eventually(lambda: office.phone_of(maya))
    assert not Offer.objects.filter(secretary=priya).exists()
    bar_says(desk, "Ready for calls")
    caller.hang_up()
    go_to(firm, reverse("lacking"))
    lacks = firm.get_by_role("region", name="Required by Okafor Legal")
    expect(lacks).to_contain_text("Priya")
    expect(lacks).to_contain_text("Data protection")
    expect(lacks).not_to_contain_text("Maya")
    portal.reload()
    expect(portal.locator("main")).to_contain_text("lack it, and take none of your calls: Priya")

    # She hands in the next one, without a mouse; it counts once the firm has seen it.
    go_to(desk, reverse("my-profile"))
    papers = desk.get_by_role("region", name="Training and certificates")
    expect(papers.locator(".row-plain", has_text="Data protection")).to_contain_text("Expired")
    form = desk.get_by_role("form", name="Hand in a certificate")
    keys.picks(form.get_by_label("Training"), "Data protection")
    keys.types(form.get_by_label("Issued by"), "Law school")
    keys.types_day(form.get_by_label("Issued on"), day(-1))
    keys.types_day(form.get_by_label("Expires"), day(700))
    form.get_by_label("The paper").set_input_files(
        {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 seen"}
    )
    keys.presses(form.get_by_role("button", name="Hand in the certificate"))
    expect(papers.get_by_role("button", name="Take it back : Data protection")).to_be_visible()
    go_to(firm, reverse("profile", args=[priya.pk]))
    firm.get_by_role("button", name="Seen and accepted").click()
    expect(firm.get_by_role("button", name="Seen and accepted")).to_have_count(0)
    go_to(firm, reverse("lacking"))
    expect(firm.locator("main")).to_contain_text("Nobody lacks anything")
    desk.reload()
    office.line_is_connected(desk, priya)
    office.rings(okafor)
    bar_says(desk, "Okafor Legal is ringing")
    assert not WorkItem.objects.open().filter(kind="office.expiring").exists()
