"""Keys of compartments: each opens its own and nothing else, and what it sealed is gone with it."""

from __future__ import annotations

import pytest

from panah import proof
from panah.vault import actions, data_keys, workspace
from panah.vault.data_keys import KeyDestroyed, KeyReplaced, store_of
from panah.vault.keyring import WorkspaceLocked
from panah.vault.models import DataKey, Original
from panah.vault.store import ObjectMissing
from support.stored import object_of

WORDS = "پاناھ she was seen at the market in 2016".encode()


@pytest.fixture
def other(member, now):
    """Another compartment."""
    return actions.set_up(name="Case A-1", by=member, now=now)


def destroyed(compartment):
    """Its keys are gone, as an erasure leaves it."""
    DataKey.objects.filter(compartment=compartment).delete()
    data_keys.forget(compartment.pk)


class TestOf:
    def test_a_compartment_has_one_from_its_beginning(self, library):
        [key] = data_keys.of(library.pk)
        row = library.keys.get()
        assert (row.number, key.id, key.data) == (1, row.pk, data_keys.unwrapped(row))

    def test_each_compartment_and_purpose_has_its_own(self, library, other):
        keys = [data_keys.of(each.pk)[0] for each in (library, other)]
        found = [key for each in keys for key in (each.data, each.objects.objects, each.objects.names, each.fields)]
        assert len({*found, workspace.keys().workspace, workspace.keys().database}) == 10

    def test_shows_nothing_of_itself(self, library):
        [key] = data_keys.of(library.pk)
        assert not any(secret.hex() in repr(key) or repr(secret) in repr(key) for secret in (key.data, key.fields))

    def test_the_newest_is_written_with_and_the_older_ones_still_open(self, library, now):
        old = data_keys.of(library.pk)[0]
        kept = store_of(library.pk).keep([WORDS])
        new = actions.add_key(compartment=library, now=now)
        assert [key.id for key in data_keys.of(library.pk)] == [new.pk, old.id]
        assert store_of(library.pk).content(kept.digest) == WORDS
        assert store_of(library.pk).keep([b"later words"]).key == new.pk

    def test_is_held_no_longer_than_the_workspace_is_open(self, library, monkeypatch):
        data_keys.of(library.pk)
        monkeypatch.setattr(workspace._Unlocked, "keys", None)
        with pytest.raises(WorkspaceLocked):
            data_keys.of(library.pk)

    def test_one_that_another_process_made_is_found(self, library, now):
        """What is held is asked for anew before a key is given up."""
        held = data_keys.of(library.pk)
        row = actions.add_key(compartment=library, now=now)
        workspace.data_keys()[library.pk] = tuple(held)
        assert data_keys.one(row.pk, library.pk).id == row.pk


class TestWrapped:
    def test_stands_nowhere_in_plain(self, library, home):
        [key] = data_keys.of(library.pk)
        assert key.data.hex() not in library.keys.get().wrapped
        assert not any(key.data in path.read_bytes() for path in home.rglob("*") if path.is_file())

    def test_opens_no_other_compartment(self, library, other):
        """Whoever can write into the database cannot have one compartment read with the key of another."""
        moved = library.keys.get()
        moved.compartment = other
        with pytest.raises(proof.SealBroken):
            data_keys.unwrapped(moved)

    def test_that_was_changed_does_not_open(self, library):
        row = library.keys.get()
        row.wrapped = row.wrapped[:-2] + ("00" if row.wrapped[-2:] != "00" else "01")
        with pytest.raises(proof.SealBroken):
            data_keys.unwrapped(row)


class TestDestroyed:
    def test_opens_nothing_any_more(self, library, store):
        kept = store.keep([WORDS])
        destroyed(library)
        with pytest.raises(KeyDestroyed):
            store.content(kept.digest)
        with pytest.raises(KeyDestroyed):
            store.keep([b"later words"])

    def test_leaves_other_compartments_alone(self, library, other):
        kept = store_of(other.pk).keep([WORDS])
        destroyed(library)
        assert store_of(other.pk).content(kept.digest) == WORDS

    def test_of_one_that_never_was_is_none(self, library, other):
        with pytest.raises(KeyDestroyed):
            data_keys.one(other.keys.get().pk, library.pk)

    def test_meanwhile_refuses_what_came_in(self, library, store, member, now):
        kept = store.keep([WORDS])
        destroyed(library)
        with pytest.raises(KeyReplaced):
            actions.preserve(kept=kept, compartment=library, media_type="text/plain", by=member, now=now)
        assert not Original.objects.exists()


class TestStores:
    def test_the_same_content_in_two_compartments_is_two_objects(self, library, other):
        """Neither by name nor by bytes can anybody tell that they are the same."""
        digests = {store_of(each.pk).keep([WORDS]).digest for each in (library, other)}
        one, two = (object_of(each.pk, proof.digest_of(WORDS)) for each in (library, other))
        assert len(digests) == 1
        assert one != two
        assert one.read_bytes() != two.read_bytes()

    def test_it_is_two_originals_of_which_each_opens_its_own(self, library, other, member, now):
        for each in (library, other):
            kept = store_of(each.pk).keep([WORDS])
            actions.preserve(kept=kept, compartment=each, media_type="text/plain", by=member, now=now)
        one, two = Original.objects.order_by("compartment__name")
        assert (one.digest, one.pk == two.pk, one.key == two.key) == (two.digest, False, False)

    def test_what_is_in_one_is_not_in_the_other(self, library, other):
        kept = store_of(library.pk).keep([b"only in the library"])
        with pytest.raises(ObjectMissing):
            store_of(other.pk).content(kept.digest)

    def test_an_object_put_in_the_place_of_another_compartment_s_does_not_open(self, library, other):
        digests = [store_of(each.pk).keep([WORDS]).digest for each in (library, other)]
        theirs = object_of(other.pk, digests[1])
        whole = theirs.read_bytes()
        theirs.write_bytes(object_of(library.pk, digests[0]).read_bytes())
        with pytest.raises(proof.SealBroken):
            store_of(other.pk).content(digests[1])
        theirs.write_bytes(whole)
