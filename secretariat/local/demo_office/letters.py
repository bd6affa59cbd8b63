"""The demo's letters, post and requests: one letter for the post, one with the client, what came for her."""

from datetime import timedelta

from clients.models import Client, Correspondent, PostalAddress
from messages_app.asked_for import asking
from messages_app.incoming_post import receiving
from messages_app.letters import lettering
from messages_app.models import Letterhead, LetterTemplate, PostRules
from secretariat import clock


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
