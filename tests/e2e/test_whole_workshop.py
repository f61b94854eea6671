"""A whole workshop from the home page to the report, by mouse and in each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE
from tests.e2e.room import Room
from tests.kit import Kit as Server
from trivsel.content import say


@dataclass(frozen=True)
class Story:
    """What the people in the room say."""

    language: str
    title: str
    workplace: str
    decide: str
    heaps: dict[str, list[str]]
    alone: str
    sign: str
    works: str
    ideas: list[str]
    reason: str
    missing: str
    first: str
    people: list[str]
    promise: str
    last_word: str
    typed: list[str] = field(default_factory=list)


DANISH = Story(
    language="da", title="Et godt arbejdsliv", workplace="Tømrerne på Havnen", decide="Alt inden for ugeplanen",
    heaps={"Mere ro": ["Færre afbrydelser", "Tid til at tænke", "En dør, der lukker"],
           "Bedre besked": ["At vide, hvad der sker", "Morgenmøder, der starter til tiden"]},
    alone="Bedre kaffe 🌱", sign="Vi bliver færdige med det, vi begynder på", works="Fælles frokost",
    ideas=["Fokustid fra 9 til 11", "Tavlemøde hver mandag", "Massagestol", "Ny ventilation"],
    reason="Det løser ikke, hvorfor ryggen gør ondt", missing="En, der tager telefonen", first="18.1.2027",
    people=["Mette", "Jonas"], promise="Jeg tager telefonen den første uge", last_word="Endelig sker der noget",
)  # fmt: skip
ENGLISH = Story(
    language="en", title="A good working life", workplace="Harbour Joiners", decide="Anything within the weekly plan",
    heaps={"More calm": ["Fewer interruptions", "Time to think", "A door that shuts"],
           "Better word": ["To know what goes on", "Morning meetings that start on time"]},
    alone="Better coffee 🌱", sign="We finish what we begin", works="Lunch together",
    ideas=["Focus time from 9 to 11", "Board meeting every Monday", "Massage chair", "New ventilation"],
    reason="It does not cure what hurts the back", missing="Somebody to answer the phone", first="18 Jan 2027",
    people=["Mette", "Jonas"], promise="I answer the phone the first week", last_word="At last something happens",
)  # fmt: skip


@pytest.mark.timeout(240)
@pytest.mark.parametrize("story", [DANISH, ENGLISH], ids=["Danish", "English"])
def test_a_stranger_holds_a_whole_workshop(quiet_page: Callable[..., Page], server: Server, story: Story) -> None:
    home = quiet_page(locale="da-DK" if story.language == "da" else "en-GB")
    home.set_default_timeout(PATIENCE)
    home.goto(server.facilitator)
    room = start(home, story)
    welcome(room, story)
    goals(room, story)
    initiatives(room, story)
    take_a_break(room)
    resources(room, story)
    anchoring(room, story)
    evaluation(room, story)
    read_report(room, story)


def start(home: Page, story: Story) -> Room:
    def words(key: str) -> str:
        return say(story.language)(f"home.{key}")

    home.get_by_role("button", name="Dansk" if story.language == "da" else "English").click()
    form = home.get_by_role("region", name=words("new"))
    form.get_by_label(words("title")).fill(story.title)
    form.get_by_label(words("workplace")).fill(story.workplace)
    form.get_by_label(words("people")).fill("17")
    form.get_by_label(words("committee")).select_option(label=words("committee_amo"))
    form.get_by_label(words("leads")).fill("Karen")
    form.get_by_role("button", name=words("create")).click()
    yours = home.get_by_role("listitem").filter(has_text=story.workplace)
    with home.context.expect_page() as opened:
        yours.get_by_role("link", name=words("open")).click()
    opened.value.set_default_timeout(PATIENCE)
    return Room(opened.value, story.language).ready()


def welcome(room: Room, story: Story) -> None:
    room.is_at("welcome.welcome")
    expect(room.page.get_by_role("banner")).to_contain_text(story.workplace)
    room.write(room.w["decide_today"], story.decide)
    room.write(room.w["hours_set_aside"], "60")
    room.write(room.w["we_end_at"], "15.30" if story.language == "da" else "15:30")
    expect(room.main).to_contain_text(story.decide)


def goals(room: Room, story: Story) -> None:
    collect(room, story)
    group(room, story)
    names = list(story.heaps)
    room.go_on("goals.prioritise")
    for count, name in enumerate(names, start=2):
        for _ in range(count):
            room.press(f"+1 {room.w['dot']}: {name}")
        expect(room.field(f"{room.w['dots']}: {name}")).to_have_value(str(count))
        room.press(name)
        expect(room.button(name)).to_have_attribute("aria-pressed", "true")
    room.go_on("goals.measure")
    for name in names:
        panel = room.heap(name)
        room.press(room.say("choice.gain_employee"), panel)
        room.write(room.w["sign"], story.sign, panel)
    expect(room.field(room.w["sign"]).first).to_have_value(story.sign)


def collect(room: Room, story: Story) -> None:
    room.go_on("goals.collect")
    label, add = room.contract["goal"]
    cards = [card for heap in story.heaps.values() for card in heap]
    for card in cards:
        room.write(label, card)
        expect(room.field(label)).to_have_value("")
    room.field(label).fill(story.alone)
    room.press(add)
    for card in [*cards, story.alone]:
        expect(room.button(card)).to_be_visible()
    undo, redo = room.contract["undo"], room.contract["redo"]
    what = room.say("undo.card_added")
    room.press(f"{undo}: {what}")
    expect(room.button(story.alone)).to_have_count(0)
    room.press(f"{redo}: {what}")
    expect(room.button(story.alone)).to_be_visible()
    room.press(room.say("view.start_alone", n=4))
    expect(room.page.get_by_role("timer")).to_contain_text("3:5")
    room.press(room.w["stop"])


def group(room: Room, story: Story) -> None:
    room.go_on("goals.group")
    for name, (first, *others) in story.heaps.items():
        for other in others:
            room.drag(room.button(other), room.button(first))
        room.write(room.w["name_heap"], name)
        heap = room.heap(name)
        for card in (first, *others):
            expect(room.button(card, heap)).to_be_visible()
    loose = room.heap(room.w["loose_cards"])
    expect(room.button(story.alone, loose)).to_be_visible()


def initiatives(room: Room, story: Story) -> None:
    room.go_on("initiatives.collect")
    label, _ = room.contract["initiative"]
    room.write(room.say("view.new_that_works"), story.works)
    expect(room.heap(room.w["we_do_already"])).to_contain_text(story.works)
    for idea in story.ideas:
        room.write(label, idea)
    expect(room.heap(room.w["we_could_try"])).to_contain_text(story.ideas[-1])
    room.press(room.w["show_ideas"])
    catalogue = room.page.get_by_role("region", name=room.w["catalogue"])
    room.press(re.compile(f"^{room.w['take']}: "), catalogue.get_by_role("listitem").first)
    expect(room.button(re.compile(f"^{room.w['taken']}: "), catalogue)).to_have_count(1)
    decide(room, story)


def decide(room: Room, story: Story) -> None:
    for place in ("initiatives.barriers", "initiatives.rate", "initiatives.decide"):
        room.go_on(place)
    focus, board, chair, air = story.ideas
    goal = next(iter(story.heaps))
    for idea, choice in ((focus, "yes"), (board, "yes"), (chair, "no"), (air, "later")):
        room.press(room.say(f"choice.decision_{choice}"), room.group(f"{room.w['decision']}: {idea}"))
    for idea in (focus, board):
        room.press(goal, room.group(f"{room.w['serves']}: {idea}"))
    room.write(room.w["because"], story.reason)
    room.pick(room.w["who_must_say_yes"], room.say("choice.approver_leader"), room.item(focus))
    room.press(air)
    room.press(room.w["it_is_a_duty"], room.item(air))
    duty = room.heap(room.w["duty_title"])
    expect(duty).to_contain_text(air)
    expect(duty).to_contain_text(room.w["goes_to_amo"])
    room.write(room.w["who"], "AMR", duty)
    room.write(room.w["when"], story.first, duty)


def take_a_break(room: Room) -> None:
    room.go_on("break.break")
    room.press(room.say("view.start_break", n=10))
    expect(room.main.get_by_role("timer")).to_contain_text("9:5")


def resources(room: Room, story: Story) -> None:
    room.go_on("resources.needs")
    focus, board, *_ = story.ideas
    for idea in (focus, board):
        expect(room.item(idea).get_by_role("textbox", name=room.w["hours"])).to_have_value("8")
    room.press(room.say("choice.size_medium"), room.group(f"{room.w['size']}: {focus}"))
    expect(room.item(focus).get_by_role("textbox", name=room.w["hours"])).to_have_value("20")
    room.write(room.w["hours"], "12,5" if story.language == "da" else "12.5", room.item(focus))
    room.write(room.w["missing"], story.missing, room.item(focus))
    room.write(room.w["who_gets_it"], story.people[0], room.item(focus))


def anchoring(room: Room, story: Story) -> None:
    room.go_on("anchoring.routines")
    responsible, deputy = story.people
    for idea in story.ideas[:2]:
        row = room.item(idea)
        row.get_by_role("combobox", name=room.w["fixed_meeting"]).select_option(index=1)
        room.write(room.w["first_time"], story.first, row)
        room.write(room.w["responsible"], responsible, row)
        room.write(room.w["deputy"], deputy, row)
        row.get_by_role("checkbox", name=room.w["has_said_yes"]).first.check()
        row.get_by_role("checkbox", name=room.w["has_said_yes"]).last.check()
        room.is_saved()
    room.go_on("anchoring.whatif")
    room.go_on("anchoring.commitments")
    room.press(room.group(room.w["kind_of_promise"]).get_by_role("button").nth(1).inner_text())
    room.write(room.w["new_promise"], story.promise)
    room.write(room.w["role"], "Karen", room.item(story.promise))
    expect(room.main.get_by_role("blockquote")).to_contain_text(story.promise)
    room.go_on("anchoring.wheel")
    expect(room.main.get_by_role("img").first).to_be_visible()


def evaluation(room: Room, story: Story) -> None:
    room.go_on("evaluation.when")
    room.press(room.w["use_all_dates"])
    expect(room.button(re.compile(f"^{room.w['remove']}: "))).to_have_count(4)
    room.go_on("evaluation.close")
    plan = room.heap(room.w["our_plan"])
    for text in (*story.heaps, story.sign, *story.ideas[:2], *story.people, story.promise):
        expect(plan).to_contain_text(text)
    room.tick(room.w["calendar_sent"])
    room.write(room.w["keeper"], story.people[0])
    room.write(room.w["readers"], story.workplace)
    room.write(room.w["last_word"], story.last_word)
    room.press(room.say("view.close_meeting"))
    expect(room.button(room.w["take_up_again"])).to_be_visible()


def read_report(room: Room, story: Story) -> None:
    with room.page.context.expect_page() as opened:
        room.page.get_by_role("link", name=room.w["open_report"]).click()
    report = opened.value
    report.wait_for_load_state()
    assert report.locator("html").get_attribute("lang") == story.language
    said = report.locator("body").inner_text()
    decided = [*story.heaps, story.sign, story.works, *story.ideas, story.reason, story.missing, story.promise]
    expected = [story.title, story.workplace, *decided, *story.people, story.alone, *next(iter(story.heaps.values()))]
    assert [text for text in expected if text not in said] == []
