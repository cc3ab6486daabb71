// SPDX-License-Identifier: Apache-2.0

extension FailureCode {
    /// What has happened, in one sentence for people.
    public var meaning: String {
        switch self {
        case .crash: "the process that read the document died"
        case .memory: "the document needed more memory than limits.memory"
        case .malformed: "the file is damaged, or not what it seems to be"
        case .encrypted: "the document opens with a password only"
        case .unsupported: "no reader knows this format"
        case .internalError: "something went wrong in intray itself"
        case .timeoutWall: "the document took longer than limits.wall"
        case .timeoutStall: "the document made no progress for limits.stall"
        case .timeoutCPU: "the document took more computing time than limits.cpu"
        case .textLimit: "more text came out than limits.text allows"
        case .textRatio: "more text came out for each byte of the file than limits.text_ratio allows"
        case .assetLimit: "more pictures and attachments came out than limits.assets allows"
        case .stderrLimit: "the worker said far more than limits.stderr keeps"
        case .outputLimit: "more facts or pieces came out than any document needs"
        case .pageLimit: "the document has more pages than limits.pages"
        case .memberLimit: "the document has more parts than limits.members"
        case .xmlDepthLimit: "elements are nested deeper than limits.xml_depth"
        case .inputLimit: "the file is larger than limits.input"
        case .documentLimit: "the document is larger than its reader can take"
        case .sandboxViolation: "the document's process tried what is forbidden to it, and was ended"
        case .protocolViolation: "the worker's answer could not be understood"
        case .inputChanged: "the file changed while it was read"
        case .empty: "the file is empty"
        case .unstable: "the file changed during each of several readings"
        case .crashLoop: "the daemon ended three times while it converted this file"
        case .access: "the file cannot be read with the daemon's rights"
        case .vanished: "the file was gone before it could be taken"
        case .cancelled: "somebody cancelled the job"
        case .veto: "a gate refused the file"
        case .hook: "a gate failed, so the file was not let through"
        case .outputExists: "an output of that name is there already, and output.on_exists is fail"
        case .diskFull: "a file system is full, or a quota is used up"
        case .readOnly: "a folder that must be written is read-only"
        case .ioError: "a disk or a network file system reported an error"
        case .outboxMissing: "the outbox is not there"
        case .descriptors: "no more files can be opened"
        case .workerUnavailable: "no worker process can be started, or none that is locked in"
        case .hookBacklog: "a required hook is too far behind"
        }
    }

    /// What to do about it.
    public var advice: String {
        switch self {
        case .crash, .internalError, .protocolViolation, .sandboxViolation: "report it with the file, if it may be shared; the others go on"
        case .memory: "raise limits.memory for the route, if the machine has it, then retry"
        case .malformed: "open it in its own program and save it again, or ask for another copy; then drop it anew"
        case .encrypted: "give its password (a route's passwords in the configuration, or --password-file), then retry; or drop a copy that has none"
        case .unsupported: "see \"intray formats\"; convert it to one of these first, or leave it out with find.extensions"
        case .timeoutWall, .timeoutStall, .timeoutCPU: "raise the limit for the route, then retry; a machine that is very busy can be the reason"
        case .textLimit, .textRatio, .assetLimit, .stderrLimit, .inputLimit, .pageLimit, .memberLimit, .xmlDepthLimit: "raise the limit that the reason names for the route, then retry"
        case .outputLimit, .documentLimit: "split the document, or leave out what makes it so large; then drop it anew"
        case .inputChanged: "nothing: it is read again; for slow producers raise settle.quiet, or let them rename into the inbox"
        case .empty: "ask whoever produced it; with settle.empty: convert or ignore it does not fail"
        case .unstable: "let its producer write elsewhere and rename it into the inbox, or raise settle.quiet; then retry"
        case .crashLoop: "look into the journal for why it ended (memory?); retry when that is mended"
        case .access: "give the daemon's user the right to read it, then retry; \"intray check\" looks at the folders"
        case .vanished: "nothing, if its producer took it back; only one program should take files from an inbox"
        case .cancelled: "nothing, if that was right; \"intray retry JOB\" has its file converted after all"
        case .veto: "see the reason; retry if it was a mistake"
        case .hook: "see \"intray jobs JOB\" for how the gate ended, try it with \"intray hook test\", then retry"
        case .outputExists: "move the earlier output away, or set output.on_exists to version; then retry"
        case .diskFull: "make room; the route goes on by itself"
        case .readOnly: "mount it writable, let the daemon's user write there, or name another folder; the route goes on by itself"
        case .ioError: "look into the kernel's log (dmesg); the route goes on by itself"
        case .outboxMissing: "put it back, or make it anew; the route goes on by itself"
        case .descriptors: "raise LimitNOFILE of the unit, or set fewer workers; the route goes on by itself"
        case .workerUnavailable: "run \"intray check\" as the daemon's user; the route goes on by itself"
        case .hookBacklog: "see \"intray status\" and the hook's last failure in \"intray events\"; the route goes on when half is delivered"
        }
    }

    /// The same for whoever has it converted at once, by `intray convert` or `intray sweep`: no route can be set, no inbox is there.
    package var adviceAtOnce: String {
        switch self {
        case .memory, .timeoutWall, .timeoutStall, .timeoutCPU, .textLimit, .textRatio, .assetLimit, .stderrLimit, .inputLimit, .pageLimit, .memberLimit, .xmlDepthLimit:
            "a route of \"intray watch -c FILE\" can have a higher limit; convert and sweep keep the shipped ones"
        case .malformed: "open it in its own program and save it again, or ask for another copy"
        case .encrypted: "give its password: --password-file FILE with one a line, or - to type it; --password TEXT"
        case .unsupported: "see \"intray formats\"; convert it to one of these first"
        case .outputLimit, .documentLimit: "split the document, or leave out what makes it so large"
        case .inputChanged, .unstable: "wait until its producer has finished"
        case .empty: "ask whoever produced it"
        case .access: "get the right to read it"
        case .vanished: "look where its owner has put it"
        case .outputExists: "move the earlier output away"
        case .diskFull: "make room"
        case .readOnly: "mount it writable, get the right to write there, or name another folder"
        case .ioError: "look into the kernel's log (dmesg)"
        case .outboxMissing: "make it anew"
        case .descriptors: "raise the limit of open files (ulimit -n)"
        case .workerUnavailable: "see the reason; for documents that you trust, --sandbox off does without what the kernel cannot give"
        case .crash, .internalError, .protocolViolation, .sandboxViolation, .crashLoop, .cancelled, .veto, .hook, .hookBacklog: advice
        }
    }
}
