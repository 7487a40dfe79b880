#!/usr/bin/env python3
"""Print the table of dev-set figures, by the scorers' own definitions.  Standard library only.

  evaluate.py NEWSNLP DATA      NEWSNLP: the program; DATA: the folder of labelled corpora, the scorers stand in DATA/../tools
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

if len(sys.argv) != 3:
    sys.exit(__doc__)
NEWSNLP, DATA = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
TOOLS = DATA.parent / "tools"
TESTS = pathlib.Path(__file__).resolve().parent.parent / "tests"
for needed in (NEWSNLP, DATA, TOOLS / "score_quotes.py"):
    if not needed.exists():
        sys.exit(f"{needed} is missing; give the folder of corpora that has the scorers beside it, in ../tools")


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr or done.stdout}")
    return done.stdout


def scorer(name, *arguments):
    return run(sys.executable, TOOLS / name, *arguments)


def figure(pattern, text):
    found = re.search(pattern, text, re.M)
    return found.group(1) if found else "-"


def row(label, value):
    print(f"{label:<64}{value:>10}", flush=True)


class Sets:
    """Dev files, analysed once each."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def analysed(self, gold, *options):
        out = self.folder / f"{gold.parent.name}{''.join(options)}.{gold.name}"
        if not out.exists():
            out.write_text(run(NEWSNLP, *options, "--input", "jsonl", "--format", "jsonl", gold))
        return out


def names(sets):
    testa = DATA / "ner/conll2003/eng.testa"
    tagged = sets.folder / "testa"
    tagged.write_text(run(NEWSNLP, "--input", "conll", "--format", "conll", testa))
    f1 = r"^all .*F1 +([\d.]+)"
    row("names, CoNLL testa (given tokens), F1", figure(f1, scorer("score_ner.py", "conll", testa, tagged)))
    for label, gold in (("Worldwide dev", DATA / "ner/en_worldwide/raw/ww.dev.jsonl"), ("us_politics dev", DATA / "ner/us_politics/us_politics.dev.jsonl")):
        out = scorer("score_ner.py", "spans", gold, sets.analysed(gold), "--curve")
        row(f"names, {label} (raw text), F1", figure(f1, out))
        row(f"names, {label}: calibration error of the scores", figure(r"ECE ([\d.]+)", out))
    gold = DATA / "ner/en_worldwide/raw/ww.dev.jsonl"
    out = scorer("score_ner.py", "spans", gold, sets.analysed(gold), "--types", "DATE,MONEY")
    row("dates, Worldwide dev, F1", figure(r"^DATE .*F1 +([\d.]+)", out))
    row("money, Worldwide dev, F1", figure(r"^MONEY .*F1 +([\d.]+)", out))


def tags():
    for name in ("polnear.dev.silver.conllu.gz", "ewt.dev.conllu", "gum.dev.conllu"):
        out = run(NEWSNLP, "evaluate", "pos", DATA / "pos" / name)
        row(f"part-of-speech tags, {name}, accuracy", figure(r"accuracy\D*([\d.]+)", out))


def quotes(sets):
    gold = DATA / "quotes/polnear/dev.jsonl"
    found = sets.analysed(gold)
    figures = sets.folder / "quotes.json"
    out = scorer("score_quotes.py", gold, found, "--only", "speech", "--curve", "--json", figures)
    table = json.loads(figures.read_text())

    def f1(key):
        return f"{100 * table[key]['f1']:.1f}"

    row("quotes, PolNeAR dev, speech, e2e F1", f1("e2e: content overlap + source head/all"))
    for kind in ("direct", "mixed", "indirect"):
        row(f"quotes, {kind}, e2e F1", f1(f"e2e: content overlap + source head/{kind}"))
    row("quotes, content exact F1", f1("content exact/all"))
    row("quotes, average precision (of what is kept)", figure(r"average precision ([\d.]+)", out))
    every = scorer("score_quotes.py", gold, sets.analysed(gold, "--min-score", "0"), "--only", "speech", "--curve")
    row("quotes, average precision (--min-score 0)", figure(r"average precision ([\d.]+)", every))
    row("quotes, precision at recall 57", figure(r"P at R 57 ([\d.-]+)", out))
    row("quotes, calibration error", figure(r"ECE ([\d.]+)", out))
    row("quotes, precision at scores of 0.9 and above", figure(r"score >= 0.9: .*P ([\d.]+)", out))
    everything = r"^e2e: content overlap \+ source head +all .*F1 +([\d.]+)"
    row("quotes, all attributions, e2e F1", figure(everything, scorer("score_quotes.py", gold, found)))
    row("quotes, nested ones counted, e2e F1", figure(everything, scorer("score_quotes.py", gold, found, "--only", "speech", "--nested", "count")))


def changed_quotes(sets):
    """The same articles with other quotation marks, and with their paragraphs joined."""
    for label, change in (("straight marks", ("--quotes", "straight")), ("'' marks", ("--quotes", "ascii2")),
                          ("curly marks", ("--quotes", "curly")), ("single marks", ("--quotes", "single")),
                          ("joined paragraphs", ("--paragraphs", "join"))):
        gold = sets.folder / change[1] / "dev.jsonl"
        gold.parent.mkdir()
        scorer("perturb.py", *change, DATA / "quotes/polnear/dev.jsonl", gold)
        out = scorer("score_quotes.py", gold, sets.analysed(gold), "--only", "speech")
        row(f"quotes, {label}, e2e F1", figure(r"^e2e: content overlap \+ source head +all .*F1 +([\d.]+)", out))


def records(sets):
    seed = DATA / "quotes/seed/seed.jsonl"
    row("seed article", scorer("score_seed.py", seed, sets.analysed(seed)).strip().splitlines()[-1])
    gold = DATA / "quotes/records/records.jsonl"
    out = scorer("score_records.py", gold, sets.analysed(gold))
    row("records, score", figure(r"records score: ([\d.]+)", out))
    for key, value in re.findall(r"(\w+) ([\d.]+)", figure(r"headline figures: (.*)", out)):
        row(f"records, {key}", value)
    unread = TESTS / "closing/kinds.jsonl"
    row("records, 50 unread articles of other kinds, score",
        figure(r"records score: ([\d.]+)", scorer("score_records.py", unread, sets.analysed(unread))))


def speakers(sets):
    gold = DATA / "quotes/polnear/dev_he_said.jsonl"
    resolved = sets.folder / "resolved"
    run(NEWSNLP, "evaluate", "speakers", gold, "--resolved", resolved)
    out = scorer("score_speakers.py", gold, resolved, "--resolved")
    row("he and she, gold sources, right of all", figure(r"right of all ([\d.]+)", out) + " %")
    row("he and she, gold sources, at 80 % coverage", figure(r"coverage +80%  accuracy +([\d.]+)", out) + " %")
    out = scorer("score_speakers.py", gold, sets.analysed(gold))
    row("he and she, from raw text, right of all", figure(r"right of all ([\d.]+)", out) + " %")
    gap = DATA / "quotes/gap/gap-development.tsv"
    answers = sets.folder / "gap"
    run(NEWSNLP, "evaluate", "speakers", gap, "--gap", answers)
    row("GAP development, F1", figure(r"(?:overall|all)\b.*F1 +([\d.]+)", scorer("score_gap.py", gap, answers)))


def main():
    with tempfile.TemporaryDirectory() as folder:
        sets = Sets(folder)
        names(sets)
        tags()
        quotes(sets)
        changed_quotes(sets)
        records(sets)
        speakers(sets)


if __name__ == "__main__":
    main()
