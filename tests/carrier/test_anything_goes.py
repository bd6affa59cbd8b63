"""Whatever people and the application do, in whatever order, a call keeps to its rules."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from secretariat.local.carrier import Party
from secretariat.local.carrier.legs import TERMINAL
from tests.carrier.application import HOME, HOST, OFFICE, Application

RANK = {"queued": 0, "initiated": 1, "ringing": 2, "in-progress": 3} | dict.fromkeys(TERMINAL, 4)
LEG = 'statusCallback="/leg/" statusCallbackEvent="initiated ringing answered completed"'
ROOM = 'beep="false" statusCallback="/room/" statusCallbackEvent="start end join leave hold mute"'
DOCUMENTS = {
    "/enqueue/": '<Enqueue waitUrl="/wait/" action="/after/">q</Enqueue>',
    "/wait/": '<Gather numDigits="1" timeout="5" action="/key/"><Say>Please wait</Say></Gather>',
    "/key/": "<Leave/>",
    "/room/": f'<Dial action="/after/"><Conference {ROOM}>room</Conference></Dial>',
    "/dial/": f'<Dial action="/after/" timeout="12"><Number {LEG}>{HOME}</Number></Dial>',
    "/screened/": f'<Dial action="/after/"><Number {LEG} url="/screen/">{HOME}</Number></Dial>',
    "/screen/": '<Gather numDigits="1" action="/nothing/"/><Hangup/>',
    "/record/": '<Record action="/after/" maxLength="20" recordingStatusCallback="/recording/"/>',
    "/hold/": '<Pause length="7"/>',
    "/take/": '<Dial action="/after/"><Queue>q</Queue></Dial>',
    "/broken/": 500,
    "/after/": "<Hangup/>",
    "/nothing/": "",
}
PLACES = st.sampled_from(["/enqueue/", "/room/", "/dial/", "/screened/", "/record/", "/take/", "/broken/"])
PARTIES = st.sampled_from(
    [
        Party.human(),
        Party.busy(),
        Party.invalid(),
        Party.rejects(),
        Party.voicemail(after=3),
        Party.answers(after=2, keys=[(1, "1")], hang_up_after=15),
    ]
)
CHANGES = st.sampled_from([{"Hold": "true"}, {"Hold": "false"}, {"Muted": "true"}])


class AnythingGoes(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 99), late=st.booleans())
    def begin(self, seed, late):
        self.app = Application(seed=seed)
        self.carrier = self.app.carrier
        self.carrier.add_number(OFFICE, f"{HOST}/enqueue/", status_callback=f"{HOST}/leg/")
        self.carrier.control.chaos(reorder=0.3 if late else 0, action_before_completed=late)
        for path, answer in DOCUMENTS.items():
            self.app.on(path, answer)
        self.highest = {}
        self.callers = 0

    def pick(self, number):
        legs = list(self.carrier.legs.values())
        return legs[number % len(legs)] if legs else None

    @rule(place=PLACES)
    def ring(self, place):
        self.callers += 1
        self.carrier.account.numbers[OFFICE].voice_url = HOST + place
        self.carrier.control.ring(OFFICE, f"+4477009{self.callers:05}")

    @rule(party=PARTIES, place=PLACES)
    def place(self, party, place):
        self.carrier.add_party(HOME, party)
        self.app.rest(
            "POST",
            "/Calls.json",
            To=HOME,
            From=OFFICE,
            Url=HOST + place,
            StatusCallback=f"{HOST}/leg/",
            StatusCallbackEvent=["initiated", "ringing", "answered", "completed"],
        )

    @rule(party=PARTIES, label=st.sampled_from(["client", "third"]))
    def invite(self, party, label):
        self.carrier.add_party(HOME, party)
        self.app.rest("POST", "/Conferences/room/Participants.json", To=HOME, From=OFFICE, Label=label)

    @rule(number=st.integers(0, 20), key=st.sampled_from("1#*"))
    def press(self, number, key):
        if leg := self.pick(number):
            self.carrier.control.press(leg, key)

    @rule(number=st.integers(0, 20))
    def say(self, number):
        if leg := self.pick(number):
            self.carrier.control.say(leg, "Good morning")

    @rule(number=st.integers(0, 20))
    def answer(self, number):
        leg = self.pick(number)
        if leg and leg.direction != "inbound":
            self.carrier.control.answer(leg)

    @rule(number=st.integers(0, 20))
    def hang_up(self, number):
        if leg := self.pick(number):
            self.carrier.control.hang_up(leg)

    @rule(number=st.integers(0, 20), place=PLACES)
    def redirect(self, number, place):
        if leg := self.pick(number):
            ended = not leg.live
            answer = self.app.rest("POST", f"/Calls/{leg.sid}.json", Url=HOST + place)
            assert answer.status == (400 if ended else 200)

    @rule(
        number=st.integers(0, 20),
        change=st.sampled_from([{"Hold": "true"}, {"Hold": "false"}, {"Muted": "true"}]),
    )
    def change(self, number, change):
        leg = self.pick(number)
        if leg and leg.participant:
            more = {"HoldUrl": f"{HOST}/hold/"} if "Hold" in change else {}
            path = f"/Conferences/room/Participants/{leg.sid}.json"
            assert self.app.rest("POST", path, **change, **more).status in (200, 404)

    @rule(number=st.integers(0, 20))
    def remove(self, number):
        if leg := self.pick(number):
            answer = self.app.rest("DELETE", f"/Conferences/room/Participants/{leg.sid}.json")
            assert answer.status in (204, 404)

    @rule(seconds=st.sampled_from([0, 1, 5, 20, 70]))
    def passes(self, seconds):
        self.app.passes(seconds)

    @invariant()
    def no_leg_goes_back(self):
        if not hasattr(self, "carrier"):
            return
        for leg in self.carrier.legs.values():
            before = self.highest.get(leg.sid, leg.status)
            assert RANK[leg.status] >= RANK[before]
            assert before not in TERMINAL or leg.status == before
            self.highest[leg.sid] = leg.status

    @invariant()
    def who_is_together_is_alive(self):
        if not hasattr(self, "carrier"):
            return
        for room in self.carrier.conferences.by_sid.values():
            assert room.status != "completed" or not room.present
            labels = [p.label for p in room.present if p.label]
            assert len(labels) == len(set(labels))

    def teardown(self):
        """Everybody goes, and nothing is left over."""
        if not hasattr(self, "carrier"):
            return
        self.app.passes(5)
        for leg in self.carrier.control.legs():
            self.carrier.control.hang_up(leg)
        self.app.passes(120)
        assert self.carrier.control.legs() == []
        assert all(not leg.interpreter.alive for leg in self.carrier.legs.values())
        assert all(not leg.bridge for leg in self.carrier.legs.values())
        assert all(room.status == "completed" for room in self.carrier.conferences.by_sid.values())
        assert all(not queue.members for queue in self.carrier.queues.by_sid.values())
        assert all(len(leg.terminal_notices) <= 1 for leg in self.carrier.legs.values())
        told = [request for request in self.app.to("/leg/") if "SequenceNumber" in request]
        counted = [(request["CallSid"], request["SequenceNumber"]) for request in told]
        assert len(counted) == len(set(counted))


TestAnythingGoes = AnythingGoes.TestCase
TestAnythingGoes.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
