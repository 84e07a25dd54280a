"""What can go wrong between an age file and its keys."""

from __future__ import annotations

from panah.errors import PanahError


class RecipientUnreadable(PanahError):
    """“{recipient}” is not an age recipient: that begins with age1, as `age-keygen` prints it; copy it whole."""


class RecipientsMissing(PanahError):
    """To encrypt, name at least one recipient, or give a passphrase that is not empty."""


class IdentityUnreadable(PanahError):
    """This is not an age identity file: each line that is no comment must be a whole AGE-SECRET-KEY-1…."""


class AgeKeyWrong(PanahError):
    """This key does not open it: it was encrypted to others, or its first lines were damaged."""

    status = 403


class AgeDamaged(PanahError):
    """What was encrypted here is damaged or was cut short: {reason}."""


class NotAge(PanahError):
    """This is not a file in the age format, or its first line was damaged."""
