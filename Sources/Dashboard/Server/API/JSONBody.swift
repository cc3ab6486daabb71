// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// A request's JSON object, read strictly: what it holds beyond what is asked for is a mistake of the sender.
struct JSONBody: Sendable {
    private let values: [String: JSONValue]

    /// An empty body is an empty object.
    init(_ request: Request, keys: Set<String>) async throws {
        let bytes = try await BodyReading.all(request, most: 1 << 20)
        if bytes.isEmpty {
            values = [:]
            return
        }
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.trimmingPrefix { $0 == " " }.lowercased() } ?? ""
        guard type == "application/json" else { throw Refusal(.mediaType, "cannot read the request: it is not application/json; send a JSON object as that") }
        do { values = try JSONDecoder().decode([String: JSONValue].self, from: Data(bytes)) } catch {
            throw Refusal(.invalid, "cannot read the request: it is no JSON object")
        }
        for key in values.keys.sorted() where !keys.contains(key) {
            throw Refusal(.invalid, "cannot read the request: it has a key that is not known here; expected \(keys.sorted().joined(separator: ", "))")
        }
    }

    func text(_ key: String) throws -> String? {
        switch values[key] {
        case nil, .null: nil
        case .string(let text) where !text.utf8.contains(0): text
        default: throw wrong(key, "a text")
        }
    }

    func flag(_ key: String) throws -> Bool? {
        switch values[key] {
        case nil, .null: nil
        case .flag(let flag): flag
        default: throw wrong(key, "true or false")
        }
    }

    func size(_ key: String) throws -> UInt64? {
        switch values[key] {
        case nil, .null: nil
        case .number(let number) where number >= 0 && number <= 9e15 && number == number.rounded(): UInt64(number)
        default: throw wrong(key, "a whole number of bytes")
        }
    }

    func texts(_ key: String) throws -> [String]? {
        switch values[key] {
        case nil, .null: return nil
        case .list(let list):
            guard list.count <= 1_000 else { throw wrong(key, "a list of at most 1000 texts") }
            return try list.map { element in
                guard case .string(let text) = element, !text.utf8.contains(0) else { throw wrong(key, "a list of texts") }
                return text
            }
        default: throw wrong(key, "a list of texts")
        }
    }

    func required<Value>(_ key: String, _ value: Value?) throws -> Value {
        guard let value else { throw wrong(key, "to be given") }
        return value
    }

    private func wrong(_ key: String, _ expected: String) -> Refusal { Refusal(.invalid, "cannot read \"\(key)\": expected \(expected)") }
}

private enum JSONValue: Sendable, Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case string(String)
    case list([JSONValue])
    case object

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            // Nothing here takes an object within an object.
            self = .object
        }
    }
}
