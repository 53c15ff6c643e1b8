"""The client for asyncio gives what the other one gives."""

from __future__ import annotations

import asyncio
import inspect

import httpx2
import pytest

from service.client import AsyncClient, Client, NotFound, Retries, Unavailable, Unreachable


@pytest.fixture
def through(open_client):
    """Run a coroutine function with a client that calls the app itself, without a socket."""
    with open_client() as opened:

        def run(work):
            async def main():
                async with AsyncClient("http://app", transport=httpx2.ASGITransport(opened.app)) as client:
                    return await work(client)

            return asyncio.run(main())

        yield run


def test_both_clients_have_the_same_methods():
    """With the same parameters and the same documentation of them."""

    def methods(kind):
        return {
            name: [parameter.replace() for parameter in inspect.signature(method).parameters.values()]
            for name, method in inspect.getmembers(kind, inspect.isfunction)
            if not name.startswith("_")
        }

    assert methods(Client) == methods(AsyncClient)


def test_answers_are_the_same(through, asking):
    """Search, many, pages, hits, document, similar."""

    async def everything(client):
        answer = await client.search("预算 budget", k=3)
        return (
            answer.hits,
            [found.hits for found in await client.search_many(["预算", {"query": "bus", "k": 1}], batch=1, k=2)],
            [page.hits async for page in client.pages("预算 budget", k=2)],
            [hit async for hit in client.hits("预算 budget", k=2)],
            await client.document("天津/水稻.md"),
            (await client.similar("天津/水稻.md", k=2)).hits,
        )

    assert through(everything) == (
        asking.search("预算 budget", k=3).hits,
        [found.hits for found in asking.search_many(["预算", {"query": "bus", "k": 1}], k=2)],
        [page.hits for page in asking.pages("预算 budget", k=2)],
        list(asking.hits("预算 budget", k=2)),
        asking.document("天津/水稻.md"),
        asking.similar("天津/水稻.md", k=2).hits,
    )


def test_questions_are_asked_at_once(through):
    """Many tasks share a client, and each gets its own answer."""
    questions = ["预算", "bus", "水稻", "violin", "港口"] * 5

    async def together(client):
        return await asyncio.gather(*(client.search(question, k=1) for question in questions))

    assert [answer.query.text for answer in through(together)] == questions


def test_errors_are_the_same(through):
    async def missing(client):
        with pytest.raises(NotFound, match=r"nothing\.md"):
            await client.document("nothing.md")

    through(missing)


def test_readiness_over_a_socket(address):
    async def main():
        async with AsyncClient(address) as client:
            assert await client.ready()
            await client.wait_until_ready(5)
        async with AsyncClient("http://127.0.0.1:1") as client:
            assert not await client.ready()
            with pytest.raises(Unreachable):
                await client.wait_until_ready(0.3)

    asyncio.run(main())


def test_each_task_has_retries_of_its_own():
    """Twenty tasks that are each refused twice get through with three attempts each."""
    seen = {}

    def answer(request):
        body = request.content
        seen[body] = seen.get(body, 0) + 1
        return httpx2.Response(503) if seen[body] < 3 else httpx2.Response(200, json={"status": "ready"})

    async def main():
        retries = Retries(attempts=3, first_wait=0.01)
        async with AsyncClient(transport=httpx2.MockTransport(answer), retries=retries) as client:
            outcomes = await asyncio.gather(
                *(client.search(str(number)) for number in range(20)), return_exceptions=True
            )
        assert not any(isinstance(outcome, Unavailable) for outcome in outcomes)

    asyncio.run(main())
    assert set(seen.values()) == {3}
