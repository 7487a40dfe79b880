#!/usr/bin/env python3
"""performance_page.py BENCH FILE.jsonl: runs newsnlp_bench and puts what it prints, and what a billion such articles
would cost, into docs/performance.md between its two marks."""

import pathlib
import re
import subprocess
import sys

BEGIN, END = "<!-- bench -->\n", "<!-- /bench -->\n"


def cost_of_a_billion(printed: str) -> str:
    articles, size, tokens = map(int, re.search(r"(\d+) articles, (\d+) bytes, (\d+) tokens", printed).groups())
    unseen = float(re.search(r"^in an archive\s+\S+\s+(\S+)", printed, re.M).group(1))
    seconds = 1e9 * tokens / articles * unseen * 1e-9
    return (
        f"A billion articles of this kind, none seen before ({size / articles:.0f} bytes, {tokens / articles:.0f} tokens each) cost "
        f"{seconds / 86400:.0f} days of one core: {seconds / 86400 / 64:.1f} days of a machine with 64.\n"
    )


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    printed = subprocess.run([sys.argv[1], sys.argv[2]], check=True, capture_output=True, text=True).stdout
    page = pathlib.Path(__file__).parent.parent / "docs" / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    block = f"```\n{printed.strip()}\n```\n\n{cost_of_a_billion(printed)}"
    page.write_text(before + BEGIN + block + END + after, encoding="utf-8")
    print(block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
