"""An analysed article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _newsnlp
from ._notebook import document_html
from ._spans import Span
from ._views import Entity, Layer, Mention, Paragraph, Quote, Role, Sentence, Token

if TYPE_CHECKING:
    import numpy


class Document:
    """Text and layers, immutable. Every view holds its document; the text is the very str that was given."""

    __slots__ = ("_columns", "_layers", "_native", "date", "id", "title")

    def __init__(
        self, native: _newsnlp.Document, id: str = "", title: str | None = None, date: str | None = None
    ) -> None:
        self._native = native
        self._layers: dict[str, _newsnlp.Layer] = {}
        self._columns: dict[str, dict[str, memoryview]] = {}
        self.id = id
        self.title = title
        self.date = date

    def columns(self, layer: str) -> dict[str, memoryview]:
        """One layer as columns of numbers: tokens, sentences, paragraphs, mentions, entities, roles, quotes or spans.

        Offsets are code points; 0xFFFFFFFF is an absent index; enumerators are numbers of newsnlp._newsnlp.names.
        """
        if layer not in self._columns:
            self._columns[layer] = self._layer(layer).memory_views()
        return self._columns[layer]

    def arrays(self, layer: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """The same columns as NumPy arrays, read-only views of the memory that C++ filled. Needs NumPy."""
        return self._layer(layer).numpy_arrays()

    def _layer(self, name: str) -> _newsnlp.Layer:
        if name not in self._layers:
            self._layers[name] = self._native.layer(name)
        return self._layers[name]

    @property
    def text(self) -> str:
        return self._native.text

    @property
    def tokens(self) -> Layer[Token]:
        return Layer(self, Token, "tokens")

    @property
    def sentences(self) -> Layer[Sentence]:
        return Layer(self, Sentence, "sentences")

    @property
    def paragraphs(self) -> Layer[Paragraph]:
        return Layer(self, Paragraph, "paragraphs")

    @property
    def mentions(self) -> Layer[Mention]:
        return Layer(self, Mention, "mentions")

    @property
    def entities(self) -> Layer[Entity]:
        return Layer(self, Entity, "entities")

    @property
    def roles(self) -> Layer[Role]:
        return Layer(self, Role, "roles")

    @property
    def quotes(self) -> Layer[Quote]:
        return Layer(self, Quote, "quotes")

    def span(self, start: int, end: int) -> Span:
        """The stretch text[start:end]."""
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"no span [{start}, {end}) in a text of {len(self.text)} characters")
        return Span(self, start, end)

    def to_json(self, *, offsets: str = "codepoint") -> str:
        """One line, as docs/json.md says; offsets: codepoint, byte or utf16."""
        title = None if self.title is None else _whole(self.title)
        date = None if self.date is None else _whole(self.date)
        return self._native.to_json(_whole(self.id), title, date, offsets)

    def to_dict(self) -> dict[str, Any]:
        """What to_json() writes, as Python objects."""
        out: dict[str, Any] = json.loads(self.to_json())
        return out

    def __len__(self) -> int:
        """Number of tokens."""
        return len(self.tokens)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        name = f" {self.id!r}" if self.id else ""
        return (
            f"<newsnlp.Document{name}: {len(self.text)} characters, {len(self.entities)} entities, "
            f"{len(self.quotes)} quotes>"
        )

    def _repr_html_(self) -> str:
        return document_html(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        if self._native is other._native:
            return True
        return self.text == other.text and self._native.pack() == other._native.pack()

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.text, self._native.pack(), self.id, self.title, self.date)


def _whole(text: str) -> str:
    """With U+FFFD in place of each lone surrogate, which stands for a bad byte of a file name."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _restore(text: str, packed: bytes, id: str, title: str | None, date: str | None) -> Document:
    return Document(_newsnlp.Document.unpack(text, packed), id, title, date)
