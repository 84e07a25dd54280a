"""Pictures: what the file says of itself, and its pages as they are to be read by text recognition."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from math import isfinite

from PIL import (  # noqa: F401  formats that are not loaded here could not be read later
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)
from PIL.ExifTags import GPS, IFD, Base

from panah.errors import PanahError, Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted
from panah.library.extractors.kinds import GIF, HEIC, JPEG, PNG, TIFF, WEBP

MOST_PIXELS = 120_000_000
"""A picture of more is refused: unpacked it would take half a gigabyte."""
MOST_PAGES = 2_000
ENOUGH = 16_000_000
"""Pixels. Of a larger picture a smaller copy is read: the letters of a photographed page are large enough in it."""
LONGEST = 500
"""Characters of one thing that a picture says of itself."""

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP")
_BROKEN = (
    OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, OverflowError, ZeroDivisionError,
    EOFError, RuntimeError, UnidentifiedImageError,
)  # fmt: skip
"""What decoders raise over bytes that are not what they begin as."""
_SAID = (
    ("Title", Base.ImageDescription), ("Maker of the camera", Base.Make), ("Camera", Base.Model),
    ("Program", Base.Software), ("Author", Base.Artist), ("Copyright", Base.Copyright),
)  # fmt: skip
_TAKEN, _OFFSET, _COMMENT = 36867, 36881, 37510  # DateTimeOriginal, OffsetTimeOriginal, UserComment
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d)(?: (\d\d:\d\d(?::\d\d)?))?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")

Image.MAX_IMAGE_PIXELS = None  # ours is `MOST_PIXELS`, and it is an error, not a warning


class HeicNotOpened(PanahError):
    """It is a photograph in HEIC, and what opens those is not installed here; run “make ocr”, then read it again."""


class Picture:
    """What a picture says of itself: when and where it was taken, with what, by whom. Its words are read page by page."""

    name = "picture"
    version = f"2+pillow-{version('pillow')}"
    media_types = frozenset({PNG, JPEG, TIFF, GIF, WEBP})

    def read(self, content: bytes) -> Extracted:
        """A paragraph of what it says. Raises `DocumentBroken`, `DocumentBomb`, `HeicNotOpened`."""
        picture, pages = _opened(content), 1
        try:
            if picture.format == "TIFF":
                pages = _counted(picture)
            size = f"{picture.format}, {picture.width} × {picture.height} pixels"
            said = dict(_said(picture.getexif()))
            _decode(picture)
        except _BROKEN as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be unpacked as a picture ({kind})", kind=type(error).__name__)
            ) from None
        lines = [f"Picture: {size}", *(f"{name}: {value}" for name, value in said.items())]
        text = "\n".join(lines)
        about = {"title": said.get("Title", ""), "date": said.get("Taken", "")[:10]}
        numbers = ", ".join(map(str, range(1, pages + 1)))
        return Extracted(
            text,
            [(0, len(text))],
            [len(text)] * pages,
            {name: value for name, value in about.items() if value},
            {"pages_without_text": numbers, "pictures": numbers},
        )

    def picture(self, content: bytes, page: int) -> Image.Image:
        """A page in shades of grey, the way up that the camera noted. Raises as `read` does."""
        picture = _opened(content)
        try:
            if page > 1:
                picture.seek(page - 1)
                _require_pixels(picture)
            upright = ImageOps.exif_transpose(_decode(picture))
            return fitting(_on_white(upright))
        except _BROKEN as error:
            raise DocumentBroken(
                reason=Phrase("page {page} cannot be unpacked ({kind})", page=page, kind=type(error).__name__)
            ) from None


class Photograph(Picture):
    """A picture in HEIC, as telephones take them. What decodes it starts a thread for each of its parts, and must be let."""

    name = "photograph"
    media_types = frozenset({HEIC})
    threads = True


def fitting(grey: Image.Image) -> Image.Image:
    """The picture, or a copy of it that is small enough to be read."""
    times = 1
    while grey.width * grey.height > ENOUGH * times * times:
        times += 1
    return grey.reduce(times) if times > 1 else grey


def _opened(content: bytes) -> Image.Image:
    heic = content[4:8] == b"ftyp"
    formats = ("HEIF",) if heic else _FORMATS
    if heic:
        know_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=formats)
    except _BROKEN as error:
        raise DocumentBroken(
            reason=Phrase("it cannot be opened as a picture ({kind})", kind=type(error).__name__)
        ) from None
    _require_pixels(picture)
    return picture


def opens_heic() -> bool:
    """Whether what opens HEIC is installed here."""
    return find_spec("pillow_heif") is not None


def know_heic() -> None:
    """Teach Pillow to open HEIC. Raises `HeicNotOpened` where that is not possible."""
    if not opens_heic():
        raise HeicNotOpened
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 0
    pillow_heif.register_heif_opener(thumbnails=False)


def _require_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise DocumentBomb(
            reason=Phrase(
                "its picture would have {width} × {height} pixels", width=picture.width, height=picture.height
            )
        )


def _counted(picture: Image.Image) -> int:
    """How many pages a TIFF has. Raises `DocumentBomb`."""
    pages = 1
    try:
        while True:
            picture.seek(pages)
            pages += 1
            if pages > MOST_PAGES:
                raise DocumentBomb(reason=Phrase("it has more than {most} pages", most=MOST_PAGES))
    except EOFError:
        picture.seek(0)
        return pages


def _decode(picture: Image.Image) -> Image.Image:
    """Unpack it; a JPEG only as large, and in as many colours, as is needed to read it."""
    if picture.format in {"JPEG", "MPO"} and picture.width * picture.height > ENOUGH:
        picture.draft("L", (picture.width // 2, picture.height // 2))
    picture.load()
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """In shades of grey; what is transparent is paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("L", picture.size, 255)
        paper.paste(picture.convert("L"), mask=picture.getchannel("A"))
        return paper
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    return picture.convert("L")


def _said(exif: Image.Exif) -> Iterator[tuple[str, str]]:
    """What the camera or a person wrote into the file, as it stands there."""
    for name, tag in _SAID:
        if value := _words(exif.get(tag)):
            yield name, value
    inside = exif.get_ifd(IFD.Exif)
    if moment := _MOMENT.match(_words(inside.get(_TAKEN))):
        day = "-".join(moment.groups()[:3])
        yield "Taken", " ".join(filter(None, [day, moment[4], _words(inside.get(_OFFSET))]))
    if changed := _MOMENT.match(_words(exif.get(Base.DateTime))):
        yield "Changed", " ".join(filter(None, ["-".join(changed.groups()[:3]), changed[4]]))
    if comment := _words(inside.get(_COMMENT)):
        yield "Comment", comment
    if place := _place(exif.get_ifd(IFD.GPSInfo)):
        yield "Place", place


def _words(value: object) -> str:
    """A value as words on one line; a text in bytes begins with eight that name its encoding."""
    if isinstance(value, bytes):
        encoding = "utf-16" if value.startswith(b"UNICODE") else "utf-8"
        value = value[8:].decode(encoding, "ignore")
    return " ".join(_CONTROLS.sub(" ", value).split())[:LONGEST] if isinstance(value, str) else ""


def _place(said: Mapping[int, object]) -> str:
    """Where it was taken: degrees north and east, and metres above the sea; empty where it does not say, or cannot be."""
    north = _degrees(said.get(GPS.GPSLatitude), said.get(GPS.GPSLatitudeRef), 90)
    east = _degrees(said.get(GPS.GPSLongitude), said.get(GPS.GPSLongitudeRef), 180)
    if north is None or east is None:
        return ""
    height = _number(said.get(GPS.GPSAltitude))
    if height is None:
        return f"{north:.5f}, {east:.5f}"
    side = "below" if said.get(GPS.GPSAltitudeRef) == b"\x01" else "above"
    return f"{north:.5f}, {east:.5f}, {height:.0f} m {side} the sea"


def _degrees(value: object, side: object, most: int) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    parts = [_number(part) for part in value]
    if any(part is None for part in parts):
        return None
    degrees = sum((part or 0) / 60**power for power, part in enumerate(parts))
    return None if degrees > most else -degrees if side in {"S", "W"} else degrees


def _number(value: object) -> float | None:
    """A fraction of EXIF; None for what is none, and for one over nothing."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if isfinite(number) else None
