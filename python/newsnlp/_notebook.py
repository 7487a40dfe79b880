"""How documents and quotes look in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._document import Document
    from ._views import Quote

_HEAD = "<tr><th>who</th><th>how</th><th style='text-align:left'>what</th><th>sure</th></tr>"


def _row(q: Quote) -> str:
    who = escape(q.who or "nobody named") + (f"<br><small>{escape(q.role)}</small>" if q.role else "")
    how = [str(q.cue), q.type]
    if not q.speech:
        how.append("not speech")
    if q.polarity != "affirmed":
        how.append(q.polarity)
    if q.certainty != "asserted":
        how.append(q.certainty)
    if q.relay:
        how.append("via " + q.relay_name)
    return (
        f"<tr><td>{who}</td><td>{escape(' · '.join(h for h in how if h))}</td>"
        f"<td style='text-align:left;white-space:normal'>{escape(q.text)}</td><td>{q.score:.0%}</td></tr>"
    )


def quote_html(q: Quote) -> str:
    return f"<table>{_HEAD}{_row(q)}</table>"


def document_html(doc: Document) -> str:
    if not doc.quotes:
        return "<i>no quotes found</i>"
    return f"<table>{_HEAD}{''.join(_row(q) for q in doc.quotes)}</table>"
