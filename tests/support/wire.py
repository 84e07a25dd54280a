"""What an invented agency reports: long enough that whoever copies it is found."""

from __future__ import annotations

AGENCY = (
    "Officers came before dawn, sealed the doorway with yellow paper, and carried three neighbours towards the county town. "
    "Their families waited eleven weeks until somebody telephoned and said that everybody was studying. Nobody showed them "
    "any warrant, nobody mentioned a tribunal, and the lantern maker across the street counted forty buses during one week."
)
