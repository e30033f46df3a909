"""The sections of the page, one a part."""

from collections.abc import Iterator, Sequence

from benchmarks.measure import Figures
from benchmarks.writing import count, image, millions, ms, prose, short, table, times

SIZE = ("trials", "criteria", "distinct predicates")


def _size(found: Figures) -> tuple[str, str, str]:
    return count(found["trials"]), count(found["criteria"]), count(found["predicates"])


def engine_section(found: Figures) -> Iterator[str]:
    """One case."""
    rows = found["rows"]
    yield "## One case"
    yield prose(
        f"""Median / p95 in milliseconds, each judgement timed once. *Verdicts alone*: the picture of the case is there,
        every trial gets its verdict. The *first of an organ* (of a set of trials that organs leave, to be exact) makes
        the smaller catalogue of that organ, which is kept (the service makes them ahead); *early* cases are those of
        an organ that was met, among the first {count(found["early"])}; *new* ones come after
        {count(found["warm_up"])}, as in a service that runs; a case met *again* finds its columns. *Ten explained*:
        from the form to ten propositions with reasons and questions, written as JSON. *Whole answer*: the defaults of
        the API, with twenty of the trials that are ruled out, also explained."""
    )
    yield table(
        (*SIZE, "first of an organ", "early", "new", "again", "ten explained", "whole answer"),
        [
            (
                *_size(row),
                *(ms(row[name]) for name in ("verdicts_first", "verdicts_early", "verdicts_new", "verdicts_again")),
                ms(row["ten_explained"]),
                ms(row["defaults"]),
            )
            for row in rows
        ],
        left=(),
    )
    yield prose(
        """The reference engine judges every trial in the same run and builds every finding tree, of the first of the
        cases that *ten explained* was timed on; it neither ranks nor writes an answer, so that ratio flatters the
        reference. *To verdicts alone* is against the median of new cases."""
    )
    yield _against_reference(rows)
    yield image("engine", "Milliseconds a case against trials, both scales logarithmic, compiled and reference engine")


def _against_reference(rows: Sequence[Figures]) -> str:
    return table(
        ("trials", "cases", "reference, median ms", "to verdicts alone", "to ten explained", "compiled in"),
        [
            (
                count(row["trials"]),
                count(row["reference"]["count"]),
                short(row["reference"]["median"]),
                times(row["ratio_verdicts"]),
                times(row["ratio_ten_explained"]),
                f"{short(row['compile_seconds'])} s",
            )
            for row in rows
        ],
        left=(),
    )


def batch_section(found: Figures) -> Iterator[str]:
    """Many cases."""
    yield "## Many cases"
    yield prose(
        f"""{count(found["trials"])} trials, {count(found["criteria"])} criteria, {count(found["predicates"])} distinct
        predicates; one process, one thread; cases stream from the lines of a file, after {count(found["warm_up"])}
        others. Verdicts a second, counted three ways in the same run: judging alone; with the pictures of the cases
        made; with the lines read and checked too. *Processor* is the share of the time in which the process had a
        core: near 100 % on a quiet machine."""
    )
    yield table(
        ("cases", "seen", "verdicts", "judging alone", "with pictures", "from lines", "ms a case, all", "processor"),
        [
            (
                count(row["cases"]),
                row["seen"],
                count(row["verdicts"]),
                *(millions(row[f"{name}_a_second"]) for name in ("verdicts", "with_pictures", "from_lines")),
                short(row["seconds"] * 1000 / row["cases"]),
                f"{100 * row['cpu_seconds'] / row['seconds']:.0f} %",
            )
            for row in found["rows"]
        ],
        left=(1,),
    )
    yield prose(
        f"""Resident memory in MB, looked at every {found["sampled_every"]} cases.
        {short(found["memory_before_warm_up_mb"])} before the warm-up: Python, the trials, the compiled catalogue.
        What is remembered between cases is bounded."""
    )
    yield table(
        ("cases", "seen", "before", "most", "after"),
        [
            (
                count(row["cases"]),
                row["seen"],
                *(count(row[f"memory_{name}_mb"]) for name in ("before", "most", "after")),
            )
            for row in found["rows"]
        ],
        left=(1,),
    )
    yield image("memory", "Resident memory against cases judged, for each file of cases")


def cost_section(found: Figures) -> Iterator[str]:
    """Cost against size."""
    walks = found["walks"]
    yield "## Cost against size"
    yield prose(
        f"""The same new cases against every catalogue, median / p95 in milliseconds, after {count(found["warm_up"])}
        others. *Every trial with words of its own*: distinct predicates grow with trials. *Sharing*: all trials are
        made of the criteria of the first {count(found["pool"])}, so predicates stay. *Predicates*:
        {count(found["fixed"])} trials throughout, made of the criteria of more and more. The power says how cost
        grows with what varies: 1 would be in proportion."""
    )
    titles = {
        "grown": "Every trial with words of its own",
        "sharing": f"Trials that share the predicates of {count(found['pool'])}",
        "predicates": f"{count(found['fixed'])} trials, more and more predicates",
    }
    for name, title in titles.items():
        walk = walks[name]
        yield f"### {title}"
        rows = [(*_size(row), ms(row["verdicts_new"]), ms(row["ten_explained"])) for row in walk["rows"]]
        power = ("power", "", "", short(walk["power_verdicts"]), short(walk["power_ten_explained"]))
        yield table((*SIZE, "verdicts alone", "ten explained"), [*rows, power], left=())
    yield image("cost-trials", "Milliseconds a case against trials, with the line of cost in proportion to trials")
    yield image("cost-predicates", "Milliseconds a case against distinct predicates at a fixed number of trials")


def reading_section(found: Figures) -> Iterator[str]:
    """Before the judgement."""
    coded, text = found["coded"], found["text"]
    yield "## Before the judgement"
    yield prose(
        f"""A coded case to its picture, milliseconds a case: the very first of a process, the next {coded["next"]}, and
        {count(coded["steady"])} after {count(coded["warm_up"])} others (medians of batches); no case twice."""
    )
    sums = [sum(spent) for spent in coded["times"]]
    rows = [*zip(coded["steps"], *coded["times"], strict=True), ("all", *sums)]
    yield table(
        ("step", "first", f"next {coded['next']}", "steady"),
        [(f"`{step}`" if step != "all" else step, *(f"{spent:.3f}" for spent in spents)) for step, *spents in rows],
    )
    spread = text["read_form"]
    yield prose(
        f"""The free text of a form, {count(text["characters"])} characters, {count(text["sentences"])} sentences, read
        for the first time ({count(spread["count"])} texts): median {short(spread["median"])} ms, p95
        {short(spread["p95"])} ms, worst {short(spread["worst"])} ms."""
    )


def http_section(found: Figures) -> Iterator[str]:
    """The service."""
    ratio = found["predicates"] / found["criteria"]
    memory, spent = found["memory_before"], found["coded"]["server_cpu_seconds"]
    yield "## The service over HTTP"
    yield prose(
        f"""`trialmatch serve` with TRIALMATCH_WORKERS={found["workers"]} (processes: {memory["processes"]}), loopback,
        SQLite. The catalogue came the whole way: a feed of {count(found["trials"])} études varied from the samples,
        the reference server, one synchronisation ({short(found["sync_seconds"])} s), the start of the service
        ({short(found["start_seconds"])} s until every worker answers, {short(found["warm_seconds"])} s until each has
        made the catalogues of all organs). {count(found["trials"])} trials,
        {count(found["criteria"])} criteria, {count(found["predicates"])} distinct predicates ({ratio:.2f} a
        criterion: études varied by text share more than trials grown as understood).

        The load is another process on the same machine ({found["coded"]["callers"]} callers, a connection each or
        more): request *n* is due *n* / rate seconds after the start whatever became of those before it, and its time
        counts from when it was due. `max_results` {found["options"]["max_results"]}, `max_ruled_out`
        {found["options"]["max_ruled_out"]}; no case twice."""
    )
    yield _loads_table(found)
    yield image("http", "Milliseconds of a request against the share of requests that took no longer")
    yield prose(
        f"""Processor time of the server: {short(sum(spent) * 1000 / found["coded"]["requests"])} ms a coded case
        ({", ".join(short(one) for one in spent)} s by process; a caller stays with the worker that took its
        connection). The client, which has the same cores, took
        {short(found["coded"]["client_cpu_seconds"] * 1000 / found["coded"]["requests"])} ms a case.

        Memory of the server's processes in MB, resident (of which held by the process alone): before the load
        {_held(memory)}; after it {_held(found["memory_after"])}."""
    )


def _loads_table(found: Figures) -> str:
    board = found["board"]
    loads: Sequence[tuple[str, str, Figures]] = (
        ("coded cases", "", found["coded"]),
        ("cases with text", "", found["text"]),
        (f"a board, {board} calls at once", "last of the board", found["board_single"]),
        (f"a board, {board} cases in one call", "the call", found["board_batch"]),
    )
    head = (
        "load",
        "a second",
        "requests",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "worst ms",
        "errors",
        "kB an answer",
        "client late",
    )
    rows = []
    for name, timed, load in loads:
        latency = load["latency"]
        rows.append(
            (
                f"{name} ({timed})" if timed else name,
                short(load["rate"]),
                count(load["requests"]),
                *(short(latency[one]) for one in ("median", "p95", "p99", "worst")),
                ", ".join(f"{count(number)} {kind}" for kind, number in sorted(load["errors"].items())) or "0",
                short(load["answer_kb"]),
                f"{short(load['client_late_ms'])} ms",
            )
        )
    return table(head, rows)


def _held(memory: Figures) -> str:
    pairs = zip(memory["resident_mb"], memory["unique_mb"], strict=True)
    return ", ".join(f"{count(resident)} ({count(unique)})" for resident, unique in pairs)
