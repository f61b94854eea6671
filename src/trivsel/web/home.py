"""Home: start a workshop, see where yours stand, open one, take its report, bring one in."""

from __future__ import annotations

from urllib.parse import urlencode

from tornado.web import HTTPError

from trivsel import content
from trivsel.domain.fields import NAME_LIMIT, TITLE_LIMIT
from trivsel.errors import TrivselError
from trivsel.kit import Listed
from trivsel.web.handler import PageHandler, local, sentence

COMMITTEES = ("none", "amo", "su", "med")
LONGEST, LONGEST_NAME = TITLE_LIMIT, NAME_LIMIT
"""Letters in a title or a workplace, and in a name."""
MOST_PEOPLE = 100_000
DONE = ("created", "changed", "copied", "imported", "deleted", "rehearsed")
LARGEST_FILE = 10 * 1024 * 1024


class HomePage(PageHandler):
    """The front page, and what leads back to it."""

    async def page(self, *, problem: str = "", filled: dict[str, str] | None = None) -> None:
        """The page itself; with what was wrong and what had been filled in, if something was refused."""
        workshops = await self.ask(self.kit.workshops, self.language)
        programmes = await self.ask(self.kit.programmes, self.language)
        done = self.get_query_argument("done", "")
        self.show(
            "home.html",
            workshops=workshops,
            programmes=programmes,
            committees=self.committees(),
            facts=lambda workshop: facts(workshop, self.language),
            room=room,
            largest=LARGEST_FILE,
            longest=LONGEST,
            longest_name=LONGEST_NAME,
            most_people=MOST_PEOPLE,
            problem=problem,
            filled=filled or {},
            done=done if done in DONE else "",
            fresh=self.get_query_argument("workshop", ""),
        )

    def committees(self) -> list[tuple[str, str]]:
        """What a workplace can have for a committee, and how it is said."""
        return [(key, content.say(self.language)(f"home.committee_{key}")) for key in COMMITTEES]

    async def refuse(self, problem: str, filled: dict[str, str] | None = None) -> None:
        """Home again, with the reason on top."""
        self.set_status(400)
        await self.page(problem=problem, filled=filled)

    def done(self, what: str, workshop: str = "") -> None:
        """Home, with a line about what was done."""
        asked = {"done": what} | ({"workshop": workshop} if workshop else {})
        self.redirect(f"/?{urlencode(asked)}", status=303)


class Home(HomePage):
    """The front page itself."""

    async def get(self) -> None:
        await self.page()


class FromHome(HomePage):
    """Something one does on the front page; whoever comes to its address otherwise is sent there."""

    def get(self, *_: str) -> None:
        self.redirect("/")


class Start(FromHome):
    """Starts a workshop; it stands first in the list, ready to be opened when the room is."""

    async def post(self) -> None:
        fields = ("title", "workplace", "people", "committee", "leads", "programme", "language")
        filled = {name: self.get_body_argument(name, "").strip() for name in fields}
        if (problem := await self._problem(filled)) is not None:
            await self.refuse(problem, filled)
            return
        try:
            workshop = await self.ask(
                self.kit.start, **(filled | {"people": int(filled["people"]) if filled["people"] else None})
            )
        except TrivselError as error:
            await self.refuse(sentence(error, self.language), filled)
            return
        self.done("created", workshop)

    async def _problem(self, filled: dict[str, str]) -> str | None:
        programmes = [key for key, _ in await self.ask(self.kit.programmes, self.language)]
        people = filled["people"]
        if not filled["title"]:
            return content.say(self.language)("home.title_missing")
        for name, longest in (("title", LONGEST), ("workplace", LONGEST), ("leads", LONGEST_NAME)):
            if len(filled[name]) > longest:
                return content.say(self.language)("home.too_long", longest=longest)
        if people and not (people.isdecimal() and len(people) <= 6 and 0 < int(people) <= MOST_PEOPLE):
            return content.say(self.language)("home.people_wrong")
        known = (("committee", COMMITTEES), ("programme", programmes), ("language", content.languages()))
        if any(filled[name] not in choices for name, choices in known):
            raise HTTPError(400, "not one of the choices")
        return None


class Example(FromHome):
    """Opens the worked example."""

    async def post(self) -> None:
        self.redirect(room(await self.ask(self.kit.example, self.language)), status=303)


class Bring(FromHome):
    """Brings in a workshop from a file."""

    async def post(self) -> None:
        sent = self.request.files.get("file", [])
        body = sent[0].body if sent else b""
        if not body:
            await self.refuse(content.say(self.language)("home.file_missing"))
        elif len(body) > LARGEST_FILE:
            await self.refuse(content.say(self.language)("home.file_too_big", size=LARGEST_FILE // 1024 // 1024))
        else:
            try:
                workshop = await self.ask(self.kit.import_json, body)
            except TrivselError as error:
                await self.refuse(sentence(error, self.language))
            else:
                self.done("imported", workshop)


class Copy(FromHome):
    """A new workshop with the same frame."""

    async def post(self, workshop: str) -> None:
        await self.need(workshop)
        self.done("copied", await self.ask(self.kit.copy, workshop))


class Delete(HomePage):
    """Asks once more, by name, and then takes the workshop away."""

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        listed = await self.ask(self.kit.listed, workshop, self.language)
        self.show("delete.html", workshop=listed, facts=facts(listed, self.language))

    async def post(self, workshop: str) -> None:
        await self.need(workshop)
        await self.ask(self.kit.delete, workshop)
        self.done("deleted")


class ChooseLanguage(PageHandler):
    """Keeps the language of the pages in a cookie."""

    open_to_all = True

    def post(self) -> None:
        choice = self.get_body_argument("language", "")
        if choice not in content.languages():
            raise HTTPError(400, "no such language")
        self.set_cookie("trivsel-language", choice, expires_days=365, path="/", samesite="Lax", httponly=True)
        self.redirect(local(self.get_body_argument("next", "/")), status=303)


def facts(workshop: Listed, language: str) -> list[str]:
    """What the list says of a workshop, in one line: workplace, day, where it stands, how many work there, and how it
    came if nobody started it from nothing."""
    words = content.say(language)
    people = words("home.one_person" if workshop.people == 1 else "home.many_people", people=workshop.people)
    short = [words.long_date(workshop.day.isoformat()), workshop.standing, people if workshop.people else ""]
    if workshop.origin and workshop.made:
        short.append(words(f"home.was_{workshop.origin}", date=words.date(workshop.made.isoformat())))
    return [fact for fact in (workshop.workplace, *(told.replace(" ", "\N{NO-BREAK SPACE}") for told in short)) if fact]


def room(workshop: str) -> str:
    """The address of a workshop's shared screen."""
    return f"/voila/render/workshop.ipynb?{urlencode({'workshop': workshop})}"
