"""Records translated one after the other, or many in processes of their own.

Reading a protocol's text keeps the interpreter busy for tens of milliseconds: a thousand of them, read where cases are
judged, would make those wait. What a process made comes back as the bytes that are kept.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pickle import PicklingError

import structlog

from connectors.errors import ConnectorError
from rules.errors import RulesError
from rules.trial import Trial
from trialmatch.catalogue.codec import TrialReader, written
from trialmatch.errors import PayloadError

Record = Mapping[str, object]
Translate = Callable[[Record], Trial]
Key = tuple[str, str]
"""Trial id and content hash: one version of a trial of the catalogue."""

TOGETHER_FROM = 150
"""Fewer records are read here: a process takes seconds to start."""
HANDED_OVER = 8
"""Records that a process is given at once, of which two lots wait for each."""
_NO_POOL = (BrokenProcessPool, OSError, AssertionError, PicklingError, AttributeError, PayloadError)
"""A process that died, cannot be started (no memory, or this one is a daemon), or cannot be handed this translation."""
log = structlog.get_logger("trialmatch.catalogue")


@dataclass(frozen=True, slots=True)
class TranslationProblem:
    """A record that could not be made a trial: it is missing from the catalogue, and this says why."""

    trial_id: str
    reason: str


Made = Trial | TranslationProblem
Pair = tuple[Key, Record]


def translated(trial_id: str, record: Record, translate: Translate) -> Made:
    """The trial of a record, or why it cannot be one: one record never takes the catalogue down."""
    try:
        return translate(record)
    except (ConnectorError, RulesError) as error:
        return TranslationProblem(trial_id, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the others must answer
        return TranslationProblem(trial_id, f"{type(error).__name__}: the translation of this record is at fault")


def each_translated(
    pairs: Sequence[Pair], translate: Translate, *, processes: int
) -> Generator[tuple[Key, Made], None, None]:
    """What each record was made, in the order given. Whatever happens to the processes, every record is translated."""
    done = 0
    if processes > 1 and len(pairs) >= TOGETHER_FROM:
        try:
            for one in _in_processes(pairs, translate, processes):
                yield one
                done += 1
        except _NO_POOL as error:
            log.warning("catalogue.read_alone", error=type(error).__name__)
    for key, record in pairs[done:]:
        yield key, translated(key[0], record, translate)


def _in_processes(pairs: Sequence[Pair], translate: Translate, processes: int) -> Iterator[tuple[Key, Made]]:
    reader = TrialReader()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        for lot, answers in _in_order(pool, _lots(pairs), translate, ahead=2 * processes):
            for (key, _), answer in zip(lot, answers, strict=True):
                yield key, answer if isinstance(answer, TranslationProblem) else reader.read(answer)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _lots(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    rest = iter(pairs)
    while lot := list(islice(rest, HANDED_OVER)):
        yield lot


def _in_order(
    pool: ProcessPoolExecutor, lots: Iterator[list[Pair]], translate: Translate, *, ahead: int
) -> Iterator[tuple[list[Pair], list[bytes | TranslationProblem]]]:
    running: deque[tuple[list[Pair], Future[list[bytes | TranslationProblem]]]] = deque()
    while True:
        running += ((lot, pool.submit(_read, lot, translate)) for lot in islice(lots, ahead - len(running)))
        if not running:
            return
        lot, future = running.popleft()
        yield lot, future.result()


def _read(lot: Iterable[Pair], translate: Translate) -> list[bytes | TranslationProblem]:
    made = [translated(key[0], record, translate) for key, record in lot]
    return [one if isinstance(one, TranslationProblem) else written(one) for one in made]
