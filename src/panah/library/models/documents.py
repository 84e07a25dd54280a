"""Documents, what was read from them, and what is quoted."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from panah.library.record import SourceType
from panah.team.models import Compartment, Member
from panah.vault.models import Original, Stored


class Source(models.Model):
    """Who published a document, as one compartment knows it: another may know a publisher of the same name otherwise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "name"], name="a_compartment_knows_a_source_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """What a member wrote of a source: words, never a score. The newest counts; the earlier ones stay."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="assessments")
    source_type = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in SourceType])
    mandate = models.TextField()
    """Who they are, on whose behalf they speak, who pays them."""
    method = models.TextField()
    """How they come to know what they write."""
    bias = models.TextField()
    """What they are known to leave out, to colour, or to be wrong about."""
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_type="", mandate="", method="", bias=""), name="an_assessment_says_something"
            ),
        ]
        indexes = [models.Index(fields=["source", "written_at"], name="assessments_of_a_source")]

    def __str__(self) -> str:
        return f"{self.source}: {self.source_type}"


class Collection(models.Model):
    """A shelf of documents: a library collection, or the papers of one case."""

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="collections")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "name"], name="a_collection_has_a_name_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name


class Share(models.Model):
    """Another compartment that may read a collection, from when until when."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="shares")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "compartment"], condition=Q(until=None), name="shared_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection} for {self.compartment}"


class Reading(Stored):
    """Text that an extractor took from an Original. Its bytes are in the store; it is itself preserved.

    Offsets are bytes of its UTF-8, not characters: a dossier is checked by people who have only the bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="readings")
    extractor = models.CharField(max_length=50)
    version = models.CharField(max_length=50)
    """Of the extractor and of the library that it rests on."""
    options = models.JSONField(default=dict)
    """How it was read: what it was told, and what it found out, such as the encoding."""
    pages = models.JSONField(default=list)
    """The byte at which each page begins; empty where there are no pages."""
    paragraphs = models.JSONField(default=list)
    """First byte and end of each paragraph."""
    about = models.JSONField(default=dict)
    """What the document says of itself: title, date, language, source."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["original", "extractor", "version", "digest"], name="one_reading_by_one_extractor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extractor} {self.version}: {self.digest}"

    @property
    def was_imported(self) -> bool:
        """Whether it was made elsewhere, and nobody here has read the Original to compare it."""
        return "imported" in self.options


class Document(models.Model):
    """A published or submitted item, standing in one collection.

    A document without a reading *is* the work of reading it: whoever does it takes a lease, so that two never do
    the same and none is lost with the process that held it. One that is read once more keeps its reading until it has
    another, and for good if it gets none: then `refusal_code` says why, though it is read.
    """

    class State(models.TextChoices):
        """How far it has been read."""

        WAITING = "waiting"
        READ = "read"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="documents")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="documents")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="documents")
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="documents")
    title = models.CharField(max_length=500)
    author = models.CharField(max_length=300)
    date = models.CharField(max_length=64)
    """When it was published, as its source says it."""
    period = models.CharField(max_length=64)
    """When that happened which it tells of (EDTF)."""
    places = models.CharField(max_length=300)
    """Of which countries and parts of countries it tells: codes of ISO 3166, with commas."""
    concepts = models.CharField(max_length=1000)
    """What it tells of: anybody's words, with semicolons."""
    language = models.CharField(max_length=35)
    """BCP 47; empty where nobody said."""
    url = models.CharField(max_length=2000)
    accessed = models.CharField(max_length=64)
    """When it was fetched from there (EDTF)."""
    archive_url = models.CharField(max_length=2000)
    """Where somebody else keeps a copy of it."""
    licence = models.CharField(max_length=300)
    sensitivity = models.CharField(max_length=20)
    """One of `record.Sensitivity`; empty where nobody said."""
    path = models.CharField(max_length=4096)
    """The name under which it was handed in."""
    carrier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carries")
    """The document, handed in by a person, in which this one came first; None where it was handed in itself."""
    depth = models.PositiveSmallIntegerField(default=0)
    """In how many documents, one inside the other, it came."""
    languages = models.CharField(max_length=200)
    """In which its pictures shall be recognised: Tesseract's models, joined by `+`; empty where it follows from its language."""
    charset = models.CharField(max_length=40)
    """The encoding of its bytes, as the server named it from which they came; empty where none did."""
    added_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    refusal_code = models.CharField(max_length=60)
    refusal_reason = models.CharField(max_length=500)
    refusal_parts = models.JSONField(default=list)
    """The reason taken apart (`errors.Parts`); empty where it does not know its parts."""
    lease_holder = models.CharField(max_length=60)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "original"], name="an_original_stands_once_on_a_shelf"),
            models.CheckConstraint(
                condition=Q(state="waiting")
                | Q(state="read", reading__isnull=False)
                | Q(state="refused", reading__isnull=True),
                name="read_means_it_has_a_reading",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal_code=""), name="refused_means_there_is_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "added_at"], name="documents_waiting"),
            models.Index(fields=["collection", "title"], name="documents_on_a_shelf"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def compartment(self) -> Compartment:
        """Whose work it is."""
        return self.collection.compartment


class Delivery(models.Model):
    """Files that were handed in together: a folder, or what a manifest lists. Each of them is accounted for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="deliveries")
    collection = models.CharField(max_length=200)
    """The name of the collection that they go to, which is made with the first of them."""
    manifest = models.CharField(max_length=4096)
    manifest_digest = models.CharField(max_length=71)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When the last file had its outcome."""
    holder = models.CharField(max_length=60)
    """The process that takes them in; empty where none does."""
    to_pause = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"delivery of {self.began_at:%Y-%m-%d} to {self.collection}"


class DeliveredFile(models.Model):
    """One file of a delivery, and how it went with it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    place = models.BinaryField()
    """Its path as the system has it, which need not be text."""
    path = models.CharField(max_length=4096)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="deliveries")
    outcome = models.CharField(max_length=10)
    """`read`, `already`, `refused`; empty as long as it waits."""
    code = models.CharField(max_length=60)
    reason = models.CharField(max_length=1000)
    parts = models.JSONField(default=list)
    """The reason taken apart (`errors.Parts`); empty where it does not know its parts."""

    class Meta:
        indexes = [models.Index(fields=["delivery", "outcome"], name="files_that_wait_in_a_delivery")]

    def __str__(self) -> str:
        return self.path


class Enclosure(models.Model):
    """That a document stands inside another: attached to it, packed in it, one page of it."""

    inside = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="encloses")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="enclosed_in")
    name = models.CharField(max_length=1000)
    """What it is called in there; in an archive a path."""
    place = models.PositiveIntegerField()
    """Which one it is in there, from 1."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inside", "document", "name"], name="it_stands_inside_once_under_a_name"),
        ]
        indexes = [models.Index(fields=["inside", "place"], name="what_stands_inside_in_order")]

    def __str__(self) -> str:
        return self.name


class Translation(models.Model):
    """That one document is the translation of another: who made it, and by what it is certified."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="translation")
    """The translation."""
    original = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="translations")
    """What it is the translation of."""
    translator = models.CharField(max_length=300)
    certificate = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    """The document in which somebody answers for it."""
    certified_on = models.CharField(max_length=64)
    """When (EDTF); empty where nobody did."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(document=F("original")), name="nothing_translates_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.document} for {self.original}"


class Passage(models.Model):
    """A searchable stretch of a Reading, cut at the bounds of paragraphs."""

    KIND = "passage"
    """What passages are called in the index."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveBigIntegerField()
    end = models.PositiveBigIntegerField()
    page = models.PositiveIntegerField(null=True)
    marks = models.PositiveSmallIntegerField(null=True)
    """How many marks its wording has (`kin.index`); None where an older Panah cut it, which took none."""
    language = models.CharField(max_length=35, default="")
    """BCP 47: what it is written in, as it was detected; empty where it does not say, and the document's counts."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_not_empty"),
            models.UniqueConstraint(fields=["document", "reading", "start"], name="passage_starts_once"),
        ]
        indexes = [models.Index(fields=["document"], condition=Q(marks=None), name="passages_without_marks")]

    def __str__(self) -> str:
        return f"bytes {self.start}-{self.end}"


class Quotation(models.Model):
    """Words cited from a Reading by byte range, checked byte for byte."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="quotations")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="quotations")
    start = models.PositiveBigIntegerField()
    end = models.PositiveBigIntegerField()
    words = models.TextField()
    digest = models.CharField(max_length=71)
    prefix = models.TextField()
    suffix = models.TextField()
    page = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")) & ~Q(words=""), name="quotation_not_empty"),
            models.UniqueConstraint(fields=["document", "reading", "start", "end"], name="the_same_words_quoted_once"),
        ]

    def __str__(self) -> str:
        return f"“{self.words}”"
