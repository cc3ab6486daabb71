// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc
import SystemPackage

/// A path from the command line with its bytes as they were, UTF-8 or not.
///
/// Arguments pass through the parser as `String`; each byte that is not part of UTF-8 travels as one scalar of a
/// private plane and is put back here.
struct PathArgument: ExpressibleByArgument {
    var path: FilePath
    /// Whether it ends with a slash, which a path does not keep.
    var namesFolder: Bool

    init(argument: String) {
        var bytes: [CChar] = []
        for scalar in argument.unicodeScalars {
            if (Self.plane...Self.plane + 0xFF).contains(scalar.value) {
                bytes.append(CChar(bitPattern: UInt8(scalar.value - Self.plane)))
            } else {
                bytes += UTF8.encode(scalar)?.map { CChar(bitPattern: $0) } ?? []
            }
        }
        bytes.append(0)
        path = FilePath(platformString: bytes)
        namesFolder = argument.hasSuffix("/")
    }

    var defaultValueDescription: String { path.string }

    static var defaultCompletionKind: CompletionKind { .file() }

    /// The program's arguments without its name, in the form that `init(argument:)` takes back.
    static func commandLine() -> [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { place in
            CommandLine.unsafeArgv[place].map { text(of: UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
        }
    }

    private static func text(of raw: UnsafeRawBufferPointer) -> String {
        if let text = String(validating: raw, as: UTF8.self) { return text }
        var out = ""
        var at = 0
        while at < raw.count {
            var decoder = UTF8()
            var rest = UnsafeRawBufferPointer(rebasing: raw[at...]).makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&rest) {
                out.unicodeScalars.append(scalar)
                at += UTF8.width(scalar)
            } else {
                if let scalar = Unicode.Scalar(plane + UInt32(raw[at])) { out.unicodeScalars.append(scalar) }
                at += 1
            }
        }
        return out
    }

    /// The start of a private-use range that no real name uses.
    private static let plane: UInt32 = 0x10_FE00
}

extension FilePath {
    /// Absolute, from the working directory, without `.`; a `..` stays, since links decide what it means.
    var absolute: FilePath {
        if isAbsolute { return lexicallyCleaned }
        guard let raw = getcwd(nil, 0) else { return self }
        defer { free(raw) }
        return FilePath(platformString: raw).appending(components).lexicallyCleaned
    }

    private var lexicallyCleaned: FilePath {
        var clean = self
        clean.components.removeAll { $0.kind == .currentDirectory }
        return clean
    }
}
