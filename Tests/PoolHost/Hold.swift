// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import Workers

/// Drops everything it gets.
final class Dropped: ReplyReceiver {
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) {}
    func beginAsset(name: String, mediaType: String) {}
    func asset(_ chunk: UnsafeRawBufferPointer) {}
    func endAsset() {}
    func progress(_ done: UInt64) {}
}

/// Keeps every worker busy with one instruction until somebody ends the process.
func hold(_ configuration: WorkerConfiguration, instruction: String) async throws {
    let pool = WorkerPool(configuration: configuration)
    try await pool.start()
    print("started")
    fflush(nil)
    await withTaskGroup { group in
        for _ in 0..<configuration.count {
            group.addTask {
                let request = ConversionRequest(job: JobID(milliseconds: 0), name: [])
                _ = try? await pool.convert(request, input: .bytes(Array(instruction.utf8)), into: Dropped())
            }
        }
    }
    await pool.stop()
}
