import copy
import pickle
from typing import Any

import newsnlp
import pytest
from hand_made import TEXT, pack_hand_made
from newsnlp import _newsnlp


def test_spans_slice_the_very_text_that_was_given(hand_made: newsnlp.Document) -> None:
    assert hand_made.text is TEXT
    for layer in ("tokens", "sentences", "paragraphs", "mentions", "entities", "roles"):
        items = getattr(hand_made, layer)
        assert len(items) > 0
        for item in items:
            assert TEXT[item.start : item.end] == item.text == str(item) == item.span.text
    assert [m.text for m in hand_made.mentions] == ["Ann Lee", "<it>"]


def test_a_quote_tells_who_said_what(hand_made: newsnlp.Document) -> None:
    said, denied = hand_made.quotes
    assert (said.who, said.role, str(said.cue), said.text) == ("Ann Lee", "mayor", "said", "“Gö🚀,”")
    assert (said.type, said.speech, said.polarity, said.certainty) == ("direct", True, "affirmed", "asserted")
    assert (said.resolution, said.abstention, said.relay_name) == ("named", "none", "Ann Lee")
    assert said.speaker is not None and said.speaker.quotes == [said]
    assert said.score == pytest.approx(0.97) and said.speaker_score == pytest.approx(0.9)
    assert TEXT[said.source.start : said.source.end] == "mayor Ann Lee"
    assert not said.addressee and said.addressee.text == "" and len(said.content) == 1
    assert denied.speaker is None and denied.speaker_name is None and denied.who == "She"
    assert (denied.speech, denied.polarity, denied.certainty) == (False, "denied", "hedged")
    assert (denied.abstention, denied.role, denied.nested_in) == ("too_close", None, None)
    assert [(e.name, s) for e, s in denied.candidates] == [("Ann Lee", 0.5)] and said.candidates == []


def test_an_empty_field_says_so_when_its_place_is_asked(hand_made: newsnlp.Document) -> None:
    with pytest.raises(ValueError, match="empty"):
        _ = hand_made.quotes[0].addressee.start


def test_entities_and_paragraphs(hand_made: newsnlp.Document) -> None:
    (ann,) = hand_made.entities
    assert (ann.name, ann.type, ann.gender, ann.named, ann.group) == ("Ann Lee", "PERSON", "female", True, False)
    assert ann.key == "PERSON:ann lee"
    assert [r.text for r in ann.roles] == ["mayor"] and ann.roles[0].entity == ann
    assert [m.text for m in ann.mentions] == ["Ann Lee"]
    assert hand_made.mentions[1].entity is None and hand_made.mentions[1].type == "MONEY"
    assert [p.kind for p in hand_made.paragraphs] == ["headline", "body"]
    assert [len(p.sentences) for p in hand_made.paragraphs] == [1, 2]
    assert [t.text for t in hand_made.sentences[1].tokens] == ["“Gö🚀,”", "said mayor Ann Lee."]


def test_representations(hand_made: newsnlp.Document) -> None:
    assert repr(hand_made.quotes[0]) == "<Quote direct: Ann Lee said “Gö🚀,” 0.97>"
    assert repr(hand_made) == f"<newsnlp.Document 'rocket.txt': {len(TEXT)} characters, 1 entities, 2 quotes>"
    assert repr(hand_made.entities[0]) == "<Entity PERSON 'Ann Lee' (mayor)>"
    assert repr(hand_made.quotes[0].cue) == "<Spans 'said'>"
    html = hand_made._repr_html_()
    assert "“Gö🚀,”" in html and "&lt;it&gt;" in html and "<it>" not in html
    assert hand_made.quotes[0]._repr_html_().startswith("<table>")


def test_layers_are_sequences(hand_made: newsnlp.Document) -> None:
    tokens = hand_made.tokens
    assert tokens[-1] == list(tokens)[-1] and tokens[1:3] == [tokens[1], tokens[2]]
    assert len(hand_made) == len(tokens) == 4
    with pytest.raises(IndexError):
        _ = tokens[4]
    with pytest.raises(IndexError):
        hand_made.span(0, 1000)


def test_json_and_dictionary_agree_with_the_views(hand_made: newsnlp.Document) -> None:
    d = hand_made.to_dict()
    assert d["id"] == "rocket.txt" and d["offsets"] == "codepoint"
    for q, json in zip(hand_made.quotes, d["quotes"]):
        assert [[s.start, s.end] for s in q.content] == json["content"]
        assert (q.type, q.speech, q.polarity) == (json["type"], json["speech"], json["polarity"])
    for unit, end in (("codepoint", 8), ("utf16", 9), ("byte", 11)):
        assert f'"offsets":"{unit}","paragraphs":[{{"start":0,"end":{end},' in hand_made.to_json(offsets=unit)
    with pytest.raises(ValueError, match="codepoint"):
        hand_made.to_json(offsets="words")


def test_an_id_need_not_be_text_that_can_be_written(nlp: newsnlp.Analyzer) -> None:
    doc = nlp("He left.", id="bad\udcff🚀.txt", title="\ud800", date="x")
    assert '"id":"bad\ufffd🚀.txt","title":"\ufffd","date":"x"' in doc.to_json()


def test_an_entity_that_is_none_has_no_key(hand_made: newsnlp.Document) -> None:
    with pytest.raises(IndexError):
        hand_made._native.key(len(hand_made.entities))


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_everything_pickles(hand_made: newsnlp.Document, protocol: int) -> None:
    things: list[Any] = [
        hand_made,
        hand_made.quotes,
        hand_made.quotes[1],
        hand_made.entities[0],
        hand_made.mentions[0],
        hand_made.quotes[0].source,
        hand_made.quotes[0].source[0],
        hand_made.tokens[0],
    ]
    for thing, back in zip(things, pickle.loads(pickle.dumps(things, protocol))):
        assert type(back) is type(thing) and back == thing
    assert pickle.loads(pickle.dumps(hand_made)).to_json() == hand_made.to_json()
    assert copy.deepcopy(hand_made.quotes[0]) == hand_made.quotes[0]


def test_a_damaged_pickle_is_an_error_and_never_a_crash() -> None:
    packed = pack_hand_made()
    for size in range(len(packed)):
        with pytest.raises(newsnlp.Error):
            _newsnlp.Document.unpack(TEXT, packed[:size])
    for i in range(len(packed)):
        for bit in (1, 0x80):
            bad = bytearray(packed)
            bad[i] ^= bit
            try:
                newsnlp.Document(_newsnlp.Document.unpack(TEXT, bytes(bad))).to_json()
            except newsnlp.Error:
                pass
        for number in (1, 0xFFFFFFF0, 0xFFFFFFFF):
            bad = bytearray(packed)
            bad[i : i + 4] = number.to_bytes(4, "little")
            try:
                doc = newsnlp.Document(_newsnlp.Document.unpack(TEXT, bytes(bad[: len(packed)])))
                doc.to_json()
                for layer in ("quotes", "spans", "candidates", "quote_candidates"):
                    doc.columns(layer)
            except newsnlp.Error:
                pass
    with pytest.raises(newsnlp.Error):
        _newsnlp.Document.unpack("another text", packed)
