"""What is wrong is named in one line on standard error; the rest is done; no half record is written."""

import json
import resource
import subprocess
from pathlib import Path

import pytest
from command import Run

GOOD = '{"id": "good", "text": "One."}\n'


@pytest.mark.parametrize(
    "line,says",
    [
        ("{bad", "a.jsonl:2: record 2: not valid JSON at byte 2"),
        ('{"text": "\\ud800"}', "a.jsonl:2: record 2: not valid JSON at byte"),
        ('{"id": 3}', 'a.jsonl:2: record 2: the record has no "text"'),
        ('{"text": null}', 'a.jsonl:2: record 2: the record has no "text"'),
        ('{"text": ["secret"]}', 'a.jsonl:2: record 2: "text" must be a string'),
        ('{"text": {"text": "secret"}}', 'a.jsonl:2: record 2: "text" must be a string'),
        ('{"text": "x", "title": {}}', 'a.jsonl:2: record 2: "title" must be a string'),
        ('["secret"]', "a.jsonl:2: record 2: a record must be an object"),
        ('"secret"', "a.jsonl:2: record 2: a record must be an object"),
        (b'{"text": "secret \xff"}', "a.jsonl:2: record 2: not valid UTF-8 at byte 17 of the line"),
        ("[" * 100_000, "a.jsonl:2: record 2: not valid JSON"),
        ('{"a": ' * 100_000, "a.jsonl:2: record 2: not valid JSON"),
    ],
)
def test_a_bad_record_is_passed_over(newsnlp: Run, tmp_path: Path, line: "str | bytes", says: str) -> None:
    bad = line if isinstance(line, bytes) else line.encode()
    (tmp_path / "a.jsonl").write_bytes(GOOD.encode() + bad + b"\n" + GOOD.encode())
    done = newsnlp("--input", "jsonl", "--format", "jsonl", "a.jsonl")
    assert done.returncode == 1 and [json.loads(x)["id"] for x in done.stdout.splitlines()] == ["good"] * 2
    assert done.stderr.count("\n") == 1 and says in done.stderr and "secret" not in done.stderr


def test_deep_records_are_read(newsnlp: Run) -> None:
    line = '{"x": ' + "[" * 200_000 + "]" * 200_000 + ', "text": "One."}\n'
    done = newsnlp("--input", "jsonl", "--format", "jsonl", "-", stdin=line.encode())
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\n") == 1


def test_a_missing_article_among_others(newsnlp: Run, article: str) -> None:
    done = newsnlp("--format", "jsonl", "none.txt", "article.txt", ".")
    assert done.returncode == 1 and done.stdout.count("\n") == 1
    assert "none.txt: cannot be read: No such file" in done.stderr and ".: cannot be read: it is a folder" in done.stderr


def test_invalid_utf8_has_its_byte_offset(newsnlp: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"secret caf\xe9 words")
    done = newsnlp("--format", "json", "bad.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("newsnlp: bad.txt: the text is not valid UTF-8 at byte 10;") and "secret" not in done.stderr


def test_html_is_read_with_a_warning(newsnlp: Run, article: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>“We won,” said Ann Moss.</p></body></html>\n", encoding="utf-8")
    done = newsnlp("--format", "jsonl", "page.html", "article.txt")
    assert done.returncode == 0 and done.stdout.count("\n") == 2
    assert done.stderr.startswith("newsnlp: page.html: this looks like HTML") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("list", ["names", "aliases", "cues", "patterns"])
def test_a_list_that_is_not_utf8_is_named(newsnlp: Run, article: str, tmp_path: Path, list: str) -> None:
    (tmp_path / "bad").write_bytes(b"\xef\xbb\xbfsaid \xf0\x9f\tspeech\n")
    done = newsnlp(f"--{list}", "bad", "article.txt")
    assert done.returncode == 2 and ":1:" in done.stderr and "not valid UTF-8" in done.stderr


def test_any_number_of_threads_is_taken(newsnlp: Run) -> None:
    for threads in ("5000", "4294967295"):
        done = newsnlp("--threads", threads, "--input", "jsonl", "--format", "jsonl", "-", stdin=GOOD.encode() * 3)
        assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\n") == 3


def test_broken_column_documents_are_passed_over_one_by_one(newsnlp: Run, tmp_path: Path) -> None:
    broken = b"-DOCSTART-\n\xff\n\n"
    (tmp_path / "a.conll").write_bytes(b"\xef\xbb\xbfOne\n\n" + broken * 50_000 + b"-DOCSTART-\nTwo\n")
    done = newsnlp("--input", "conll", "--format", "conll", "a.conll")
    assert done.returncode == 1 and done.stdout.split() == ["One", "O", "-DOCSTART-", "O", "Two", "O"]
    assert done.stderr.count("\n") == 50_000 and "a.conll:4: not valid UTF-8 at byte 0" in done.stderr
    (tmp_path / "b.conll").write_bytes(b"One\n-DOCSTART- \xff\nTwo\n-DOCSTART-\nThree\n")
    done = newsnlp("--input", "conll", "--format", "conll", "b.conll")
    assert done.returncode == 1 and [x for x in done.stdout.split() if x != "O"] == ["One", "-DOCSTART-", "Three"]
    assert "b.conll:2: not valid UTF-8 at byte 11" in done.stderr


def test_a_sentence_over_the_limit_is_passed_over(newsnlp: Run, tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_bytes(b"wordwordword\n" * 1_500_000 + b"\n-DOCSTART-\nTwo\n")
    done = newsnlp("--input", "conll", "--format", "conll", "a.conll")
    assert done.returncode == 1 and done.stdout.split() == ["-DOCSTART-", "O", "Two", "O"]
    assert "a sentence larger than the limit of 16777216 bytes" in done.stderr


def test_an_article_over_the_limit_is_passed_over(newsnlp: Run, article: str, tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"word " * 3_400_000)
    done = newsnlp("--format", "jsonl", "big.txt", "article.txt")
    assert done.returncode == 1 and done.stdout.count("\n") == 1
    assert "big.txt: larger than the limit of 16777216 bytes" in done.stderr


@pytest.mark.parametrize(
    "arguments,says",
    [
        ([], "- is standard input"),
        (["none.txt"], "none.txt: cannot be read: No such file"),
        (["--format", "html", "article.txt"], 'unknown format "html"; use text, json, jsonl, csv or conll'),
        (["--format", "brat", "article.txt"], 'unknown format "brat"; use text, json, jsonl, csv or conll'),
        (["--input", "xml", "article.txt"], 'unknown input "xml"; use text, jsonl or conll'),
        (["--offsets", "line", "article.txt"], "use codepoint, byte or utf16"),
        (["--by", "cue", "article.txt"], "use speaker"),
        (["--by", "speaker", "--format", "csv", "article.txt"], "--by belongs to --format text"),
        (["--explain", "--format", "csv", "article.txt"], "--explain belongs to --format text"),
        (["--min-score", "1.5", "article.txt"], "--min-score must be from 0 to 1"),
        (["--min-speaker-score", "-1", "article.txt"], "--min-speaker-score must be from 0 to 1"),
        (["--min-score", "nan", "article.txt"], "--min-score must be from 0 to 1"),
        (["--threads", "many", "article.txt"], "--threads"),
        (["--wat", "article.txt"], "--wat"),
        (["--model", "article.txt", "article.txt"], "article.txt: this is no newsnlp model"),
        (["--model", "none.model", "article.txt"], "none.model: the model cannot be read"),
        (["--names", "article.txt", "article.txt"], "article.txt:1: expected name, type"),
        (["--aliases", "article.txt", "article.txt"], "article.txt:1: expected alias, name"),
        (["--cues", "article.txt", "article.txt"], "article.txt:1: expected a cue"),
        (["--cues", "none.tsv", "article.txt"], "none.tsv: cannot be read"),
        (["train", "words", "a", "--model", "m"], 'unknown stage "words"; use pos, ner, quotes or speakers'),
        (["evaluate", "words", "a"], 'unknown stage "words"'),
        (["train", "pos"], "DATA"),
    ],
)
def test_when_nothing_can_be_done_the_exit_code_is_2(newsnlp: Run, article: str, arguments: "list[str]", says: str) -> None:
    done = newsnlp(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("newsnlp: ") and done.stderr.count("\n") == 1 and says in done.stderr


def test_a_full_disk_ends_the_run_with_one_line(program: str, article: str, tmp_path: Path) -> None:
    for arguments in (["--format", "jsonl", "article.txt"], ["--help"], ["--version"]):
        with open("/dev/full", "w") as full:
            done = subprocess.run([program, *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 2
        assert done.stderr == "newsnlp: cannot write the output: No space left on device\n"


def test_a_file_that_may_not_grow_has_whole_records(program: str, tmp_path: Path) -> None:
    # A limit on the size of files stands in for a disk that fills up in the middle of a record.
    lines = "".join(json.dumps({"id": str(i), "text": "One."}) + "\n" for i in range(100))

    def limit() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    with open(tmp_path / "out", "wb") as out:
        done = subprocess.run(
            [program, "--input", "jsonl", "--format", "jsonl", "-"],
            input=lines.encode(), stdout=out, stderr=subprocess.PIPE, preexec_fn=limit,
        )
    written = (tmp_path / "out").read_text()
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1 and b"cannot write the output" in done.stderr
    assert 0 < len(written) <= 1000 and written.endswith("\n")
    assert [json.loads(x)["id"] for x in written.splitlines()] == [str(i) for i in range(written.count("\n"))]


def test_a_closed_pipe_ends_the_run_with_one_line(program: str) -> None:
    lines = (json.dumps({"text": "One."}) + "\n").encode() * 20_000
    with subprocess.Popen(
        [program, "--input", "jsonl", "--format", "jsonl", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        try:
            process.stdin.write(lines)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert process.stderr.read() == b"newsnlp: cannot write the output: Broken pipe\n"
    assert process.returncode == 2


def test_memory_does_not_grow_with_the_archive(program: str, tmp_path: Path) -> None:
    record = (json.dumps({"text": "Nothing was said in the town on Monday. " * 250}) + "\n").encode()

    def peak(records: int) -> int:
        (tmp_path / "a.jsonl").write_bytes(record * records)
        script = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        run = ["python3", "-c", script, program, "--input", "jsonl", "--format", "csv", "--threads", "2", "a.jsonl"]
        return int(subprocess.check_output(run, cwd=tmp_path))

    small, large = peak(50), peak(1000)
    assert large < small * 1.3 + 10_000
