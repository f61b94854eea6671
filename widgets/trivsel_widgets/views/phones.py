"""What the shared screen shows of phones: how many have answered, what has been shown, the door; nothing hidden."""

from __future__ import annotations

from trivsel.content import doubts
from trivsel.domain.asking import Asking, Tally
from trivsel.domain.ballot import asks, asks_for_role, ballot, cards_each
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures import answer_bars
from trivsel.report.figures.bars import label, shown_tally, tally_before
from trivsel_widgets.views.scene import Plain, Scene

SCREEN = "screen"
"""The hand of whoever leads from the shared screen."""
MOST_RANKED = 8
"""Of many boxes only the first are told in order; the rest is seen in the table."""


def phones(scene: Scene) -> Plain:
    """What a page shows of phones wherever it looks, and of what is asked where it looks."""
    return {"asked": asked(scene), "lead": lead(scene), "rehearsal": rehearsal(scene)}


def rehearsal(scene: Scene) -> str:
    """The word that marks a rehearsal."""
    return scene.say("view.rehearsal") if scene.snapshot.workplace.rehearsal else ""


def lead(scene: Scene) -> str:
    """Who else moves the room, in a sentence; empty where this screen may."""
    held = scene.snapshot.phones.lead
    if held is None or held[0] == SCREEN or scene.snapshot.closed:
        return ""
    return scene.say("view.leads", name=held[1] or scene.say("view.another_page"))


def asked(scene: Scene) -> Plain | None:
    """How far the question on the phones has come, or None where none is asked or no phone has been let in."""
    snapshot, place = scene.snapshot, scene.place
    held = snapshot.phones
    used = held.door is not None or place in held.asked or bool(held.votes.get(place))
    used = used or any(card.place == place for card in held.sent.values())
    if not asks(scene.activity) or not used:
        return None
    return _cards(scene) if cards_each(scene.activity) else _votes(scene)


# --- cards ------------------------------------------------------------------------------------------------------------


def ready(snapshot: Snapshot, place: str) -> tuple[str, ...]:
    """The hidden cards that can be shown from here: those that somebody has cleared, or that need no look first."""
    waiting = snapshot.phones.waiting(place)
    return tuple(card.id for card in waiting if card.verdict == "show" or not doubts(snapshot, card.text))


def _cards(scene: Scene) -> Plain | None:
    """How many cards have come in and how many are kept back and why; never which."""
    snapshot, place, say = scene.snapshot, scene.place, scene.say
    asking = snapshot.phones.asking(place)
    waiting, can = len(snapshot.phones.waiting(place)), len(ready(snapshot, place))
    held = snapshot.phones.held(place)
    reasons = say.names(say(f"view.held_{reason}", n=n) for reason, n in held.items())
    over = snapshot.closed is not None
    notes = [
        "" if waiting or asking.shown or over else say("view.hidden_until"),
        say("view.look_first", n=waiting - can) if waiting > can else "",
        say("view.held_back", n=sum(held.values()), reasons=reasons) if held else "",
    ]
    if over and not any(notes):
        return None
    text = say("view.cards_shown" if asking.shown else "view.no_cards_in")
    return {
        "sort": "cards",
        "open": asking.open and not over,
        "over": over,
        "text": say("view.cards_in", n=waiting) if waiting else text,
        "can_show": can > 0,
        "notes": [note for note in notes if note],
    }


# --- votes ------------------------------------------------------------------------------------------------------------


def _votes(scene: Scene) -> Plain | None:
    """Whether answers are open, how many have answered, management's form when it is its turn, and what was shown."""
    snapshot, place, say = scene.snapshot, scene.place, scene.say
    asking, on_it = snapshot.phones.asking(place), ballot(snapshot, place)
    if on_it is None:
        return None
    n = len(snapshot.phones.votes.get(place, {}))
    result = shown(scene)
    if snapshot.closed and result is None:
        return None
    counted = asking.counted is not None
    return {
        "sort": on_it.sort,
        "open": asking.open and not snapshot.closed,
        "over": bool(snapshot.closed),
        "shown": result is not None,
        "sifted": asking.sifted,
        "text": "" if result is not None else say("figure.answers", n=n) if n else say("view.nobody_yet"),
        "ask": scene.pick(scene.activity.ask),
        "note": say("view.again") if asking.round > 1 + asking.sifted and result is None else "",
        "counted": counted,
        "management": _management(scene, asking) if counted and not asking.open and result is None else None,
        "result": result,
    }


def _management(scene: Scene, asking: Asking) -> Plain | None:
    """Management's open answer to the same question, given aloud after the others' is closed; by role it needs none."""
    snapshot, on_it = scene.snapshot, ballot(scene.snapshot, scene.place)
    if on_it is None or on_it.sort == "choice" or snapshot.workplace.leader_absent or asks_for_role(snapshot):
        return None
    things = on_it.things or on_it.keys
    return {
        "rows": [{"id": id, "title": _label(scene, id)} for id in things],
        "answers": [[option.key, scene.pick(option.label)] for option in scene.activity.answers],
        "low": on_it.low,
        "high": on_it.high,
        "levels": [[level, scene.say(f"view.level_{level}")] for level in range(3)],
        "budget": on_it.budget,
        "given": {key: value for key, value in asking.management.items() if key in on_it.keys},
    }


def _label(scene: Scene, key: str) -> str:
    return label(scene.snapshot, scene.place, key, scene.say.language)


def shown(scene: Scene) -> Plain | None:
    """What may be seen of the answers once they are shown: figures from the count, or the order alone."""
    snapshot, say = scene.snapshot, scene.say
    asking = snapshot.phones.asking(scene.place)
    tally = shown_tally(asking)
    if tally is None:
        return None
    kind, figures = scene.activity.kind, bool(tally.answers)
    beside = figures and kind in _DRAWN
    width = (400,) if kind == "prioritise" else ()
    return {
        "count": say("figure.answers", n=tally.answers) if figures else "",
        "figure": answer_bars(snapshot, scene.place, say.language, "answers", *width),
        "few": "" if figures else say("view.too_few" if tally.order else "view.too_few_at_all"),
        "ranked": [] if figures or not tally.order else _ranked(scene, tally),
        "notes": [note for note in _notes(scene, asking, tally, beside=beside) if note],
        "counts": {key: share.sum for key, share in tally.shares.items() if share.sum} if kind == "barriers" else {},
        "management": list(asking.management) if kind == "barriers" and figures else [],
    }


_DRAWN = ("prioritise", "selfcheck", "rate", "barriers")
"""Where management's answer stands beside the others' in a figure or a table."""


def _notes(scene: Scene, asking: Asking, tally: Tally, *, beside: bool) -> list[str]:
    """What there is to say about a result: how old it is, whose marks stand in it, and what has moved."""
    say, before = scene.say, tally_before(asking)
    marks = scene.activity.kind in ("rate", "barriers")
    return [
        say("view.older") if tally.older else "",
        say("view.by_role") if tally.roles else "",
        "" if beside else _management_said(scene, asking),
        say("view.management_mark") if beside and marks and asking.management else "",
        say("view.before_mark") if before is not None and scene.activity.kind == "rate" else "",
        _shift(scene, asking),
    ]


def _ranked(scene: Scene, tally: Tally) -> list[Plain]:
    """The order without figures, what is equal together; effect and effort each in its own list."""
    if scene.activity.kind == "rate":
        return [
            {"title": scene.say(f"view.most_{scale}"), "places": _places(scene, tally, f".{scale}")}
            for scale in ("effect", "effort")
        ]
    return [{"title": "", "places": _places(scene, tally, "")}]


def _places(scene: Scene, tally: Tally, ending: str) -> list[str]:
    equal = [[_name(scene, key) for key in keys if key.endswith(ending)] for keys in tally.order]
    named = [[name for name in names if name] for names in equal]
    few = [scene.say.names(names) for names in named if names]
    # Of boxes the last are those that fewest have ticked, and there are many.
    return few[:-1][:MOST_RANKED] if scene.activity.kind == "barriers" and len(few) > 1 else few


def _name(scene: Scene, key: str) -> str:
    """What a key of an answer is called, also where it is about one side of an idea."""
    id, _, part = key.rpartition(".")
    if not id:
        return _label(scene, key)
    what = "" if part in ("effect", "effort") else _label(scene, part)
    title = _label(scene, id)
    return f"{title}: {what}" if title and what else title


def _management_said(scene: Scene, asking: Asking) -> str:
    """Management's answer in a sentence, where there is no figure to set it beside."""
    on_it = ballot(scene.snapshot, scene.place)
    given = {key: n for key, n in asking.management.items() if on_it is not None and key in on_it.keys}
    if not given:
        return ""
    if on_it is not None and on_it.sort == "ticks":
        return scene.say("view.management_said", answer=scene.say.names(_name(scene, key) for key in given))
    if on_it is not None and on_it.sort == "rating":
        return scene.say("view.management_said", answer=scene.say.names(_rated(scene, given)))
    answer = scene.say.names(
        scene.say("view.answer_n", title=_name(scene, key), n=scene.say.number(n)) for key, n in given.items()
    )
    return scene.say("view.management_said", answer=answer)


def _rated(scene: Scene, given: dict[str, int]) -> list[str]:
    from trivsel.report.figures.matrix import in_words

    ids = dict.fromkeys(key.rpartition(".")[0] for key in given)
    both = {id: (given.get(f"{id}.effect"), given.get(f"{id}.effort")) for id in ids}
    return [
        f"{_label(scene, id)} ({in_words(effect, effort, scene.say.language)})"
        for id, (effect, effort) in both.items()
        if effect and effort
    ]


def _shift(scene: Scene, asking: Asking) -> str:
    """What has moved most since the round before, where both rounds have figures."""
    now, before = shown_tally(asking), tally_before(asking)
    if now is None or before is None or now.older:
        return ""
    moved = {key: (now.mean(key) or 0) - (before.mean(key) or 0) for key in now.shares if key in before.shares}
    most = max(moved, key=lambda key: abs(moved[key]), default=None)
    if most is None or abs(moved[most]) < 0.05:
        return scene.say("view.nothing_moved")
    return scene.say("view.moved_up" if moved[most] > 0 else "view.moved_down", title=_name(scene, most))
