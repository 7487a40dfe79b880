#!/usr/bin/env python3
"""python_cost.py BENCH FILE.jsonl: what NumPy arrays in Python cost beside C++ alone, both in one run.

Python analyses the articles one by one, and by pipe() on one thread, and takes the arrays of tokens, mentions and
quotes; C++ is newsnlp_bench's "whole analysis" and "in an archive". Processor time, warm, the median of seven passes."""

import json
import re
import statistics
import subprocess
import sys
import time

import newsnlp

PASSES = 7


def take(document: newsnlp.Document) -> int:
    for layer in ("mentions", "quotes"):
        document.arrays(layer)
    return len(document.arrays("tokens")["start"])


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[2], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    analyzer = newsnlp.load()
    ways = {
        "whole analysis": lambda: sum(take(analyzer(text)) for text in texts),
        "in an archive": lambda: sum(map(take, analyzer.pipe(texts, threads=1))),
    }
    medians = {}
    for name, way in ways.items():
        costs = []
        for _ in range(1 + PASSES):
            start = time.process_time_ns()
            tokens = way()
            costs.append((time.process_time_ns() - start) / tokens)
        medians[name] = statistics.median(costs[1:])
    printed = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout
    print(f"{'ns a token':<16}{'C++':>8}{'Python':>8}{'ratio':>8}")
    for name, python in medians.items():
        native = float(re.search(rf"^{name}\s+\S+\s+\S+\s+(\S+)", printed, re.M).group(1))
        print(f"{name:<16}{native:8.1f}{python:8.1f}{python / native:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
