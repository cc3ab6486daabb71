// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let json = Format(
        "json", "JSON and JSON lines", extensions: ["json", "jsonl", "ndjson", "geojson", "jsonld", "har"],
        mediaTypes: ["application/json", "application/x-ndjson", "application/jsonl", "text/json"],
        carried: "the text as it is, as code", leftOut: "nothing",
        reader: { JSONReader() })
}
