"""Dial: ring telephones and browsers and bridge the first to answer; join a room; take from a queue."""

from secretariat.local.carrier.bridge import Bridge
from secretariat.local.carrier.documents import Source, number, truth, words
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.interruptions import Interruption, Tidying
from secretariat.local.carrier.legs import Subscription
from secretariat.local.carrier.ringing import BadNumber
from secretariat.local.carrier.twiml_rules import SCREEN
from secretariat.local.carrier.vocabulary import verb

from . import joining, taking_from_queue

RINGABLE = ("Number", "Client", "Sip")
MOST_AT_ONCE = 10


@verb("Dial", answers=lambda element: not truth(element, "answerOnBridge"))
def dial(interpreter, element, document, context):
    rooms = element.findall("Conference")
    queues = element.findall("Queue")
    if rooms:
        fields = yield from joining.join(interpreter, element, rooms[0], document)
    elif queues:
        fields = yield from taking_from_queue.take(interpreter, element, queues[0], document)
    else:
        fields = yield from ring(interpreter, element, document)
    if fields is None:
        return None  # could not even begin: the next verb
    return document.source(element, fields=fields)


def nouns(element) -> list:
    ringable = [child for child in element if child.tag in RINGABLE]
    return ringable or ([element] if words(element) else [])


def ring(interpreter, element, document):
    """Ring every noun, at once or in turn; the parent's action fields when it is over."""
    attempt = Attempt(interpreter, element, document)
    called = nouns(element)[:MOST_AT_ONCE]
    groups = [[noun] for noun in called] if truth(element, "sequential") else [called]
    try:
        for group in groups:
            yield from attempt.ring(group)
            if attempt.bridge:
                yield from attempt.talk(attempt.bridge)
                break
    except Interruption:
        attempt.stop()
        raise
    return attempt.fields()


class Attempt:
    """One Dial of telephones and browsers. The parent's verb waits; each called leg runs its own screen."""

    def __init__(self, interpreter, element, document):
        self.interpreter = interpreter
        self.leg = interpreter.leg
        self.carrier = interpreter.carrier
        self.element = element
        self.document = document
        self.children = []
        self.answered = None
        self.bridge = None
        self.refused = False
        self.recording = None

    def ring(self, group):
        timeout = number(self.element, "timeout", 30)
        ringing = [leg for noun in group if (leg := self.call(noun, timeout))]
        self.leg.hears("ring", "ringing", timeout)
        while any(leg.live for leg in ringing):
            event = yield Wait.for_any("child")
            leg, change = event.value
            if change == "answered" and (
                self.answered is None or self.carrier.choices.others_cancelled_at == "acceptance"
            ):
                self.answered = leg
                if self.carrier.choices.others_cancelled_at == "pickup":
                    self.stop(except_for=leg, status="canceled")
            elif change == "screened":
                self.answered = leg
                self.stop(except_for=leg, status="canceled")
                self.connect(leg)
                return
            elif change == "ended" and leg is self.answered:
                self.refused = True

    def call(self, noun, timeout):
        """A called leg, already ringing; None where it could not be placed."""
        address = words(noun) if noun.tag != "Client" else client_identity(noun)
        to = f"client:{address}" if noun.tag == "Client" else address
        caller = self.element.get("callerId") or self.leg.from_
        try:
            if noun.tag == "Sip":
                raise BadNumber(13224, "no SIP in this exchange")
            self.carrier.check_shown_by(self.leg, caller, to)
            leg = self.carrier.new_leg(caller, to, "outbound-dial", parent=self.leg)
        except BadNumber as fault:
            self.carrier.alarm(fault.code, to)
            return None
        leg.subscription = subscription(noun, self.document)
        leg.extra |= {p.get("name"): p.get("value") for p in noun.findall("Parameter")}
        leg.watchers.append(self.told)
        screen = self.document.source(noun, "url") if noun.tag != "Dial" else None
        leg.on_answer = lambda: leg.interpreter.start(self.screened(leg, screen))
        self.children.append(leg)
        self.carrier.exchange.dial(leg, timeout)
        return leg

    def told(self, leg, change):
        self.interpreter.tell("child", (leg, change))

    def screened(self, leg, screen: Source | None):
        """The called leg's life: its screen, then the bridge until something ends it."""
        if screen is not None:
            yield from leg.interpreter.run(screen, SCREEN)
        self.told(leg, "screened")
        leg.interpreter.running = "bridge"

        def part():
            if leg.bridge:
                leg.bridge.part()
            self.told(leg, "left")

        with Tidying(part):
            yield Wait()

    def connect(self, leg):
        self.leg.answer()
        self.bridge = Bridge(self.leg, leg)
        how = self.element.get("record", "do-not-record")
        if how.startswith("record-from") or how == "true":
            self.recording = self.carrier.recordings.begin(
                leg,
                "DialVerb",
                channels=2 if how.endswith("-dual") else 1,
                subscription=self.carrier.recordings.subscription(self.element, self.document),
            )

    def talk(self, bridge):
        """Wait until either side is gone."""
        limit = self.carrier.timeline.after(
            number(self.element, "timeLimit", 14400), lambda: self.interpreter.tell("limit")
        )

        def part():
            limit.cancel()
            bridge.part()
            if self.recording:
                self.carrier.recordings.finish(self.recording)

        with Tidying(part):
            while bridge.whole:
                event = yield Wait.for_any("child", "digit", "limit")
                starred = event.value == "*" and truth(self.element, "hangupOnStar")
                if event.name == "limit" or starred:
                    self.stop()

    def stop(self, *, except_for=None, status=None):
        for leg in self.children:
            if leg is not except_for and leg.live:
                leg.end("completed" if leg.talking else status or "canceled")

    def fields(self):
        last = self.answered or (self.children[-1] if self.children else None)
        if self.bridge:
            outcome = "completed"
        elif self.refused:
            outcome = self.carrier.choices.declined_screen
        else:
            outcome = last.status if last else "failed"
        talked = round(self.bridge.seconds) if self.bridge else 0
        fields = {"DialCallStatus": outcome, "DialBridged": "true" if self.bridge else "false"}
        if last:
            fields |= {"DialCallSid": last.sid, "DialCallDuration": str(talked)}
        if self.recording:
            fields |= {"RecordingUrl": self.recording.url, "RecordingSid": self.recording.sid}
        return list(fields.items())


def client_identity(noun) -> str:
    identity = noun.find("Identity")
    return words(identity) if identity is not None else words(noun)


def subscription(noun, document) -> Subscription:
    if noun.tag == "Dial" or not noun.get("statusCallback"):
        return Subscription()
    return Subscription(
        document.resolve(noun.get("statusCallback")),
        noun.get("statusCallbackMethod", "POST").upper(),
        frozenset(noun.get("statusCallbackEvent", "completed").split()),
    )
