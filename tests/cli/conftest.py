"""Runs the command line as a person or a script does."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command import PROGRAM, Run


@pytest.fixture
def newsnlp(tmp_path: Path) -> Run:
    """newsnlp("--format", "json", "a.txt", stdin=b"…", env={…}): runs in a folder of its own."""

    def run(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        stdin = options.pop("stdin", b"")
        env = os.environ | options.pop("env", {})
        done = subprocess.run([PROGRAM, *arguments], cwd=tmp_path, input=stdin, capture_output=True, timeout=60, env=env)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def program() -> str:
    return PROGRAM


ARTICLE = """Harbour bridge to close 🚧 for a year

PORT ELLIS — “We have no choice,” said mayor Maria Alvarez on Tuesday. She told reporters that the bridge, built in 1931,
would cost “more than €40 million” to repair.

Opponents were not convinced. According to the Port Ellis Gazette, shop owners said they feared for their trade.
"""


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return ARTICLE
