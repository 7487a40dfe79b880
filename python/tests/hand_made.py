"""A document made by hand, so that what is tested here does not depend on what the model finds."""

import struct

TEXT = "🚀 Launch\n“Gö🚀,” said mayor Ann Lee. She denied <it>."
NONE = 0xFFFFFFFF


def at(words: str) -> tuple[int, int]:
    """Byte span of the words."""
    begin = TEXT.encode().index(words.encode())
    return begin, begin + len(words.encode())


def pack_hand_made() -> bytes:
    """The layers as python/columns.cpp packs them: a count and the rows of each layer."""

    def layer(layout: str, *rows: tuple[float, ...]) -> bytes:
        return struct.pack("<I", len(rows)) + b"".join(struct.pack("<" + layout, *row) for row in rows)

    head, quoted, rest, denial = at("🚀 Launch"), at("“Gö🚀,”"), at("said mayor Ann Lee."), at("She denied <it>.")
    spans = [quoted, at("said"), at("mayor Ann Lee"), at("Ann Lee"), at("<it>"), at("denied"), at("She")]
    female, direct, indirect = 2, 0, 2
    quotes = [
        # type, speech, content, cue, source, addressee, relay, speaker, role, nested_in, both scores,
        # abstention, polarity, certainty, resolution
        (direct, 1, 0, 1, 1, 2, 2, 3, 3, 3, 3, 4, 0, 0, NONE, 0.97, 0.9, 0, 0, 0, 0),
        (indirect, 0, 4, 5, 5, 6, 6, 7, 7, 7, 7, 7, NONE, NONE, NONE, 0.5, 0.0, 3, 1, 1, 5),
    ]
    return struct.pack("<I", 1) + b"".join(
        [
            layer("2I2B", (*head, 0, 12), (*quoted, 2, 0), (*rest, 0, 0), (*denial, 0, 0)),
            layer("4I", (*head, 0, 1), (quoted[0], rest[1], 1, 3), (*denial, 3, 4)),
            layer("4IB", (*head, 0, 1, 1), (quoted[0], denial[1], 1, 3, 0)),
            layer("2IBIf", (*at("Ann Lee"), 0, 0, 0.99), (*at("<it>"), 6, NONE, 0.5)),
            layer("2IB2I3B", (*at("Ann Lee"), 0, 0, 1, female, 1, 0)),
            layer("3I", (*at("mayor"), 0)),
            layer("2B13I2f4B", *quotes),
            layer("2I", *spans),
            layer("If", (0, 0.5)),
            layer("2I", (0, 0), (0, 1)),
        ]
    )
