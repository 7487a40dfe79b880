"""Who said what in the news.

>>> import newsnlp
>>> nlp = newsnlp.load()
>>> doc = nlp("“We have no choice,” mayor Ann Lee told reporters.")
>>> for q in doc.quotes:
...     print(q.who, q.cue, q.text, q.score)

Offsets are code points of the str that was given: ``text[s.start:s.end] == s.text`` holds for every span.
"""

from ._analyzer import Analyzer, load
from ._document import Document
from ._newsnlp import Error, ListError, ModelError, TextError
from ._newsnlp import version as __version__
from ._spans import Span, Spans
from ._tables import to_arrow, to_pandas
from ._views import Entity, Layer, Mention, Paragraph, Quote, Role, Sentence, Token

__all__ = [
    "Analyzer",
    "Document",
    "Entity",
    "Error",
    "Layer",
    "ListError",
    "Mention",
    "ModelError",
    "Paragraph",
    "Quote",
    "Role",
    "Sentence",
    "Span",
    "Spans",
    "TextError",
    "Token",
    "__version__",
    "load",
    "to_arrow",
    "to_pandas",
]
