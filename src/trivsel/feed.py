"""Delivers what is new in a workshop to every view of this process, wherever it was done."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from trivsel.domain.workshop import Snapshot
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.store import Follower, Mark, Store

log = logging.getLogger(__name__)

Listener = Callable[[Snapshot], None]

_REST = 0.03
"""Seconds between two questions to the store when many things are written at once."""


class _Watched:
    """One workshop that somebody watches: its listeners, and what each of them has seen."""

    def __init__(self, follower: Follower, mark: Mark) -> None:
        self.follower = follower
        self.mark = mark
        self.listeners: dict[int, Listener] = {}
        self.ends: dict[int, Callable[[], None]] = {}


class Feed:
    """Asks "anything after number n?" every ``every`` seconds, once for each workshop that is watched.

    Listeners and ``trouble`` are called in the feed's own thread; a web page or kernel hands them over to its own
    loop. ``trouble`` gets the error when the store stops answering, and None when it answers again.
    """

    def __init__(
        self, store: Store, *, every: float = 0.25, trouble: Callable[[StoreError | None], None] | None = None
    ) -> None:
        self._store = store
        self._every = every
        self._trouble = trouble
        self._in_trouble = False
        self._lock = threading.Lock()
        self._watched: dict[str, _Watched] = {}
        self._woken: set[str] = set()
        self._bell = threading.Event()
        self._thread: threading.Thread | None = None
        self._next = 0
        self._closed = False

    def watch(self, workshop_id: str, callback: Listener, end: Callable[[], None] | None = None) -> Callable[[], None]:
        """Call ``callback`` with every new snapshot from now on. Gives a function that stops it.

        Show the present one after this call, so that nothing is missed in between. A workshop that is deleted
        meanwhile is watched no longer, and ``end`` is called. Raises :class:`trivsel.errors.UnknownWorkshop`.
        """
        mark = self._store.mark(workshop_id)
        follower = self._store.follow(workshop_id)
        with self._lock:
            watched = self._watched.get(workshop_id)
            if watched is None:
                watched = self._watched[workshop_id] = _Watched(follower, mark)
            number = self._next = self._next + 1
            watched.listeners[number] = callback
            if end is not None:
                watched.ends[number] = end
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="trivsel-feed", daemon=True)
                self._thread.start()

        def stop() -> None:
            with self._lock:
                watched.listeners.pop(number, None)
                watched.ends.pop(number, None)
                if not watched.listeners and self._watched.get(workshop_id) is watched:
                    del self._watched[workshop_id]
            self._bell.set()

        return stop

    def wake(self, workshop_id: str) -> None:
        """Ask about this workshop at once: something has just been written here."""
        with self._lock:
            self._woken.add(workshop_id)
        self._bell.set()

    def close(self) -> None:
        """Stop asking."""
        with self._lock:
            self._closed = True
            self._watched.clear()
            thread = self._thread
        self._bell.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _run(self) -> None:
        due = time.monotonic() + self._every
        rested = 0.0
        while True:
            self._bell.wait(max(0.0, due - time.monotonic()))
            # The first of many is told at once; what a whole room sends at the same moment is told together.
            time.sleep(max(0.0, rested - time.monotonic()))
            self._bell.clear()
            with self._lock:
                if not self._watched:
                    self._thread = None
                    return
                all_due = time.monotonic() >= due
                asked = {id: watched for id, watched in self._watched.items() if all_due or id in self._woken}
                self._woken.clear()
            rested = time.monotonic() + _REST
            errors = [error for id, watched in asked.items() if (error := self._ask(id, watched)) is not None]
            if errors or all_due:
                self._tell(errors[0] if errors else None)
            if all_due:
                due = time.monotonic() + self._every

    def _ask(self, id: str, watched: _Watched) -> StoreError | None:
        """Deliver what is new in one workshop; the error if the store does not answer."""
        try:
            mark = self._store.mark(id)
            if mark == watched.mark:
                return None
            watched.follower.refresh()
        except UnknownWorkshop as error:
            with self._lock:
                self._watched.pop(id, None)
                ends = list(watched.ends.values())
            for end in ends:
                end()
            return error
        except StoreError as error:
            return error
        except Exception as error:
            log.exception("The workshop %s could not be read", id)
            return StoreError("store.unreadable", id=id, reason=str(error))
        watched.mark = mark
        snapshot = watched.follower.snapshot
        with self._lock:
            listeners = list(watched.listeners.values())
        for listener in listeners:
            try:
                listener(snapshot)
            except Exception:
                log.exception("A view of the workshop %s could not show what is new", id)
        return None

    def _tell(self, error: StoreError | None) -> None:
        """Say once that the store does not answer, and once that it does again."""
        if (error is not None) == self._in_trouble:
            return
        self._in_trouble = error is not None
        if self._trouble is not None:
            try:
                self._trouble(error)
            except Exception:
                log.exception("The trouble could not be shown")
