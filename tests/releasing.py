"""Makes the file that HACS installs, as the script does it at a release."""

from pathlib import Path
import shutil
import subprocess

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path("custom_components") / "back_exercise"
ZIP = "back_exercise.zip"
PARTS = ("script/release", "hacs.json", "CHANGELOG.md", ".gitignore", str(PACKAGE))
"""What a release is made of."""


def git(root: Path, *arguments: str) -> str:
    """Have git do something in a folder; return what it says."""
    command = [
        *("git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"),
        *("-c", "commit.gpgsign=false", "-c", "core.hooksPath=", *arguments),
    ]
    return subprocess.run(  # noqa: S603  # arguments from here
        command, cwd=root, check=True, capture_output=True, text=True
    ).stdout


def tracked(*parts: str) -> list[str]:
    """Return the files of this tree as they would be in a commit, sorted."""
    known = git(
        *(ROOT, "ls-files", "--cached", "--others", "--exclude-standard"),
        *("--", *parts),
    )
    return sorted(name for name in known.splitlines() if (ROOT / name).exists())


def checkout(folder: Path, version: str) -> Path:
    """Make a repository of this tree whose one commit has changes for a version."""
    root = folder / "checkout"
    for name in tracked(*PARTS):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    with (root / "CHANGELOG.md").open("a", encoding="utf-8") as changes:
        changes.write(f"\n## {version}\n\n- Something.\n")
    git(root, "init", "--quiet")
    commit(root)
    return root


def commit(root: Path) -> None:
    """Commit all that is there."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All")


def release(
    root: Path, version: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the script of a repository, into that folder or where the person is."""
    return subprocess.run(  # noqa: S603  # arguments from here
        [str(root / "script" / "release"), version, *([str(folder)] if folder else [])],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
