"""What the demo's firm keeps to: rules of a shift, terms of a client, agreements, and who supervises whom."""

from datetime import timedelta

from clients import practising, work
from clients.confidentiality import terms
from clients.models import Client, Contact
from secretariat import clock
from secretariat.books.agreements import agreeing, usual_words
from secretariat.books.models import Agreement, Remark
from secretariat.books.supervision import qualified, supervising
from secretariat.office.models import Post, Secretary, SecurityRule, User

RULES = (
    "My screen locks by itself, and nobody else knows my password.",
    "No paper with a client’s name lies about when I leave the room.",
)
TERMS = (
    "Names of parties and of cases are never said aloud where anybody else can hear them.\n"
    "Nothing is written down outside this desk.\n"
    "Whoever asks whether somebody is a client is neither told yes nor no."
)


def agree(served: list[Client], *secretaries: Secretary) -> None:
    """The first client asks for terms of her own; two have agreed in writing, a third is to read hers."""
    at = clock.now()
    ruth, helen = (User.objects.get(posts__post=post) for post in (Post.Kind.ADMIN, Post.Kind.SUPERVISOR))
    for rank, words in enumerate(RULES):
        SecurityRule.objects.create(words=words, rank=rank)
    held = terms.write(served[0], TERMS, by=ruth, at=at)
    for secretary in secretaries:
        terms.accept(held, by=secretary, at=at)
        supervising.name(
            secretary,
            supervisor=helen,
            stand_in=ruth,
            qualified_by="Answered for law offices for nine years",
            covers=[each.key for each in qualified.asked_of(secretary)],
            by=ruth,
            at=at,
        )
    for nth, client in enumerate(served[:3]):
        from_on = at.date().replace(day=1) if nth < 2 else (at + timedelta(days=40)).date().replace(day=1)
        draft = Agreement(client=client, from_on=from_on, **usual_words.to_begin_with(client))
        offered = agreeing.offer(agreeing.write(draft, by=ruth), by=ruth, at=at)
        if nth < 2:
            owner = Contact.objects.get(client=client, standing=Contact.Standing.OWNER)
            agreeing.accept(offered, name=owner.name, sha256=offered.sha256, by=owner.user or ruth, at=at)
            work.finish_all(subject=(agreeing.KIND, offered.pk), by=ruth, outcome="Filed")
    _say(secretaries[0], helen, client=served[0], at=at)


def _say(secretary: Secretary, helen: User, *, client: Client, at) -> None:
    words = "Mrs Harlow rang to say how calmly you helped her on Friday."
    supervising.remark(secretary, Remark(kind=Remark.Kind.PRAISE, words=words), by=helen, at=at)
    due = (at + timedelta(days=20)).date()
    part = (
        "A builder on a noisy site who wants to move his meeting, and gives a number with one digit too few."
    )
    practised = practising.begin(secretary, client, part=part, by=helen, at=at)
    practising.write(
        practised,
        by=secretary,
        at=at,
        caller_name="Mr Brandt",
        call_back_on="020 7946 095",
        text="Wants to move Thursday’s meeting to next week, mornings.",
    )
    training = Remark(kind=Remark.Kind.TRAINING, words="Data protection, the yearly hour", due_on=due)
    supervising.remark(secretary, training, by=helen, at=at)
