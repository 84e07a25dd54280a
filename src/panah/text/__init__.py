"""Scripts, words and questions: how search, names and quotations all see a text.

`tokens` is what an index keeps, `pieces` are the same words with their places, `parsed` understands a question,
`found_in` says where its words stand, and a `Finder` says it of many texts; `phrase` and `atoms` are for those who
compare words by rules of their own; `period` tells which days an uncertain date may mean,
`peeled` takes case, possession and plural off a word, `sentences` says where each begins and ends, `quoted_in` what stands
between quotation marks.
Whatever is normalised here maps back to the raw text.
"""

from panah.text.dates import LONGEST_DATE, DateUnreadable, Period, period
from panah.text.finding import Finder, Span, atoms, found_in
from panah.text.languages import language
from panah.text.querying import (
    LONGEST,
    All,
    Any,
    Node,
    Phrase,
    QueryEmpty,
    QueryOnlyExcludes,
    QueryTooLong,
    QueryUnbalanced,
    Word,
    any_of,
    parsed,
    phrase,
)
from panah.text.quoting import Quoted, Segment, as_quoted, quoted_in
from panah.text.scripts import Orthography, marks, orthography
from panah.text.sentences import paragraphs, sentences
from panah.text.sharing import marks_of
from panah.text.suffixes import peeled
from panah.text.tongues import language_name
from panah.text.typesetting import plainly
from panah.text.words import BREAK, Piece, Tokens, pairs, pieces, tokens

__all__ = [
    "BREAK",
    "LONGEST",
    "LONGEST_DATE",
    "All",
    "Any",
    "DateUnreadable",
    "Finder",
    "Node",
    "Orthography",
    "Period",
    "Phrase",
    "Piece",
    "QueryEmpty",
    "QueryOnlyExcludes",
    "QueryTooLong",
    "QueryUnbalanced",
    "Quoted",
    "Segment",
    "Span",
    "Tokens",
    "Word",
    "any_of",
    "as_quoted",
    "atoms",
    "found_in",
    "language",
    "language_name",
    "marks",
    "marks_of",
    "orthography",
    "pairs",
    "paragraphs",
    "parsed",
    "peeled",
    "period",
    "phrase",
    "pieces",
    "plainly",
    "quoted_in",
    "sentences",
    "tokens",
]
