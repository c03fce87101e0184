"""The file of a release holds what HACS is to install, and is made the same again."""

from collections.abc import Callable
from hashlib import sha256
import json
from pathlib import Path
import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from .releasing import PACKAGE, ROOT, ZIP, checkout, commit, release, tracked

VERSION = "12.34.5"
IMPORTED = """
import importlib, pkgutil, sys
import custom_components.back_exercise as component
names = [each.name for each in pkgutil.walk_packages(
    component.__path__, component.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(component.__file__, len(names))
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of this tree; nothing in it is to be changed."""
    return checkout(tmp_path_factory.mktemp("release"), VERSION)


@pytest.fixture(scope="module")
def packed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a release."""
    folder = tmp_path_factory.mktemp("packed")
    answer = release(repository, VERSION, folder)
    assert answer.returncode == 0, answer.stderr
    return folder / ZIP


@pytest.fixture
def own(repository: Path, tmp_path: Path) -> Path:
    """Return a repository that a test may change."""
    return Path(shutil.copytree(repository, tmp_path / "own"))


def test_the_file_is_the_one_that_hacs_looks_for() -> None:
    hacs = json.loads((ROOT / "hacs.json").read_text())

    assert hacs["zip_release"] is True
    assert hacs["filename"] == ZIP


def test_it_holds_every_tracked_file_of_the_component_and_nothing_else(
    packed: Path,
) -> None:
    with ZipFile(packed) as archive:
        names = archive.namelist()

    assert names == sorted(names)
    assert "manifest.json" in names
    files = [Path(name) for name in tracked(str(PACKAGE))]
    assert names == sorted(str(file.relative_to(PACKAGE)) for file in files)


def test_only_the_version_in_the_manifest_is_another_than_in_the_tree(
    packed: Path,
) -> None:
    with ZipFile(packed) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        differing = [
            name
            for name in archive.namelist()
            if archive.read(name) != (ROOT / PACKAGE / name).read_bytes()
        ]
    own = json.loads((ROOT / PACKAGE / "manifest.json").read_text())

    assert differing == ["manifest.json"]
    assert manifest == own | {"version": VERSION}
    assert [*manifest] == [*own]


def test_every_module_of_the_unpacked_file_can_be_imported(
    packed: Path, tmp_path: Path
) -> None:
    unpacked = tmp_path / PACKAGE
    with ZipFile(packed) as archive:
        archive.extractall(unpacked)
    answer = subprocess.run(  # noqa: S603  # arguments from here
        [sys.executable, "-c", IMPORTED],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert answer.returncode == 0, answer.stderr
    where, count = answer.stdout.split()
    assert where == str(unpacked / "__init__.py")
    modules = [name for name in tracked(str(PACKAGE)) if name.endswith(".py")]
    assert int(count) == len(modules) - 1  # all but the component itself


def test_the_same_commit_makes_the_same_file_again(
    own: Path, packed: Path, tmp_path: Path
) -> None:
    for file in own.glob("custom_components/**/*"):
        file.touch()
    (own / PACKAGE / "__pycache__").mkdir()
    (own / PACKAGE / "__pycache__" / "const.pyc").touch()
    answer = release(own, VERSION, tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / ZIP).read_bytes() == packed.read_bytes()


def test_the_size_and_digest_that_it_tells_are_those_of_the_file(own: Path) -> None:
    answer = release(own, VERSION)
    made = (own / ZIP).read_bytes()

    assert answer.stdout.splitlines() == [
        f"{ZIP} {VERSION}: {len(made)} bytes",
        f"{sha256(made).hexdigest()}  {ZIP}",
    ]


@pytest.mark.parametrize(
    "version", ["", "1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.3-final", "1.2.x"]
)
def test_what_is_not_a_version_is_refused(own: Path, version: str) -> None:
    answer = release(own, version)

    assert answer.returncode == 1
    assert answer.stderr.startswith("Not a version")
    assert not (own / ZIP).exists()


@pytest.mark.parametrize("version", ["12.34.6", "12.34.50", "2.34.5", "12.34.5-rc.1"])
def test_a_version_without_a_word_of_what_changes_is_refused(
    own: Path, version: str
) -> None:
    answer = release(own, version)

    assert answer.returncode == 1
    assert f"CHANGELOG.md says nothing about {version}" in answer.stderr
    assert not (own / ZIP).exists()


def _change(root: Path) -> None:
    (root / PACKAGE / "const.py").write_text("")


def _add(root: Path) -> None:
    (root / PACKAGE / "new.py").touch()


def _remove(root: Path) -> None:
    (root / PACKAGE / "const.py").unlink()


@pytest.mark.parametrize("meddle", [_change, _add, _remove])
def test_a_tree_with_what_is_in_no_commit_is_refused(
    own: Path, meddle: Callable[[Path], None]
) -> None:
    meddle(own)
    refused = release(own, VERSION)
    commit(own)
    taken = release(own, VERSION)

    assert refused.returncode == 1
    assert "in no commit" in refused.stderr
    assert taken.returncode == 0, taken.stderr
