// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let csv = Format(
        "csv", "delimited text", extensions: ["csv", "tsv", "tab", "psv"],
        mediaTypes: ["text/csv", "text/tab-separated-values", "application/csv"],
        carried: "one table, any delimiter and charset", leftOut: "nothing",
        reader: { CSVReader() })
}
