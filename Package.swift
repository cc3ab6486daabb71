// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// Every target compiles with these; an import is internal unless it says `public import`.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func system(_ name: String, _ pkgConfig: String?, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A family of readers; each is a target of its own, so that one can be changed and built without the others.
func reader(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Readers/\(name)", swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: resources, swiftSettings: strict)
}

let paths = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let services = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "intray",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "intray", targets: ["IntrayProgram"]),
        .executable(name: "intray-worker", targets: ["WorkerProgram"]),
        .executable(name: "intray-watcher", targets: ["WatcherProgram"]),
        .library(name: "BatchProcessing", targets: ["BatchProcessing", "Workers", "ConversionProtocol"]),
        .library(name: "WorkerRuntime", targets: ["WorkerRuntime", "ConversionProtocol"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        // C libraries of Debian, and the few calls of Linux that Glibc's module leaves out.
        system("CInotifyTools", nil, apt: "libinotifytools0-dev"),
        system("CGumbo", "gumbo", apt: "libgumbo-dev"),
        system("CXML2", "libxml-2.0", apt: "libxml2-dev"),
        system("CDeflate", "libdeflate", apt: "libdeflate-dev"),
        system("CZ", "zlib", apt: "zlib1g-dev"),
        system("CArchive", nil, apt: "libarchive-dev"),
        system("CUchardet", "uchardet", apt: "libuchardet-dev"),
        system("CCrypto", "libcrypto", apt: "libssl-dev"),
        system("CCipher", nil, apt: "libssl-dev"),
        system("CArgon2", nil, apt: "libargon2-dev"),
        .target(name: "CLinux"),
        .target(name: "CWorker"),
        .target(name: "CShipped"),
        .target(name: "CPDFium", linkerSettings: [.linkedLibrary("dl")]),

        // What crosses the wall between the daemon and a worker.
        target("ConversionProtocol", ["CLinux"]),

        // Bytes to tree to text: only a worker links these.
        target("DocumentTree"),
        target("TextDecoding", ["CUchardet"]),
        .target(
            name: "Decryption", dependencies: ["CCipher", "CArgon2"], path: "Sources/Readers/Decryption", swiftSettings: strict,
            // Static, for the few functions that are used: the library as a whole would be the worker's largest.
            linkerSettings: [.linkedLibrary(":libcrypto.a"), .linkedLibrary(":libargon2.a")]),
        target("ZipArchive", ["CDeflate", "CZ", "Decryption", "DocumentReading"]),
        target("XMLTree", ["CXML2"]),
        reader("DocumentReading", ["DocumentTree", "TextDecoding"]),
        reader("NumberFormats", []),
        reader("Sheets", ["DocumentReading", "DocumentTree"]),
        reader("TextReaders", ["DocumentReading", "DocumentTree", "TextDecoding"]),
        reader("WebReaders", ["DocumentReading", "DocumentTree", "TextDecoding", "XMLTree", "ZipArchive", "CGumbo"]),
        reader("MarkupReaders", ["DocumentReading", "DocumentTree", "TextDecoding", "WebReaders", "XMLTree"]),
        reader("MediaReaders", ["DocumentReading", "DocumentTree"]),
        reader("OfficeReaders", ["DocumentReading", "DocumentTree", "NumberFormats", "Sheets", "ZipArchive", "XMLTree"]),
        reader("CompoundFiles", []),
        reader("EncryptedPackages", ["DocumentReading", "TextDecoding", "CompoundFiles", "Decryption", "XMLTree", "ZipArchive"]),
        reader("LegacyOfficeReaders", ["DocumentReading", "DocumentTree", "TextDecoding", "CompoundFiles", "Decryption", "NumberFormats", "Sheets", "ZipArchive"]),
        reader("OpenDocumentReaders", ["DocumentReading", "DocumentTree", "TextDecoding", "NumberFormats", "Sheets", "ZipArchive", "XMLTree"]),
        reader("RTFReader", ["DocumentReading", "DocumentTree", "TextDecoding"]),
        reader("MIME", ["TextDecoding"]),
        reader("MailReaders", ["DocumentReading", "DocumentTree", "TextDecoding", "MIME", "WebReaders", "CompoundFiles"]),
        .target(
            name: "ArchiveReaders", dependencies: ["DocumentReading", "DocumentTree", "TextDecoding", "ZipArchive", "CArchive", "Decryption"],
            path: "Sources/Readers/ArchiveReaders", swiftSettings: strict,
            // Static: each further library is five mappings, which every fork of a warm worker copies.
            linkerSettings: [":libarchive.a", "lzma", ":libzstd.a", ":libbz2.a", "z"].map { .linkedLibrary($0) }),
        target("PDFLayout", ["DocumentTree"]),
        reader("XPSReader", ["DocumentReading", "DocumentTree", "PDFLayout", "XMLTree", "ZipArchive"]),
        reader("PDFReader", ["Decryption", "DocumentReading", "DocumentTree", "PDFLayout", "CPDFium", "CDeflate"]),
        reader("DocumentReaders", [
            "DocumentReading", "DocumentTree", "TextDecoding", "ZipArchive", "CompoundFiles", "EncryptedPackages", "TextReaders", "WebReaders", "OfficeReaders",
            "OpenDocumentReaders", "RTFReader",
            "LegacyOfficeReaders",
            "MarkupReaders", "MediaReaders",
            "ArchiveReaders",
            "MailReaders", "MIME",
            "PDFReader", "XPSReader",
        ]),
        target("DocumentWriters", ["DocumentTree"]),
        target("Conversion", ["ConversionProtocol", "DocumentTree", "DocumentReading", "DocumentReaders", "TextReaders", "DocumentWriters"]),
        target("WorkerRuntime", ["ConversionProtocol", "CLinux", "CWorker"]),
        program("WorkerProgram", ["WorkerRuntime", "Conversion", "ConversionProtocol"]),

        // Around the file system and the processes.
        target("FileAccess", ["CLinux", "CCrypto", paths]),
        target("Workers", ["ConversionProtocol", "FileAccess", "CLinux", paths]),
        target("Arrivals", [
            "FileAccess", "CLinux", paths,
            .product(name: "HeapModule", package: "swift-collections"),
            .product(name: "DequeModule", package: "swift-collections"),
        ]),
        target("Spooling", ["ConversionProtocol", "FileAccess", "CLinux", paths]),
        target("Ledger", ["ConversionProtocol", "FileAccess", paths, .product(name: "GRDB", package: "GRDB.swift")]),
        target("Announcements", ["ConversionProtocol", "FileAccess", "CLinux", paths, logging]),
        target("Hooks", [
            "ConversionProtocol", "FileAccess", "CLinux", "Announcements", "Ledger", "Settings", paths,
        ]),

        // The run.
        target("BatchProcessing", [
            "ConversionProtocol", "FileAccess", "Workers", "CLinux", paths,
            .product(name: "HeapModule", package: "swift-collections"),
            .product(name: "DequeModule", package: "swift-collections"),
        ]),
        target("Settings", ["ConversionProtocol", "Announcements", "FileAccess", "CLinux", "CShipped", paths, .product(name: "Yams", package: "Yams")]),
        target("Control", ["FileAccess", "CLinux", paths]),
        target("Quantities"),
        // The operator's page: values, the screens that show them, and the server in front of both.
        .target(name: "DashboardModel", path: "Sources/Dashboard/Model", swiftSettings: strict),
        .target(name: "DashboardScreens", dependencies: ["DashboardModel", "Quantities", "CShipped"], path: "Sources/Dashboard/Screens", swiftSettings: strict),
        .target(
            name: "Dashboard", dependencies: [
                "DashboardModel", "DashboardScreens", "FileAccess", "Settings", "CShipped", paths, logging, services,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Sources/Dashboard/Server", swiftSettings: strict),
        target("Pipeline", [
            "Dashboard", "DashboardModel", "Quantities",
            "ConversionProtocol", "FileAccess", "Workers", "Arrivals", "Spooling", "Ledger", "Announcements",
            "BatchProcessing", "Settings", "Control", "Hooks", paths, logging, services,
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ]),
        program("IntrayProgram", [
            "Pipeline", "Settings", "Control", "Hooks", "Announcements", "Arrivals", "Spooling", "Ledger", "BatchProcessing",
            "Workers", "FileAccess", "Quantities", "ConversionProtocol", "CLinux", paths, logging, services,
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),

        // GPL-2.0-only: the one program that links libinotifytools.
        .target(name: "CWatchShim", dependencies: ["CInotifyTools"]),
        program("WatcherProgram", ["CInotifyTools", "CWatchShim"]),

        // A program of a user's own: the batch processor without the daemon.
        .executableTarget(
            name: "BatchExample", dependencies: ["BatchProcessing", "ConversionProtocol", "Workers", "WorkerRuntime", paths],
            path: "Sources/Examples/BatchExample", swiftSettings: strict),

        .target(name: "TestSupport", dependencies: ["FileAccess", paths], path: "Tests/TestSupport", swiftSettings: strict),
        tests("ConversionProtocolTests", ["ConversionProtocol", "CLinux"]),
        tests("DocumentTreeTests", ["DocumentTree"]),
        tests("TextDecodingTests", ["TextDecoding"]),
        tests("DecryptionTests", ["Decryption"]),
        tests("ZipArchiveTests", ["ZipArchive"]),
        tests("XMLTreeTests", ["XMLTree"]),
        .target(
            name: "ReaderTestSupport", dependencies: ["DocumentReading", "DocumentTree"], path: "Tests/ReaderTestSupport", swiftSettings: strict),
        tests("NumberFormatsTests", ["NumberFormats"]),
        tests("SheetsTests", ["ReaderTestSupport", "Sheets", "DocumentReading", "DocumentTree"]),
        tests("TextReadersTests", ["ReaderTestSupport", "TextReaders", "DocumentReading", "DocumentTree"]),
        tests("WebReadersTests", ["ReaderTestSupport", "WebReaders", "DocumentReading", "DocumentTree"]),
        tests("MarkupReadersTests", ["ReaderTestSupport", "MarkupReaders", "DocumentReading", "DocumentTree"]),
        tests("MediaReadersTests", ["ReaderTestSupport", "MediaReaders", "DocumentReading", "DocumentTree"]),
        tests("OfficeReadersTests", ["CAllocated", "ReaderTestSupport", "OfficeReaders", "DocumentReading", "DocumentTree", "ZipArchive", "XMLTree"]),
        tests("EncryptedPackagesTests", ["EncryptedPackages", "DocumentReading", "ZipArchive"]),
        tests("CompoundFilesTests", ["CompoundFiles", "ReaderTestSupport"]),
        tests("OpenDocumentReadersTests", ["ReaderTestSupport", "OpenDocumentReaders", "DocumentReading", "DocumentTree"]),
        tests("RTFReaderTests", ["ReaderTestSupport", "RTFReader", "DocumentReading", "DocumentTree"]),
        tests("MIMETests", ["MIME"]),
        tests("MailReadersTests", ["ReaderTestSupport", "MailReaders", "DocumentReaders", "DocumentReading", "DocumentTree"]),
        tests("LegacyOfficeReadersTests", ["ReaderTestSupport", "LegacyOfficeReaders", "CompoundFiles", "Decryption", "DocumentReading", "DocumentTree"]),
        tests("ArchiveReadersTests", ["ReaderTestSupport", "ArchiveReaders", "MIME", "DocumentReaders", "DocumentReading", "DocumentTree"]),
        tests("DocumentReadersTests", ["ReaderTestSupport", "DocumentReaders", "DocumentReading", "DocumentTree", "ZipArchive"]),
        tests("PDFLayoutTests", ["PDFLayout", "ReaderTestSupport", "DocumentTree"]),
        tests("XPSReaderTests", ["XPSReader", "ReaderTestSupport", "DocumentReading", "DocumentTree", "ZipArchive"]),
        tests("PDFReaderTests", ["CPDFium", "CZ", "PDFReader", "ReaderTestSupport", "DocumentReading", "DocumentTree"]),
        tests("DocumentWritersTests", ["DocumentWriters", "DocumentTree"]),
        tests("ConversionTests", ["Conversion", "ConversionProtocol", "DocumentReading", "DocumentTree", "PDFReader", "TestSupport"], resources: ["Golden"]),
        .executableTarget(
            name: "MockWorker", dependencies: ["WorkerRuntime", "ConversionProtocol"], path: "Tests/MockWorker", swiftSettings: strict),
        .executableTarget(
            name: "PoolHost", dependencies: ["Workers", "ConversionProtocol", "CLinux", paths], path: "Tests/PoolHost", swiftSettings: strict),
        // What is fuzzed: the tests run it for a moment, libFuzzer (below) as long as one likes.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "ConversionProtocol", "ZipArchive", "CompoundFiles", "LegacyOfficeReaders", "MIME", "PDFLayout", "DocumentReaders", "DocumentReading",
                "DocumentTree", "ReaderTestSupport",
            ],
            path: "Tests/FuzzTargets", swiftSettings: strict),
        .target(name: "Mutations", path: "Tests/Mutations", swiftSettings: strict),
        tests("FuzzTargetsTests", ["FuzzTargets", "Mutations", "FileAccess", "TestSupport", paths]),
        // Mutants and bombs, converted by a real worker.
        .executableTarget(
            name: "HostileRun", dependencies: ["Mutations", "Workers", "ConversionProtocol", "ZipArchive", "CZ", paths], path: "Tests/HostileRun", swiftSettings: strict),
        tests("WorkersTests", [
            "Workers", "ConversionProtocol", "FileAccess", "TestSupport", "CLinux", "MockWorker", "PoolHost", paths,
        ]),
        // The worker's lock: what it says to every system call, here and on arm64, and to every trick.
        .target(name: "CEscape", path: "Tests/CEscape"),
        .target(name: "CAllocated", path: "Tests/CAllocated"),
        .target(name: "CArm64Calls", path: "Tests/CArm64Calls", cSettings: [.headerSearchPath("headers")]),
        .executableTarget(
            name: "EscapeWorker", dependencies: ["CEscape", "WorkerRuntime", "ConversionProtocol"], path: "Tests/EscapeWorker", swiftSettings: strict),
        tests("EscapeTests", [
            "CEscape", "CArm64Calls", "EscapeWorker", "FileAccess", "TestSupport", paths,
        ], resources: ["calls-x86-64.txt", "calls-arm64.txt", "tricks-x86-64.txt"]),
        tests("FileAccessTests", ["FileAccess", "TestSupport", "CLinux", paths]),
        tests("ArrivalsTests", ["Arrivals", "FileAccess", "TestSupport", "CLinux", "WatcherProgram", paths]),
        .executableTarget(
            name: "SpoolScenario", dependencies: ["Spooling", "ConversionProtocol", "FileAccess", paths], path: "Tests/SpoolScenario",
            swiftSettings: strict),
        tests("SpoolingTests", ["Spooling", "ConversionProtocol", "FileAccess", "TestSupport", "SpoolScenario", paths]),
        tests("LedgerTests", ["Ledger", "ConversionProtocol", "FileAccess", "TestSupport", paths]),
        tests("AnnouncementsTests", ["Announcements", "ConversionProtocol", "FileAccess", "TestSupport", paths, logging]),
        tests("BatchProcessingTests", ["BatchProcessing", "ConversionProtocol", "Workers", "FileAccess", "TestSupport", paths]),
        tests("HooksTests", ["Hooks", "Settings", "Announcements", "Ledger", "ConversionProtocol", "FileAccess", "TestSupport", paths]),
        tests("SettingsTests", ["Settings", "Announcements", "ConversionProtocol", "FileAccess", "TestSupport", paths]),
        tests("DashboardTests", [
            "Dashboard", "DashboardModel", "DashboardScreens", "FileAccess", "Settings", "TestSupport", paths, services,
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
        ]),
        tests("DashboardScreensTests", ["DashboardScreens", "DashboardModel", "Quantities"]),
        tests("ControlTests", ["Control", "FileAccess", "TestSupport", paths]),
        tests("PipelineTests", [
            "Pipeline", "Settings", "Control", "Hooks", "Announcements", "Arrivals", "Spooling", "Ledger", "BatchProcessing",
            "Workers", "ConversionProtocol", "FileAccess", "TestSupport", paths, logging,
        ]),
        tests("ProgramTests", ["ConversionProtocol", "Control", "Spooling", "FileAccess", "TestSupport", "CLinux", paths]),
    ],
    cLanguageStandard: .gnu2x
)

// FUZZING=1 swift build --sanitize=fuzzer --product Fuzzing: what libFuzzer calls; never part of an ordinary build.
if Context.environment["FUZZING"] != nil {
    package.targets.append(.executableTarget(
        name: "Fuzzing",
        dependencies: ["FuzzTargets"],
        path: "Tests/Fuzzing", exclude: ["corpus.py"], swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}

// ONLY="ConversionTests WorkerProgram" swift test: builds these targets and what they need, for a quick round.
if let only = Context.environment["ONLY"] {
    var wanted = only.split(separator: " ").map(String.init)
    var kept: Set<String> = []
    while let name = wanted.popLast() {
        guard kept.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else { continue }
        for dependency in target.dependencies {
            switch dependency {
            case .byNameItem(let name, _), .targetItem(let name, _): wanted.append(name)
            default: continue
            }
        }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    package.products.removeAll { product in
        let needs = (product as? Product.Executable)?.targets ?? (product as? Product.Library)?.targets ?? []
        return !kept.isSuperset(of: needs)
    }
}
