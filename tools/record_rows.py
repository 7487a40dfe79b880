#!/usr/bin/env python3
"""Turn the project's own tables and records into labelled articles for `newsnlp train quotes`.  Standard library only.

  record_rows.py FOLDER|RECORDS.jsonl ... > rows.jsonl      FOLDER: tests/record_cases; RECORDS: tests/records/kinds.jsonl

Twenty rows of the tables make an article, a row a paragraph.  The table of relays is left out: its outer reports have no labels.  What closes a release (tests/closing) is no part of it.
"""
import json
import pathlib
import sys

ROWS = 20


def read(marked):
    """(text, {number: {letter: [[begin, end], ...]}}, {number: the one around}) of a row in the notation of the tables."""
    text, opened, statements, outer_of = [], [], {}, {}
    i = 0
    while i < len(marked):
        c = marked[i]
        if c == "<":
            space = marked.index(" ", i)
            number = int(marked[i + 2]) if space - i > 2 else 1
            for letter, outer, _ in opened:
                if letter == "q" and outer != number:
                    outer_of[number] = outer
            opened.append((marked[i + 1], number, len(text)))
            i = space
        elif c == ">":
            letter, number, begin = opened.pop()
            statements.setdefault(number, {}).setdefault(letter, []).append([begin, len(text)])
        else:
            text.append(c)
        i += 1
    return "".join(text), statements, outer_of


def rows(folder):
    for path in sorted(pathlib.Path(folder).glob("*.tsv")):
        if path.stem == "relay":
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield read(line.split("\t", 1)[1])


def article(name, part):
    text, attributions = "", []
    for row, statements, outer_of in part:
        at, first = len(text), len(attributions)
        text += row + "\n\n"
        for number, spans in statements.items():
            if "q" not in spans or "c" not in spans:
                continue
            moved = {letter: [[b + at, e + at] for b, e in spans.get(letter, [])] for letter in "scq"}
            outer = f"a{first}-{outer_of[number]}" if number in outer_of else None
            attributions.append({"id": f"a{first}-{number}", "source": moved["s"], "cue": moved["c"],
                                 "content": moved["q"], "speech": True, "nested_in": outer})
    return {"id": name, "text": text.rstrip("\n"), "attributions": attributions}


def record(line):
    """A whole record as a labelled article."""
    whole = json.loads(line)
    return {"id": whole["id"], "text": whole["text"],
            "attributions": [{key: a[key] for key in ("id", "source", "cue", "content", "speech", "nested_in", "optional") if key in a}
                             for a in whole["attributions"] if a["content"]]}


def articles(path):
    if path.is_dir():
        every = list(rows(path))
        return [article(f"rows{k // ROWS}", every[k:k + ROWS]) for k in range(0, len(every), ROWS)]
    return [record(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for given in sys.argv[1:]:
        for each in articles(pathlib.Path(given)):
            print(json.dumps(each, ensure_ascii=False))
