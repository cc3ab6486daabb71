// SPDX-License-Identifier: Apache-2.0
import CXML2
import Glibc

/// libxml2's SAX2 table: each entry hands on to the `XMLParserState` it is given.
enum XMLCallbacks {
    static var table: xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startElementNs = { user, local, prefix, uri, _, _, count, _, list in
            guard let state = XMLCallbacks.state(user), let local else { return }
            guard Int(count) <= state.limits.attributes else {
                return state.stop(.limit("has an element with more than \(state.limits.attributes) attributes"))
            }
            var attributes: [XMLAttribute] = []
            attributes.reserveCapacity(Int(count))
            for index in 0..<Int(count) {
                // Five pointers each: local name, prefix, namespace, value, end of value.
                guard let list, let name = list[index * 5], let value = list[index * 5 + 3], let end = list[index * 5 + 4] else { continue }
                let raw = UnsafeBufferPointer(start: value, count: end - value)
                // Outside of SAX2's own tree building the value still has its references.
                attributes.append(XMLAttribute(
                    name: state.name(String(cString: name), list[index * 5 + 1].map { String(cString: $0) }, list[index * 5 + 2].map { String(cString: $0) }),
                    value: XMLText.decode(raw)))
            }
            state.start(String(cString: local), prefix.map { String(cString: $0) }, uri.map { String(cString: $0) }, attributes)
        }
        sax.endElementNs = { user, local, prefix, uri in
            guard let state = XMLCallbacks.state(user), let local else { return }
            state.end(String(cString: local), prefix.map { String(cString: $0) }, uri.map { String(cString: $0) })
        }
        sax.characters = characters
        sax.ignorableWhitespace = characters
        sax.cdataBlock = characters
        sax.entityDecl = { user, _, _, _, _, _ in XMLCallbacks.refuse(user) }
        sax.unparsedEntityDecl = { user, _, _, _, _ in XMLCallbacks.refuse(user) }
        sax.getEntity = { _, name in
            guard let name else { return nil }
            return xmlGetPredefinedEntity(name)
        }
        sax.getParameterEntity = { _, _ in nil }
        sax.resolveEntity = { _, _, _ in nil }
        sax.serror = { user, error in
            guard let state = XMLCallbacks.state(user), state.fault == nil, let error else { return }
            if error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue { state.fault = "is damaged near line \(error.pointee.line)" }
        }
        return sax
    }

    private static func refuse(_ user: UnsafeMutableRawPointer?) {
        state(user)?.stop(.malformed("declares entities of its own, which are never expanded"))
    }

    private static let characters: charactersSAXFunc = { user, text, count in
        guard let text, count > 0 else { return }
        XMLCallbacks.state(user)?.text(UnsafeBufferPointer(start: text, count: Int(count)))
    }

    private static func state(_ user: UnsafeMutableRawPointer?) -> XMLParserState? {
        user.map { Unmanaged<XMLParserState>.fromOpaque($0).takeUnretainedValue() }
    }
}
