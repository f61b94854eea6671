"""The engines behind the shared screens: two stand ready, one works for each open page, none is left behind.

Voilà's pool of pre-heated kernels, with what a room needs: the environment that lets kernel and server meet in the
same database, no restart of a dead kernel behind a page that looks alive, and an end for kernels no page uses.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import voila
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import PeriodicCallback
from traitlets import Dict, Unicode
from voila.request_info_handler import RequestInfoSocketHandler
from voila.voila_kernel_manager import voila_kernel_manager_factory

POOL = 2
"""Kernels that stand ready for the next page."""
FORGOTTEN = 600.0
"""Seconds after which a kernel without a page is ended: a page may come back, from sleep or from bad Wi-Fi."""
CLOSED = 5.0
"""The same for a kernel whose page has said that it is closed."""
BARE = ["--HistoryManager.enabled=False", "--IPKernelApp.exec_PYTHONSTARTUP=False", "--IPKernelApp.log_level=40"]
"""A kernel of ours keeps no history, reads no start-up file of the person who runs the kit, and says only errors."""
SCRIPTS = f"/voila/static/{voila.__version__}"
"""Voilà's scripts under an address with their version, so that a browser may keep them."""


class OwnPython(KernelSpecManager):
    """Knows one kernel: the Python that runs the kit, whatever else is installed for this person."""

    def _kernel_dirs_default(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [sys.executable, "-m", "trivsel.web.bare_ipykernel", "-f", "{connection_file}"]
        return spec


class _Plain(AsyncMappingKernelManager):
    """Kernels with the kit's environment."""

    kit_environment = Dict(help="What every kernel finds in its environment.")
    ipython_dir = Unicode(help="An empty folder, instead of the person's own IPython set-up.")

    async def start_kernel(  # type: ignore[override]  # typed for threads; all of Voilà's callers await it
        self, *, env: dict[str, str] | None = None, **kwargs: Any
    ) -> str:
        env = {**(env or os.environ), **self.kit_environment, "IPYTHONDIR": self.ipython_dir}
        return str(await super().start_kernel(env=env, extra_arguments=BARE, **kwargs))


def page_config(config: dict[str, Any], **_: object) -> dict[str, Any]:
    """What a page tells its scripts: where they lie, and no more extensions than it needs."""
    return config | {"fullStaticUrl": SCRIPTS}


class Kernels(voila_kernel_manager_factory(_Plain, True, POOL, page_config)):  # type: ignore[misc]
    """The pool, and who uses which kernel."""

    _pools: dict[str, list[asyncio.Task[dict[str, Any]]]]
    kit_environment: dict[str, str]

    def __init__(self, **kwargs: Any) -> None:
        self._queries: dict[str, asyncio.Future[str]] = {}
        self._links: dict[str, int] = defaultdict(int)
        self._seen: dict[str, float] = {}
        self._closed: set[str] = set()
        super().__init__(**kwargs)
        self._reaper = PeriodicCallback(self.reap, 2000)

    def keep_order(self) -> None:
        """From now on, kernels no page uses are ended and dead ones in the pool replaced."""
        self._reaper.start()

    # -- which page a kernel works for

    async def get_rendered_notebook(
        self, notebook_name: str, extra_kernel_env_variables: dict[str, str] | None = None, **kwargs: Any
    ) -> Any:
        """Takes a kernel out of the pool and tells it the query of its page; the next one knows nothing of this."""
        taken = await super().get_rendered_notebook(notebook_name, **kwargs)
        self.page_seen(taken[2])
        self._query(taken[2]).set_result(urlsplit((extra_kernel_env_variables or {})["VOILA_REQUEST_URL"]).query)
        return taken

    async def query_of(self, kernel_id: str, patience: float) -> str | None:
        """The query of the page that took this kernel; ``None`` if none has after ``patience`` seconds."""
        try:
            return await asyncio.wait_for(asyncio.shield(self._query(kernel_id)), patience)
        except TimeoutError:
            return None

    def _query(self, kernel_id: str) -> asyncio.Future[str]:
        if kernel_id not in self._queries:
            self._queries[kernel_id] = asyncio.get_running_loop().create_future()
        return self._queries[kernel_id]

    # -- whether its page is there

    def notify_connect(self, kernel_id: str) -> None:
        super().notify_connect(kernel_id)
        self._links[kernel_id] += 1
        self.page_seen(kernel_id)

    def page_seen(self, kernel_id: str) -> None:
        """The page of this kernel has just been heard of."""
        self._seen[kernel_id] = time.monotonic()
        self._closed.discard(kernel_id)

    def page_closed(self, kernel_id: str) -> None:
        """The page says that it is going."""
        if kernel_id in self:
            self._closed.add(kernel_id)

    async def sign_of_life(self, kernel_id: str) -> dict[str, int] | None:
        """The kernel's process, its open links and how many there have been; ``None`` if it is dead or unknown."""
        if kernel_id not in self or not await self.get_kernel(kernel_id).is_alive():
            return None
        pid = getattr(self.get_kernel(kernel_id).provisioner, "pid", None) or 0
        return {"pid": pid, "open": self._kernel_connections.get(kernel_id, 0), "link": self._links[kernel_id]}

    # -- order

    def pooled(self) -> dict[str, str]:
        """The kernels that stand ready: id → notebook."""
        return {
            item.result()["kernel_id"]: notebook
            for notebook, pool in self._pools.items()
            for item in pool
            if item.done() and not item.cancelled() and item.exception() is None
        }

    async def reap(self) -> None:
        """Ends kernels whose page is gone, and dead ones; fills the pool again."""
        self._drop_failed()
        pooled = self.pooled()
        now = time.monotonic()
        for kernel_id in list(self.list_kernel_ids()):
            alive = await self.sign_of_life(kernel_id) is not None
            alone = now - self._seen.setdefault(kernel_id, now)
            limit = CLOSED if kernel_id in self._closed else FORGOTTEN
            if not alive or (kernel_id not in pooled and alone >= limit):
                await self._end(kernel_id, now=not alive)
        for notebook in list(self._pools):
            self.fill_if_needed(delay=0, notebook_name=notebook)

    async def renew(self, changed: dict[str, str]) -> None:
        """From now on kernels find ``changed`` in their environment: those that stand ready are replaced."""
        self.kit_environment = {**self.kit_environment, **changed}
        old = [item for pool in self._pools.values() for item in pool]
        for notebook, pool in self._pools.items():
            pool.clear()
            self.fill_if_needed(delay=0, notebook_name=notebook)
        for ready in await asyncio.gather(*old, return_exceptions=True):
            if not isinstance(ready, BaseException):
                await self._end(ready["kernel_id"], now=True)

    def _drop_failed(self) -> None:
        for pool in self._pools.values():
            pool[:] = [one for one in pool if not one.done() or (not one.cancelled() and one.exception() is None)]

    async def _end(self, kernel_id: str, *, now: bool) -> None:
        try:
            await self.shutdown_kernel(kernel_id, now=now)
        except Exception as error:
            self.log.warning("Kernel %s could not be ended: %s", kernel_id, error)
        for book in (self._queries, self._links, self._seen, RequestInfoSocketHandler._cache):
            book.pop(kernel_id, None)
        self._closed.discard(kernel_id)

    async def end_all(self) -> None:
        """Ends every kernel, those still starting too."""
        self._reaper.stop()
        starting = [item for pool in self._pools.values() for item in pool if not item.done()]
        for item in starting:
            item.cancel()
        await asyncio.gather(*starting, return_exceptions=True)
        self._drop_failed()
        self._pools = {}
        waiting = list(self._queries.values())
        await asyncio.gather(*(self._end(kernel_id, now=True) for kernel_id in list(self.list_kernel_ids())))
        for query in waiting:
            if not query.done():
                query.set_result("")


def environment(database: str, server: str, join: Sequence[str] = ()) -> dict[str, str]:
    """What a kernel must know to meet the server in the same database, and where it may send participants."""
    return {
        "TRIVSEL_DATABASE": database, "TRIVSEL_SERVER": server, "PYTHONUTF8": "1", **participants(join),
    }  # fmt: skip


def participants(join: Sequence[str]) -> dict[str, str]:
    """The part of it that changes with the computer's network."""
    return {"TRIVSEL_JOIN": " ".join(join)}


def only(notebook: str) -> dict[str, dict[str, int]]:
    """The pool's set-up that keeps kernels ready for ``notebook`` alone."""
    return {"default": {"pool_size": 0}, notebook: {"pool_size": POOL}}
