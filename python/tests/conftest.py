import newsnlp
import pytest
from hand_made import TEXT, pack_hand_made
from newsnlp import _newsnlp


@pytest.fixture(scope="session")
def hand_made() -> newsnlp.Document:
    return newsnlp.Document(_newsnlp.Document.unpack(TEXT, pack_hand_made()), "rocket.txt")


@pytest.fixture(scope="session")
def nlp() -> newsnlp.Analyzer:
    return newsnlp.load()


ARTICLE = """Harbour bridge to close 🚧 for a year

PORT ELLIS — “We have no choice,” said mayor Maria Alvarez on Tuesday. She told reporters that the bridge, built in 1931,
would cost “more than €40 million” to repair.

Opponents were not convinced. According to the Port Ellis Gazette, shop owners said they feared for their trade.
"""


@pytest.fixture(scope="session")
def article() -> str:
    return ARTICLE
