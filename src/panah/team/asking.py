"""Forms by which a member asks for an act that may be refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from panah.errors import PanahError
from panah.team.queries import NotAllowed


class Asking(forms.Form):
    """A form that says itself what was refused, so that what was typed into it stays."""

    refusal: PanahError | None = None

    @contextmanager
    def saying_what_is_refused(self) -> Iterator[None]:
        """Run an act; one that is refused becomes an error of this form, with its sentence and its code.

        Raises `NotAllowed`: a page shows no form to whoever may not use it, and so could not say that there.
        """
        try:
            yield
        except NotAllowed:
            raise
        except PanahError as refusal:
            self.refusal = refusal
            self.add_error(None, forms.ValidationError(refusal.sentence, code=refusal.code))

    @property
    def status(self) -> int:
        """The HTTP status of the page on which this form stands."""
        if self.refusal:
            return self.refusal.status
        return 400 if self.errors else 200
