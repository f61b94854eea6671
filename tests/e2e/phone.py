"""A participant's phone in somebody's hands: what is read and tapped, by the words on it alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import APIResponse, Browser, Locator, Page, Route, expect

from tests import chromium
from trivsel.content import programme, say
from trivsel.domain import commands as c
from trivsel.domain.asking import Phones
from trivsel.domain.commands import Command, Refusal
from trivsel.domain.things import Goal, Initiative, Thing
from trivsel.domain.words import Text
from trivsel.kit import Kit

HOST = "trivsel.test"
"""A plain name, as a computer has on a room's network: no secure context for the browser."""
PROGRAMME = programme("five_questions")
COLLECT, PRIORITISE, IDEAS, BARRIERS, RATE = (
    "goals.collect", "goals.prioritise", "initiatives.collect", "initiatives.barriers", "initiatives.rate",
)  # fmt: skip
WELCOME, SELFCHECK, CLOSE = "welcome.welcome", "anchoring.selfcheck", "evaluation.close"


def plain_browser(like: Browser) -> Browser:
    """A browser that finds the kit at a plain name, and nothing else."""
    rules = f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    others = [one for one in chromium.ARGUMENTS if not one.startswith("--host-resolver-rules")]
    path = chromium.find()
    return like.browser_type.launch(executable_path=path, args=[*others, rules])


class Meeting:
    """The room that the phones follow, moved from our own process."""

    def __init__(self, kit: Kit, port: int, title: str = "Et godt arbejdsliv") -> None:
        self.kit, self.base = kit, f"http://{HOST}:{port}"
        self.workshop = kit.start(title=title, workplace="Solgården", people=17, committee="amo")
        self.code = kit.door(self.workshop, open=True)[0]

    def do(self, *commands: Command) -> None:
        for command in commands:
            outcome = self.kit.session(self.workshop).send(command)
            assert not isinstance(outcome, Refusal), outcome

    def move(self, place: str) -> None:
        self.do(c.MoveRoom(place, self.kit.snapshot(self.workshop).place))

    def put(self, place: str, *things: Thing) -> None:
        self.do(c.Add(place, things))

    def goals(self, *titles: str) -> None:
        self.put(PRIORITISE, *(Goal(f"g{n}", Text("da", title)) for n, title in enumerate(titles)))

    def ideas(self, *titles: str) -> None:
        self.put(IDEAS, *(Initiative(f"i{n}", Text("da", title)) for n, title in enumerate(titles)))

    @property
    def phones(self) -> Phones:
        return self.kit.snapshot(self.workshop).phones

    def cards(self, place: str = COLLECT) -> list[str]:
        """The cards in the store, in no order."""
        return sorted(card.text.text for card in self.phones.sent.values() if card.place == place)

    def votes(self, place: str) -> list[dict[str, int]]:
        """The answers in the store, less what counts as nought."""
        votes = self.phones.votes.get(place, {}).values()
        return [{key: number for key, number in one.votes.items() if number} for one in votes]


class Phone:
    """One phone. ``say`` is the kit's voice in its language."""

    def __init__(self, page: Page, meeting: Meeting, language: str = "da") -> None:
        self.page, self.meeting, self.say = page, meeting, say(language)
        self.language = language

    def open(self) -> Phone:
        self.page.goto(f"{self.meeting.base}/join/{self.meeting.code}")
        return self

    def again(self) -> Phone:
        """The same phone in another tab."""
        return Phone(self.page.context.new_page(), self.meeting, self.language).open()

    # --- what is seen -----------------------------------------------------------------------------------------------

    def asks(self, place: str) -> Phone:
        """The phone shows the question of this activity."""
        found = PROGRAMME.find(place)
        assert found is not None
        expect(self.page.get_by_role("heading", level=1)).to_have_text(found[1].question[self.language])
        return self

    def reads(self, key: str, **about: object) -> Phone:
        """These words of the kit are seen."""
        expect(self.page.get_by_text(self.say(f"phone.{key}", **about)).first).to_be_visible()
        return self

    def reads_no_more(self, key: str) -> Phone:
        expect(self.page.get_by_text(self.say(f"phone.{key}"))).to_have_count(0)
        return self

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox")

    @property
    def link(self) -> Locator:
        """What is said about the connection."""
        return self.page.locator("#link")

    @property
    def said(self) -> Locator:
        return self.page.locator("#said")

    @property
    def left(self) -> Locator:
        """What was being written when something else came."""
        return self.page.locator("#left")

    def own(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=text)

    def button(self, key: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=self.say(f"phone.{key}"), exact=True)

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name)

    # --- what is done -----------------------------------------------------------------------------------------------

    def write(self, text: str) -> Phone:
        self.field.fill(text)
        return self

    def send(self, key: str = "send") -> Phone:
        """Press send and wait for the receipt."""
        self.button(key).click()
        expect(self.said).to_have_text(self.say("phone.state_received"))
        return self

    def tick(self, about: str, choice: str, kind: str = "radio") -> Phone:
        """Choose something in what is asked about one thing."""
        box = self.group(about).get_by_role("radio" if kind == "radio" else "checkbox", name=choice, exact=True)
        box.first.check(force=True)
        return self

    def is_back(self) -> Phone:
        expect(self.link).to_have_text(re.compile(rf"^({re.escape(self.say('phone.back'))})?$"))
        return self


def fetch(route: Route) -> APIResponse:
    """What the server answers to a request on its way; outside the browser nobody knows the plain name."""
    address = route.request.url.replace(f"//{HOST}:", "//127.0.0.1:")
    origin = {"origin": "/".join(address.split("/")[:3])} if "origin" in route.request.headers else {}
    return route.fetch(url=address, headers=route.request.headers | origin)


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""
