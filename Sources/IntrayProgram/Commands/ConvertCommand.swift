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
            What could not be carried over is said on standard error.
            """)

    @Argument(help: "The documents.") var files: [PathArgument]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the text goes: a file, a folder that is there, FOLDER/ to make one, or - for standard output.", valueName: "place"))
    var output: PathArgument?

    @Flag(help: "Draws how a PDF's layout is understood: an SVG per page in FILE.layout. Runs without the sandbox.")
    var debugLayout = false

    @OptionGroup var conversion: ConversionOptions
    @OptionGroup var secrets: PasswordOptions
    @OptionGroup var protection: SandboxOption

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a document.") }
        if debugLayout, files.count > 1 { throw ValidationError("One layout is drawn at a time.") }
        if try target().isStandardOutput, conversion.split != .none { throw ValidationError("--split needs -o: parts are files beside the output.") }
    }

    private func target() throws -> ConversionTarget {
        try ConversionTarget(output, formats: conversion.options.formats, documents: files.map(\.path))
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
            for file in files {
                await report.noting(file.path) {
                    let outputs = try FolderOutputs(of: file.path, in: folder, formats: conversion.options.formats)
                    do {
                        tell(try await single.convert(file.path, to: outputs.files.map(\.descriptor), beside: folder), of: file.path)
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
        for file in files {
            // A document ends before the next one begins.
            if endedOne, [.markdown, .text].contains(conversion.options.formats[0]) { _ = write(descriptor, "\n", 1) }
            endedOne = await report.noting(file.path) {
                tell(try await single.convert(file.path, to: [descriptor], beside: folder), of: file.path)
            }
        }
    }

    private func tell(_ reply: ConversionReply, of file: FilePath) {
        for loss in reply.losses {
            writeError("\(file.escaped): \(loss.code): \(loss.message)\(loss.count > 1 ? " (\(loss.count) times)" : "")\n")
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
