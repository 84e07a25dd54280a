"""The checklist of a full and fair individual examination: 74 guarantees as data, and rules that look at the record.

`checklist` has the items in their order, the kinds of record and the topics; `proposals` runs every rule on what is on
file. A rule proposes a status with its reason; nothing is decided here, and nothing is said of the person.
"""

from panah.law.checklist.loading import (
    ChecklistBroken,
    ItemUnknown,
    RecordKindUnknown,
    TopicUnknown,
    checklist,
    item,
    kind,
    topic,
)
from panah.law.checklist.model import (
    Checklist,
    Field,
    Found,
    Group,
    Item,
    Kind,
    Law,
    Proposal,
    Ref,
    Status,
    Topic,
    Type,
)
from panah.law.checklist.onfile import OnFile, Told
from panah.law.checklist.rules import proposals

__all__ = [
    "Checklist",
    "ChecklistBroken",
    "Field",
    "Found",
    "Group",
    "Item",
    "ItemUnknown",
    "Kind",
    "Law",
    "OnFile",
    "Proposal",
    "RecordKindUnknown",
    "Ref",
    "Status",
    "Told",
    "Topic",
    "TopicUnknown",
    "Type",
    "checklist",
    "item",
    "kind",
    "proposals",
    "topic",
]
