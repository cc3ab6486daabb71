// SPDX-License-Identifier: Apache-2.0
import CXML2
import Glibc

/// Receives what an XML document holds, in its order. Buffers are valid during the call.
package protocol XMLHandler: AnyObject {
    /// `name` has the prefix of `XMLNamespaces` where the namespace is a known one, else the document's own behind a `?`.
    func start(_ name: String, namespace: String?, attributes: [XMLAttribute]) throws(XMLError)
    func text(_ text: UnsafeBufferPointer<UInt8>) throws(XMLError)
    func end(_ name: String) throws(XMLError)
}

package struct XMLAttribute: Sendable, Hashable {
    package var name: String
    package var value: String
}

/// Full XML through libxml2's SAX2 interface: any declared encoding libxml2 knows, DOCTYPE, namespaces.
///
/// Nothing is fetched and no entity of the document's own is ever expanded: declaring one is an error here.
/// `XMLEntities` takes harmless ones out before.
package enum XMLParser {
    /// Damaged input gives what comes before the damage, and a description of it as the result.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer, limits: XMLLimits = XMLLimits(), into handler: some XMLHandler
    ) throws(XMLError) -> String? {
        guard !bytes.isEmpty else { throw .malformed("is empty") }
        let state = XMLParserState(handler: handler, limits: limits)
        xmlInitParser()
        var callbacks = XMLCallbacks.table
        let user = Unmanaged.passUnretained(state).toOpaque()
        guard let context = xmlCreatePushParserCtxt(&callbacks, user, nil, 0, nil) else { throw .limit("needs too much memory") }
        defer {
            if let document = context.pointee.myDoc { xmlFreeDoc(document) }
            context.pointee.myDoc = nil
            xmlFreeParserCtxt(context)
        }
        state.context = context
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
        var at = 0
        while at < bytes.count, state.error == nil {
            let count = min(1 << 16, bytes.count &- at)
            let piece = bytes.baseAddress.map { ($0 + at).assumingMemoryBound(to: CChar.self) }
            at &+= count
            if xmlParseChunk(context, piece, Int32(count), 0) != 0 { break }
        }
        if state.error == nil { xmlParseChunk(context, nil, 0, 1) }
        withExtendedLifetime(state) {}
        if let error = state.error { throw error }
        return context.pointee.wellFormed == 0 ? state.fault ?? "is not well-formed" : nil
    }
}

/// What the C callbacks work on.
final class XMLParserState {
    let handler: any XMLHandler
    let limits: XMLLimits
    var context: xmlParserCtxtPtr?
    var error: XMLError?
    var fault: String?
    private var depth = 0
    private var prefixes: [String: String?] = [:]

    init(handler: any XMLHandler, limits: XMLLimits) {
        self.handler = handler
        self.limits = limits
    }

    func stop(_ error: XMLError) {
        if self.error == nil { self.error = error }
        if let context { xmlStopParser(context) }
    }

    func start(_ local: String, _ prefix: String?, _ uri: String?, _ attributes: [XMLAttribute]) {
        guard error == nil else { return }
        depth += 1
        guard depth <= limits.depth else { return stop(.depth("is nested deeper than \(limits.depth) elements")) }
        do { try handler.start(name(local, prefix, uri), namespace: uri, attributes: attributes) } catch { stop(error) }
    }

    func end(_ local: String, _ prefix: String?, _ uri: String?) {
        guard error == nil else { return }
        depth -= 1
        do { try handler.end(name(local, prefix, uri)) } catch { stop(error) }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {
        guard error == nil else { return }
        do { try handler.text(text) } catch { stop(error) }
    }

    func name(_ local: String, _ prefix: String?, _ uri: String?) -> String {
        let known: String? = uri.flatMap { uri in
            if let hit = prefixes[uri] { return hit }
            let found = XMLNamespaces.prefixes[uri]
            if prefixes.count < 1_000 { prefixes[uri] = .some(found) }
            return found
        }
        if let known { return known + ":" + local }
        if let uri, !uri.isEmpty { return "?" + (prefix ?? "") + ":" + local }
        return prefix.map { $0 + ":" + local } ?? local
    }
}
