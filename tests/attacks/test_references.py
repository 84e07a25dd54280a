"""A document that points to something elsewhere fetches nothing: neither when it is read nor when it is printed."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Iterator

import pytest

from support.workbench import Desk


class Listener:
    """Somebody on this machine who notes each time they are called."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/called"


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def html(address: str) -> bytes:
    return f"""<!doctype html><html><head><base href="{address}"><link rel="stylesheet" href="{address}"><script src="{address}"></script>
<meta http-equiv="refresh" content="0;url={address}"><style>@import url({address})</style></head><body><p>Invented words.</p>
<img src="{address}" srcset="{address} 2x"><iframe src="{address}"></iframe><object data="{address}"></object>
<video src="{address}"></video><svg><image href="{address}"/></svg></body></html>""".encode()


def xml(address: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{address}"><?xml-stylesheet href="{address}"?><a xmlns:x="{address}">Invented words.<x:b href="{address}"/></a>'.encode()


def entity(address: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{address}"><!ENTITY % c SYSTEM "{address}"> %c;]><a>&b;</a>'.encode()


def mail(address: str) -> bytes:
    head = f"From: a@invalid.example\r\nSubject: b\r\nMIME-Version: 1.0\r\nContent-Location: {address}\r\n"
    outside = f'--x\r\nContent-Type: message/external-body; access-type=URL; URL="{address}"\r\n\r\n\r\n'
    page = b"--x\r\nContent-Type: text/html\r\n\r\n" + html(address) + b"\r\n--x--\r\n"
    return f'{head}Content-Type: multipart/mixed; boundary="x"\r\n\r\n{outside}'.encode() + page


def docx(address: str) -> bytes:
    """A Word document whose picture, template, frame and link lie elsewhere."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    space = "http://schemas.openxmlformats.org/package/2006"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    links = "".join(
        f'<Relationship Id="r{number}" Type="{kind}/{name}" Target="{address}" TargetMode="External"/>'
        for number, name in enumerate(("image", "attachedTemplate", "frame", "hyperlink", "oleObject", "subDocument"))
    )
    picture = f'<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{kind}" r:link="r0" r:embed="r0"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="r" Type="{kind}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}/relationships">{links}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Invented words.</w:t></w:r><w:r><w:drawing>{picture}</w:drawing></w:r></w:p></w:body></w:document>',
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def pdf(address: str) -> bytes:
    """A page that opens an address, sends a form to it, and has a stream that lies there."""
    import pikepdf

    made = pikepdf.new()
    made.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
    made.Root.OpenAction = action
    made.Root.AA = pikepdf.Dictionary(WC=action)
    outside = pikepdf.Dictionary(FS=pikepdf.Name.URL, F=pikepdf.String(address))
    send = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=outside)
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=send)
    made.pages[0].Annots = made.make_indirect(pikepdf.Array([link]))
    stream = made.make_stream(b"")
    stream.F, stream.FFilter = outside, pikepdf.Array([])
    made.pages[0].Contents = stream
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


KINDS = {
    "html": (html, "text/html"), "xml": (xml, "application/xml"), "entity": (entity, "application/xml"), "mail": (mail, "message/rfc822"),
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), "pdf": (pdf, "application/pdf"),
}  # fmt: skip


@pytest.fixture
def desk(member, readers) -> Desk:
    return Desk(member, readers)


class TestReading:
    def test_the_listener_hears_who_calls(self, listener):
        socket.create_connection(("127.0.0.1", listener.port)).close()
        while not listener.calls:
            pass

    @pytest.mark.parametrize("name", KINDS)
    def test_of_a_document_that_points_elsewhere_calls_nobody(self, desk, listener, name):
        made, kind = KINDS[name]
        document = desk.paper(made(listener.address), kind=kind, path=f"paper.{name}")
        document.refresh_from_db()
        assert document.state in {"read", "refused"}
        assert listener.calls == 0


class TestPrinting:
    def test_of_words_that_point_elsewhere_calls_nobody(self, desk, listener):
        from panah.cases.outlining import outline_of
        from panah.dossier.actions import seal

        there = listener.address
        words = f'![a]({there}) <img src="{there}"> #image("{there}") #include "{there}" @import {there} \\includegraphics{{{there}}}'
        document = desk.paper(f"{words}\n", title=words, source=words)
        case = desk.case(called=words[:100], frameworks=["cat-3"])
        desk.fact(case, words, supported_by=desk.quote(document, words))
        assert seal(compartment=case.compartment, outline=outline_of(case), by=desk.member, clock=desk.now).bundle.size
        assert listener.calls == 0
