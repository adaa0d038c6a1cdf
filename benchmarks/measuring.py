"""How the benchmarks ask and time: through Django's own client, each address in turn with
the others, so that a busy machine slows all of them alike."""

import statistics
import time

HEALTH = "/sante/ready"


def measure(client, paths, rounds):
    """The median milliseconds of each of ``paths``, first requests left out."""
    seconds = {path: [] for path in paths}
    for path in paths:
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer as it should.")
    for _round in range(rounds):
        for path in paths:
            start = time.perf_counter()
            response = client.get(path)
            if response.streaming:
                b"".join(response.streaming_content)
            seconds[path].append(time.perf_counter() - start)
    return {path: statistics.median(values) * 1000 for path, values in seconds.items()}


def report(rows, times):
    """Print each (name, path) of ``rows`` with its median and its ratio to the health check."""
    print(f"{'page':<20}{'median ms':>10}{'× health check':>16}")
    for name, path in rows:
        print(f"{name:<20}{times[path]:>10.1f}{times[path] / times[HEALTH]:>16.1f}")
