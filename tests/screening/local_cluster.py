"""A real Dask cluster on this machine, in processes of its own: `python -m tests.screening.local_cluster WORKERS`.

Prints its address and the ids of its worker processes as one line of JSON, and runs until its input is closed.
"""

import json
import sys

from distributed import LocalCluster


def main(workers: int) -> None:
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]
        sys.stdout.write(json.dumps({"address": cluster.scheduler_address, "pids": pids}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
