"""The thesaurus: what the things that this field writes about are called in its languages, as data.

Concepts stand in the YAML files beside this one, a scheme in each; `read` reads them strictly, `opened` reads the form that
`make data` compiles of them, which is quick. `widened` adds to a question what its words are called elsewhere, and says
what it added; `as_skos` writes it all for others. Plain values in and out: nothing here knows Django.
"""

from panah.library.thesauri.compiling import compiled, opened
from panah.library.thesauri.model import Concept, ConceptUnknown, Labels, Scheme, Source, Thesaurus
from panah.library.thesauri.reading import ThesaurusBroken, files_in, read
from panah.library.thesauri.skos import as_skos
from panah.library.thesauri.sought import alternatives
from panah.library.thesauri.widening import Addition, Widened, concepts_in, widened

__all__ = [
    "Addition",
    "Concept",
    "ConceptUnknown",
    "Labels",
    "Scheme",
    "Source",
    "Thesaurus",
    "ThesaurusBroken",
    "Widened",
    "alternatives",
    "as_skos",
    "compiled",
    "concepts_in",
    "files_in",
    "opened",
    "read",
    "widened",
]
