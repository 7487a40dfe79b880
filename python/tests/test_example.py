import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "who_said_what.py"


def test_the_example_runs(article: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(article, encoding="utf-8")
    done = subprocess.run([sys.executable, EXAMPLE, "article.txt"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(line.count(" | ") == 3 for line in done.stdout.splitlines())
