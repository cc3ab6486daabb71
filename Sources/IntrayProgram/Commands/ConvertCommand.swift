// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol
import FileAccess
import Glibc
import Pipeline
import Settings
import SystemPackage

struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Converts files to standard output, to a file, or into a folder.",
        discussion: """
            In a folder each document has files of its own, one for each format: -o FOLDER/ gives FOLDER/report.docx.md. \
            Several formats need that; several documents in one file follow each other. What is there is replaced. \
            Pictures and parts are kept with -o only, beside the output and named after the document: report.docx.assets, report.docx.parts. \
            What could not be carried over is said on standard error. \
            - is a document that is piped in: curl URL | intray convert - --name report.pdf
            """)

    @Argument(help: "The documents; - is standard input.") var files: [PathArgument]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the text goes: a file, a folder that is there, FOLDER/ to make one, or - for standard output.", valueName: "place"))
    var output: PathArgument?

    @Option(name: .long, help: ArgumentHelp("What the document on standard input is called: its ending helps where the content does not tell its format.", valueName: "name"))
    var name: PathArgument?

    @Flag(help: "Draws how a PDF's layout is understood: an SVG per page in FILE.layout. Runs without the sandbox.")
    var debugLayout = false

    @OptionGroup var conversion: ConversionOptions
    @OptionGroup var secrets: PasswordOptions
    @OptionGroup var protection: SandboxOption

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a document.") }
        try validateStandardInput()
        if debugLayout, files.count > 1 { throw ValidationError("One layout is drawn at a time.") }
        if try target().isStandardOutput, conversion.split != .none { throw ValidationError("--split needs -o: parts are files beside the output.") }
    }

    private func validateStandardInput() throws {
        let count = files.count(where: Self.isPiped)
        if let name {
            if count == 0 { throw ValidationError("--name is what a document on standard input is called; name that as -: intray convert - --name \(name.path.string)") }
            if name.path.lastComponent == nil || name.namesFolder { throw ValidationError("--name takes a name such as report.pdf.") }
        }
        if count == 0 { return }
        if count > 1 { throw ValidationError("Standard input is one document; name - once.") }
        if debugLayout { throw ValidationError("--debug-layout needs a file; write what comes to one first.") }
        if secrets.passwordFile?.path.string == "-" { throw ValidationError("Standard input has the document; passwords come from a file then.") }
        if isatty(0) == 1 { throw ValidationError("Standard input is a terminal; pipe a document into it: intray convert - <FILE") }
    }

    private static func isPiped(_ file: PathArgument) -> Bool { file.path.string == "-" }

    /// What the documents are called.
    private var documents: [FilePath] {
        let piped = name?.path.lastComponent.map { FilePath(root: nil, [$0]) } ?? StandardInput.name
        return files.map { Self.isPiped($0) ? piped : $0.path }
    }

    private func target() throws -> ConversionTarget {
        try ConversionTarget(output, formats: conversion.options.formats, documents: documents)
    }

    /// One document, from where it is.
    private func convert(_ place: Int, with single: SingleConversion, to outputs: [Int32], beside folder: FilePath?) async throws {
        let file = try Self.isPiped(files[place]) ? StandardInput.kept() : nil
        let document = documents[place]
        tell(try await single.convert(document, in: file, to: outputs, beside: folder), of: document)
    }

    func run() async throws {
        if debugLayout { try drawLayout(files[0].path) }
        let single = try SingleConversion(
            options: conversion.options, passwords: try secrets.passwords(), isLocked: protection.setting == .require, user: protection.workerUser)
        try await single.start()
        var report = ConversionFailures()
        switch try target() {
        case .folder(let folder):
            try FolderOutputs.make(folder)
            for place in files.indices {
                await report.noting(files[place].path) {
                    let outputs = try FolderOutputs(of: documents[place], in: folder, formats: conversion.options.formats)
                    do {
                        try await convert(place, with: single, to: outputs.files.map(\.descriptor), beside: folder)
                        try outputs.keep()
                    } catch {
                        outputs.discard()
                        throw error
                    }
                }
            }
        case .file(let path):
            let file = try OutputFile(path)
            await convert(to: file.descriptor, beside: file.folder, single, &report)
            if report.count < files.count { try file.keep() } else { file.discard() }
        case .standardOutput: await convert(to: 1, beside: nil, single, &report)
        }
        await single.stop()
        if report.count > 0 { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
    }

    /// One document behind the other.
    private func convert(to descriptor: Int32, beside folder: FilePath?, _ single: SingleConversion, _ report: inout ConversionFailures) async {
        var endedOne = false
        for place in files.indices {
            // A document ends before the next one begins.
            if endedOne, [.markdown, .text].contains(conversion.options.formats[0]) { _ = write(descriptor, "\n", 1) }
            endedOne = await report.noting(files[place].path) { try await convert(place, with: single, to: [descriptor], beside: folder) }
        }
    }

    private func tell(_ reply: ConversionReply, of file: FilePath) {
        for loss in reply.losses {
            writeError("\(file.escaped): \(loss.isDamage ? "damaged: " : "")\(loss.code): \(loss.message)\(loss.count > 1 ? " (\(loss.count) times)" : "")\n")
        }
    }

    /// Becomes the worker program, which has the layout.
    private func drawLayout(_ file: FilePath) throws -> Never {
        let worker = try Programs.worker()
        let arguments = [worker.bytes, Array("--debug-layout".utf8), file.bytes, file.bytes + Array(".layout".utf8)]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { word in (word + [0]).withUnsafeBytes { $0.baseAddress.flatMap { strdup($0.assumingMemoryBound(to: CChar.self)) } } }
        words.append(nil)
        _ = worker.withPlatformString { execv($0, words) }
        throw ProgramError(.refused, "cannot start \(worker.quoted): \(String(cString: strerror(errno)).lowercased())")
    }
}
