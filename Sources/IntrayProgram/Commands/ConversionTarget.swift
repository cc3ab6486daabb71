// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol
import FileAccess
import Glibc
import Pipeline
import Spooling
import SystemPackage

/// Where `convert` puts what becomes of its documents.
enum ConversionTarget {
    /// All one behind the other.
    case standardOutput
    case file(FilePath)
    /// Each document in files of its own, named as a sweep names them: `report.docx.md`.
    case folder(FilePath)

    /// `-o`: a folder is one that is there, or whose name ends with a slash.
    /// - Throws: `ValidationError` where that is no place for so many formats.
    init(_ output: PathArgument?, formats: [OutputFormat], documents: [FilePath]) throws {
        guard let output, output.path.string != "-" else {
            if formats.count > 1 { throw ValidationError("Standard output takes one format; several go to a folder: -o FOLDER/.") }
            self = .standardOutput
            return
        }
        guard output.namesFolder || Folders.isFolder(output.path) else {
            if formats.count > 1 { throw ValidationError("A file takes one format; several go to a folder, one that is there or whose name ends with /: -o \(output.path.string)/.") }
            let place = output.path.resolved()
            if documents.contains(where: { $0.resolved() == place }) {
                throw ValidationError("\(output.path.quoted) is the document itself and would be replaced by its text; name another file.")
            }
            self = .file(output.path)
            return
        }
        var names: Set<[UInt8]> = []
        for document in documents where !names.insert(OutputForecast.plainName(for: document)).inserted {
            throw ValidationError("Two documents are named \(FilePath(root: nil, document.lastComponent.map { [$0] } ?? []).quoted), and one output would replace the other; give each a folder of its own.")
        }
        let inputs = Set(documents.map { $0.resolved() })
        for document in documents {
            for name in OutputForecast.plainNames(for: FilePath(root: nil, document.lastComponent.map { [$0] } ?? []), formats: formats) {
                let place = output.path.appending(name.components).resolved()
                if inputs.contains(place) { throw ValidationError("\(place.quoted) is a document and would be replaced by the output of \(document.quoted); name another folder.") }
            }
        }
        self = .folder(output.path)
    }

    var isStandardOutput: Bool { if case .standardOutput = self { true } else { false } }
}

/// One document's outputs in a folder, one for each format: aside first, and in their places once all of it was converted.
struct FolderOutputs {
    private(set) var files: [OutputFile] = []

    init(of document: FilePath, in folder: FilePath, formats: [OutputFormat]) throws {
        do {
            for name in OutputForecast.plainNames(for: FilePath(root: nil, document.lastComponent.map { [$0] } ?? []), formats: formats) {
                files.append(try OutputFile(folder.appending(name.components)))
            }
        } catch {
            discard()
            throw error
        }
    }

    func keep() throws { for file in files { try file.keep() } }
    func discard() { for file in files { file.discard() } }

    /// Makes the folder where it is missing.
    static func make(_ folder: FilePath) throws {
        do { _ = try Folder(folder, making: true) } catch let error as SystemError { throw ProgramError(.unavailable, error.description) }
    }
}
