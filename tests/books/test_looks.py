"""Each look of the firm at what is kept of a secretary is hers to read, by what it was of."""

from datetime import date, time

import pytest
from django.urls import reverse

from calls.models import Call
from clients import practising
from clients.models import Lapse
from secretariat import clock, ledger
from secretariat.books import paying
from secretariat.books.models import Outcome, PayExtra, PayStatement, Remark, Week
from secretariat.books.supervision import looks
from secretariat.media import storing
from secretariat.office.models import Claim, Profile, SecretaryLanguage, SecretarySkill, Skill, Wish
from secretariat.office.profiles import claiming
from secretariat.office.rota import absences, planning, rules

from .conftest import worked
from .test_paying import approved, prepared, under_contract

ON = date(2026, 11, 24)


def looked_at(firm, **query) -> str:
    """Her list of who has looked."""
    page = firm.browser(firm.priya).get(reverse("my-supervision"), query).content.decode()
    return page.split("Who has looked", 1)[1]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("supervision", "your days"),
        ("books-weeks", "your hours"),
        ("fairness", "your share of the work"),
        ("attendance", "how you came to your shifts"),
        ("rota", "your shifts, wishes and days off"),
        ("rota-file", "your shifts, wishes and days off"),
        ("rota-asked", "days off and swaps you asked for"),
        ("firm-shifts", "that you are on shift"),
        ("profiles", "your profile"),
        ("pay-runs", "your expenses and extras"),
        ("outcomes", "what you are to earn commission for"),
        ("practices", "your practice calls"),
        ("admin:books_payextra_changelist", "in the administration: extra of pay"),
    ],
)
def test_every_list_in_which_she_stands_is_a_look_that_she_reads_by_its_name(firm, name, what):
    worked(firm.okafor, firm.priya, "2026-11-24 09:00:00", 600)  # or her week would not stand among them
    leg = firm.rings(firm.okafor)
    firm.answers(firm.priya)
    firm.passes(120)
    firm.hangs_up(leg)
    firm.passes(5)
    absences.ask(
        firm.priya, kind="holiday", from_on=date(2026, 12, 7), until_on=date(2026, 12, 8), at=clock.now()
    )
    at_nine = rules.stretch(date(2026, 11, 24), time(9), time(17), "Europe/London")
    planning.add(secretary=firm.priya, stretch=at_nine, by=firm.ruth, at=clock.now(), despite="As it is")
    PayExtra.objects.create(
        secretary=firm.priya, kind="expense", on=ON, amount=5, words="Stamps", asked_by=firm.priya.user
    )
    Outcome.objects.create(
        secretary=firm.priya,
        client=firm.okafor.row,
        kind="order",
        on=ON,
        words="Ten lamps",
        reported_by=firm.priya.user,
    )
    practising.begin(
        secretary=firm.priya, client=firm.okafor.row, part="A clerk", by=firm.ruth, at=clock.now()
    )
    assert firm.browser(firm.helen).get(reverse(name)).status_code == 200
    found = looked_at(firm)
    assert firm.helen.name in found
    assert what in found


def test_a_look_at_one_thing_of_hers_is_named_by_what_it_was(firm):
    leg = firm.rings(firm.okafor)
    firm.answers(firm.priya)
    firm.passes(120)
    firm.hangs_up(leg)
    desk, call = firm.browser(firm.helen), Call.objects.get()
    desk.get(reverse("calls-record", args=[call.pk]))
    desk.get(reverse("suspend", args=[firm.priya.user_id]))
    desk.get(reverse("profile", args=[firm.priya.pk]))
    found = looked_at(firm)
    for what in ("the record of a call of yours", "on which your access is suspended", "your profile"):
        assert what in found, what
    maya = firm.secretary("Maya", firm.okafor, ready=False)
    firm.is_later(600)
    firm.browser(maya).get(
        reverse("calls-record", args=[call.pk])
    )  # a colleague at work, and no look of the firm
    assert "Maya" not in looked_at(firm)


@pytest.fixture
def paid(firm) -> PayStatement:
    """Priya's approved pay for October; the look of whoever approved it is long ago."""
    under_contract(firm.priya, firm.helen)
    worked(firm.okafor, firm.priya, "2026-10-05 09:00:00", 3600)
    approved(firm.priya, firm.helen, date(2026, 10, 5))
    return paying.approve(prepared(firm.helen), by=firm.ruth, at=clock.now()).statements.get()


@pytest.mark.parametrize("file", ["table", "accounts"])
def test_a_file_in_which_her_pay_stands_is_a_look_at_it(firm, paid, file):
    maya = firm.secretary("Maya", firm.okafor, ready=False)
    assert "Nobody has looked yet" in looked_at(firm)
    desk = firm.browser(firm.helen)
    if file == "table":
        answer = desk.post(reverse("pay-table", args=[paid.run_id]))
    else:
        desk.get(reverse("accounts-file"), {"month": "2026-11"})
        assert "Nobody has looked yet" in looked_at(firm)  # she is paid in December
        answer = desk.get(reverse("accounts-file"), {"month": "2026-12"})
    assert "14.40" in answer.content.decode()
    assert "your pay" in looked_at(firm)
    assert looks.at_her(maya).looks == []


def test_a_look_at_her_tax_number_is_named_as_that(firm, paid):
    desk = firm.browser(firm.helen)
    desk.get(reverse("pay-statement", args=[paid.pk]))
    assert "your tax number" not in looked_at(firm)
    assert desk.get(reverse("pay-tax", args=[paid.pk])).status_code == 200
    assert "your tax number" in looked_at(firm)


def test_a_lapse_that_concerns_her_is_looked_at_and_she_reads_it(firm):
    facts = {"kind": "seen", "what": "A screen", "reported_by": firm.ruth}
    facts |= {"state": "closed", "consequence": "talk", "findings": "Talked", "closed_by": firm.ruth}
    about = Lapse.objects.create(**facts, about=firm.priya, closed_at=clock.now())
    other = Lapse.objects.create(**facts, closed_at=clock.now())
    desk = firm.browser(firm.helen)
    assert desk.get(reverse("lapse", args=[other.pk])).status_code == 200
    assert "Nobody has looked yet" in looked_at(firm)
    assert desk.get(reverse("lapse", args=[about.pk])).status_code == 200
    assert "a lapse of confidentiality that concerns you" in looked_at(firm)


def test_a_row_of_hers_in_the_admin_is_a_look_that_she_reads_by_what_it_is(firm):
    about = {"secretary": firm.priya}
    rows = [
        firm.priya,
        Week.objects.create(**about, starts_on=date(2026, 11, 16)),
        Profile.objects.get_or_create(**about)[0],
        Remark.objects.create(**about, kind="praise", words="Kind", by=firm.ruth),
        PayExtra.objects.create(
            **about, kind="expense", on=ON, amount=5, words="Stamps", asked_by=firm.priya.user
        ),
        Wish.objects.create(**about, kind="like", weekday=1),
    ]
    desk = firm.browser(firm.helen)
    for row in rows:
        kind = row._meta
        page = reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[row.pk])
        assert desk.get(page).status_code == 200, kind.label
    found = looked_at(firm)
    assert "your hours, figures or profile" in found
    for row in rows[1:]:
        assert f"in the administration: {row._meta.verbose_name}" in found.replace("&#x27;", "'")
    maya = firm.secretary("Maya", firm.okafor, ready=False)
    assert looks.at_her(maya).looks == []


@pytest.mark.parametrize("of", ["what she says", "a skill", "a language"])
def test_a_look_at_the_paper_behind_what_she_can_do_is_hers_to_read(firm, of):
    facts = {"client_id": None, "kind": claiming.KIND, "name": "law.pdf", "content_type": "application/pdf"}
    kept = storing.store(b"%PDF-1.4", **facts)
    hers = {"secretary": firm.priya, "media_id": kept.pk}
    if of == "what she says":
        Claim.objects.create(**hers, language="fr", level=4)
    elif of == "a skill":
        SecretarySkill.objects.create(**hers, skill=Skill.objects.create(name="Words of the law"), level=3)
    else:
        SecretaryLanguage.objects.create(**hers, language="fr", level=4)
    paper = reverse("media-file", args=[kept.pk])
    assert "Nobody has looked yet" in looked_at(firm)
    assert firm.browser(firm.helen).get(paper).status_code == 200
    assert "a certificate or a paper of yours" in looked_at(firm)


def test_looks_go_on_page_by_page_and_none_is_lost_or_told_twice(firm):
    for n in range(looks.A_PAGE + 10):
        firm.clock_says(f"2026-11-{n % 20 + 1:02} {n // 20 + 9:02}:00")
        ledger.looked(firm.helen, None, ("office.secretary.hours", firm.priya.pk))
    first = looks.at_her(firm.priya)
    assert len(first.looks) == looks.A_PAGE
    assert f"?before={first.next}#looked" in looked_at(firm)
    second = looks.at_her(firm.priya, before=first.next)
    assert (len(second.looks), second.next) == (10, None)
    assert {each.at for each in first.looks}.isdisjoint(each.at for each in second.looks)
    assert "The newest" in looked_at(firm, before=first.next)
    assert looked_at(firm, before="nonsense")
