// SPDX-License-Identifier: Apache-2.0

/// What a person can do about a failure, by its code.
enum Remedy {
    static let codes = [
        "access", "crash", "crash-loop", "disk-full", "document-limit", "empty", "encrypted", "hook", "input-changed", "input-limit",
        "io-error", "malformed", "memory", "outbox-missing", "output-exists", "output-limit", "read-only", "sandbox-violation", "timeout-cpu", "timeout-stall", "timeout-wall", "unstable", "unsupported", "vanished", "veto",
    ]

    static func of(_ code: String) -> String {
        switch code {
        case "malformed": "The file is damaged. Save it anew in the program it came from and drop it again."
        case "encrypted": "A password protects it. Save it without one and drop it again."
        case "unsupported": "No reader knows this format: intray formats lists those that are read. Convert it to one of them first, or leave such files out with find.extensions."
        case "timeout-wall", "timeout-stall", "timeout-cpu": "It took too long. Retry it when the machine is quieter, or raise the limit."
        case "memory": "It needed more memory than it may have. Raise the limit and retry."
        case "crash": "The reader crashed; only this document suffered. Retry once, then report it."
        case "crash-loop": "It took the reader down three times. Keep the file and report it."
        case "output-limit", "document-limit": "It would give more than is allowed. Raise the limit and retry."
        case "input-limit": "It is larger than is allowed. Raise the limit and retry."
        case "sandbox-violation": "It made the reader try something forbidden. Be careful with this file."
        case "empty": "There is nothing in it. Ask for it again where it came from."
        case "input-changed", "unstable": "It changed while it was read. Retry it when its writer is done."
        case "access": "intray may not read it. Give its user the right to, and retry."
        case "vanished": "Somebody took it away before it was converted."
        case "hook", "veto": "A gate did not let it through. Look at the hook's last deliveries."
        case "output-exists": "Its output was there already. Move that away, or set on_exists to version."
        case "disk-full", "read-only", "io-error", "outbox-missing": "The disk's fault, not the document's. Mend it and retry."
        default: "Look at one of the jobs for the reason; retry when that is mended."
        }
    }
}
