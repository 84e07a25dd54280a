"""Where people are mentioned in a running text, in every script that names are compared in.

`mentions` finds them by what names are made of and by what stands around them; nothing is said of who is meant, nor of what
people they are.
"""

from panah.names.finding.mention import Mention
from panah.names.finding.mentioning import mentions

__all__ = ["Mention", "mentions"]
