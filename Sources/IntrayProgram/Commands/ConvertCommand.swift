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
        commandName: "convert", abstract: "Converts files to standard output, or to a file.",
        discussion: "What could not be carried over is said on standard error. Pictures and parts are kept with -o only, in OUTPUT's folder.")

    @Argument(help: "The documents.") var files: [PathArgument]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the text goes; - is standard output.", valueName: "file"))
    var output: PathArgument?

    @Flag(help: "Draws how a PDF's layout is understood: an SVG per page in FILE.layout. Runs without the sandbox.")
    var debugLayout = false

    @OptionGroup var conversion: ConversionOptions
    @OptionGroup var secrets: PasswordOptions
    @OptionGroup var protection: SandboxOption

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a document.") }
        if debugLayout, files.count > 1 { throw ValidationError("One layout is drawn at a time.") }
        if conversion.split != .none, output.map({ $0.path.string == "-" }) ?? true { throw ValidationError("--split needs -o: parts are files beside the output.") }
        if conversion.options.formats.count > 1 { throw ValidationError("Standard output takes one format.") }
    }

    func run() async throws {
        if debugLayout { try drawLayout(files[0].path) }
        let single = try SingleConversion(
            options: conversion.options, passwords: try secrets.passwords(), isLocked: protection.setting == .require, user: protection.workerUser)
        try await single.start()
        let target = try output.flatMap { $0.path.string == "-" ? nil : try OutputFile($0.path) }
        let descriptor = target?.descriptor ?? 1
        var failures = 0
        var endedOne = false
        for file in files {
            do {
                // A document ends before the next one begins.
                if endedOne, [.markdown, .text].contains(conversion.options.formats[0]) { _ = write(descriptor, "\n", 1) }
                endedOne = false
                let reply = try await single.convert(file.path, to: descriptor, beside: target?.folder)
                endedOne = true
                for loss in reply.losses {
                    writeError("\(file.path.escaped): \(loss.code): \(loss.message)\(loss.count > 1 ? " (\(loss.count) times)" : "")\n")
                }
            } catch let error as ConversionError {
                failures += 1
                writeError("intray: cannot read \(file.path.quoted): \(error.reason) (\(error.code.rawValue))\n")
            } catch let error as SystemError {
                failures += 1
                writeError("intray: \(error.description)\n")
            }
        }
        await single.stop()
        if failures < files.count { try target?.keep() } else { target?.discard() }
        if failures > 0 { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
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
