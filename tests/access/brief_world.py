"""Each side's work by proposal: a brief that is open, two that were given, and one that is over."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from django.core.files.base import File

from secretariat import clock
from secretariat.books.briefs import asking, changing, milestones, noting, posting, proposing, writing
from secretariat.books.models import Brief, Side
from secretariat.office import half_typed

DUE = date(2026, 12, 18)


def proposed(side, secretary, firm) -> dict:
    """`firm` settles nothing here: what is in dispute waits for whoever walks as the firm."""
    at, word, by = clock.now(), side.word, side.owner.user

    def posted(what, **facts) -> Brief:
        facts = {"kind": "minutes", "outcome": f"{what} of {word}, ready to print", "language": "en"} | facts
        brief = Brief(
            client=side.client.row,
            currency="EUR",
            title=f"{what} of {word}",
            due_on=DUE,
            for_whom="team",
            **facts,
        )
        return posting.post(brief, skills=(), by=by, at=at)

    def offered(brief, *parts):
        facts = {"due_on": DUE, "hours": Decimal(2), "amount": Decimal(80)}
        return proposing.propose(
            brief,
            approach=f"As {word} likes it",
            pays="fixed",
            rate=None,
            parts=[facts | {"title": f"{part} of {word}"} for part in parts],
            by=secretary,
            at=at,
        )

    def given(what, *parts):
        brief = posted(what)
        proposing.accept(offered(brief, *parts), by=by, at=at)
        brief.refresh_from_db()
        return brief, list(brief.milestones.order_by("rank"))

    brief = posted("Minutes")
    question = asking.ask(brief, words=f"How long are they at {word}?", by=secretary, at=at)
    posting.add_file(
        brief,
        file=File(BytesIO(word.encode()), name=f"{word}.txt"),
        content_type="text/plain",
        by=by,
        at=at,
    )
    brief_given, (first, handed_in, disputed, back) = given("Reports", "Draft", "Whole", "Index", "Cover")
    for each in (handed_in, disputed, back):
        milestones.hand_in(each, words=f"Done for {word}", result=Decimal(0), by=secretary.user, at=at)
    milestones.send_back(back, words=f"No cover for {word}", by=by, at=at)
    milestones.dispute(disputed, words=f"Not what {word} asked for", by=by, at=at)
    brief_other, (only,) = given("Tables", "All")
    brief_over, (_part,) = given("Labels", "All")
    brief_noted, _parts = given("Badges", "All")
    for each in (brief_over, brief_noted):
        milestones.end_work(each, of=Side.FIRM, because=f"{word} moves", by=firm, at=at)
    brief_noted.refresh_from_db()
    noting.write(brief_noted, of=Side.CLIENT, again=True, words=f"{word} was content", by=by, at=at)

    def change(of_brief, milestone, of, person):
        part = changing.as_part(milestone) | {"amount": "90.00"}
        facts = {"outcome": f"More for {word}", "because": f"{word} grows", "of": of, "by": person}
        return changing.ask(of_brief, parts=[part], at=at, **facts)

    proposal = offered(brief, "All")
    writing.say(proposal, of=Side.CLIENT, words=f"Is it in colour at {word}?", by=by, at=at)
    half_typed.keep(by, "proposal", brief.pk, {"approach": f"Of {word}"}, revision=0, at=at)
    return {
        "brief": brief,
        "brief_question": question,
        "brief_proposal": proposal,
        "sent_back": back,
        "brief_given": brief_given,
        "milestone": first,
        "handed_in": handed_in,
        "disputed": disputed,
        "change_of_hers": change(brief_given, first, Side.SECRETARY, secretary.user),
        "brief_other": brief_other,
        "change_of_client": change(brief_other, only, Side.CLIENT, by),
        "brief_over": brief_over,
        "brief_unproposed": posted("Badges"),
    }
