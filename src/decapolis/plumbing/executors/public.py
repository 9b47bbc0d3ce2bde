"""What every other part may use of executors."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Literal, Protocol, TypeVar

from decapolis.plumbing.failures import Failure

Name = Literal["serial", "processes", "dask"]
Piece = TypeVar("Piece")
Value = TypeVar("Value")
Result = TypeVar("Result")
Total = TypeVar("Total")


class PieceFailed(Exception):  # noqa: N818  # a plain word for what became of a piece
    """A piece that failed: which one, and the class of its error; what the error said may hold what somebody wrote."""

    def __init__(self, piece: int, error: BaseException) -> None:
        super().__init__(f"Piece {piece} failed: {type(error).__qualname__}.")
        self.piece = piece


class Pending(Protocol):
    """A result to come."""

    def result(self) -> Any:  # noqa: ANN401  # whatever the piece answers
        """Wait for it."""

    def cancel(self) -> object:
        """Do without it, if it has not begun."""


class Executor(Protocol):
    """Where pieces are done."""

    def broadcast(self, value: Value) -> Any:  # noqa: ANN401  # a handle that only this executor reads
        """Hand a value to all workers once."""

    def submit(self, function: Callable[[Any, Piece], Result], shared: object, piece: Piece) -> Pending:
        """Have one piece done."""


class Now:
    """A result that is computed when it is asked for."""

    def __init__(self, compute: Callable[[], object]) -> None:
        self.compute = compute

    def result(self) -> Any:  # noqa: ANN401  # as above
        """Compute it."""
        return self.compute()

    def cancel(self) -> None:
        """Nothing has begun."""


class Serial:
    """One piece after the other, here."""

    def broadcast(self, value: Value) -> Value:
        """Keep the value."""
        return value

    def submit(self, function: Callable[[Any, Piece], Result], shared: object, piece: Piece) -> Pending:
        """Do the piece once its result is asked for."""
        return Now(lambda: function(shared, piece))


_shared: list[Any] = []


def _receive(value: object) -> None:
    """Take what was broadcast: once for each process."""
    _shared[:] = [value]


def _with_shared(function: Callable[[Any, Piece], Result], piece: Piece) -> Result:
    return function(_shared[0], piece)


class Processes:
    """Processes of this machine, started clean; they begin with what is broadcast first."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.pools: list[ProcessPoolExecutor] = []

    def broadcast(self, value: Value) -> ProcessPoolExecutor:
        """Start processes that hold the value."""
        spawn = multiprocessing.get_context("spawn")
        self.pools.append(ProcessPoolExecutor(self.workers, spawn, initializer=_receive, initargs=(value,)))
        return self.pools[-1]

    def submit(self, function: Callable[[Any, Piece], Result], shared: object, piece: Piece) -> "Future[Result]":
        """Have a process do the piece."""
        if not isinstance(shared, ProcessPoolExecutor):
            raise TypeError("Broadcast a value first: the processes begin with it.")
        return shared.submit(_with_shared, function, piece)

    def close(self) -> None:
        """End the processes; pieces not begun are not done."""
        for pool in self.pools:
            pool.shutdown(cancel_futures=True)


class Dask:
    """Workers of Dask: of a scheduler where its address is given, else of this machine."""

    def __init__(self, address: str, workers: int) -> None:
        try:
            client = import_module("distributed").Client
        except ModuleNotFoundError:
            raise Failure("Dask is not installed: run script/setup --all, or choose another executor.") from None
        local = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
        self.client = client(address) if address else client(**local)

    def broadcast(self, value: Value) -> Any:  # noqa: ANN401  # a handle of Dask
        """Send the value to every worker."""
        return self.client.scatter(value, broadcast=True)

    def submit(self, function: Callable[[Any, Piece], Result], shared: object, piece: Piece) -> Any:  # noqa: ANN401  # a future of Dask
        """Have a worker do the piece, also where the same was done before."""
        return self.client.submit(function, shared, piece, pure=False)

    def close(self) -> None:
        """Let the workers go."""
        self.client.close()


@contextmanager
def opened(name: Name, *, workers: int = 2, address: str = "") -> Iterator[Executor]:
    """Executor of a name, as long as the block runs."""
    if name == "serial":
        yield Serial()
        return
    made = Processes(workers) if name == "processes" else Dask(address, workers)
    try:
        yield made
    finally:
        made.close()


def side_by_side(
    executor: Executor,
) -> Callable[[Callable[[Any, Piece], Result], object, Iterable[Piece]], Iterator[Result]]:
    """How a method spreads its repeats: what they share is broadcast, results come in order."""

    def spread(function: Callable[[Any, Piece], Result], shared: object, pieces: Iterable[Piece]) -> Iterator[Result]:
        return gather(map_pieces(executor, function, executor.broadcast(shared), pieces))

    return spread


def map_pieces(
    executor: Executor, function: Callable[[Any, Piece], Result], shared: object, pieces: Iterable[Piece]
) -> list[Pending]:
    """Give every piece away; `shared` comes from the executor's `broadcast`."""
    return [executor.submit(function, shared, piece) for piece in pieces]


def gather(pending: list[Pending], *, stop_if_asked: Callable[[], None] = lambda: None) -> Iterator[Any]:
    """Results in the order of the pieces, as they come; the first error ends it, and so does `stop_if_asked`."""
    try:
        for number, each in enumerate(pending):
            stop_if_asked()
            yield _result(number, each)
    finally:
        for each in pending:
            each.cancel()


def reduce_pieces(
    pending: list[Pending],
    fold: Callable[[Total, Any], Total],
    start: Total,
    *,
    stop_if_asked: Callable[[], None] = lambda: None,
) -> Total:
    """Fold the results in the order of the pieces."""
    total = start
    for result in gather(pending, stop_if_asked=stop_if_asked):
        total = fold(total, result)
    return total


def _result(number: int, pending: Pending) -> Any:  # noqa: ANN401  # whatever the piece answers
    try:
        return pending.result()
    except Exception as error:
        raise PieceFailed(number, error) from error
