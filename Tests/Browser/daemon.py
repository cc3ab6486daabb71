# SPDX-License-Identifier: Apache-2.0
"""A real daemon with its page, in a folder of its own."""
import json, os, pathlib, shutil, signal, socket, sqlite3, subprocess, time, urllib.request


def until(condition, seconds=30, what="the condition"):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come about within {seconds} s")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daemon:
    def __init__(self, root, programs, routes=("documents",), settings="", formats={}):
        self.root, self.programs, self.port = pathlib.Path(root), programs, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None
        hook = self.root / "hooks" / "note"
        hook.parent.mkdir(parents=True, exist_ok=True)
        hook.write_text("#!/bin/sh\ncat >/dev/null\nexit 0\n")
        hook.chmod(0o700)
        (self.root / "old").mkdir(exist_ok=True)
        listed = "".join(f"  - name: {name}\n    root: {self.root}/{name}\n    output: {{formats: [{formats.get(name, 'md')}]}}\n" for name in routes)
        # Workers of root become somebody else.
        workers = "" if os.geteuid() else "workers: {user: nobody}\n"
        (self.root / "intray.yaml").write_text(
            f"{workers}state: {self.root}/state\ndashboard:\n  listen: 127.0.0.1:{self.port}\n  sweep_folders: [{self.root}/old]\n"
            f"defaults:\n  settle: {{quiet: 100ms}}\n{settings}routes:\n{listed}"
            f"hooks:\n  - name: note\n    command: [{hook}]\n    events: [job.done, job.failed]\n")
        for name in routes:
            self.inbox(name).mkdir(parents=True, exist_ok=True)

    def inbox(self, route="documents"):
        return self.root / route / "inbox"

    def start(self):
        with open(self.root / "watch.log", "ab") as log:
            self.process = subprocess.Popen([self.programs / "intray", "watch", "-c", self.root / "intray.yaml"], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        until(self.answers, 60, "the page's answer")
        return self

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError((self.root / "watch.log").read_text()[-2000:])
        try:
            return urllib.request.urlopen(f"{self.address}/healthz", timeout=2).status == 200
        except OSError:
            return False

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    @property
    def token(self):
        return (self.root / "state" / "dashboard.token").read_text().strip()

    def status(self):
        return json.load(urllib.request.urlopen(f"{self.address}/api/v1/status", timeout=10))

    def jobs(self, **filters):
        query = "&".join(f"{key}={value}" for key, value in filters.items())
        return json.load(urllib.request.urlopen(f"{self.address}/api/v1/jobs?{query}", timeout=10))["jobs"]

    def drop(self, name, content, route="documents"):
        target = self.inbox(route) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = target.parent / f".{target.name}.part"
        passing.write_bytes(content if isinstance(content, bytes) else content.encode())
        passing.rename(target)

    def fill(self, count, route="documents"):
        """Rows of a long history, while the daemon is stopped."""
        now = int(time.time() * 1000)
        ledger = sqlite3.connect(self.root / "state" / "ledger.sqlite")
        columns = "job, route, path, state, code, reason, attempts, size, sha256, updated, milliseconds, outputs, losses, device, inode, modified, due"
        rows = ((f"0{n:025d}", route, f"archive/{n % 97}/report-{n}.pdf".encode(), "failed" if n % 50 == 0 else "done", "malformed" if n % 50 == 0 else None, None,
                 1, 1000 + n, None, now - 1000 * (count - n), 3.5, f"archive/{n % 97}/report-{n}.pdf.md", 0, 1, n, 0, None) for n in range(count))
        with ledger:
            ledger.executemany(f"INSERT INTO jobs ({columns}) VALUES ({','.join('?' * 17)})", rows)
        ledger.close()

    def remove(self):
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0.0
