"""The demo's letters, post and requests: letters for the post and with the client, and what came for her."""

from datetime import timedelta

from clients.models import Client, Correspondent, PostalAddress
from messages_app.asked_for import asking
from messages_app.incoming_post import receiving
from messages_app.letters import lettering
from messages_app.models import Letterhead, LetterTemplate, PostRules
from secretariat import clock

AT_THE_CARRIER = "adr_5e4c7a9d10b3f826"  # the client's address, as it would be saved there


def wait(client: Client, by) -> None:
    """`by` is the secretary's user who wrote them."""
    at = clock.now() - timedelta(minutes=40)
    Letterhead.objects.create(
        client=client,
        name=client.name,
        lines="1 High Street\nLondon N1 1AA",
        layout="uk-dl",
        signer=client.contacts.order_by("rank").first().name,
    )
    template = LetterTemplate.objects.create(
        client=client,
        name="Keys",
        subject="Keys of {firm}",
        body="The keys are ready for you.\n\nRing us a day before you come for them.",
    )
    dana = Correspondent.objects.create(client=client, name="Dana Holt", firm="Holt & Daughters")
    PostalAddress.objects.create(
        client=client,
        correspondent=dana,
        street="12 Mill Lane",
        city="Bath",
        postcode="BA1 2QH",
        country="GB",
    )
    owner = client.contacts.filter(user__isnull=False).first()
    for agreed in (True, False):
        letter = lettering.begin(client, by=by, at=at, template=template, correspondent=dana)
        lettering.ask(letter, version=letter.version, by=by, at=at)
        if agreed:
            lettering.agree(letter, number=1, contact=owner, by=owner.user, at=at)
    PostRules.objects.create(
        client=client,
        address=f"{client.name}\nc/o 1 High Street\nLondon N1 1AA",
        opens=PostRules.Opens.ORDINARY,
    )
    receiving.note(
        client,
        kind="ordinary",
        sender="Holt & Daughters",
        tracking="",
        place="Tray 2",
        by=by,
        at=at,
    )
    words = "Could you send flowers to Dana Holt on Friday, for about forty pounds?"
    asking.ask(owner, words, at=at)


def wait_for_the_carrier(client: Client, by) -> None:
    """A letter to America, which the world outside can print and post for this client."""
    at = clock.now() - timedelta(minutes=25)
    Letterhead.objects.create(
        client=client,
        name=client.name,
        lines="1 High Street\nLondon N1 1AA",
        layout="us-10",
        signer=client.contacts.order_by("rank").first().name,
        needs_approval=False,
        sender_at_carrier=AT_THE_CARRIER,
    )
    lena = Correspondent.objects.create(client=client, name="Lena Ortega", firm="Ortega Glass")
    PostalAddress.objects.create(
        client=client,
        correspondent=lena,
        street="44 Pearl Street",
        city="New York",
        region="NY",
        postcode="10004",
        country="US",
    )
    letter = lettering.begin(client, by=by, at=at, correspondent=lena)
    words = {each: getattr(lettering.newest_of(letter), each) for each in lettering.WORDS}
    words |= {"subject": "Samples of glass", "body": "Please send us the samples of the second series."}
    lettering.save(letter, words, version=letter.version, by=by, at=at)
    lettering.release(letter, version=letter.version, by=by, at=at)
