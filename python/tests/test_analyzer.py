import multiprocessing
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import newsnlp
import pytest


def test_offsets_are_code_points_of_the_given_text(nlp: newsnlp.Analyzer, article: str) -> None:
    doc = nlp(article)
    assert doc.text is article
    for layer in (doc.tokens, doc.sentences, doc.paragraphs, doc.mentions, doc.entities):
        for s in layer:
            assert article[s.start : s.end] == s.text and s.text
    for q in doc.quotes:
        assert q.text == " ".join(article[s.start : s.end] for s in q.content)


@pytest.mark.parametrize("text", ["", " \n\t ", "word", "\0\0", "“““", "🚀" * 50, "x" * 100_000, "“a " * 10_000])
def test_any_text_gives_a_document(nlp: newsnlp.Analyzer, text: str) -> None:
    assert nlp(text).text == text


@pytest.mark.parametrize("text,index", [("\ud800", 0), ("secret\udfff words", 6), ("é🚀\udc80", 2)])
def test_a_lone_surrogate_is_named_by_its_index(nlp: newsnlp.Analyzer, text: str, index: int) -> None:
    with pytest.raises(newsnlp.TextError, match=f"index {index}\\b") as raised:
        nlp(text)
    assert raised.value.index == index and raised.value.offset is None
    assert "secret" not in str(raised.value) and raised.value.__cause__ is None and raised.value.__context__ is None


def test_the_size_limit_is_an_option() -> None:
    small = newsnlp.load(max_bytes=10)
    assert small("0123456789").text == "0123456789"
    with pytest.raises(newsnlp.TextError, match="limit of 10") as raised:
        small("01234567890")
    assert raised.value.offset == 10


def test_a_path_is_read(nlp: newsnlp.Analyzer, article: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_bytes(article.replace("\n", "\r\n").encode())
    bad.write_bytes(b"caf\xe9")
    doc = nlp(good)
    assert doc.id == str(good) and doc.text == article.replace("\n", "\r\n")
    with pytest.raises(newsnlp.TextError, match="byte 3") as raised:
        nlp(bad)
    assert raised.value.offset == 3
    with pytest.raises(FileNotFoundError):
        nlp(tmp_path / "none.txt")


def test_pipe_keeps_the_order_on_any_number_of_threads(nlp: newsnlp.Analyzer, article: str) -> None:
    texts = [article + f"\n\nNumber {i}." for i in range(30)]
    one = [doc.to_json() for doc in nlp.pipe(iter(texts), threads=1, batch_size=1)]
    assert one == [nlp(t).to_json() for t in texts]
    assert one == [doc.to_json() for doc in nlp.pipe(texts, threads=8, batch_size=7)]


def test_pipe_takes_paths_and_records(nlp: newsnlp.Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("One.", encoding="utf-8")
    records: list[Any] = [path, "Two.", {"id": 3, "text": "Three.", "title": "T", "other": []}]
    docs = list(nlp.pipe(records))
    assert [(d.id, d.text, d.title) for d in docs] == [(str(path), "One.", None), ("", "Two.", None), ("3", "Three.", "T")]
    with pytest.raises(TypeError, match="bytes"):
        list(nlp.pipe([b"no"]))  # type: ignore[list-item]


def test_pipe_takes_a_batch_at_a_time(nlp: newsnlp.Analyzer) -> None:
    taken = []

    def texts() -> Any:
        for i in range(100):
            taken.append(i)
            yield "Text."

    pipe = nlp.pipe(texts(), batch_size=4)
    next(pipe)
    assert len(taken) == 4


def test_pipe_raises_or_passes_over(nlp: newsnlp.Analyzer) -> None:
    texts = ["One.", "\ud800", "Three."]
    with pytest.raises(newsnlp.TextError):
        list(nlp.pipe(texts))
    errors: list[tuple[int, newsnlp.Error]] = []
    docs = list(nlp.pipe(texts, on_error=lambda index, error: errors.append((index, error)), batch_size=2))
    assert [d.text for d in docs] == ["One.", "Three."]
    assert [(i, type(e)) for i, e in errors] == [(1, newsnlp.TextError)]


def test_other_python_threads_run_while_it_works(nlp: newsnlp.Analyzer) -> None:
    text = "The mayor of the town said nothing. " * 20_000
    ticks = 0
    stop = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.wait(0.0005):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    nlp(text)
    stop.set()
    thread.join()
    assert ticks >= 3


def test_one_analyzer_serves_many_threads(nlp: newsnlp.Analyzer, article: str) -> None:
    expected = nlp(article).to_json()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: nlp(article).to_json(), range(40))) == {expected}


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_analyzers_and_documents_cross_processes(nlp: newsnlp.Analyzer, article: str, method: str) -> None:
    list(nlp.pipe([article] * 3, threads=2))
    with multiprocessing.get_context(method).Pool(2) as pool:
        docs = pool.map(nlp, [article, "One."])
    assert [d.to_json() for d in docs] == [nlp(article).to_json(), nlp("One.").to_json()]


def test_errors_pickle() -> None:
    error = pickle.loads(pickle.dumps(newsnlp.TextError("what")))
    assert type(error) is newsnlp.TextError and str(error) == "what" and isinstance(error, newsnlp.Error)


def test_bad_models_are_named(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.model"
    foreign.write_bytes(b"PK\3\4" * 100)
    for path in (foreign, tmp_path / "none.model"):
        with pytest.raises(newsnlp.ModelError, match=path.name):
            newsnlp.load(path)


def test_lists_come_from_files_or_tuples(tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("Quorl\tPERSON\tforce\n", encoding="utf-8")
    for lines in (names, str(names), [("Quorl", "PERSON", "force")]):
        again = pickle.loads(pickle.dumps(newsnlp.load(names=lines)))
        assert again("Nobody knew Quorl.").text
    names.write_text("Quorl\tPERSON\tforce\nbroken\n", encoding="utf-8")
    with pytest.raises(newsnlp.ListError, match=r"names\.tsv:2: "):
        newsnlp.load(names=names)
    with pytest.raises(newsnlp.ListError, match=r"cues:1: .*use speech"):
        newsnlp.load(cues=[("say", "verb")])
    with pytest.raises(newsnlp.ListError, match="aliases:1: "):
        newsnlp.load(aliases=[("a\tb", "c", "PERSON")])


def test_explain_gives_lines(nlp: newsnlp.Analyzer, article: str) -> None:
    for quote in nlp(article).quotes:
        assert all(isinstance(line, str) for line in nlp.explain(quote))
