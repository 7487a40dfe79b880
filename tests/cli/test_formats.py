import csv
import io
import json
from pathlib import Path

import pytest
from command import Run

COLUMNS = (
    "id,quote,type,speech,speaker,role,cue,content,source,addressee,relay,polarity,certainty,nested_in,resolution,"
    "score,start,end"
).split(",")


def test_help_fits_a_screen_and_has_examples(newsnlp: Run) -> None:
    done = newsnlp("--help")
    lines = done.stdout.split("\n")
    assert done.returncode == 0 and done.stderr == ""
    assert len(lines) <= 40 and max(map(len, lines)) <= 80
    assert "cat article.txt | newsnlp" in done.stdout
    for option in ("--format", "--input", "--by", "--threads", "--progress", "--min-score", "--explain", "--names"):
        assert option in done.stdout


def test_version(newsnlp: Run) -> None:
    assert newsnlp("--version").stdout.startswith("newsnlp 0.")


def test_text_is_plain_in_a_pipe_and_fits_80_columns(newsnlp: Run, article: str) -> None:
    done = newsnlp("article.txt")
    assert done.returncode == 0 and done.stderr == ""
    assert "\x1b" not in done.stdout and "article.txt" in done.stdout
    assert max(map(len, done.stdout.split("\n"))) <= 80


def test_standard_input_is_a_dash(newsnlp: Run, article: str) -> None:
    from_file = json.loads(newsnlp("--format", "json", "article.txt").stdout)
    from_pipe = json.loads(newsnlp("--format", "json", "-", stdin=article.encode()).stdout)
    assert from_file.pop("id") == "article.txt" and from_pipe.pop("id") == "-"
    assert from_file == from_pipe


def test_json_lines(newsnlp: Run, article: str, tmp_path: Path) -> None:
    record = {"id": "r1", "title": "T", "date": "2020-02-03", "text": article, "other": {"deep": [1, [2]]}}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n\n" + '{"text": "One."}\n', encoding="utf-8")
    done = newsnlp("--input", "jsonl", "--format", "jsonl", "a.jsonl")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["title"], first["date"]) == ("r1", "T", "2020-02-03")
    assert second["id"] == "a.jsonl:3" and "title" not in second
    assert list(first) == ["id", "title", "date", "offsets", "paragraphs", "mentions", "entities", "quotes"]


def test_several_articles_are_an_array_of_json(newsnlp: Run, article: str) -> None:
    done = newsnlp("--format", "json", "article.txt", "article.txt")
    assert [d["id"] for d in json.loads(done.stdout)] == ["article.txt"] * 2
    done = newsnlp("--format", "json", "--input", "jsonl", "-", stdin=b"")
    assert done.returncode == 0 and json.loads(done.stdout) == []


@pytest.mark.parametrize("unit", ["codepoint", "byte", "utf16"])
def test_offsets_slice_the_text_in_each_unit(newsnlp: Run, article: str, unit: str) -> None:
    d = json.loads(newsnlp("--format", "json", "--offsets", unit, "article.txt").stdout)

    def cut(start: int, end: int) -> str:
        if unit == "codepoint":
            return article[start:end]
        code = "utf-8" if unit == "byte" else "utf-16-le"
        size = 1 if unit == "byte" else 2
        return article.encode(code)[start * size : end * size].decode(code)

    assert d["offsets"] == unit
    assert cut(d["paragraphs"][0]["start"], d["paragraphs"][0]["end"]) == "Harbour bridge to close 🚧 for a year"
    assert all(cut(e["roles"][0]["start"], e["roles"][0]["end"]) == e["roles"][0]["text"] for e in d["entities"] if e["roles"])


def test_csv_has_a_row_a_quote_and_the_json_in_it(newsnlp: Run, article: str) -> None:
    rows = list(csv.reader(io.StringIO(newsnlp("--format", "csv", "article.txt").stdout)))
    quotes = json.loads(newsnlp("--format", "json", "article.txt").stdout)["quotes"]
    assert rows[0] == COLUMNS and len(rows) == 1 + len(quotes)
    for row, q in zip(rows[1:], quotes):
        record = dict(zip(COLUMNS, row))
        assert record["content"] == " ".join(article[s:e] for s, e in q["content"])
        assert record["speaker"] == (q["speaker"] or {"name": ""})["name"]
        assert (int(record["start"]), int(record["end"])) == (q["content"][0][0], q["content"][-1][1])


def test_columns_come_back_with_a_tag_as_last_column(newsnlp: Run, tmp_path: Path) -> None:
    given = "-DOCSTART- -X- -X-\n\nMaria NNP x\nAlvarez NNP x\ndon't\tVB\n. . x\n\n\nOne CD\n-DOCSTART-\n\nTwo\n"
    (tmp_path / "a.conll").write_text(given, encoding="utf-8")
    lines = newsnlp("--input", "conll", "--format", "conll", "a.conll").stdout.split("\n")
    assert len(lines) == len(given.split("\n"))
    for line, was in zip(lines, given.split("\n")):
        if not was:
            assert line == ""
            continue
        assert line.startswith(was) and line[len(was)] in " \t"
        assert line[len(was) + 1 :] in {"O", *(f"{p}-{t}" for p in "BI" for t in ("PER", "ORG", "LOC", "MISC"))}


def test_own_tokens_as_columns_are_read_again(newsnlp: Run, article: str) -> None:
    first = newsnlp("--format", "conll", "article.txt").stdout
    again = newsnlp("--input", "conll", "--format", "conll", "-", stdin=first.encode()).stdout
    assert [line.split("\t")[0] for line in again.split("\n")] == [line.split("\t")[0] for line in first.split("\n")]


def test_vector_instructions_do_not_change_the_output(newsnlp: Run) -> None:
    texts = sorted(map(str, (Path(__file__).parents[1] / "golden").glob("*.txt")))
    usual = newsnlp("--format", "jsonl", "--min-score", "0", *texts)
    portable = newsnlp("--format", "jsonl", "--min-score", "0", *texts, env={"NEWSNLP_PORTABLE": "1"})
    assert len(usual.stdout.splitlines()) == len(texts) > 5
    assert portable.stdout == usual.stdout


def test_threads_do_not_change_the_output(newsnlp: Run, article: str) -> None:
    lines = "".join(json.dumps({"id": str(i), "text": article * (i % 7)}) + "\n" for i in range(100)).encode()
    one = newsnlp("--input", "jsonl", "--format", "jsonl", "--threads", "1", "-", stdin=lines)
    eight = newsnlp("--input", "jsonl", "--format", "jsonl", "--threads", "8", "--progress", "-", stdin=lines)
    assert one.stdout == eight.stdout and one.stdout.count("\n") == 100
    assert "100 articles" in eight.stderr


def test_the_library_and_python_give_the_same_json(newsnlp: Run, article: str, tmp_path: Path) -> None:
    import newsnlp as package

    doc = package.load()(tmp_path / "article.txt", id="article.txt")
    for unit in ("codepoint", "byte", "utf16"):
        assert newsnlp("--format", "jsonl", "--offsets", unit, "article.txt").stdout == doc.to_json(offsets=unit) + "\n"
