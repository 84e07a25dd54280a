"""What the fields of a record, kinds of sources and degrees of sensitivity are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.library.record import Sensitivity, SourceType

FIELDS = {
    "title": _("Title"),
    "author": _("Author"),
    "source": _("Published by"),
    "source_type": _("Kind of source"),
    "mandate": _("Who they are and on whose behalf they speak"),
    "method": _("How they come to know what they write"),
    "bias": _("What they are known to leave out or to colour"),
    "date": _("Date"),
    "period": _("When it happened"),
    "places": _("Country or region"),
    "concepts": _("What it is about"),
    "language": _("Language"),
    "url": _("Address"),
    "accessed": _("Fetched on"),
    "archive_url": _("Archived at"),
    "licence": _("Licence"),
    "sensitivity": _("Sensitivity"),
}
SOURCE_TYPES = {
    SourceType.STATE: _("state or authority"),
    SourceType.COURT: _("court"),
    SourceType.INTERGOVERNMENTAL: _("organisation of states"),
    SourceType.NGO: _("non-governmental organisation"),
    SourceType.MEDIA: _("press or broadcaster"),
    SourceType.ACADEMIC: _("university or research institute"),
    SourceType.EXPERT: _("expert"),
    SourceType.COMPANY: _("company"),
    SourceType.DIASPORA: _("association of those concerned"),
    SourceType.PERSON: _("private person"),
    SourceType.OTHER: _("something else"),
}
SENSITIVITIES = {
    Sensitivity.PUBLIC: _("it is public"),
    Sensitivity.INTERNAL: _("not meant for others"),
    Sensitivity.ENDANGERING: _("may endanger somebody if others read it"),
}
