// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// The element tree of one HTML document, parsed by gumbo as the HTML standard says (13.2).
///
/// Memory comes from an arena that is given back at once when the tree goes: gumbo makes a dozen small allocations per
/// element, and would free each by recursion. The input must have been through `HTMLGuard`, which keeps gumbo's time and
/// memory linear.
final class HTMLTree {
    private let arena = HTMLArena()
    /// The `html` element.
    private(set) var root: HTMLNode?

    /// The tree of a well-formed XHTML page, built without gumbo in a fraction of the time; nil when it is not well-formed.
    /// `bytes` are UTF-8 and outlive the tree.
    init?(wellFormed bytes: ByteSlice, _ attributes: HTMLAttributes) {
        var builder = XHTMLBuilder(bytes, attributes, arena)
        guard let root = builder.build() else { return nil }
        self.root = HTMLNode(UnsafeRawPointer(root))
    }

    /// `bytes` are UTF-8 and outlive the tree.
    init(parsing bytes: UnsafeBufferPointer<UInt8>) {
        var options = kGumboDefaultOptions
        options.max_errors = 0
        options.userdata = Unmanaged.passUnretained(arena).toOpaque()
        options.allocator = { arena, size in
            guard let arena else { return nil }
            return Unmanaged<HTMLArena>.fromOpaque(arena).takeUnretainedValue().allocate(size)
        }
        options.deallocator = { _, _ in }
        guard let start = bytes.baseAddress else { return }
        let output = start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            gumbo_parse_with_options(&options, $0, bytes.count)
        }
        root = HTMLNode(output?.pointee.root)
    }
}
