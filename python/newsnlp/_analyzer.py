"""From texts to documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Union

from . import _newsnlp
from ._document import Document
from ._newsnlp import ListError, TextError
from ._views import Quote

#: A file of tab-separated lines, or the lines themselves as tuples of fields.
Lines = Union[str, "os.PathLike[str]", Iterable[tuple[str, ...]]]
#: A text; the path of one; or a record with "text" and perhaps "id", "title" and "date".
Article = Union[str, Path, Mapping[str, Any]]


def _lines(lines: Lines | None, name: str) -> tuple[str, str] | None:
    """The list's text and its name in messages."""
    if lines is None:
        return None
    if isinstance(lines, (str, os.PathLike)):
        path = Path(lines)
        return _read(path, ListError), str(path)
    rows: list[str] = []
    for row in lines:
        if any(c in field for field in row for c in "\t\n\r"):
            raise ListError(f"{name}:{len(rows) + 1}: a field must not contain a tab or a line break")
        rows.append("\t".join(row))
    return "\n".join(rows), name


def _read(path: Path, error: type[_newsnlp.Error]) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as e:
        offset = e.start
    raised = error(f"{path}: not valid UTF-8 at byte {offset}; convert it to UTF-8 first")
    if isinstance(raised, TextError):
        raised.offset = offset
    raise raised


class Analyzer:
    """Immutable, shared by any number of threads. Pickles as what it was loaded with."""

    __slots__ = ("_arguments", "_native")

    def __init__(self, arguments: tuple[Any, ...]) -> None:
        self._arguments = arguments
        self._native = _newsnlp.Analyzer(*arguments)

    def __reduce__(self) -> tuple[type[Analyzer], tuple[tuple[Any, ...]]]:
        return Analyzer, (self._arguments,)

    def __repr__(self) -> str:
        return f"<newsnlp.Analyzer model={self._arguments[0] or 'built-in'!r}>"

    def __call__(
        self, text: str | Path, *, id: str | None = None, title: str | None = None, date: str | None = None
    ) -> Document:
        """Analyses a text, or the file at a Path. Raises TextError."""
        path = ""
        if isinstance(text, Path):
            path, text = str(text), _read(text, TextError)
        return Document(self._native.analyze(text), path if id is None else id, title, date)

    def pipe(
        self,
        texts: Iterable[Article],
        *,
        threads: int = 0,
        batch_size: int = 256,
        on_error: Callable[[int, _newsnlp.Error], object] | None = None,
    ) -> Iterator[Document]:
        """Analyses many texts on all cores (or `threads`), in their order, a batch in memory at a time.

        What cannot be analysed raises TextError; with `on_error`, that is called with the text's index and the error,
        and the text is passed over.
        """
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        if threads < 0:
            raise ValueError("threads must be at least 0")
        return self._pipe(iter(texts), threads, batch_size, on_error)

    def _pipe(
        self,
        texts: Iterator[Article],
        threads: int,
        batch_size: int,
        on_error: Callable[[int, _newsnlp.Error], object] | None,
    ) -> Iterator[Document]:
        start = 0
        while batch := list(islice(texts, batch_size)):
            records: list[tuple[int, str, str, str | None, str | None] | tuple[int, TextError]] = []
            for index, item in enumerate(batch, start):
                try:
                    records.append((index, *_record(item)))
                except TextError as error:
                    records.append((index, error))
            native = iter(self._native.analyze_many([r[1] for r in records if len(r) == 5], threads))
            for record in records:
                result = record[1] if len(record) == 2 else next(native)
                if len(record) == 5 and isinstance(result, _newsnlp.Document):
                    yield Document(result, *record[2:])
                elif isinstance(result, TextError):
                    if on_error is None:
                        raise result
                    on_error(record[0], result)
            start += len(batch)

    def explain(self, quote: Quote) -> list[str]:
        """The evidence for one quote, a line each, strongest first."""
        return self._native.explain(quote.document._native, quote.index)


def _record(item: Article) -> tuple[str, str, str | None, str | None]:
    if isinstance(item, str):
        return item, "", None, None
    if isinstance(item, Path):
        return _read(item, TextError), str(item), None, None
    if not isinstance(item, Mapping):
        raise TypeError(f"pipe takes str, Path or a record with \"text\", not {type(item).__name__}")
    title, date = item.get("title"), item.get("date")
    return (
        item["text"],
        str(item.get("id", "")),
        None if title is None else str(title),
        None if date is None else str(date),
    )


def load(
    model: str | os.PathLike[str] | None = None,
    *,
    names: Lines | None = None,
    aliases: Lines | None = None,
    cues: Lines | None = None,
    patterns: str | os.PathLike[str] | None = None,
    min_score: float | None = None,
    min_speaker_score: float | None = None,
    max_bytes: int | None = None,
) -> Analyzer:
    """The built-in model, or the one of a file, with a person's own lists.

    names: (name, type, "force" | "help" | "never"); aliases: (alias, name, type, role); cues: (cue, kind); each as a
    tab-separated file or as tuples. patterns: a file of attribution patterns. Quotes that score below min_score are
    left out; no speaker below min_speaker_score is named. Raises ModelError and ListError.
    """
    return Analyzer(
        (
            None if model is None else os.fspath(model),
            _lines(names, "names"),
            _lines(aliases, "aliases"),
            _lines(cues, "cues"),
            "" if patterns is None else _read(Path(patterns), ListError),
            min_score,
            min_speaker_score,
            max_bytes,
        )
    )
