// SPDX-License-Identifier: Apache-2.0
import Conversion
import Glibc
import WorkerRuntime

// A worker of the daemon; hidden beside it: --convert FILE [--format md] [--main-content], --formats, --formats-article, --bench DIR.
if let status = WorkerTools.run(CommandLine.arguments) { exit(status) }
WorkerMain(converter: DocumentConverter(), warmUp: DocumentConverter.warmUp, rehearsals: DocumentConverter.rehearsals).run()
