"""Everything that can be said of names, said of an invented case."""

from __future__ import annotations


def say_of_names(desk, case, letter, words: str, reason: str) -> None:
    """Keep a spelling that stands in a paper, and whatever else there is to say; `words` stand in the paper."""
    from panah.cases.models import Identification
    from panah.cases.naming import actions as naming
    from panah.cases.naming.record import Asked
    from panah.library.queries import content

    kept = naming.Kept(case.compartment, case)
    naming.keep_spelling(case=case, name=f"ئىسمىم {words}", script="Arab", paper=letter, **desk.act)
    before = naming.keep_spelling(
        case=case, name="Ayperi Before", script="Latn", when=naming.Earlier(True, "- birth: #1", "~"), **desk.act
    )
    naming.take_out(name=before, reason=reason, **desk.act)
    naming.keep_spelling(case=case, name="Ayperi Before", script="Latn", when=naming.Earlier(True), **desk.act)
    naming.write_beside(case=case, said={"born": "1987~", "county": "- a: #b", "father": "~"}, **desk.act)
    start = content(letter.reading).index(words.encode())
    for outcome in Identification.Outcome:
        naming.identify(
            kept=kept,
            sought="Ayperi",
            document=letter,
            words=words,
            start=start,
            outcome=outcome,
            reason=reason,
            **desk.act,
        )
    asked = Asked({"uyghur-latin": ("Ayperi",)}, ("Library",), papers=True, documents=2, unread=1, put_aside=3)
    made = naming.state_absence(kept=kept, sought="Nobody", asked=asked, reason="yes", **desk.act)
    made.paper = letter
    made.save()
