#!/usr/bin/env python3
"""The "he" and "she" of tests/speaker_cases as training articles: a line of a he_said file a row, on standard output.

usage: speaker_rows.py TABLE.tsv…
"""
import json
import sys

PRONOUNS = ("he", "she")


def read_marks(marked):
    """Text, names as (sign, begin, end), sources as (sign, begin, end, has_source)."""
    text, names, sources, opened, stack = "", [], [], [], []
    i = 0
    while i < len(marked):
        c = marked[i]
        if c == "<":
            stack.append((marked[i + 1], len(text)))
            i += 3
            continue
        if c == ">":
            sign, begin = stack.pop()
            names.append((sign, begin, len(text)))
        elif c in "[{":
            opened.append(len(text))
        elif marked[i : i + 2] == " =" and marked[i + 3 : i + 4] in ("]", "}"):
            sources.append((marked[i + 2], opened.pop(), len(text), marked[i + 3] == "]"))
            i += 4
            continue
        else:
            text += c
        i += 1
    return text, names, sources


def article(name, marked):
    text, names, sources = read_marks(marked.replace("\\n", "\n"))
    attributions = []
    asked = False
    for number, (sign, begin, end, has_source) in enumerate(sources):
        if not has_source:
            continue
        a = {"id": f"E{number}", "source": [[begin, end]], "cue": [], "content": [[begin, end]], "type": "indirect",
             "speech": True, "source_class": "person"}
        called = [text[b:e] for s, b, e in names if s == sign]
        if text[begin:end].lower() in PRONOUNS and sign.isdigit() and called:
            a["source_class"] = "pron3"
            a["speaker"] = sorted(set(called), key=len, reverse=True)
            asked = True
        attributions.append(a)
    return {"id": name, "text": text, "attributions": attributions} if asked else None


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as rows:
            for number, row in enumerate(rows, 1):
                fields = row.rstrip("\n").split("\t")
                if row.startswith("#") or len(fields) != 2:
                    continue
                a = article(f"{path}:{number}", fields[1])
                if a is not None:
                    print(json.dumps(a, ensure_ascii=False))


main()
