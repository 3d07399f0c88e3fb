"""Work between mocks: one after the other, never during one, never in the way of leaving."""

from __future__ import annotations

import threading

from tui.session.idle import Idle

PATIENCE = 20.0


def test_jobs_are_done_in_order_and_one_that_breaks_stops_none() -> None:
    idle, done = Idle(), []

    def broken(_stop: threading.Event) -> None:
        raise ValueError

    idle.add(lambda _: done.append(1))
    idle.add(broken)
    idle.add(lambda _: done.append(2))
    idle.wait()
    assert done == [1, 2]
    idle.close()


def test_a_mock_stops_what_runs_and_it_begins_again_afterwards() -> None:
    idle, began, over = Idle(), threading.Semaphore(0), threading.Event()
    runs = []

    def job(stop: threading.Event) -> None:
        runs.append(None)
        began.release()
        if len(runs) == 1:
            assert stop.wait(PATIENCE)
        else:
            over.set()

    idle.add(job)
    assert began.acquire(timeout=PATIENCE)
    one, other = object(), object()
    idle.hold(one)
    idle.hold(other)
    idle.go_on(one)
    assert not began.acquire(timeout=0.3)  # the other mock still goes on
    idle.go_on(other)
    assert over.wait(PATIENCE)
    assert len(runs) == 2
    idle.close()


def test_closing_stops_what_runs_and_leaves_the_rest() -> None:
    idle, began, stopped, late = Idle(), threading.Event(), threading.Event(), threading.Event()

    def job(stop: threading.Event) -> None:
        began.set()
        if stop.wait(PATIENCE):
            stopped.set()

    idle.add(job)
    idle.add(lambda _: late.set())
    assert began.wait(PATIENCE)
    idle.close()
    assert stopped.is_set()
    idle.add(lambda _: late.set())
    idle.wait()
    assert not late.is_set()
