"""What the board points out: cards that say the same, and the catalogue goal that a heap is like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from trivsel.domain.merging import doubles, goal_of, same_words
from trivsel.domain.programme import GoalEntry
from trivsel.domain.things import Card, Goal, Heap
from trivsel_widgets.views.scene import Plain, Scene


def pointed_out(scene: Scene, cards: Iterable[Card]) -> list[Plain]:
    """Each set of doubles, to be laid together with one press."""
    return [
        {
            "key": same_words(group[0]),
            "cards": [one.id for one in group],
            "text": scene.say("view.doubles", n=len(group), text=scene.read(group[0].text)),
        }
        for group in doubles(cards)
    ]


def offered(scene: Scene, heap: Heap, cards: Iterable[Card]) -> Plain | None:
    """The catalogue goal a heap is offered: the one like its name, or like most of its cards as long as it has none."""
    goal = goal_of(scene.snapshot, heap.id)
    if goal is not None and goal.entry is not None:
        return None
    taken = {goal.entry.id for goal in scene.snapshot.of(Goal) if goal.entry}
    entry = _nearest(heap, list(cards))
    if entry is None or entry.id in taken:
        return None
    return {"entry": entry.id, "text": scene.say("view.is_it", goal=scene.pick(entry.title))}


def _nearest(heap: Heap, cards: list[Card]) -> GoalEntry | None:
    from trivsel.content import nearest_goal

    if heap.name is not None:
        return nearest_goal(heap.name)
    found = {entry.id: entry for card in cards if (entry := nearest_goal(card.text))}
    votes = Counter(entry.id for card in cards if (entry := nearest_goal(card.text)))
    best = votes.most_common(1)
    return found[best[0][0]] if best and best[0][1] * 2 > len(cards) else None
