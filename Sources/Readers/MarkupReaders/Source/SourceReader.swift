// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads source code and settings as code, as they are.
package struct SourceReader: DocumentReader {
    private let language: String?

    /// Without a language it is told by the extension, then by the first line.
    package init(language: String? = nil) { self.language = language }

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let text = TextReading.whole(source, &diagnostics)
        var document = Document()
        if !text.allSatisfy(Letters.isSpace) {
            let end = text.lastIndex { $0 != 0x0A }.map { $0 + 1 } ?? text.endIndex
            let name = language ?? SourceLanguage.named(source.nameExtension, text[...]) ?? SourceLanguage.interpreter(text[...])
            document.blocks = [.code(text[..<end].text, language: name)]
        }
        try sink.take(document)
    }
}

/// Reads logs as code without a language, as a terminal would show them in the end.
package struct LogReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var text: [UInt8] = []
        // Escape sequences must go before control characters do, or their rest would stay.
        if source.bytes.contains(0x1B), !source.bytes.prefix(512).contains(0) {
            let plain = TerminalText.plain(Array(source.bytes))
            plain.withUnsafeBytes { text = TextReading.whole(Source($0), &diagnostics) }
        } else {
            text = TextReading.whole(source, &diagnostics)
        }
        var document = Document()
        let end = text.lastIndex { $0 != 0x0A }.map { $0 + 1 } ?? 0
        if end > 0 { document.blocks = [.code(text[..<end].text, language: nil)] }
        try sink.take(document)
    }
}

enum SourceLanguage {
    static let extensions: [String] = table.keys.sorted()

    static func named(_ name: String, _ text: Line) -> String? {
        // Objective-C and MATLAB share an extension.
        if name == "m", text.trimmed.first == UInt8(ascii: "%") || text.trimmed.hasPrefix("function") || text.trimmed.hasPrefix("classdef") { return "matlab" }
        return table[name]
    }

    /// `#!/usr/bin/env python3`.
    static func interpreter(_ text: Line) -> String? {
        guard text.hasPrefix("#!") else { return nil }
        let line = text.prefix { $0 != 0x0A }.dropFirst(2)
        let words = line.split(separator: 0x20).map { $0.split(separator: UInt8(ascii: "/")).last?.text ?? "" }
        let program = words.first == "env" ? words.dropFirst().first { !$0.hasPrefix("-") && !$0.contains("=") } : words.first
        guard let program else { return nil }
        let bare = String(program.prefix { !$0.isNumber && $0 != "." })
        return ["sh": "sh", "bash": "bash", "dash": "sh", "zsh": "zsh", "ksh": "sh", "fish": "fish", "python": "python", "pypy": "python", "node": "javascript", "deno": "typescript",
            "ruby": "ruby", "perl": "perl", "php": "php", "lua": "lua", "Rscript": "r", "swift": "swift", "awk": "awk", "gawk": "awk", "make": "makefile", "tclsh": "tcl",
            "wish": "tcl", "julia": "julia", "runghc": "haskell", "runhaskell": "haskell", "groovy": "groovy", "pwsh": "powershell", "sed": "sed"][bare]
    }

    private static let table: [String: String] = [
        "py": "python", "pyi": "python", "pyw": "python", "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "jsx", "ts": "typescript", "mts": "typescript",
        "tsx": "tsx", "java": "java", "kt": "kotlin", "kts": "kotlin", "scala": "scala", "groovy": "groovy", "gradle": "groovy", "c": "c", "h": "c", "cc": "cpp", "cpp": "cpp",
        "cxx": "cpp", "hpp": "cpp", "hh": "cpp", "hxx": "cpp", "cs": "csharp", "fs": "fsharp", "fsx": "fsharp", "vb": "vbnet", "go": "go", "rs": "rust", "swift": "swift",
        "m": "objectivec", "mm": "objectivec", "rb": "ruby", "php": "php", "pl": "perl", "pm": "perl", "lua": "lua", "r": "r", "jl": "julia", "hs": "haskell", "ml": "ocaml",
        "mli": "ocaml", "ex": "elixir", "exs": "elixir", "erl": "erlang", "hrl": "erlang", "clj": "clojure", "cljs": "clojure", "lisp": "lisp", "el": "lisp", "scm": "scheme",
        "rkt": "racket", "sh": "bash", "bash": "bash", "zsh": "zsh", "fish": "fish", "ps1": "powershell", "psm1": "powershell", "bat": "batch", "cmd": "batch", "sql": "sql",
        "css": "css", "scss": "scss", "sass": "sass", "less": "less", "vue": "vue", "svelte": "svelte", "dart": "dart", "zig": "zig", "nim": "nim", "d": "d", "f": "fortran",
        "f90": "fortran", "f95": "fortran", "for": "fortran", "pas": "pascal", "asm": "asm", "s": "asm", "v": "verilog", "sv": "systemverilog", "vhd": "vhdl", "vhdl": "vhdl",
        "tcl": "tcl", "awk": "awk", "sed": "sed", "cmake": "cmake", "mk": "makefile", "mak": "makefile", "dockerfile": "dockerfile", "tf": "hcl", "hcl": "hcl", "proto": "protobuf",
        "graphql": "graphql", "gql": "graphql", "nix": "nix", "diff": "diff", "patch": "diff", "cob": "cobol", "cbl": "cobol", "adb": "ada", "ads": "ada", "sol": "solidity",
        "coffee": "coffeescript", "elm": "elm", "purs": "purescript", "cr": "crystal", "hx": "haxe", "glsl": "glsl", "wgsl": "wgsl", "cu": "cuda", "vim": "vim", "bib": "bibtex",
        "pyx": "cython", "vbs": "vbscript", "bas": "basic", "jsonc": "jsonc", "json5": "json5", "thrift": "thrift", "wat": "wasm", "prisma": "prisma", "apex": "apex", "abap": "abap",
        "st": "smalltalk", "pro": "prolog", "rego": "rego", "bzl": "python", "ahk": "autohotkey", "applescript": "applescript", "stan": "stan", "sas": "sas", "do": "stata",
    ]
}
