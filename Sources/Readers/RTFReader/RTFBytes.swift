// SPDX-License-Identifier: Apache-2.0

/// Bytes that stand in the text in hexadecimal, or in binary (RTF 1.9.1, "Pictures", "Objects").
struct RTFBytes {
    private(set) var taken: [UInt8] = []
    private var half: UInt8?
    private static let most = 256 << 20

    mutating func take(hex text: UnsafeBufferPointer<UInt8>) {
        guard taken.count < Self.most else { return }
        for byte in text {
            guard let digit = RTFTokenizer.digit(byte) else { continue }
            if let high = half {
                taken.append(high << 4 | digit)
                half = nil
            } else {
                half = digit
            }
        }
    }

    mutating func take(binary: UnsafeBufferPointer<UInt8>) {
        if taken.count < Self.most { taken += binary }
    }
}
