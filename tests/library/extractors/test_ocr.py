"""Words on pictures of pages, recognised by Tesseract in the confined process: languages, how a page lies, PDF page by page."""

import io
import random
from itertools import pairwise

import pikepdf
import pytest
from PIL import Image, ImageFilter

from panah.library.extractors import languages, ocr
from panah.library.extractors.kinds import PDF, PLAIN, PNG, TIFF
from panah.library.extractors.supervisor import Refusal, Text
from support.scans import drawn, saved, scanned, typeset

needs = pytest.mark.skipif(
    not set(languages.ALL) <= set(ocr.installed()),
    reason=f"text recognition is not installed here for {sorted(set(languages.ALL) - set(ocr.installed()))}: make ocr",
)
ENGLISH = "The applicant fears that she would be detained in a camp if she were returned to the region."
SENTENCES = {
    "eng": ENGLISH,
    "deu": "Die Klägerin fürchtet, dass sie nach ihrer Rückkehr über Jahre in einem großen Lager festgehalten würde.",
    "fra": "La requérante craint d’être détenue à son arrivée dans un camp où règnent la faim et le froid.",
    "swe": "Sökanden fruktar att hon vid återkomsten hålls kvar på ett läger där många får svälta.",
    "tur": "Başvurucu, geri gönderilirse kampta tutulacağından ve ağır işkence göreceğinden korkmaktadır.",
    "kaz": "Өтініш беруші қайтарылса, лагерьде ұсталып, азапталады деп қорқады.",
    "kir": "Арыз ээси кайтарылса, түрмөдө кармалып, кыйноого дуушар болот деп коркот, өңү өзгөрүп.",
    "rus": "Заявительница опасается, что после возвращения её будут удерживать в лагере.",
    "ara": "تخشى مقدمة الطلب أن تحتجز في معسكر إذا أعيدت إلى المنطقة.",
    "uig": "ئۇ ئەگەر قايتۇرۇلسا لاگېردا تۇتۇپ تۇرۇلۇشىدىن ئەنسىرەيدۇ.",
    "chi_sim": "申请人担心如果被遣返，她将被关押在集中营里。",
}
TAGS = {"uig": "ug", "ara": "ar", "chi_sim": "zh"}


def distance(found, wanted):
    """How many letters one has to put in, take out or change, where spaces count for nothing."""
    found, wanted = ("".join(words.replace("\u00ad", "").split()) for words in (found, wanted))
    row = list(range(len(wanted) + 1))
    for number, letter in enumerate(found, start=1):
        before, row[0] = row[0], number
        for at, other in enumerate(wanted, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != other))
    return row[-1]


@pytest.fixture
def recognise(supervisor):
    """Has a document read as the library does, its pictures recognised in these languages; the next one must be read too."""

    def recognising(kind, content, models=""):
        outcome = supervisor.read(media_type=kind, size=len(content), pieces=[content], languages=models)
        assert supervisor.read(media_type=PLAIN, size=4, pieces=[b"next"]).content == b"next"
        return outcome

    return recognising


def words_of(outcome):
    """What was recognised on the only page of a picture, below what the file says of itself."""
    return outcome.content[outcome.pages[0] :].decode()


@needs
class TestLanguages:
    @pytest.mark.parametrize("model", SENTENCES)
    def test_each_is_read_with_its_letters(self, recognise, model):
        [page] = drawn(SENTENCES[model], language=TAGS.get(model, "en"))
        found = recognise(PNG, saved(page, "PNG"), model)
        assert distance(words_of(found), SENTENCES[model]) <= 0.05 * len(SENTENCES[model])
        assert found.found["languages"] == model
        assert found.found["models"].startswith(f"{model}=sha256:")
        assert found.found["recognised_with"].startswith("tesseract 5")

    @pytest.mark.parametrize("model", ["rus", "uig"])
    def test_where_nobody_says_which_it_follows_from_the_script(self, recognise, model):
        [page] = drawn(f"{SENTENCES[model]} " * 3, language=TAGS.get(model, "en"))
        found = recognise(PNG, saved(page, "PNG"))
        assert model in found.found["languages"].split("+")
        assert distance(words_of(found), SENTENCES[model] * 3) <= 0.05 * 3 * len(SENTENCES[model])

    def test_a_word_that_a_line_parts_is_whole_and_characters_without_spaces_have_none(self, recognise):
        [page] = drawn(
            "#set par(justify: true)\n#set text(hyphenate: true)\n" + "extraterritorial misrepresentation " * 3
        )
        parted = words_of(recognise(PNG, saved(page, "PNG"), "eng"))
        assert "\u00ad" in parted
        assert "-" not in parted
        [page] = drawn(SENTENCES["chi_sim"] * 2, language="zh")
        assert " " not in words_of(recognise(PNG, saved(page, "PNG"), "chi_sim"))


@needs
class TestPage:
    @pytest.mark.parametrize(("turned", "models"), [(90, "eng"), (180, ""), (270, "eng")])
    def test_that_lies_on_its_side_or_head_is_turned(self, recognise, turned, models):
        [page] = drawn(f"{ENGLISH} " * 3)
        found = recognise(PNG, saved(page.rotate(turned, expand=True), "PNG"), models)
        assert found.found.get("turned") in {f"1:{360 - turned}", None}, "Tesseract turns some by itself"
        assert distance(words_of(found), ENGLISH * 3) < 12

    def test_of_which_it_is_less_sure_says_so(self, recognise):
        [page] = drawn(f"{ENGLISH} " * 3)
        blurred = page.filter(ImageFilter.GaussianBlur(3.2))
        clear, unclear = (
            int(recognise(PNG, saved(picture, "PNG"), "eng").found["recognised"].split(":")[1])
            for picture in (page, blurred)
        )
        assert 85 < clear <= 100
        assert 0 < unclear < clear

    def test_that_is_full_of_grain_is_read_through_it(self, recognise):
        [page] = drawn(f"{ENGLISH} " * 2)
        large = page.resize((page.width * 3 // 2, page.height * 3 // 2))
        grained = Image.blend(large, Image.effect_noise(large.size, 70), 0.25)
        assert distance(words_of(recognise(PNG, saved(grained, "PNG"), "eng")), ENGLISH * 2) < 8

    def test_without_words_has_none(self, recognise):
        [page] = drawn(ENGLISH)
        grain = random.Random(4)
        noise = page.crop((0, 0, 200, 140))
        noise.putdata([grain.randrange(256) for _ in range(noise.width * noise.height)])
        found = recognise(PNG, saved(noise, "PNG"), "eng")
        assert found.found == {"pages_without_text": "1"}
        assert found.content.decode() == f"Picture: PNG, {noise.width} × {noise.height} pixels"


class TestWords:
    """What Tesseract made of pictures: each word, and how sure it was of it, in per cent."""

    @pytest.mark.parametrize(
        "read",
        [
            [("ua", 95)],
            [("申", 96), ("请", 93), ("人", 90), ("在", 41)],
            [("camp", 88), *[("|", 20), ("~", 9), ("i", 31)] * 20],
            [("1994", 80)],
            [("sl3Jyo", 12), ("peng", 20), ("gsdse", 30), ("lay", 9)] * 12,
        ],
    )
    def test_are_few_that_are_sure_or_many_of_some_length(self, read):
        assert ocr.are_words(read)

    @pytest.mark.parametrize(
        "read",
        [
            [],
            [("I", 66), ("Va", 75), ("we", 47), ("|", 67), ("4", 71), ("2)", 40)],
            [("00000", 70), ("042696", 66), ("c6eee", 20)],
            [("LA", 87), ("LP", 85), *[("i", 40), ("o", 31), ("x", 28)] * 40],
            [("٠١", 74), *[("ە", 12), ("\u06d4", 88)] * 99],
        ],
    )
    def test_are_not_what_leaves_and_shadows_are_taken_for(self, read):
        assert not ocr.are_words(read)


@needs
class TestPdf:
    def test_of_pictures_is_read_page_by_page(self, recognise):
        found = recognise(PDF, scanned(drawn(ENGLISH, "A second page.", "#h(1pt)")), "eng")
        assert found.found["recognised"].split(":")[0] == "1"
        assert found.found["pages_without_text"] == "3"
        second = found.content[found.pages[1] :].decode()
        assert second == "A second page."
        assert found.pages[2] == len(found.content)
        assert found.content[: found.pages[1]].decode().strip() == ENGLISH

    def test_keeps_the_text_of_pages_that_have_one(self, recognise):
        with pikepdf.open(io.BytesIO(typeset("Typed: fürst."))) as mixed:
            mixed.pages.extend(pikepdf.open(io.BytesIO(scanned(drawn("Drawn: second.")))).pages)
            out = io.BytesIO()
            mixed.save(out)
        found = recognise(PDF, out.getvalue(), "eng")
        assert found.content.decode() == "Typed: fürst.\n\nDrawn: second."
        assert [number.split(":")[0] for number in found.found["recognised"].split()] == ["2"]
        assert found.paragraphs == [(0, 14), (16, 30)]

    def test_without_recognition_is_refused_as_pictures(self, supervisor):
        content = scanned(drawn(ENGLISH))
        refused = supervisor.read(media_type=PDF, size=len(content), pieces=[content])
        assert refused == Refusal(
            "nothing-to-read", "There is no text in it: it is pictures of pages (1) without a text layer."
        )

    def test_of_an_enormous_page_is_read_small(self, recognise):
        document = pikepdf.open(io.BytesIO(typeset("Immense")))
        document.pages[0].MediaBox = [0, 0, 20_000_000, 20_000_000]
        document.pages[0].Contents = document.make_stream(b"0 0 m 9 9 l S")
        out = io.BytesIO()
        document.save(out)
        assert recognise(PDF, out.getvalue(), "eng").code == "nothing-to-read"


@needs
class TestTiff:
    def test_of_several_pages_is_read_page_by_page(self, recognise):
        first, second = drawn("The first page.", "The second page.")
        found = recognise(TIFF, saved(first, "TIFF", save_all=True, append_images=[second]), "eng")
        assert isinstance(found, Text)
        pages = [*found.pages, len(found.content)]
        words = [found.content[start:end].decode().strip() for start, end in pairwise(pages)]
        assert words == ["The first page.", "The second page."]
