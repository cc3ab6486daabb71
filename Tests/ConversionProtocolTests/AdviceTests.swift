// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import Testing

@Suite("What is said about failures")
struct AdviceTests {
    @Test("each failure has a meaning and an advice, on one line, and in the article on operating")
    func article() throws {
        for code in FailureCode.allCases {
            for text in [code.meaning, code.advice] {
                #expect(!text.isEmpty && !text.contains("\n") && !text.contains("|") && !text.hasSuffix("."), "\(code.rawValue)")
            }
        }
        let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Sources/BatchProcessing/Documentation.docc/Operating.md"
        let text = try #require(Self.text(path))
        let begin = try #require(text.firstRange(of: "AdviceTests -->\n")).upperBound
        let end = try #require(text.firstRange(of: "<!-- end of codes -->")).lowerBound
        let wanted = "\n" + Self.table + "\n"
        if getenv("UPDATE_GOLDEN") != nil {
            guard let file = fopen(path, "w") else { return }
            fputs(text[..<begin] + wanted + text[end...], file)
            fclose(file)
        } else {
            #expect(text[begin..<end] == wanted, "run: UPDATE_GOLDEN=1 swift test --filter AdviceTests")
        }
    }

    private static var table: String {
        "| code | what has happened | next | what to do |\n|---|---|---|---|\n"
            + FailureCode.allCases.map { "| `\($0.rawValue)` | \($0.meaning) | \(next($0.remedy)) | \($0.advice) |\n" }.joined()
    }

    private static func next(_ remedy: Remedy) -> String {
        switch remedy {
        case .reject: "reject"
        case .retry: "retry"
        case .retryAlone: "alone"
        case .environment: "pause"
        case .readAgain: "again"
        case .cancelled: "back to the inbox"
        }
    }

    private static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
