// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("calendars and contacts")
struct CalendarTests {
    @Test("vCalendar 1.0 writes its texts as quoted-printable")
    func oldCalendar() throws {
        let text = "BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\nSUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe\r\n"
            + "DTSTART:19980415T200000Z\r\nDESCRIPTION;QUOTED-PRINTABLE:one=0D=0Atwo is=\r\n long\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        let blocks = try Outline.read(Array(text.utf8), CalendarReader(), nameExtension: "vcs").document.blocks
        #expect(Outline.blocks(blocks) == "h2(Grüße) ul(li(strong(Begins:) 1998-04-15 20:00 UTC)) p(one⏎two is long)")
    }

    @Test("facts come in one order, whatever order the program wrote them in; files within are left out, and that is said")
    func order() throws {
        let text = "BEGIN:VTODO\nURL:https://a.b\nATTACH;FILENAME=plan.pdf:https://a.b/plan\nATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\nSTATUS:NEEDS-ACTION\n"
            + "DUE:20240102\nSUMMARY:Do\nDTSTART:20240101\nRRULE:FREQ=DAILY\nEND:VTODO\n"
        let (document, diagnostics) = try Outline.read(Array(text.utf8), CalendarReader())
        #expect(Outline.blocks(document.blocks) == """
            h2(Do) ul(li(strong(Begins:) 2024-01-01) li(strong(Due:) 2024-01-02) li(strong(Recurs:) FREQ=DAILY) li(strong(Status:) NEEDS-ACTION) \
            li(strong(Website:) https://a.b) li(strong(Attachments:) plan.pdf (https://a.b/plan)))
            """)
        #expect(diagnostics.items.map(\.code) == ["calendar-attachments-dropped"])
    }

    @Test("a contact's parts may be quoted-printable")
    func oldContact() throws {
        let text = "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Jo\nADR;HOME;ENCODING=QUOTED-PRINTABLE:;;Weg 1;K=C3=B6ln;;5;D\nEND:VCARD\n"
        #expect(try Outline.blocks(Outline.read(Array(text.utf8), ContactReader()).document.blocks) == "h2(Jo Müller) ul(li(strong(Address:) Weg 1, Köln, 5, D (home)))")
    }
}
