"""Commands as people and programs could send them to a workshop that is under way: most make sense, some do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from hypothesis import strategies as st

from tests.domain.samples import PLACES, START, goal_entry, initiative_entry, text
from trivsel.domain import commands as c
from trivsel.domain import fields as f
from trivsel.domain import things as t
from trivsel.domain.asking import CODE_LETTERS, REASONS, WISHES, Asking
from trivsel.domain.ballot import ballot, cards_each
from trivsel.domain.words import Text
from trivsel.domain.workshop import FACILITATOR, Snapshot, document

ENTRIES = [goal_entry("ro"), goal_entry("fravær", never=True), goal_entry("smerter", smallest=50)]
IDEAS = [
    initiative_entry("pause", goals=("ro",)),
    initiative_entry("apv", duty="yes", approval="committee"),
    initiative_entry("walk", duty="part", approval="leader"),
]
POOL = [f"x{number}" for number in range(8)]
"""Few ids, so that doubles and things that are gone come up often."""

places = st.sampled_from([*PLACES[:3]] * 4 + [*PLACES])
"""Much happens in few places, so that there is something to undo."""
words = st.sampled_from(
    ["", "   ", "Ro", "Fred", "x" * 120, "x" * 281, "<script>", "{{ 7*7 }}", "=1+1", "שלום", "🙂", "a\nb", "\ud800"]
)
texts = st.builds(Text, st.sampled_from(["da", "en"]), words, st.just({}) | st.just({"en": "Peace"}))
good_texts = st.sampled_from([text("Ro"), text("Fred"), Text("da", "Ro", {"en": "Peace"})])
numbers = st.sampled_from([None, 0, 1, 2.5, -1, 10, 1e12, float("nan"), float("inf"), True])
days = st.sampled_from([None, "2026-12-01", "2027-02-29", "1066-10-14", "i morgen", ""])
garbage = st.one_of(texts, numbers, days, st.just(("x0",)), st.just("x0"))


TIMES = st.just("14:40")
SOME_DAY = st.sampled_from(["2026-12-01", "2027-01-11"])
FIGURE = st.sampled_from([None, 0, 1, 2, 34])
NEW = st.sampled_from(POOL) | st.uuids().map(lambda one: one.hex)
ODD = st.sampled_from(["", "workplace", "med æ", "y" * 101])
LENGTHS = st.sampled_from([0, 60, 9_999])
STATES = st.sampled_from(["meeting", "extra", "after", cast(Any, "never")])

Draw = Callable[[st.SearchStrategy[Any]], Any]


def often(draw: Draw) -> bool:
    """Nine times of ten."""
    return bool(draw(st.integers(0, 9)))


def value(draw: Draw, rule: f.Rule, snapshot: Snapshot) -> Any:
    """A value for a field, most of them good."""
    if not often(draw):
        return draw(garbage)
    match rule:
        case f.Words():
            return draw(good_texts) if rule.required else draw(good_texts | st.none())
        case f.OneOf(values=choices):
            return draw(st.sampled_from(choices))
        case f.SomeOf(values=choices):
            return tuple(one for one in choices if draw(st.booleans()))
        case f.Keys():
            return draw(st.sampled_from([(), ("night",), ("night", "body")]))
        case f.Number():
            return draw(FIGURE)
        case f.Day():
            return draw(SOME_DAY)
        case f.Clock():
            return draw(TIMES)
        case f.Flag():
            return draw(st.booleans())
        case f.Ref(kind=kind):
            return draw(st.sampled_from([None, "x0", *(one.id for one in snapshot.of(kind))]))
        case f.Refs(kind=kind):
            return tuple(one.id for one in snapshot.of(kind) if draw(st.booleans()))


def thing(draw: Draw, snapshot: Snapshot) -> t.Thing:
    """A new thing of any kind."""
    id = draw(NEW) if often(draw) else draw(ODD)
    match draw(st.sampled_from([t.Card, t.Card, t.Goal, t.Goal, t.Initiative, t.Initiative, *f.FIELDS])):
        case t.Card:
            return t.Card(id, draw(places), draw(good_texts), draw(st.none() | existing(snapshot)))
        case t.Heap:
            return t.Heap(id, draw(places) if often(draw) else "nowhere", draw(st.none() | good_texts))
        case t.Goal:
            entry, now = draw(st.none() | st.sampled_from(ENTRIES)), draw(FIGURE)
            return t.Goal(id, draw(good_texts), entry=entry, chosen=draw(st.booleans()), now=now)
        case t.Initiative:
            goals = tuple(one.id for one in snapshot.of(t.Goal) if draw(st.booleans()))
            entry, decision = draw(st.none() | st.sampled_from(IDEAS)), draw(st.sampled_from(["", "yes", "must"]))
            return t.Initiative(id, draw(good_texts), entry=entry, goals=goals, decision=decision)
        case t.Resource:
            return t.Resource(id, draw(existing(snapshot)))
        case t.Forum:
            return t.Forum(id, draw(texts))
        case t.Anchor:
            return t.Anchor(id, draw(existing(snapshot)), draw(st.none() | existing(snapshot)))
        case t.Commitment:
            return t.Commitment(id, "time", draw(texts))
        case t.Review:
            return t.Review(id, draw(st.sampled_from(["2027-01-11", "soon"])))
        case t.Check:
            return t.Check(id, "together", draw(FIGURE))
        case t.Task:
            place = draw(places | st.sampled_from(["share", "nowhere"]))
            return t.Task(f"task-{place}" if often(draw) else id, place, draw(st.none() | good_texts))
    return t.Workplace(id, draw(texts))


def existing(snapshot: Snapshot) -> st.SearchStrategy[str]:
    """The id of something that is there, that has been taken out, or that never was."""
    return st.sampled_from([*snapshot.things, *snapshot.things, *snapshot.removed, *POOL[:2]])


def change(draw: Draw, snapshot: Snapshot) -> c.Command:
    """A change of any field of anything; ``was`` mostly as it is."""
    id = draw(existing(snapshot))
    thing = snapshot.things.get(id, snapshot.workplace)
    name = draw(st.sampled_from([*f.FIELDS[type(thing)], "id"]))
    now = value(draw, f.FIELDS[type(thing)].get(name, f.Flag()), snapshot)
    was = getattr(thing, name) if often(draw) else draw(garbage)
    return c.Change(draw(places), id, name, was, now)


def gather(draw: Draw, snapshot: Snapshot) -> c.Command:
    """Two cards, or a card and a heap, laid together."""
    cards = [one.id for one in snapshot.of(t.Card)] or ["x0"]
    onto = draw(st.sampled_from([*cards, *(one.id for one in snapshot.of(t.Heap)), "x1"]))
    return c.Gather(draw(places), draw(st.sampled_from(cards)), onto, draw(NEW))


def merge(draw: Draw, snapshot: Snapshot) -> c.Command:
    """Cards laid together, two goals made one, or a heap made a goal of the catalogue."""
    cards = [one.id for one in snapshot.of(t.Card)] or ["x0"]
    goals = [one.id for one in snapshot.of(t.Goal)] or ["x0"]
    heaps = [one.id for one in snapshot.of(t.Heap)] or ["x0"]
    some = tuple(draw(st.lists(st.sampled_from(cards), min_size=1, max_size=4)))
    match draw(st.sampled_from(["cards", "goals", "heap"])):
        case "cards":
            return c.MergeCards(draw(places), some, draw(NEW))
        case "goals":
            return c.MergeGoals(draw(places), draw(st.sampled_from(goals)), draw(st.sampled_from(goals)))
    goal = t.Goal(draw(NEW), draw(good_texts), entry=draw(st.sampled_from(ENTRIES)))
    return c.MatchHeap(draw(places), draw(st.sampled_from(heaps)), goal)


def tick(draw: Draw, snapshot: Snapshot) -> c.Command:
    """A card made a goal."""
    cards = [one.id for one in snapshot.of(t.Card)] or ["x0"]
    return c.TickCard(draw(places), draw(st.sampled_from(cards)), draw(NEW))


def add(draw: Draw, snapshot: Snapshot) -> c.Command:
    """One or more new things, or none."""
    return c.Add(draw(places), tuple(thing(draw, snapshot) for _ in range(draw(st.sampled_from([1, 1, 2, 3, 0])))))


SEATS = [f"pseudonym-{number}" for number in range(7)]
CARD_PLACES = tuple(place for place, _, activity in START.programme.places() if cards_each(activity))
seats = st.sampled_from(SEATS)
roles = st.sampled_from(["", "employee", "leader"] * 4 + [cast(Any, "boss")])


def asked(draw: Draw, snapshot: Snapshot, good: Callable[[Asking], bool] = lambda _: True) -> str:
    """An activity in which phones vote now, mostly, and mostly one whose question has come as far as is good."""
    voted = [place for place in PLACES if ballot(snapshot, place) is not None]
    fit = [place for place in voted if good(snapshot.phones.asking(place))] or voted
    return draw(st.sampled_from([*fit[:2] * 3, *fit])) if fit and often(draw) else draw(places)


def counted(asking: Asking) -> bool:
    """Closed and counted, and not shown yet."""
    return not asking.open and not asking.shown and any(tally.round == asking.round for tally in asking.tallies)


def send(draw: Draw, snapshot: Snapshot) -> c.FromPhone:
    """A card with words that no other has; now and then one that was sent before, or whose id somebody has taken."""
    number = len(snapshot.phones.sent) + snapshot.seq
    known = [*snapshot.phones.sent, *snapshot.things, "", "x0"]
    id = f"sent-{number}" if often(draw) else draw(st.sampled_from(known))
    words = Text("da", f"Ord nummer {number}.") if often(draw) else draw(texts)
    place = draw(st.sampled_from(CARD_PLACES)) if often(draw) else draw(places)
    return c.SendCard(place, draw(seats), id, words, draw(st.booleans()))


def sent(draw: Draw, snapshot: Snapshot) -> tuple[str, str, str]:
    """Place, writer and id of a card that has been sent, if there is one; now and then some of it is wrong."""
    cards = [(one.place, one.seat, one.id) for one in snapshot.phones.sent.values()]
    place, seat, id = draw(st.sampled_from(cards or [(PLACES[1], SEATS[0], "x0")]))
    return place if often(draw) else draw(places), seat if often(draw) else draw(seats), id


def withdraw(draw: Draw, snapshot: Snapshot) -> c.FromPhone:
    """A card taken back."""
    return c.WithdrawCard(*sent(draw, snapshot))


def answer(draw: Draw, snapshot: Snapshot, place: str) -> dict[str, int]:
    """Numbers for some of what is asked, most of them good."""
    now = ballot(snapshot, place)
    keys = now.keys if now else ("a",)
    low, high = (now.low, min(now.high, 1 if now.budget else 5)) if now and often(draw) else (-1, 10**12)
    some = [key for key in keys[:6] if draw(st.booleans())] if often(draw) else [*keys[:2], "never"]
    return {key: draw(st.integers(low, high)) for key in some}


def cast_vote(draw: Draw, snapshot: Snapshot) -> c.FromPhone:
    """An answer, mostly in the round that is open."""
    place = asked(draw, snapshot, lambda one: one.open)
    round = snapshot.phones.asking(place).round if often(draw) else draw(st.integers(0, 3))
    return c.CastVote(place, draw(seats), round, answer(draw, snapshot, place), draw(roles))


def wish(draw: Draw, snapshot: Snapshot) -> c.FromPhone:
    """Mere tid, Gerne videre, Jeg er færdig."""
    return c.MakeWish(draw(places), draw(seats), draw(st.sampled_from([*WISHES, cast(Any, "sleep")])))


def judge(draw: Draw, snapshot: Snapshot) -> c.Command:
    """A card looked at first."""
    place, _, id = sent(draw, snapshot)
    verdict = draw(st.sampled_from(["", "show", "amo", "back", "back", "hold", cast(Any, "burn")]))
    return c.JudgeCard(place, id, verdict, draw(st.sampled_from([*REASONS, ""])), draw(st.booleans()))


def translate(draw: Draw, snapshot: Snapshot) -> c.Command:
    """A translation beside a card."""
    place, _, id = sent(draw, snapshot)
    return c.TranslateCard(place, id, draw(st.sampled_from(["da", "en", "en", "de"])), f"Translated {snapshot.seq}.")


def show(draw: Draw, snapshot: Snapshot) -> c.Command:
    """Some cards shown."""
    cards = [one.id for one in snapshot.phones.sent.values()]
    some = tuple(one for one in cards if draw(st.booleans()))
    place = sent(draw, snapshot)[0] if cards else draw(st.sampled_from(CARD_PLACES))
    return c.ShowCards(place, some if often(draw) else (*some, "x0"))


def manage(draw: Draw, snapshot: Snapshot) -> c.Command:
    """Management's own answer."""
    place = asked(draw, snapshot, counted)
    return c.AnswerForManagement(place, answer(draw, snapshot, place))


def door(draw: Draw, snapshot: Snapshot) -> c.Command:
    """Phones let in."""
    code = "".join(draw(st.sampled_from(CODE_LETTERS)) for _ in range(6)) if often(draw) else "kvo 74"
    return c.OpenDoor(code, draw(st.sampled_from(["2026-11-23", "2026-11-24", "soon"])), draw(st.booleans()))


def move(draw: Draw, snapshot: Snapshot) -> c.Command:
    """The room taken elsewhere, mostly by whoever leads."""
    lead = snapshot.phones.lead
    hand = lead[0] if lead and often(draw) else ""
    return c.MoveRoom(draw(places), snapshot.place if often(draw) else "nowhere", hand)


_PHONES: list[Callable[[Draw, Snapshot], c.FromPhone]] = [*[send] * 3, withdraw, *[cast_vote] * 6, wish]
_PRESENTER: list[Callable[[Draw, Snapshot], c.Command]] = [
    door,
    *[judge] * 2,
    *[translate] * 2,
    *[manage] * 2,
    *[show] * 2,
    *[lambda draw, now: c.CloseAnswers(asked(draw, now, lambda one: one.open))] * 2,
    *[lambda draw, now: c.OpenAnswers(asked(draw, now, lambda one: not one.open), draw(st.booleans()))] * 2,
    *[lambda draw, now: c.ShowResults(asked(draw, now, counted))] * 2,
    lambda draw, now: c.CloseDoor(),
    lambda draw, now: c.RemoveSeat(draw(st.sampled_from(["only-here", "", "y" * 101]))),
    lambda draw, now: c.AddMinutes(draw(places), draw(st.sampled_from([2, 30, 0, -1]))),
    lambda draw, now: c.TakeLead(draw(st.sampled_from(["", "hand-1", "y" * 101])), draw(st.sampled_from(["", "Bo"]))),
]


_KINDS: list[Callable[[Draw, Snapshot], c.Command]] = [
    *[add] * 6,
    *[change] * 8,
    *[gather] * 3,
    *[lambda draw, now: c.Remove(draw(places), draw(existing(now)))] * 2,
    *[lambda draw, now: c.Undo(draw(places))] * 3,
    *[lambda draw, now: c.Redo(draw(places))] * 2,
    tick,
    merge,
    merge,
    move,
    lambda draw, now: c.PlanActivity(draw(places), draw(STATES)),
    lambda draw, now: c.StartTimer(draw(places), draw(st.sampled_from(["alone", "pairs", "song"])), draw(LENGTHS)),
    lambda draw, now: c.StopTimer(draw(places)),
    lambda draw, now: c.CloseMeeting(draw(st.sampled_from(["2026-11-23", "yesterday"]))),
    lambda draw, now: c.ReopenMeeting(),
    lambda draw, now: START,
    lambda draw, now: c.ImportDocument(document(now)),
]


_HANDS: list[list[Any]] = [_PHONES, _PHONES, _PRESENTER, _PRESENTER, _KINDS]


def command(draw: Draw, snapshot: Snapshot) -> c.Command:
    """Anything that can be asked of a workshop that looks like this."""
    kinds = draw(st.sampled_from([_KINDS, _KINDS, _PHONES, _PRESENTER]))
    kind: Callable[[Draw, Snapshot], c.Command] = draw(st.sampled_from(kinds))
    return kind(draw, snapshot)


def in_the_room(draw: Draw, snapshot: Snapshot) -> c.Command:
    """What is asked while phones are in hand: less from the shared screen."""
    kind: Callable[[Draw, Snapshot], c.Command] = draw(st.sampled_from(draw(st.sampled_from(_HANDS))))
    return kind(draw, snapshot)


def from_phone(draw: Draw, snapshot: Snapshot) -> c.FromPhone:
    """Anything that a phone can ask."""
    kind: Callable[[Draw, Snapshot], c.FromPhone] = draw(st.sampled_from(_PHONES))
    return kind(draw, snapshot)


def actor(draw: Draw, command: c.Command) -> str:
    """Who asks: a phone by its pseudonym, the shared screen, or somebody with another page."""
    return command.seat if isinstance(command, c.FromPhone) else draw(st.sampled_from([FACILITATOR, "another-page"]))
