"""What is sealed says nothing without its key, and opens for one person alone."""

import stat
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.screening import Unreadable, sealing
from webapp.secrets import add_numbered_key, make_keys

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
TEXT = '{"takes_medicine":"yes"}'


def test_a_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path: Path) -> None:
    make_keys(tmp_path)
    path = tmp_path / "screening-1.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = path.read_bytes()
    assert len(key) == 32
    make_keys(tmp_path)
    assert path.read_bytes() == key


@given(text=st.text(max_size=3000).map(lambda text: f"{text}."))
def test_what_is_sealed_opens_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    sealed = sealing.seal(folder, ONE, text)
    assert sealing.unseal(folder, ONE, sealed) == text
    assert text.encode() not in sealed or len(text) < 3
    assert len(sealed) % sealing.BLOCK == len(sealing.seal(folder, ONE, "")) % sealing.BLOCK


def test_short_and_shorter_answers_are_equally_long(tmp_path: Path) -> None:
    sizes = {len(sealing.seal(tmp_path, ONE, "x" * length)) for length in (1, 20, 400, 1024)}
    assert len(sizes) == 1


def test_the_same_answers_never_look_the_same(tmp_path: Path) -> None:
    assert sealing.seal(tmp_path, ONE, TEXT) != sealing.seal(tmp_path, ONE, TEXT)


def test_nobodys_answers_open_as_somebody_elses(tmp_path: Path) -> None:
    sealed = sealing.seal(tmp_path, ONE, TEXT)
    with pytest.raises(Unreadable, match="not this person's"):
        sealing.unseal(tmp_path, OTHER, sealed)


@pytest.mark.parametrize("at", [0, 3, 10, 30, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, at: int) -> None:
    sealed = bytearray(sealing.seal(tmp_path, ONE, TEXT))
    sealed[at] ^= 1
    with pytest.raises(Unreadable):
        sealing.unseal(tmp_path, ONE, bytes(sealed))


def test_a_newer_key_seals_and_the_older_one_still_opens(tmp_path: Path) -> None:
    before = sealing.seal(tmp_path, ONE, TEXT)
    add_numbered_key(tmp_path, sealing.KIND)
    after = sealing.seal(tmp_path, ONE, TEXT)
    assert sealing.key_id(before) != sealing.key_id(after) == sealing.newest_id(tmp_path)
    assert {sealing.unseal(tmp_path, ONE, each) for each in (before, after)} == {TEXT}


def test_the_tenth_key_is_newer_than_the_ninth(tmp_path: Path) -> None:
    make_keys(tmp_path)
    for _ in range(9):
        newest = add_numbered_key(tmp_path, sealing.KIND)
    assert newest.name == "screening-10.key"
    assert sealing.newest(tmp_path) == newest.read_bytes()


def test_another_installations_key_opens_nothing(tmp_path: Path) -> None:
    sealed = sealing.seal(tmp_path / "here", ONE, TEXT)
    with pytest.raises(Unreadable, match="is not in"):
        sealing.unseal(tmp_path / "there", ONE, sealed)
