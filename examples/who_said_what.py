"""who_said_what.py FILE…: one line a statement."""

import sys
from pathlib import Path

import newsnlp

nlp = newsnlp.load()
for doc in nlp.pipe(Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]):
    for q in doc.quotes:
        print(f"{q.who or '?'} | {q.cue} | {q.text} | {q.score:.2f}")
