"""Views of a document's layers. A view holds its document and numbers, nothing else; texts are slices of the caller's
own str. Two views are equal when they show the same place of the same document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, overload

from . import _newsnlp
from ._notebook import quote_html
from ._spans import Span, Spans, short

if TYPE_CHECKING:
    from ._document import Document

_ABSENT = 0xFFFFFFFF
_NAMES = _newsnlp.names

T = TypeVar("T")


class _Item:
    """A row of a layer: `document` and `index`."""

    __slots__ = ("document", "index")
    _layer = ""

    def __init__(self, document: Document, index: int) -> None:
        self.document = document
        self.index = index

    def _get(self, column: str) -> int:
        value: int = self.document.columns(self._layer)[column][self.index]
        return value

    def _real(self, column: str) -> float:
        value: float = self.document.columns(self._layer)[column][self.index]
        return value

    def _index(self, column: str) -> int | None:
        value = self._get(column)
        return None if value == _ABSENT else value

    def _items(self, kind: Callable[[Document, int], T], column: str) -> list[T]:
        return [kind(self.document, i) for i in range(self._get(column + "_begin"), self._get(column + "_end"))]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Item):
            return NotImplemented
        return type(self) is type(other) and self.index == other.index and self.document == other.document

    def __hash__(self) -> int:
        return hash((self._layer, self.index))

    def __reduce__(self) -> tuple[type[_Item], tuple[Document, int]]:
        return type(self), (self.document, self.index)


class _SpanItem(_Item):
    """A row of a layer that is a stretch of the text: `text`, `start`, `end`."""

    __slots__ = ()

    @property
    def start(self) -> int:
        return self._get("start")

    @property
    def end(self) -> int:
        return self._get("end")

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.start}:{self.end} {short(self.text, 40)!r}>"


class Token(_SpanItem):
    __slots__ = ()
    _layer = "tokens"

    @property
    def kind(self) -> str:
        """word, number, punctuation, symbol or url"""
        return _NAMES["token_kind"][self._get("kind")]

    @property
    def tag(self) -> str:
        """Part of speech, a Penn Treebank tag."""
        return _NAMES["tag"][self._get("tag")]


class Sentence(_SpanItem):
    __slots__ = ()
    _layer = "sentences"

    @property
    def tokens(self) -> list[Token]:
        return self._items(Token, "tokens")


class Paragraph(_SpanItem):
    __slots__ = ()
    _layer = "paragraphs"

    @property
    def kind(self) -> str:
        """body, headline or boilerplate"""
        return _NAMES["paragraph_kind"][self._get("kind")]

    @property
    def sentences(self) -> list[Sentence]:
        return self._items(Sentence, "sentences")


class Mention(_SpanItem):
    """One occurrence of a name, date, amount or address."""

    __slots__ = ()
    _layer = "mentions"

    @property
    def type(self) -> str:
        return _NAMES["entity_type"][self._get("type")]

    @property
    def entity(self) -> Entity | None:
        index = self._index("entity")
        return None if index is None else Entity(self.document, index)

    @property
    def score(self) -> float:
        return self._real("score")

    def __repr__(self) -> str:
        return f"<Mention {self.type} {short(self.text, 40)!r} {self.score:.2f}>"


class Role(_SpanItem):
    """An office, a trade, a function of one entity."""

    __slots__ = ()
    _layer = "roles"

    @property
    def entity(self) -> Entity:
        return Entity(self.document, self._get("entity"))


class Entity(_SpanItem):
    """What mentions name. Its span is its fullest form in the text."""

    __slots__ = ()
    _layer = "entities"

    @property
    def name(self) -> str:
        return self.text

    @property
    def type(self) -> str:
        return _NAMES["entity_type"][self._get("type")]

    @property
    def roles(self) -> list[Role]:
        return self._items(Role, "roles")

    @property
    def gender(self) -> str:
        """male, female or unknown: evidence for pronouns, not a fact about a person"""
        return _NAMES["gender"][self._get("gender")]

    @property
    def named(self) -> bool:
        return bool(self._get("named"))

    @property
    def group(self) -> bool:
        return bool(self._get("group"))

    @property
    def key(self) -> str:
        """The same in other articles ("PERSON:jose garcia"), "" without a name. Namesakes share it: no identity."""
        return self.document._native.key(self.index)

    @property
    def mentions(self) -> list[Mention]:
        entities = self.document.columns("mentions")["entity"]
        return [Mention(self.document, i) for i, e in enumerate(entities) if e == self.index]

    @property
    def quotes(self) -> list[Quote]:
        """The quotes whose speaker it is."""
        speakers = self.document.columns("quotes")["speaker"]
        return [Quote(self.document, i) for i, e in enumerate(speakers) if e == self.index]

    def __repr__(self) -> str:
        roles = ", ".join(short(r.text, 30) for r in self.roles)
        return f"<Entity {self.type} {short(self.name, 40)!r}{f' ({roles})' if roles else ''}>"


class Quote(_Item):
    """An attributed statement: who said it, how, and what."""

    __slots__ = ()
    _layer = "quotes"

    def _spans(self, field: str) -> Spans:
        return Spans(self.document, self._get(field + "_begin"), self._get(field + "_end"))

    @property
    def type(self) -> str:
        """direct, mixed or indirect"""
        return _NAMES["quote_type"][self._get("type")]

    @property
    def speech(self) -> bool:
        """Said or written; False: thought, feared, expected."""
        return bool(self._get("speech"))

    @property
    def content(self) -> Spans:
        return self._spans("content")

    @property
    def cue(self) -> Spans:
        return self._spans("cue")

    @property
    def source(self) -> Spans:
        return self._spans("source")

    @property
    def addressee(self) -> Spans:
        return self._spans("addressee")

    @property
    def relay(self) -> Spans:
        """Who passed the statement on."""
        return self._spans("relay")

    @property
    def relay_name(self) -> str:
        """The name of the entity that the relay mentions, else the relay's own words, else ""."""
        if not self.relay:
            return ""
        first = self.relay[0]
        for m in self.document.mentions:
            if first.start <= m.start and m.end <= first.end and m.entity is not None:
                return m.entity.name
        return first.text

    @property
    def text(self) -> str:
        """The content, its pieces joined with a space."""
        return self.content.text

    @property
    def start(self) -> int:
        return self.content.start

    @property
    def end(self) -> int:
        return self.content.end

    @property
    def speaker(self) -> Entity | None:
        """Whom the source names."""
        index = self._index("speaker")
        return None if index is None else Entity(self.document, index)

    @property
    def speaker_name(self) -> str | None:
        speaker = self.speaker
        return None if speaker is None else speaker.name

    @property
    def speaker_score(self) -> float:
        """How sure the resolution is; 0 without a speaker."""
        return self._real("speaker_score")

    @property
    def who(self) -> str:
        """The speaker's name, else the words of the source, else ""."""
        speaker = self.speaker
        return self.source.text if speaker is None else speaker.name

    @property
    def role(self) -> str | None:
        """The speaker's role that stands nearest to the quote."""
        index = self._index("role")
        return None if index is None else Role(self.document, index).text

    @property
    def polarity(self) -> str:
        """affirmed or denied"""
        return _NAMES["polarity"][self._get("polarity")]

    @property
    def certainty(self) -> str:
        """asserted, hedged or expected"""
        return _NAMES["certainty"][self._get("certainty")]

    @property
    def nested_in(self) -> Quote | None:
        index = self._index("nested_in")
        return None if index is None else Quote(self.document, index)

    @property
    def resolution(self) -> str:
        """How the speaker was found: named, pronoun, role, group, continued or none."""
        return _NAMES["resolution"][self._get("resolution")]

    @property
    def abstention(self) -> str:
        """Why there is no speaker: not_asked, no_candidate, too_close, below_threshold; none when there is one."""
        return _NAMES["abstention"][self._get("abstention")]

    @property
    def candidates(self) -> list[tuple[Entity, float]]:
        """Whom the source may stand for, best first; empty where nothing had to be resolved."""
        ranges, pool = self.document.columns("quote_candidates"), self.document.columns("candidates")
        rows = range(ranges["begin"][self.index], ranges["end"][self.index])
        return [(Entity(self.document, pool["entity"][i]), pool["score"][i]) for i in rows]

    @property
    def score(self) -> float:
        """Calibrated: of quotes at 0.9, nine in ten are right."""
        return self._real("score")

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        words = [short(w, 40) for w in (self.who, self.cue.text) if w]
        return f"<Quote {self.type}: {' '.join([*words, short(self.text, 48)])} {self.score:.2f}>"

    def _repr_html_(self) -> str:
        return quote_html(self)


I = TypeVar("I", bound=_Item)


class Layer(Sequence[I]):
    """One layer of a document; its items are made when they are asked for."""

    __slots__ = ("_kind", "_name", "document")

    def __init__(self, document: Document, kind: type[I], name: str) -> None:
        self.document = document
        self._kind = kind
        self._name = name

    def __len__(self) -> int:
        return len(self.document._layer(self._name))

    @overload
    def __getitem__(self, index: int) -> I: ...
    @overload
    def __getitem__(self, index: slice) -> list[I]: ...
    def __getitem__(self, index: int | slice) -> I | list[I]:
        at = range(len(self))[index]
        if isinstance(at, range):
            return [self._kind(self.document, i) for i in at]
        return self._kind(self.document, at)

    def __iter__(self) -> Iterator[I]:
        for i in range(len(self)):
            yield self._kind(self.document, i)

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """Arrow's C data interface: pyarrow, polars, pandas and DuckDB read the columns where they lie."""
        return self.document._layer(self._name).arrow_array()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.document._layer(self._name).arrow_stream()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Layer):
            return NotImplemented
        return self._name == other._name and self.document == other.document

    def __hash__(self) -> int:
        return hash((self._name, self.document))

    def __repr__(self) -> str:
        return f"[{', '.join(repr(x) for x in self[:20])}{', …' if len(self) > 20 else ''}]"

    def __reduce__(self) -> tuple[type[Layer[I]], tuple[Document, type[I], str]]:
        return type(self), (self.document, self._kind, self._name)
