import gc
from typing import Any

import newsnlp
import pyarrow
import pytest
from newsnlp import _newsnlp

LAYERS = ["tokens", "sentences", "paragraphs", "mentions", "entities", "roles", "quotes"]
CHOICES = {"kind": "token_kind", "tag": "tag", "type": "entity_type", "gender": "gender", "polarity": "polarity"}
CHOICES |= {"certainty": "certainty", "resolution": "resolution", "abstention": "abstention"}
FLAGS = ("speech", "named", "group")


def names_of(layer: str, column: str) -> tuple[str, ...]:
    name = {("quotes", "type"): "quote_type", ("paragraphs", "kind"): "paragraph_kind"}.get((layer, column))
    return _newsnlp.names[name or CHOICES[column]]


def expected(layer: str, column: str, value: Any) -> object:
    if column in CHOICES:
        return names_of(layer, column)[value]
    if column in FLAGS:
        return bool(value)
    return None if value == 0xFFFFFFFF else value


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_a_record_batch(hand_made: newsnlp.Document, layer: str) -> None:
    batch = pyarrow.record_batch(getattr(hand_made, layer))
    batch.validate(full=True)
    columns = hand_made.columns(layer)
    assert batch.schema.names == list(columns)
    assert batch.num_rows == len(getattr(hand_made, layer))
    for name, values in columns.items():
        assert batch.column(name).to_pylist() == [expected(layer, name, v) for v in values], name


def test_absent_indices_are_nulls(hand_made: newsnlp.Document) -> None:
    speakers = pyarrow.record_batch(hand_made.quotes).column("speaker")
    assert [q.speaker is None for q in hand_made.quotes] == [s is None for s in speakers.to_pylist()]
    assert 0 < speakers.null_count < len(speakers)


@pytest.mark.parametrize("layer", LAYERS)
def test_numbers_are_not_copied(hand_made: newsnlp.Document, layer: str) -> None:
    batch = pyarrow.record_batch(getattr(hand_made, layer))
    for name, values in hand_made.arrays(layer).items():
        column = batch.column(name)
        if len(column) > 0 and name not in FLAGS:
            indices = column.indices if name in CHOICES else column
            assert indices.buffers()[1].address == values.ctypes.data, name


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_a_stream_of_one_batch(hand_made: newsnlp.Document, layer: str) -> None:
    view = getattr(hand_made, layer)
    reader = pyarrow.RecordBatchReader.from_stream(view)
    assert reader.schema == pyarrow.record_batch(view).schema
    assert [b.to_pylist() for b in reader] == [pyarrow.record_batch(view).to_pylist()]
    assert pyarrow.table(view).num_rows == len(view)


def test_arrays_outlive_the_document(nlp: newsnlp.Analyzer, article: str) -> None:
    doc = nlp(article)
    starts = pyarrow.array(doc.tokens).field("start")  # a child, moved out of its struct
    wanted = [t.start for t in doc.tokens]
    table = pyarrow.table(doc.quotes)
    quotes = table.to_pylist()
    tags = doc.arrays("tokens")["tag"]
    numbers = tags.tolist()
    del doc
    gc.collect()
    other = [nlp(article + str(i)) for i in range(20)]  # takes the memory if it was given back
    assert starts.to_pylist() == wanted and table.to_pylist() == quotes and len(other) == 20
    assert tags.tolist() == numbers


def test_what_nobody_takes_is_released(hand_made: newsnlp.Document) -> None:
    for _ in range(100):
        schema, array = hand_made.quotes.__arrow_c_array__()
        stream = hand_made.quotes.__arrow_c_stream__()
        del schema, array, stream
    schema, array = hand_made.tokens.__arrow_c_array__()
    assert "arrow_schema" in repr(schema) and "arrow_array" in repr(array)


def test_an_empty_document_has_empty_batches(nlp: newsnlp.Analyzer) -> None:
    for layer in LAYERS:
        batch = pyarrow.record_batch(getattr(nlp(""), layer))
        batch.validate(full=True)
        assert batch.num_rows == 0
