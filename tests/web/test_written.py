"""What the store answers comes into the server's loop, together."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future

import pytest

from trivsel.web.phones.written import Written


def test_answers_that_come_together_wake_the_loop_once() -> None:
    calls = 0

    async def room() -> list[int]:
        written, answers = Written(), [Future[int]() for _ in range(50)]
        loop = asyncio.get_running_loop()
        call_in = loop.call_soon_threadsafe

        def counted(*what: object) -> object:
            nonlocal calls
            calls += 1
            return call_in(*what)  # type: ignore[arg-type]

        def answer_all() -> None:
            for number, answer in enumerate(answers):
                answer.set_result(number)

        async def write() -> None:
            loop.call_soon_threadsafe = counted  # type: ignore[method-assign,assignment]
            writer = threading.Thread(target=answer_all)
            writer.start()
            writer.join()  # the loop stands still meanwhile, as it does while it is busy with another phone

        *got, _ = await asyncio.gather(*map(written.of, answers), write())
        return got

    assert asyncio.run(room()) == list(range(50))
    assert calls == 1


def test_an_error_reaches_the_phone_it_belongs_to_and_one_that_has_gone_holds_nobody_up() -> None:
    async def room() -> list[object]:
        written = Written()
        first, second, third = Future[str](), Future[str](), Future[str]()
        gone = asyncio.create_task(written.of(first))

        async def write() -> None:
            gone.cancel()
            first.set_result("nobody is there")
            second.set_exception(ValueError("not written"))
            third.set_result("written")

        return await asyncio.gather(written.of(second), written.of(third), write(), return_exceptions=True)

    failed, good, _ = asyncio.run(room())
    assert good == "written"
    with pytest.raises(ValueError, match="not written"):
        raise failed  # type: ignore[misc]
