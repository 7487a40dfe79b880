"""Documents as one table, for pandas and Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal

from ._document import Document
from ._views import Entity, Mention, Quote, Token

if TYPE_CHECKING:
    import pandas
    import pyarrow

What = Literal["quotes", "mentions", "entities", "tokens"]

_QUOTES: dict[str, Callable[[Quote], object]] = {
    "quote": lambda q: q.index,
    "type": lambda q: q.type,
    "speech": lambda q: q.speech,
    "speaker": lambda q: q.speaker_name,
    "role": lambda q: q.role,
    "cue": lambda q: q.cue.text,
    "content": lambda q: q.text,
    "source": lambda q: q.source.text,
    "addressee": lambda q: q.addressee.text,
    "relay": lambda q: q.relay_name,
    "polarity": lambda q: q.polarity,
    "certainty": lambda q: q.certainty,
    "nested_in": lambda q: None if q.nested_in is None else q.nested_in.index,
    "resolution": lambda q: q.resolution,
    "score": lambda q: q.score,
    "start": lambda q: q.start,
    "end": lambda q: q.end,
}
_MENTIONS: dict[str, Callable[[Mention], object]] = {
    "text": lambda m: m.text,
    "type": lambda m: m.type,
    "entity": lambda m: None if m.entity is None else m.entity.index,
    "score": lambda m: m.score,
    "start": lambda m: m.start,
    "end": lambda m: m.end,
}
_ENTITIES: dict[str, Callable[[Entity], object]] = {
    "entity": lambda e: e.index,
    "type": lambda e: e.type,
    "name": lambda e: e.name,
    "roles": lambda e: [r.text for r in e.roles],
    "gender": lambda e: e.gender,
    "named": lambda e: e.named,
    "group": lambda e: e.group,
    "key": lambda e: e.key,
    "mentions": lambda e: len(e.mentions),
    "quotes": lambda e: len(e.quotes),
}
_TOKENS: dict[str, Callable[[Token], object]] = {
    "text": lambda t: t.text,
    "kind": lambda t: t.kind,
    "tag": lambda t: t.tag,
    "start": lambda t: t.start,
    "end": lambda t: t.end,
}
_TABLES: dict[str, dict[str, Callable[[Any], object]]] = {
    "quotes": _QUOTES,
    "mentions": _MENTIONS,
    "entities": _ENTITIES,
    "tokens": _TOKENS,
}
_INTEGERS = ("quote", "nested_in", "entity", "start", "end", "mentions", "quotes")


def _columns(docs: Iterable[Document] | Document, what: What) -> dict[str, list[object]]:
    """A document without an id gets its number, from 0."""
    if what not in _TABLES:
        raise ValueError(f"what must be one of {', '.join(_TABLES)}")
    table = _TABLES[what]
    out: dict[str, list[object]] = {"id": [], **{name: [] for name in table}}
    for number, doc in enumerate([docs] if isinstance(docs, Document) else docs):
        for item in getattr(doc, what):
            out["id"].append(doc.id or str(number))
            for name, value in table.items():
                out[name].append(value(item))
    return out


def to_pandas(docs: Iterable[Document] | Document, what: What = "quotes") -> pandas.DataFrame:
    """One row a quote (or mention, entity, token) of all documents; the columns of the command line's csv."""
    try:
        import pandas
    except ImportError:
        raise ImportError("to_pandas needs pandas: pip install pandas") from None
    columns = _columns(docs, what)
    return pandas.DataFrame(
        {k: pandas.array(v, dtype="Int64") if k in _INTEGERS else v for k, v in columns.items()}
    )


def to_arrow(docs: Iterable[Document] | Document, what: What = "quotes") -> pyarrow.Table:
    """The same table as to_pandas(), as Arrow columns; the types do not depend on the rows."""
    try:
        import pyarrow
    except ImportError:
        raise ImportError("to_arrow needs pyarrow: pip install pyarrow") from None
    types = {
        **{k: pyarrow.uint32() for k in _INTEGERS},
        **{k: pyarrow.bool_() for k in ("speech", "named", "group")},
        "score": pyarrow.float32(),
        "roles": pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.table(
        {k: pyarrow.array(v, type=types.get(k, pyarrow.string())) for k, v in _columns(docs, what).items()}
    )
