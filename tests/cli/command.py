"""The program under test: NEWSNLP, or build/release/newsnlp."""

import os
import subprocess
from pathlib import Path
from typing import Callable

PROGRAM = os.environ.get("NEWSNLP", str(Path(__file__).parents[2] / "build/release/newsnlp"))

Run = Callable[..., "subprocess.CompletedProcess[str]"]
