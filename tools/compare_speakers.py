#!/usr/bin/env python3
"""Are two versions really different on he/she sources?  McNemar's exact test.  Standard library only.

  compare_speakers.py GOLD.jsonl A.jsonl B.jsonl
      A, B: what `newsnlp evaluate speakers GOLD --resolved FILE` wrote.
"""
import json, math, os, sys
sys.path.insert(0, os.environ.get("NEWSNLP_SCORERS", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "tools")))
from score_quotes import same_speaker


def answers(path):
    with open(path, encoding="utf-8") as lines:
        return {(r["id"], b, e): name for r in map(json.loads, lines) for b, e, name, _ in r["resolved"]}


def p_value(b, c):
    """Two-sided, exact: as uneven a split of b + c throws of a coin."""
    n = b + c
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(b, c) + 1)) / 2 ** n) if n else 1.0


def main():
    if len(sys.argv) != 4: sys.exit(__doc__)
    a, b = answers(sys.argv[2]), answers(sys.argv[3])
    only_a = only_b = right_a = right_b = n = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for r in map(json.loads, lines):
            for x in r["attributions"]:
                if not x.get("speaker") or not x.get("source"): continue
                key = (r["id"], *x["source"][0])
                good = [bool(t.get(key)) and same_speaker(x["speaker"], t[key]) for t in (a, b)]
                n += 1
                right_a += good[0]; right_b += good[1]
                only_a += good[0] and not good[1]; only_b += good[1] and not good[0]
    print("sources %d  A right %.1f%%  B right %.1f%%  only A %d  only B %d  McNemar p = %.3f"
          % (n, 100 * right_a / n, 100 * right_b / n, only_a, only_b, p_value(only_a, only_b)))


if __name__ == "__main__": main()
