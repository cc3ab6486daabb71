// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc
package import SystemPackage

/// A web server (Python's) that keeps every request. `/ok` is taken; `/status/N` answers N; `/flaky/N` takes from the
/// N-th on; `/busy` says once to come back in a second; `/slow` takes minutes; `/moved` points to `/ok`.
package final class WebServer: Sendable {
    package struct Received: Decodable, Sendable {
        package var path: String
        /// Names in lower case.
        package var headers: [String: String]
        package var body: String
        /// Seconds since 1970.
        package var time: Double
    }

    package let folder: TemporaryFolder
    private let process: Int32

    /// With `certificate`, a file of a certificate and its key, it speaks TLS.
    package init(certificate: FilePath? = nil) throws {
        folder = try TemporaryFolder()
        let script = folder.path.appending("server.py")
        try script.write(Self.script)
        let log = try Descriptor.open(folder.path.appending("log"), O_WRONLY | O_CREAT, mode: 0o644)
        process = try Program.start("/usr/bin/python3", [script.string, folder.path.string] + (certificate.map { [$0.string] } ?? []), [:], output: log.raw)
    }

    package func port() async throws -> Int {
        try await eventually("the server listens") { folder.path.appending("port").exists }
        return try Int(folder.path.appending("port").readText()) ?? 0
    }

    package func requests() throws -> [Received] {
        let file = folder.path.appending("requests")
        guard file.exists else { return [] }
        return try file.readText().split(separator: "\n").map { try JSONDecoder().decode(Received.self, from: Data($0.utf8)) }
    }

    package func stop() {
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    private static let script = """
        import collections, http.server, json, os, ssl, sys, threading, time
        folder, lock, seen = sys.argv[1], threading.Lock(), collections.Counter()
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                with lock:
                    seen[self.path] += 1
                    count = seen[self.path]
                    with open(folder + "/requests", "a") as file:
                        file.write(json.dumps({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()},
                            "body": body.decode("utf-8", "replace"), "time": time.time()}) + "\\n")
                words = self.path.split("/")
                status, fields = 200, {}
                if words[1] == "status": status = int(words[2])
                if words[1] == "flaky" and count < int(words[2]): status = 503
                if words[1] == "busy" and count == 1: status, fields = 429, {"Retry-After": "1"}
                if words[1] == "moved": status, fields = 302, {"Location": "/ok"}
                if words[1] == "slow": time.sleep(600)
                self.send_response(status)
                for name, value in fields.items(): self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            do_PUT = do_POST
            def log_message(self, *rest): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        if len(sys.argv) > 2:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(sys.argv[2])
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        with open(folder + "/port.part", "w") as file: file.write(str(server.server_port))
        os.rename(folder + "/port.part", folder + "/port")
        server.serve_forever()
        """
}
