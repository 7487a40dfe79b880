from typing import Any

import newsnlp
import pytest
from newsnlp._tables import _TABLES

COLUMNS = [
    *("id", "quote", "type", "speech", "speaker", "role", "cue", "content", "source", "addressee", "relay", "polarity"),
    *("certainty", "nested_in", "resolution", "score", "start", "end"),
]


def test_pandas_has_a_row_a_quote(hand_made: newsnlp.Document) -> None:
    table = newsnlp.to_pandas([hand_made, hand_made])
    assert list(table.columns) == COLUMNS and len(table) == 4
    assert table["speaker"][0] == "Ann Lee" and table["speaker"].isna()[1]
    assert list(table["start"][:2]) == [q.start for q in hand_made.quotes]
    assert table["speech"].dtype == bool and table["score"].dtype == float


def test_arrow_has_the_same_rows_and_fixed_types(hand_made: newsnlp.Document) -> None:
    table = newsnlp.to_arrow(hand_made)
    assert table.column_names == COLUMNS
    assert table.column("content").to_pylist() == [q.text for q in hand_made.quotes]
    assert table.schema == newsnlp.to_arrow([]).schema


@pytest.mark.parametrize("what", _TABLES)
def test_every_layer_has_a_table(hand_made: newsnlp.Document, what: Any) -> None:
    assert len(newsnlp.to_pandas(hand_made, what)) == len(getattr(hand_made, what))
    assert newsnlp.to_arrow(hand_made, what).num_rows == len(getattr(hand_made, what))


def test_an_unknown_table_is_named(hand_made: newsnlp.Document) -> None:
    with pytest.raises(ValueError, match="quotes, mentions, entities, tokens"):
        newsnlp.to_pandas(hand_made, "words")  # type: ignore[arg-type]


@pytest.mark.parametrize("layer", ["tokens", "mentions", "quotes", "spans"])
def test_arrays_are_the_columns_themselves(hand_made: newsnlp.Document, layer: str) -> None:
    arrays = hand_made.arrays(layer)
    for name, column in hand_made.columns(layer).items():
        assert arrays[name].tolist() == column.tolist()
        assert not arrays[name].flags.owndata and not arrays[name].flags.writeable
