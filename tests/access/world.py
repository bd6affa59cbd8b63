"""Two clients who must never hear of each other, and everybody who might come to a door of theirs.

Each row that belongs to a client says so in words: "Zephyra" stands in every one of the one, "Quillon" in
every one of the other. Whoever reads the wrong word has seen what was not hers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models.functions import Now
from django.test import Client as Browser

from calendar_app.models import Calendar, Connection
from calls.models import Call, Voicemail
from clients import closing, instructing, people, rostering, team, where_i_am, work
from clients.models import (
    Assignment,
    Bulletin,
    BulletinReading,
    ClientRequirement,
    Contact,
    ContactAddress,
    Correspondent,
    DataCopy,
    Holiday,
    Prompt,
    Status,
    Suppression,
)
from messages_app import devices, drafts, links, own_addresses, replying
from messages_app.models import Delivery, InboundMail, InboundText, Incident, Message
from secretariat import clock, media
from secretariat.channels import push
from secretariat.ids import uuid7
from secretariat.office import inviting, presence
from secretariat.office.models import Invitation, Post, Presence, Secretary, SecretaryLanguage
from secretariat.outbox.models import Effect
from tests.push_service import Browser as PushedTo
from tests.the_office import HEARD_UNTIL, Office, OfficeClient

from . import dictation_world, letter_world, own_calendars, post_world, request_world
from .agreement_world import agreed
from .books_world import in_the_books
from .brief_world import proposed
from .confidentiality_world import keeping_silent
from .contract_world import contracts_of, of_companies
from .diary_world import in_the_diary
from .mail_world import in_the_mailbox
from .pay_world import paid
from .practice_world import practised
from .profile_world import profile_of
from .rota_world import in_the_rota
from .supervision_world import supervised
from .vacancy_world import who_applies

ANONYMOUS = "anonymous"
OWNER = "owner"  # speaks for client A
MEMBER = "member"  # is at client A, and sees what is addressed to her
OTHER_CONTACT = "contact of B"
TEAM = "secretary on the team of A"
POOL = "secretary of the pool of A"
FORMER = "secretary once on the team of A"
STRANGER = "secretary of B alone"
SUPERVISOR = "supervisor"
ADMIN = "admin"
BOOKKEEPER = "bookkeeper"
PARTNER = "outsourcing company of the secretary of A"
ACTORS = (
    *(ANONYMOUS, OWNER, MEMBER, OTHER_CONTACT, TEAM, POOL, FORMER, STRANGER, SUPERVISOR, ADMIN),
    *(BOOKKEEPER, PARTNER),
)

WORDS = {"a": "Zephyra", "b": "Quillon"}


@dataclass
class Side:
    """One client with a row of every kind."""

    word: str
    client: OfficeClient
    owner: Contact
    member: Contact
    rows: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["rows"][name]
        except KeyError:
            raise AttributeError(name) from None


class World:
    """The office with both clients in it, and a browser for each actor."""

    def __init__(self):
        self.office = office = Office()
        office.clock_says("2026-11-24 10:30")
        self.a = self._side(WORDS["a"])
        self.b = self._side(WORDS["b"])
        self.a.rows["third"] = self.b.rows["third"] = office.client("Third House")
        self.people = self._people()
        for side, secretary in ((self.a, self.former), (self.b, self.stranger)):
            self._past(side, secretary)
        team.end(Assignment.objects.get(secretary=self.former), by=None, at=clock.now())
        office.starts_shift(self.priya)
        self._now(self.a, self.priya)
        self._now(self.b, self.stranger)
        of_companies(self, self.people[PARTNER])
        self.browsers = {
            actor: office.browser(user) if user else Browser() for actor, user in self.people.items()
        }

    def _side(self, word) -> Side:
        client = self.office.client(
            f"{word} Legal",
            country="GB",
            good_to_know=f"{word} has a dog",
            answer_phrase=f"{word} Legal, {{secretary}} speaking.",
        )
        member = self.office.contact(client, f"Member {word}", by=())
        return Side(word, client, client.owner, member)

    def _people(self) -> dict:
        office, a, b = self.office, self.a.client, self.b.client
        self.priya = office.secretary("Priya", a, ready=False)
        self.maya = office.secretary("Maya", a, turn=Assignment.Turn.POOL, ready=False)
        self.former = office.secretary("Flora", a)
        self.stranger = office.secretary("Stella", b)
        admin = office.user("admin@example.com", "Ada")
        Post.objects.create(user=admin, post=Post.Kind.ADMIN)
        keeper = office.user("books@example.com", "Beth")
        Post.objects.create(user=keeper, post=Post.Kind.BOOKKEEPER)
        return {
            ANONYMOUS: None,
            OWNER: self.a.owner.user,
            MEMBER: self.a.member.user,
            OTHER_CONTACT: self.b.owner.user,
            TEAM: self.priya.user,
            POOL: self.maya.user,
            FORMER: self.former.user,
            STRANGER: self.stranger.user,
            SUPERVISOR: office.supervisor(),
            ADMIN: admin,
            BOOKKEEPER: keeper,
            PARTNER: office.user("agency@example.com", "Quay"),
        }

    def _past(self, side: Side, secretary: Secretary) -> None:
        """What happened before today's actors came: a call with its message, and one put aside."""
        word, now = side.word, clock.now
        side.rows["finished"] = finished = self._call(side, secretary)
        side.rows["message"] = message = self._message(side, finished, secretary)
        delivery = message.deliveries.get(channel="email")
        Delivery.objects.filter(pk=delivery.pk).update(state="failed", error=f"{word} bounced")
        Effect.objects.filter(pk=delivery.effect_id).update(state=Effect.State.DEAD)
        side.rows |= {
            "delivery": delivery,
            "link": links.token(delivery),
            "reply": replying.reply(
                message,
                contact=side.owner,
                text=f"{word} says yes",
                how="portal",
                at=now(),
                by=side.owner.user,
            ),
            "effect_work": work.open_item(
                "outbox.effect",
                subject=("outbox.effect", delivery.effect_id),
                client=side.client.row,
                because=f"{word}: mail came back",
            ),
            "work": work.open_item(
                "calls.unfinished",
                subject=("calls.call", finished.pk),
                client=side.client.row,
                because=f"{word}: ring back",
            ),
            "mail": InboundMail.objects.create(
                client=side.client.row,
                sender="dana@harlow.example",
                recipient="office@secretariat.example",
                subject=f"Is {word} open?",
                words=f"Is {word} open on Sunday?",
                event_id=uuid7(),
            ),
            "text": InboundText.objects.create(
                client=side.client.row,
                contact=side.owner,
                number="+447700900777",
                to_number=side.client.number,
                words=f"Is {word} open on Sunday?",
                carrier_id=f"SM{word}",
            ),
            "correspondent": Correspondent.objects.create(
                client=side.client.row, name=f"Caller of {word}", firm=f"{word} Partners"
            ),
        }
        said = where_i_am.set_status(
            side.owner,
            kind=Status.Kind.OUT,
            text=f"{word} in court",
            note=f"{word} is in court",
            until_at=now() + timedelta(hours=2),
            by=side.owner.user,
            at=now(),
        )
        side.rows["status"] = said.status
        side.rows["instruction"] = instructing.write(
            side.client.row,
            by=side.owner.user,
            at=now(),
            text=f"{word} wants no sales calls",
            action="message",
            callers="anyone",
        )
        side.rows["series"] = side.instruction.series
        side.rows["withdrawn"] = withdrawn = instructing.write(
            side.client.row,
            by=side.owner.user,
            at=now(),
            text=f"{word} once wanted sales calls",
            action="message",
            callers="anyone",
        )
        instructing.withdraw(withdrawn, by=side.owner.user, at=now())
        on_call = {"name": f"Nights of {word}", "since": date(2026, 11, 23), "people": [side.owner]}
        side.rows["on_call_before"] = rostering.write(
            side.client.row, by=side.owner.user, at=now(), **on_call
        )
        side.rows["on_call"] = rostering.change(side.on_call_before, by=side.owner.user, at=now(), **on_call)
        side.on_call_before.refresh_from_db()
        side.rows["others_on_call"] = rostering.replace(
            side.on_call,
            people=[side.owner],
            from_at=now() + timedelta(days=3),
            until_at=now() + timedelta(days=4),
            by=side.owner.user,
            at=now(),
        )
        side.rows["holiday"] = Holiday.objects.create(
            client=side.client.row,
            on=date(2026, 12, 29),
            name=f"{word} Day",
            says=Holiday.Says.ASKED,
            is_public=True,
        )
        required = {"client": side.client.row, "language": "en", "level": 1}
        side.rows["requirement"] = ClientRequirement.objects.create(**required)
        SecretaryLanguage.objects.update(how="work")  # no requirement is met by her word alone
        side.rows["closure"] = closing.close(
            side.client.row, on=date(2026, 12, 30), name=f"{word} party", by=side.owner.user, at=now()
        )
        in_the_diary(self.office, side)
        in_the_mailbox(side)
        side.rows |= letter_world.rows(side, secretary.user)
        side.rows |= post_world.rows(side, secretary.user)
        side.rows |= request_world.rows(side)
        side.rows |= dictation_world.rows(side)
        for kind in ("caldav", "feed"):
            side.rows[kind] = Connection.objects.create(
                client=side.client.row,
                diary=side.rows["diary"],
                kind=kind,
                label=f"{word} {kind}",
                due_at=now(),
            )
            Calendar.objects.create(
                client=side.client.row,
                diary=side.rows["diary"],
                connection=side.rows[kind],
                name=f"{word} work",
            )
        side.rows |= own_calendars.rows(side)
        guest = self.office.contact(side.client, f"Guest of {word}", by=(), signs_in=False)
        sent = people.invite(guest, email=f"guest@{word.lower()}.example", by=side.owner.user, at=now())
        late = inviting.invite(
            email=f"late@{word.lower()}.example",
            name=f"Late {word}",
            gives="contact",
            by=side.owner.user,
            at=now(),
            client_id=side.client.row.pk,
        )
        Invitation.objects.filter(pk=late.pk).update(
            invited_at=now() - timedelta(days=9), expires_at=now() - timedelta(days=6)
        )
        side.rows["owner_user"] = side.owner.user
        side.rows["leaver"] = self.office.user(f"leaver@{word.lower()}.example", f"Leaver of {word}")
        side.rows |= {"guest": guest, "invite": inviting.token(sent), "late": inviting.token(late)}
        call_type = side.client.row.call_types.get()
        side.rows["call_type"] = call_type
        side.rows["prompt"] = Prompt.objects.create(
            client=side.client.row, call_type=call_type, caption=f"About {word}"
        )
        side.rows["address"] = ContactAddress.objects.filter(contact=side.owner).first()
        side.rows["mailbox"] = ContactAddress.objects.get(contact=side.owner, kind="email")
        side.rows["mobile"] = ContactAddress.objects.get(contact=side.owner, kind="mobile")
        side.rows["device"] = devices.switch_on(
            side.owner,
            name="Her telephone",
            subscription=push.Subscription(**PushedTo(f"http://127.0.0.1:65533/send/{word}").subscription),
            by=side.owner.user,
            at=now(),
        )
        side.rows["check"] = own_addresses.ask(
            side.owner, kind="email", value=f"new@{word.lower()}.example", by=side.owner.user, at=now()
        )
        side.rows["file"] = media.store(
            f"RIFF {word}".encode(),
            client_id=side.client.row.pk,
            kind="voicemail",
            name=f"{word}.wav",
            content_type="audio/wav",
        )
        copied = media.store(
            word.encode(),
            client_id=side.client.row.pk,
            kind="overview.data_copy",
            name=f"{word}.zip",
            content_type="application/zip",
        )
        side.rows["copy"] = DataCopy.objects.create(
            client=side.client.row,
            state=DataCopy.State.READY,
            media_id=copied.pk,
            size=copied.size,
            expires_at=now() + timedelta(days=7),
        )
        Voicemail.objects.create(client=side.client.row, call=finished, media_id=side.file.pk, state="ready")

    def _message(self, side: Side, call: Call, secretary: Secretary) -> Message:
        said = {
            "contact": str(side.owner.pk),
            "caller_name": f"Dana {side.word}",
            "call_back_on": "+44 7700 900123",
            "text": f"{side.word} must sign today",
            "urgency": "1",
            "call_type": str(side.client.row.call_types.get().pk),
        }
        answer = self.office.browser(secretary).post(f"/desk/messages/{call.pk}/take/", said)
        assert answer.status_code == 303
        self.office.settle()
        return Message.objects.get(call=call)

    def _now(self, side: Side, secretary: Secretary) -> None:
        """What lies on the desk just now: a call that is finished being talked, and one that is live."""
        side.rows["wrap_up"] = ended = self._call(side, secretary)
        drafts.save(call=ended, by=secretary.user, values={"text": f"{side.word} half said"}, revision=0)
        presence.ready(secretary, at=clock.now())
        side.rows["talking"] = self._call(side, secretary, hangs_up=False)
        side.rows |= {"secretary": secretary} | in_the_books(side, secretary)
        side.rows |= in_the_rota(side, secretary, self.people[SUPERVISOR])
        side.rows |= contracts_of(side, secretary, self.people[ADMIN])
        side.rows |= paid(side, secretary, self.people[ADMIN])
        side.rows |= profile_of(side, secretary, self.people[ADMIN])
        side.rows |= who_applies(side, self.people[ADMIN])
        side.rows |= agreed(side, self.people[ADMIN])
        side.rows |= supervised(side, secretary, self.people[ADMIN])
        team_of_it = [secretary, self.maya] if side is self.a else [secretary]
        side.rows |= proposed(side, secretary, self.people[ADMIN])
        side.rows |= keeping_silent(side, team_of_it, self.people[ADMIN])
        side.rows |= practised(side, team_of_it[0], self.people[ADMIN])
        side.rows["bulletin"] = Bulletin.objects.create(
            title=f"{side.word} moves on Monday",
            text=f"{side.word} is next door then",
            client=side.client.row,
            written_by=self.people[ADMIN],
        )
        BulletinReading.objects.create(bulletin=side.bulletin, user=self.people[ADMIN])
        Incident.objects.create(
            kind=Incident.Kind.WRONG_CLIENT,
            client=side.client.row,
            message=Message.objects.create(
                client=side.client.row, text=f"{side.word} astray", taken_by=self.people[ADMIN]
            ),
            found_by=self.people[ADMIN],
            what=f"{side.word} had what was meant for somebody else",
        )
        gone = ContactAddress.objects.get(contact__name=f"Guest of {side.word}", kind="email")
        side.suppression = Suppression.objects.create(
            channel="email", address=gone.value, because=Suppression.Because.BOUNCED
        )

    def _call(self, side: Side, secretary: Secretary, *, hangs_up=True) -> Call:
        office = self.office
        # On a slow computer everybody's browser would have fallen silent by now, and nothing would ring.
        Presence.objects.exclude(state=Presence.State.OFF).update(heartbeat_at=Now() + HEARD_UNTIL)
        leg = office.rings(side.client, caller="+447700900123")
        office.answers(secretary)
        office.passes(5)
        if hangs_up:
            office.hangs_up(leg)
        call = Call.objects.filter(client=side.client.row).latest("rang_at", "id")
        assert call.secretary == secretary, f"{call.state}: {secretary} was meant to answer"
        return call

    def secretary(self, actor) -> Secretary:
        return {TEAM: self.priya, POOL: self.maya, FORMER: self.former, STRANGER: self.stranger}[actor]
