"""One name in five scripts: how its spellings are found, compared and explained.

`compare` sets two names side by side, part by part, with a reason for each step and a word for the whole; `rank` does so
with many; `spellings` gives the regular spellings in one script, `every_spelling` those in each. `parts` takes a name apart,
a `Vocabulary` knows which parts may be written for another, and a `Roll` where the names stand that consist of them.
`mentions` finds the names in a running text.
Names are compared, persons never are: what is found is a compatible spelling, and several spellings of one name are usual.
"""

from panah.names.aligning import Step
from panah.names.comparing import Comparison, Part, compare
from panah.names.finding import Mention, mentions
from panah.names.grading import Grade
from panah.names.parting import LONGEST_NAME, MOST_PARTS, NameEmpty, NameTooLong, parts, parts_if_any, unwrapped
from panah.names.ranking import Ranked, rank
from panah.names.roll import Hit, Roll
from panah.names.scripts import Script
from panah.names.spelling import every_spelling, spellings
from panah.names.tables import TableBroken
from panah.names.vocabulary import Vocabulary

__all__ = [
    "LONGEST_NAME",
    "MOST_PARTS",
    "Comparison",
    "Grade",
    "Hit",
    "Mention",
    "NameEmpty",
    "NameTooLong",
    "Part",
    "Ranked",
    "Roll",
    "Script",
    "Step",
    "TableBroken",
    "Vocabulary",
    "compare",
    "every_spelling",
    "mentions",
    "parts",
    "parts_if_any",
    "rank",
    "spellings",
    "unwrapped",
]
