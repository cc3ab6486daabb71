// SPDX-License-Identifier: Apache-2.0
import CGumbo
import Glibc

/// The element tree of one HTML document, parsed by gumbo as the HTML standard says (13.2).
///
/// Memory comes from an arena that is given back at once when the tree goes: gumbo makes a dozen small allocations per
/// element, and would free each by recursion. The input must have been through `HTMLGuard`, which keeps gumbo's time and
/// memory linear.
final class HTMLTree {
    private let arena = HTMLArena()
    private var output: UnsafeMutablePointer<GumboOutput>?

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
        output = start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            gumbo_parse_with_options(&options, $0, bytes.count)
        }
    }

    /// The `html` element.
    var root: HTMLNode? { HTMLNode(output?.pointee.root) }
}

/// Memory for one parse: pieces of 1 MiB handed out from the front, given back all at once.
private final class HTMLArena {
    private var pieces: [UnsafeMutableRawPointer] = []
    private var next: UnsafeMutableRawPointer?
    private var left = 0
    private static let piece = 1 << 20

    deinit { for piece in pieces { free(piece) } }

    func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        let size = (max(size, 1) + 15) & ~15
        if size > left {
            let wanted = max(size, Self.piece)
            guard let fresh = malloc(wanted) else { return nil }
            pieces.append(fresh)
            guard wanted == Self.piece else { return fresh }
            next = fresh
            left = wanted
        }
        let place = next
        next = next.map { $0 + size }
        left -= size
        return place
    }
}
