"""Words in the database that are encrypted once more, under the key of their compartment."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.functions import Cast

from panah import proof
from panah.vault import data_keys
from panah.vault.models import DataKey

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField  # which cannot be subscripted when it runs

_MARK = "\x02sealed\x02"
_PURPOSE = "panah field 1"


class _Sealed(NamedTuple):
    box: str


class SealedText(_Text):
    """Text that opens only with the key of its row's compartment, and is gone with it. No question can be asked of it.

    `compartment` is the way from the row to the compartment's id: `compartment_id`, or `case.compartment_id`. What was
    written before fields were sealed is read as it stands, and sealed when it is saved.
    """

    def __init__(self, *args: Any, compartment: str = "compartment_id", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compartment = compartment

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "compartment": self.compartment}

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether it is there can be asked; anything else would compare words with what only looks like none."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  Django's own signature
        """Seal the words with the newest key. Empty stays empty, so that the database can tell that something is missing."""
        words = super().pre_save(model_instance, add)
        if not words:
            return words
        compartment: UUID = attrgetter(self.compartment)(model_instance)
        key = data_keys.of(compartment, fresh=True)[0]
        box = proof.wrapped(cast("str", words).encode(), key.fields, _PURPOSE).hex()
        return _Sealed(f"{_MARK}{compartment.hex}:{key.id}:{box}")

    def not_sealed_with(self, key: DataKey) -> models.QuerySet[models.Model]:
        """The rows whose words are not sealed with `key`, though they are of its compartment."""
        way = self.compartment.replace(".", "__")
        rows: models.QuerySet[models.Model] = self.model._base_manager.filter(**{way: key.compartment_id})  # noqa: SLF001
        boxes: models.QuerySet[models.Model] = rows.annotate(as_stored=Cast(self.name, models.TextField())).exclude(
            as_stored=""
        )
        return boxes.exclude(as_stored__startswith=f"{_MARK}{key.compartment_id.hex}:{key.pk}:")

    def get_prep_value(self, value: Any) -> Any:
        """What goes into the row. Raises FieldError for words that were not sealed: they came by another way than `save`."""
        if isinstance(value, _Sealed):
            return value.box
        if value:
            raise FieldError(f"{self.name} is written by save(), and cannot be asked for")
        return value

    def from_db_value(self, value: str | None, *_of: object) -> str | None:
        """The words. Raises `KeyDestroyed`, `SealBroken`."""
        if value is None or not value.startswith(_MARK):
            return value
        compartment, key, box = value.removeprefix(_MARK).split(":")
        held = data_keys.one(int(key), UUID(compartment))
        return proof.unwrapped(bytes.fromhex(box), held.fields, _PURPOSE).decode()
