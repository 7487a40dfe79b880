"""The trainers run on what the repository holds, and what they write is read again."""

import json
import re
import subprocess
import sys
from pathlib import Path

from command import Run

ROOT = Path(__file__).resolve().parents[2]


def test_speakers_are_learned_from_the_tables(newsnlp: Run, tmp_path: Path) -> None:
    tables = sorted((ROOT / "tests/speaker_cases").glob("*.tsv"))
    rows = subprocess.run([sys.executable, ROOT / "tools/speaker_rows.py", *tables], check=True, capture_output=True)
    (tmp_path / "rows.jsonl").write_bytes(rows.stdout)
    records = str(ROOT / "tests/records/records.jsonl")
    done = newsnlp("train", "speakers", "rows.jsonl", records, "--model", "my.model")
    assert done.returncode == 0, done.stderr
    learned = re.search(r"cross-validated on (\d+) pronouns with candidates: ([\d.]+)% right", done.stderr)
    assert learned and int(learned[1]) > 150 and float(learned[2]) > 75, done.stderr
    (tmp_path / "text.txt").write_text("Ada Brown leads the council.\n\n“We will vote,” she said.\n", encoding="utf-8")
    found = json.loads(newsnlp("--format", "json", "--model", "my.model", "text.txt").stdout)
    assert [q["speaker"]["name"] for q in found["quotes"]] == ["Ada Brown"]
