// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let xml = Format(
        "xml", "XML, RSS and Atom", extensions: ["xml", "rss", "atom", "xsd", "xsl", "xslt", "wsdl", "kml", "gpx"],
        mediaTypes: ["application/xml", "text/xml", "application/rss+xml", "application/atom+xml"],
        carried: "feeds as headings and text, other documents as they are", leftOut: "entities of the document's own",
        reader: { XMLReader() })
}
