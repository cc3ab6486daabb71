// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let source = Format(
        "source", "source code", extensions: SourceLanguage.extensions,
        mediaTypes: ["text/x-python", "text/x-c", "text/x-java-source", "text/x-shellscript", "application/javascript", "text/javascript", "text/css", "application/x-sh", "application/sql"],
        carried: "the text as code with its language, told by the extension or the first line", leftOut: "control characters",
        verbatimIn: ["txt"], reader: { SourceReader() })

    package static let yaml = settings("yaml", "YAML", ["yaml", "yml"], ["application/yaml", "text/yaml", "application/x-yaml"])
    package static let toml = settings("toml", "TOML", ["toml"], ["application/toml"])
    package static let ini = settings("ini", "settings of lines with names and values", ["ini", "cfg", "conf", "properties", "env", "desktop"], ["text/x-ini"])

    package static let log = Format(
        "log", "log", extensions: ["log"], mediaTypes: ["text/x-log"],
        carried: "the lines as they are", leftOut: "colours and movements of a terminal, control characters",
        reader: { LogReader() })

    private static func settings(_ name: String, _ title: String, _ extensions: [String], _ types: [String]) -> Format {
        Format(
            name, title, extensions: extensions, mediaTypes: types, carried: "the text as code with its language", leftOut: "control characters",
            verbatimIn: ["txt"], reader: { SourceReader(language: name) })
    }
}
