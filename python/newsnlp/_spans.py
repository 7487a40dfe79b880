"""Stretches of a document's text. They hold their document and numbers; texts are slices of the caller's own str."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from ._document import Document


def short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 2].rstrip() + " …"


class Span:
    """A stretch of the text: `document.text[start:end]`, in code points."""

    __slots__ = ("document", "end", "start")

    def __init__(self, document: Document, start: int, end: int) -> None:
        self.document = document
        self.start = start
        self.end = end

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return self.end - self.start

    def __repr__(self) -> str:
        return f"<Span {self.start}:{self.end} {short(self.text, 40)!r}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        return (self.start, self.end) == (other.start, other.end) and self.document == other.document

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __reduce__(self) -> tuple[type[Span], tuple[Document, int, int]]:
        return Span, (self.document, self.start, self.end)


class Spans(Sequence[Span]):
    """The spans of one field of a quote, in text order; falsy when there is none. str() joins them with a space."""

    __slots__ = ("_begin", "_end", "document")

    def __init__(self, document: Document, begin: int, end: int) -> None:
        self.document = document
        self._begin = begin
        self._end = end

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> list[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | list[Span]:
        at = range(self._begin, self._end)[index]
        columns = self.document.columns("spans")
        if isinstance(at, range):
            return [Span(self.document, columns["start"][i], columns["end"][i]) for i in at]
        return Span(self.document, columns["start"][at], columns["end"][at])

    def __len__(self) -> int:
        return self._end - self._begin

    def _some(self) -> None:
        if self._begin == self._end:
            raise ValueError("this field of the quote is empty; ask `if quote.source:` before its start")

    @property
    def start(self) -> int:
        """Of the first span. ValueError when there is none."""
        self._some()
        return self[0].start

    @property
    def end(self) -> int:
        """Of the last span. ValueError when there is none."""
        self._some()
        return self[-1].end

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Spans {short(self.text, 60)!r}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spans):
            return NotImplemented
        return list(self) == list(other)

    def __hash__(self) -> int:
        return hash((self._begin, self._end))

    def __reduce__(self) -> tuple[type[Spans], tuple[Document, int, int]]:
        return Spans, (self.document, self._begin, self._end)
