"""Skills with evidence: the usual ones, how well, what shows it, who checked; and typing required."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from calls import situation
from clients.models import ClientRequirement
from secretariat import clock
from secretariat.books.briefs import posting
from secretariat.books.models import Brief
from secretariat.ledger.models import LedgerEntry
from secretariat.media.models import MediaFile
from secretariat.office.models import (
    Claim,
    Enquiry,
    FirmRequirement,
    Profile,
    SecretarySkill,
    Skill,
    TypingTest,
)
from secretariat.office.profiles import qualifications, skills
from secretariat.office.specialities import Speciality
from secretariat.outbox.models import Effect


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def helen(office):
    return office.supervisor("Helen")


@pytest.fixture
def excel(office):
    return Skill.objects.create(name="Excel", area="software")


def a_paper(content=b"%PDF-1.4\n%%EOF\n", name="reference.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def typed(secretary, speed) -> TypingTest:
    at = clock.now()
    facts = {"begun_at": at, "ended_at": at, "seconds": 60, "characters": 300}
    return TypingTest.objects.create(secretary=secretary, passage=0, words_a_minute=Decimal(speed), **facts)


def told(answer) -> str:
    return answer.content.decode()


def test_a_new_firm_has_the_usual_skills(db, capsys):
    call_command("first_admin", "helen@example.com")
    names = set(Skill.objects.values_list("name", flat=True))
    assert {"Customer service on the telephone", "Handling complaints", "Microsoft Excel"} <= names
    assert len(names) == len(skills.usual())
    Skill.objects.filter(name="Booking travel").delete()
    call_command("first_admin", "helen@example.com")
    assert not Skill.objects.filter(name="Booking travel").exists()  # what the firm took out stays out


def test_an_older_firm_puts_them_in_once_and_keeps_its_own(office, helen):
    Skill.objects.create(name="microsoft excel")
    firm = office.browser(helen)
    assert "The usual skills are not in your list yet" in told(firm.get(reverse("profiles")))
    assert firm.post(reverse("usual-skills")).status_code == 303
    assert Skill.objects.count() == len(skills.usual())  # hers among them
    assert "The usual skills are not in your list yet" not in told(firm.get(reverse("profiles")))


def test_she_says_how_well_and_shows_a_paper_which_she_and_the_firm_alone_read(office, priya, helen, excel):
    hers, firm = office.browser(priya), office.browser(helen)
    for wrong, why in (
        ({"skill_level": ""}, "Say how well: on your own, or with help."),
        ({"evidence": ""}, "Say how you came by it, or hand in a paper that shows it."),
        ({"paper": a_paper(b"MZ a program")}, "That is no PDF, PNG or JPEG."),
    ):
        said = {"skill": excel.pk, "skill_level": "3", "evidence": "Six years at a notary’s"}
        refused = hers.post(reverse("my-skill"), said | wrong)
        assert refused.status_code == 422
        assert why in told(refused)
        assert f'<option value="{excel.pk}" selected>' in told(refused)  # nothing chosen is lost
    assert not MediaFile.objects.filter(kind="office.claim").exists()
    said = {"skill": excel.pk, "skill_level": "3", "paper": a_paper()}
    assert hers.post(reverse("my-skill"), said).status_code == 303
    claim, file = Claim.objects.get(), MediaFile.objects.get(kind="office.claim")
    address = reverse("media-file", args=[file.pk])
    page = told(firm.get(reverse("profile", args=[priya.pk])))
    assert "Excel (shows others how)" in page
    assert address in page
    for who, status in ((priya, 200), (helen, 200), (office.secretary("Maya"), 404)):
        assert office.browser(who).get(address).status_code == status
    firm.post(reverse("claim-answer", args=[claim.pk]), {"answer": "yes", "how": "paper"})
    known = SecretarySkill.objects.get(secretary=priya)
    assert (known.level, known.media_id, known.checked_by) == (3, file.pk, helen)
    page = told(hers.get(reverse("my-profile")))
    assert "Excel (shows others how)" in page
    assert "looked at by Helen" in page
    assert address in page
    profile = {"is_public": "on", "public_name": "Priya N.", "shows_skills": "on"}
    hers.post(reverse("my-profile"), profile)
    shown = told(Browser().get(reverse("directory-profile", args=[Profile.objects.get().pk])))
    assert "Excel (shows others how)" in shown
    assert address not in shown
    assert "looked at by" not in shown


def test_each_label_of_her_profile_is_that_of_its_own_field(office, priya, excel):
    hers = office.browser(priya)
    for page in (hers.get(reverse("my-profile")), hers.post(reverse("my-skill"), {"skill": excel.pk})):
        ids = re.findall(r' id="([^"]+)"', told(page))
        assert len(ids) == len(set(ids))
        assert told(page).count('type="file"') == 3


def test_what_she_takes_back_goes_with_its_paper(office, priya, excel):
    hers = office.browser(priya)
    hers.post(reverse("my-skill"), {"skill": excel.pk, "skill_level": "2", "paper": a_paper()})
    file, claim = MediaFile.objects.get(kind="office.claim"), Claim.objects.get()
    assert hers.post(reverse("my-claim-end", args=[claim.pk])).status_code == 303
    assert not Claim.objects.exists()
    file.refresh_from_db()
    assert file.deleted_at


def test_a_kind_of_work_is_the_same_whatever_language_it_was_named_in(office, okafor, priya, helen):
    with translation.override("de"):
        office.browser(priya).post(reverse("my-profile"), {"works_in": ["minutes"]})
    assert Profile.objects.get().works_in == ["minutes"]
    brief = Brief(client=okafor.row, kind=Speciality.MINUTES, due_on="2026-12-01", currency="GBP")
    brief.posted_by = helen
    brief.save()
    with translation.override("de"):
        [match] = posting.matches(brief, at=clock.now(), only=priya)
    assert any(str(Speciality.MINUTES.label) in each for each in match.why)


def test_an_enquiry_asks_for_skills_and_kinds_of_work_and_they_rank(office, okafor, priya, helen, excel):
    maya = office.secretary("Maya")
    SecretarySkill.objects.create(secretary=maya, skill=excel, level=2)
    Profile.objects.create(secretary=maya, works_in=["figures"])
    asked = {"name": "Sam", "email": "sam@buyer.example", "words": "Lists", "works_in": ["figures", "typing"]}
    anybody = Browser()
    assert "Excel" in told(anybody.get(reverse("directory-ask")))
    assert anybody.post(reverse("directory-ask"), asked | {"skills": [excel.pk]}).status_code == 302
    page = told(office.browser(helen).get(reverse("enquiry", args=[Enquiry.objects.get().pk])))
    assert "Tables and figures" in page
    assert page.index("Maya") < page.index("Priya")
    assert "Knows “Excel” (on her own), as she says" in page
    assert "Specialises in Tables and figures" in page


def test_the_firm_wishes_for_skills_and_speed_as_it_looks_for_somebody(office, okafor, helen, excel):
    slow, fast = office.secretary("Annika", ready=False), office.secretary("Zoe", ready=False)
    typed(slow, 40)
    typed(fast, 62)
    SecretarySkill.objects.create(secretary=fast, skill=excel)
    firm, page = office.browser(helen), reverse("team-suggest", args=[okafor.row.pk])
    assert told(firm.get(page)).index("Annika") < told(firm.get(page)).index("Zoe")
    wished = told(firm.get(page, {"skills": [excel.pk], "words_a_minute": "60"}))
    assert wished.index("Zoe") < wished.index("Annika")
    assert "Types 62 correct words a minute, by our test" in wished
    assert "Types 40 correct words a minute" in wished
    assert "less than or equal to 220" in told(firm.get(page, {"words_a_minute": "900"}))


def test_what_is_wished_for_stays_from_page_to_page_and_after_somebody_is_put_on_the_team(
    office, okafor, helen, monkeypatch
):
    monkeypatch.setattr("clients.views.suggesting.A_PAGE", 1)
    for name, speed in (("Annika", 40), ("Maya", 50), ("Zoe", 62)):
        typed(office.secretary(name, ready=False), speed)
    firm, page = office.browser(helen), reverse("team-suggest", args=[okafor.row.pk])
    wished = told(firm.get(page, {"words_a_minute": "60"}))
    assert "Zoe" in wished
    assert "?words_a_minute=60&amp;page=2" in wished
    second = firm.get(page, {"words_a_minute": "60", "page": "2"})
    assert 'value="60"' in told(second)
    assert "Types 40 correct words a minute" in told(second)
    assert 'class="fold" open' in told(second)
    assert 'class="fold" open' not in told(firm.get(page, {"page": "2"}))  # nothing is wished for
    said = {"secretary": second.context["matches"][0].person.key, "turn": "pool"}
    answer = firm.post(
        reverse("team-assign", args=[okafor.row.pk]), said | {"next": f"{page}?words_a_minute=60"}
    )
    assert answer["Location"] == f"{page}?words_a_minute=60"


@pytest.mark.parametrize(("speeds", "lacks"), [((), True), ((49,), True), ((50,), False), ((70, 49), True)])
def test_typing_that_is_required_shuts_out_of_team_and_calls_by_her_newest_test(
    office, okafor, priya, speeds, lacks
):
    ClientRequirement.objects.create(client=okafor.row, words_a_minute=50)
    FirmRequirement.objects.create(words_a_minute=45)
    for speed in speeds:
        typed(priya, speed)
        office.passes(1)
    [her] = situation.candidates(okafor.row)
    assert bool(her.papers_missing) is lacks
    needs = map(qualifications.need, okafor.row.requirements.all())
    refusal = qualifications.why_not(priya, clock.now().date(), needs=needs)
    assert ("It needs typing at 50 correct words a minute" in refusal) is lacks


def test_a_client_requires_a_speed_and_reads_who_has_it(office, okafor, priya):
    typed(priya, 55)
    portal = office.browser(okafor.owner)
    assert portal.post(reverse("required-add"), {"words_a_minute": "50"}).status_code == 303
    page = told(portal.get(reverse("required")))
    assert "typing at 50 correct words a minute" in page
    assert "Have it: Priya" in page
    assert "This is required already" in told(portal.post(reverse("required-add"), {"words_a_minute": "50"}))


def test_a_brief_that_wishes_for_speed_says_of_each_how_fast_she_types(office, okafor, priya, helen):
    typed(priya, 61)
    brief = Brief(client=okafor.row, kind="typing", due_on="2026-12-01", currency="GBP", words_a_minute=60)
    brief.posted_by = helen
    brief.save()
    [match] = posting.matches(brief, at=clock.now(), only=priya)
    assert "types 61 correct words a minute, by our test" in match.why


def test_what_was_accepted_is_taken_back_with_a_reason_and_she_is_told(office, priya, helen):
    hers, firm = office.browser(priya), office.browser(helen)
    profile = reverse("profile", args=[priya.pk])
    hers.post(reverse("my-language"), {"language": "fr", "level": "6"})
    claim = Claim.objects.get()
    answer = reverse("claim-answer", args=[claim.pk])
    assert "Take back" not in told(firm.get(profile))  # it waits yet
    firm.post(answer, {"answer": "back", "words": "Too early"})
    claim.refresh_from_db()
    assert claim.state == "waiting"
    firm.post(answer, {"answer": "yes", "how": "test"})
    assert "Take back: French (C2)" in told(firm.get(profile))
    refused = firm.post(answer, {"answer": "back"})
    assert (refused.status_code, "Say why" in told(refused)) == (422, True)
    assert priya.languages.filter(language="fr").exists()
    assert firm.post(answer, {"answer": "back", "words": "Callers did not follow her"}).status_code == 303
    assert not priya.languages.filter(language="fr").exists()
    assert "Callers did not follow her" in told(hers.get(reverse("my-profile")))
    assert "Take back" not in told(firm.get(profile))
    [mail] = Effect.objects.filter(kind="office.claim")
    assert mail.payload["to"] == priya.user.email
    assert "French (C2)" in mail.payload["text"]
    assert "Callers did not follow her" not in mail.payload["text"]  # why stands on her page
    taken_back = LedgerEntry.objects.filter(verb="office.claim.taken_back", subject_id=str(claim.pk))
    assert [each.actor_id for each in taken_back] == [helen.pk]


def test_what_was_named_anew_since_is_not_lost_by_somebodys_older_page(office, priya, helen, excel):
    hers, firm = office.browser(priya), office.browser(helen)
    for level in ("1", "2"):
        hers.post(reverse("my-skill"), {"skill": excel.pk, "skill_level": level, "evidence": "Four years"})
        claim = Claim.objects.get(state="waiting")
        firm.post(reverse("claim-answer", args=[claim.pk]), {"answer": "yes", "how": "work"})
    newer, older = Claim.objects.order_by("-skill_level")
    for each in (older, newer):
        assert priya.skills.filter(skill=excel, level=2).exists()
        firm.post(reverse("claim-answer", args=[each.pk]), {"answer": "back", "words": "Not so"})
    assert not priya.skills.exists()
    assert set(Claim.objects.values_list("skill_level", "state")) == {(1, "accepted"), (2, "refused")}
