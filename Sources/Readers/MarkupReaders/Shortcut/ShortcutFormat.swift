// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let url = Format(
        "url", "shortcut to a web page", extensions: ["url", "webloc", "website"],
        mediaTypes: ["application/internet-shortcut", "application/x-mswinurl", "application/x-webloc"],
        carried: "the address as a link; name and comment, where the shortcut has them", leftOut: "icons, keys, windows",
        reader: { ShortcutReader() })
}
