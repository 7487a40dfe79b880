"""The package is typed: strict mypy on it, and the stubs agree with the extension."""

import subprocess
import sys
from pathlib import Path

CONFIGURATION = str(Path(__file__).parents[2] / "pyproject.toml")


def run(*arguments: str, folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_strict(tmp_path: Path) -> None:
    run("mypy", "--strict", "--config-file", CONFIGURATION, "-p", "newsnlp", folder=tmp_path)


def test_stubs_agree_with_the_extension(tmp_path: Path) -> None:
    # An extension shows no signatures; pybind11 adds a metaclass and an attribute of its own.
    allowed = tmp_path / "allowed"
    allowed.write_text(
        r"newsnlp\._newsnlp\.(Analyzer|Column|Document|Layer)(\.(__init__|__buffer__|_pybind11_conduit_v1_))?" + "\n"
    )
    run(
        *("mypy.stubtest", "newsnlp._newsnlp", "--mypy-config-file", CONFIGURATION, "--allowlist", str(allowed)),
        *("--ignore-unused-allowlist", "--ignore-positional-only"),
        folder=tmp_path,
    )
