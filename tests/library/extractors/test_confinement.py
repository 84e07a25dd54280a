"""A document that takes over the program that reads it gains nothing: it is one refusal, and the next one is read."""

import ctypes
import fcntl
import os
import signal
import socket
import sys
import termios
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from panah.library.extractors.confine import Limits
from panah.library.extractors.kinds import PLAIN, UNKNOWN
from panah.library.extractors.supervisor import LARGEST, Refusal, Supervisor, Text
from support.hostile import EVERY, forged, kind_of

TESTS = Path(__file__).parents[2]
"""The folder from which the confined program imports the hostile extractors."""


USUAL = Limits()


def supervisor_of(*names, limits=USUAL, path=TESTS):
    return Supervisor({kind_of(name): EVERY[name] for name in names}, limits, (str(path),))


@pytest.fixture(scope="module")
def supervisor():
    with supervisor_of(*EVERY) as running:
        yield running


@pytest.fixture(scope="module")
def impatient():
    """Gives every document a second and a megabyte."""
    with supervisor_of(*EVERY, limits=Limits(seconds=1, output=1 << 20)) as running:
        yield running


def program_of(running):
    (program,) = running._programs.values()
    return program


def given_to(running, name, content=b"content"):
    """What the extractor of this name makes of the content; then the one that behaves must still be heard."""
    outcome = running.read(media_type=kind_of(name), size=len(content), pieces=[content])
    after = running.read(media_type=kind_of("Behaves"), size=4, pieces=[b"ne", b"xt"])
    assert after == Text(b"next", [(0, 4)], [], {}, {})
    return outcome


def has_landlock():
    """Whether this kernel can hide files; without it they can be read, though not written."""
    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) >= 1


NOT_PERMITTED = Refusal("extractor-failed", "The program that reads it failed on it (PermissionError).")


class TestNetwork:
    @pytest.mark.parametrize("name", ["OpensASocket", "PairsSockets"])
    def test_no_socket_is_opened(self, supervisor, name):
        assert given_to(supervisor, name) == NOT_PERMITTED

    def test_nobody_is_reached_not_even_on_this_machine(self, supervisor):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.setblocking(False)
            port = str(listening.getsockname()[1]).encode()
            assert given_to(supervisor, "ConnectsToLoopback", port) == NOT_PERMITTED
            with pytest.raises(BlockingIOError):
                listening.accept()

    def test_only_the_document_and_its_result_are_open(self, supervisor):
        """Three times nothing, and two files in memory: no socket of the program that started it."""
        found = given_to(supervisor, "CountsItsDescriptors").content.decode()
        assert [kind.split(":")[1] for kind in found.split()] == ["2", "2", "2", "10", "10"]


class TestProcesses:
    @pytest.mark.parametrize("name", ["Forks", "RunsAProgram", "BecomesAProgram"])
    def test_no_program_is_started(self, supervisor, name):
        assert given_to(supervisor, name) == NOT_PERMITTED

    def test_no_thread_is_started(self, supervisor):
        assert given_to(supervisor, "StartsAThread").code == "extractor-failed"

    def test_threads_are_started_by_those_alone_that_may_and_nothing_else_is(self, supervisor):
        assert given_to(supervisor, "StartsAPermittedThread").content == b"ran"
        for name in ("ForksBesideThreads", "RunsAProgramBesideThreads"):
            assert given_to(supervisor, name) == NOT_PERMITTED

    def test_no_process_is_sent_a_signal(self, supervisor):
        assert given_to(supervisor, "SendsASignal", str(os.getpid()).encode()) == NOT_PERMITTED


class TestFiles:
    def test_none_is_written(self, supervisor, tmp_path):
        target = tmp_path / "left-behind"
        assert given_to(supervisor, "WritesAFile", os.fsencode(target)) == NOT_PERMITTED
        assert not target.exists()

    def test_none_is_overwritten_or_removed(self, supervisor, tmp_path):
        target = tmp_path / "precious"
        target.write_text("precious")
        for name in ("WritesAFile", "RemovesAFile"):
            assert given_to(supervisor, name, os.fsencode(target)) == NOT_PERMITTED
        assert target.read_text() == "precious"

    @pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
    def test_none_is_read_that_does_not_belong_to_the_program(self, supervisor, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("secret")
        for path in (secret, "/etc/passwd", "/etc/hostname", "/proc/self/environ", "/proc/1/cmdline", "/dev/null"):
            assert given_to(supervisor, "ReadsAFile", os.fsencode(path)) == NOT_PERMITTED

    @pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
    def test_no_folder_is_listed(self, supervisor, tmp_path):
        for path in (tmp_path, Path.home(), "/", "/etc", "/proc", "/tmp"):
            assert given_to(supervisor, "ListsAFolder", os.fsencode(path)) == NOT_PERMITTED


class TestCosts:
    @pytest.mark.parametrize("name", ["AsksForFourGigabytes", "SwellsSlowly"])
    def test_more_memory_than_allowed_is_refused(self, supervisor, name):
        assert given_to(supervisor, name).code == "reading-too-costly"

    def test_more_processor_time_than_allowed_is_refused(self, impatient):
        stopped = Refusal("reading-too-long", "Reading it took longer than 1 seconds and was stopped.")
        assert given_to(impatient, "LoopsForever") == stopped

    def test_more_patience_than_allowed_is_refused(self, impatient):
        assert given_to(impatient, "WaitsForever").code == "reading-too-long"

    def test_more_text_than_allowed_is_refused(self, impatient):
        assert given_to(impatient, "WritesEndlessly").code == "reading-too-costly"

    def test_limits_are_not_taken_back(self, supervisor):
        assert given_to(supervisor, "TakesItsLimitsBack").code == "extractor-failed"

    def test_recursion_without_end_is_refused(self, supervisor):
        assert given_to(supervisor, "Recurses") == Refusal(
            "extractor-failed", "The program that reads it failed on it (RecursionError)."
        )


class TestCrashes:
    def test_a_fault_of_memory_is_named_by_its_signal(self, supervisor):
        crashed = Refusal(
            "extractor-crashed", f"The program that reads it crashed on it (signal {int(signal.SIGSEGV)})."
        )
        assert given_to(supervisor, "Crashes") == crashed

    def test_an_abort_is_one_refusal(self, supervisor):
        assert given_to(supervisor, "Aborts").code == "extractor-crashed"

    @pytest.mark.parametrize("status", [0, 1, 3, 255])
    def test_an_end_without_a_result_is_one_refusal_and_no_signal(self, supervisor, status):
        ended = given_to(supervisor, "EndsItself", str(status).encode())
        assert ended.code == "extractor-crashed"
        assert "-" not in ended.sentence

    @pytest.mark.parametrize(("name", "content"), [("Exits", b"0"), ("Exits", b"words"), ("IsInterrupted", b"x")])
    def test_an_exit_by_exception_is_one_refusal(self, supervisor, name, content):
        assert given_to(supervisor, name, content).code in {"extractor-crashed", "extractor-failed"}

    def test_an_odd_exception_is_one_refusal(self, supervisor):
        assert given_to(supervisor, "RaisesAnOddError") == Refusal(
            "extractor-failed", "The program that reads it failed on it (Odd)."
        )

    def test_nothing_at_all_is_one_refusal(self, supervisor):
        assert given_to(supervisor, "GivesNothing").code == "extractor-failed"

    def test_half_characters_are_stored_as_question_marks_and_offsets_still_fit(self, supervisor):
        found = given_to(supervisor, "GivesHalfCharacters")
        assert found.content.decode() == "camp ? ھ"
        assert found.paragraphs == [(0, len(found.content))]


GOOD = {"size": 3, "paragraphs": [[0, 3]], "pages": [0], "about": {"title": "T"}, "found": {}, "inside": []}


class TestForgedResults:
    """A reader that was taken over writes its result as it likes. What does not fit is refused, as any other crash."""

    def test_one_that_fits_is_taken(self, supervisor):
        assert given_to(supervisor, "Forges", forged(GOOD, b"abc")) == Text(b"abc", [(0, 3)], [0], {"title": "T"}, {})

    def test_one_with_things_inside_is_taken_with_them(self, supervisor):
        inside = [["a.txt", 2, {}], ["نام", 0, {"url": "u"}], ["b", 1, {}]]
        found = given_to(supervisor, "Forges", forged(GOOD | {"inside": inside}, b"abcdef"))
        assert found.content == b"abc"
        assert [(each.name, bytes(each.content), each.about) for each in found.inside] == [
            ("a.txt", b"de", {}), ("نام", b"", {"url": "u"}), ("b", b"f", {})
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "result",
        [
            b"x",
            bytes(4),
            b"\xff\xff\xff\xff{}",
            b"\0\0\0\3{{{",
            b"\0\0\0\2\xff\xfe",
            b"\0\1\x86\xa0" + b"[" * 100_000,
            *(forged(header) for header in ({}, [], 3, None, "text", {"code": 1}, {"code": None, "sentence": None})),
            forged({"code": "Not A Code", "sentence": "x", "parts": []}),
            forged({"code": "a-code", "sentence": "x"}),
            *(
                forged({"code": "a-code", "sentence": sentence, "parts": parts})
                for sentence, parts in [
                    ("", []),
                    ("\ud800", []),
                    ("x" * 501, []),
                    ("x", ["y", {}]),
                    ("x", [1]),
                    ("x", "x"),
                ]
            ),
            forged({"code": "a-code", "sentence": "x", "parts": []}, b"and a text"),
        ],
        ids=lambda result: str(result[:40]),
    )
    def test_one_that_is_no_result_is_refused(self, supervisor, result):
        assert given_to(supervisor, "Forges", result).code == "extractor-crashed"

    @pytest.mark.parametrize(
        "changed",
        [
            {"paragraphs": [[0, 99]]},
            {"paragraphs": [[2, 1]]},
            {"paragraphs": [[-2, 1]]},
            {"paragraphs": [[2, 3], [0, 1]]},
            {"paragraphs": [[0]]},
            {"paragraphs": []},
            {"paragraphs": [[1, 1]]},
            {"paragraphs": [[True, 3]]},
            {"paragraphs": 5},
            {"paragraphs": [[0, "x"]]},
            {"pages": [99]},
            {"pages": [-1]},
            {"pages": [2, 1]},
            {"pages": ["x"]},
            {"pages": [float("inf")]},
            {"about": 3},
            {"about": "words"},
            {"about": {"title": 3}},
            {"about": {"title": "half a character \ud800"}},
            {"found": ["a"]},
            {"more": "than there should be"},
            {"size": 2},
            {"size": 4},
            {"size": -1},
            {"size": "3"},
            {"inside": 3},
            {"inside": ["a"]},
            {"inside": [["a", 1, {}]]},
            {"inside": [["a", 1, {}], ["b", -1, {}]]},
            {"inside": [["a", 0]]},
            {"inside": [["a", 0, []]]},
            {"inside": [["a", 0, {"title": 3}]]},
            {"inside": [["half a character \ud800", 0, {}]]},
            {"size": 2, "inside": [["a", 0, {}]]},
        ],
        ids=str,
    )
    def test_one_whose_places_or_words_do_not_fit_is_refused(self, supervisor, changed):
        assert given_to(supervisor, "Forges", forged(GOOD | changed, b"abc")).code == "extractor-crashed"

    @pytest.mark.parametrize(("places", "content"), [([[0, 3]], b"ab\xff"), ([[0, 1]], "é".encode())])
    def test_one_whose_text_is_no_utf_8_or_is_cut_in_a_character_is_refused(self, supervisor, places, content):
        assert (
            given_to(supervisor, "Forges", forged(GOOD | {"size": len(content), "paragraphs": places}, content)).code
            == "extractor-crashed"
        )


def unread_by_the_other_side(connection):
    """How many bytes of a socket pair were sent and not received."""
    return int.from_bytes(fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)), sys.byteorder)


class TestSupervisor:
    @pytest.mark.parametrize(
        ("media_type", "size", "code"),
        [
            (PLAIN, 0, "document-empty"),
            (UNKNOWN, 5, "kind-unknown"),
            ("image/png", 5, "kind-not-read"),
            (kind_of("Behaves"), LARGEST + 1, "document-too-large"),
        ],
    )
    def test_says_what_it_does_not_read_without_reading_it(self, supervisor, media_type, size, code):
        def pieces():
            yield pytest.fail("it was read")

        refused = supervisor.read(media_type=media_type, size=size, pieces=pieces())
        assert refused.code == code
        assert refused.sentence

    def test_starts_again_after_its_program_was_killed(self):
        with supervisor_of("Behaves") as running:
            given_to(running, "Behaves")
            program_of(running).process.kill()
            program_of(running).process.wait()
            assert given_to(running, "Behaves").content == b"content"

    def test_says_so_when_its_program_dies_over_a_document(self):
        with supervisor_of("Behaves") as running, ThreadPoolExecutor() as pool:
            given_to(running, "Behaves")
            program = program_of(running)
            os.kill(program.process.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, program.process.pid, os.WSTOPPED)
            outcome = pool.submit(running.read, media_type=kind_of("Behaves"), size=1, pieces=[b"x"])
            while not unread_by_the_other_side(program.orders):
                os.sched_yield()
            program.process.kill()
            assert outcome.result().code == "extractor-crashed"
            assert given_to(running, "Behaves").content == b"content"

    def test_takes_a_document_that_is_being_read_with_it(self):
        """Nothing goes on reading after the program that watches it has ended."""
        with supervisor_of("WaitsForever") as running, ThreadPoolExecutor() as pool:
            pool.submit(running.read, media_type=kind_of("WaitsForever"), size=1, pieces=[b"x"])
            while not (running._programs and (reading := psutil.Process(program_of(running).process.pid).children())):
                os.sched_yield()
            program_of(running).process.kill()
            _gone, alive = psutil.wait_procs(reading, timeout=5)
            for process in alive:
                process.kill()
        assert alive == []

    def test_reads_nothing_where_nothing_can_be_confined(self):
        with supervisor_of("IsOnAnotherMachine") as running:
            for _ in range(2):
                refused = running.read(media_type=kind_of("IsOnAnotherMachine"), size=1, pieces=[b"x"])
                assert refused.code == "not-confined"
                assert "linux on riscv64 is not supported yet" in refused.sentence

    def test_says_so_when_its_program_cannot_start(self, tmp_path):
        with supervisor_of("Behaves", path=tmp_path) as running:
            refused = running.read(media_type=kind_of("Behaves"), size=1, pieces=[b"x"])
        assert refused.code == "extractor-crashed"

    def test_ends_its_program_when_it_is_left(self):
        with supervisor_of("Behaves") as running:
            given_to(running, "Behaves")
            process = program_of(running).process
        assert process.poll() is not None

    def test_keeps_a_few_programs_ready_and_ends_the_one_that_was_needed_longest_ago(self, monkeypatch):
        monkeypatch.setattr("panah.library.extractors.supervisor.MOST_PROGRAMS", 2)
        with supervisor_of("GivesNothing", "Exits", "Behaves") as running:
            for name in ("GivesNothing", "Exits"):
                running.read(media_type=kind_of(name), size=1, pieces=[b"x"])
            first, second = (program.process for program in running._programs.values())
            assert running.read(media_type=kind_of("Behaves"), size=1, pieces=[b"x"]).content == b"x"
            assert [first.poll() is None, second.poll() is None] == [False, True]

    def test_may_be_stopped_before_it_was_started(self):
        supervisor_of("Behaves").stop()

    def test_passes_on_an_error_of_the_store(self, supervisor):
        """What cannot be opened is not a document that cannot be read."""

        def pieces():
            yield b"x"
            raise OSError("the disk is gone")

        with pytest.raises(OSError, match="the disk is gone"):
            supervisor.read(media_type=kind_of("Behaves"), size=2, pieces=pieces())
        assert given_to(supervisor, "Behaves").content == b"content"
