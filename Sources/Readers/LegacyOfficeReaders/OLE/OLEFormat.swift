// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ole = Format(
        "ole", "OLE object", extensions: ["ole"], mediaTypes: ["application/vnd.openxmlformats-officedocument.oleobject", "application/x-oleobject"],
        carried: "the document that the object holds: packages of Office, files put in by the Packager, OpenDocument, PDF, documents of the binary kind",
        leftOut: "the object's picture, formulas and charts of the old kind", reader: { OLEReader() })
}
