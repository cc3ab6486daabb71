#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The k-th call fails: for each kind of call and error, k = 1, 2, … until a run ends in which nothing failed.

    Tests/Reliability/faults.py [--every N] [--calls open,write,…] [--errors EIO,…] [--watch] [--documents N] [--jobs N]

After each run: no output is half. After a run without faults behind it: each document is in one place, each output whole,
and no good document was blamed for what the machine did. `BIN` names the folder of the programs; .build/debug without it.
"""
import argparse, concurrent.futures, errno, os, pathlib, shutil, signal, subprocess, sys, tempfile, time
from load import BIN, HERE, Load, spread

CALLS = {
    "open": [errno.EMFILE, errno.EIO, errno.EINTR, errno.ENOSPC], "write": [errno.ENOSPC, errno.EIO, errno.EINTR, 0], "fsync": [errno.EIO, errno.ENOSPC, errno.EINTR],
    "rename": [errno.ENOSPC, errno.EIO, errno.EINTR], "link": [errno.ENOSPC, errno.EIO], "unlink": [errno.EIO, errno.EINTR],
    "mkdir": [errno.ENOSPC, errno.EIO], "spawn": [errno.EAGAIN, errno.EMFILE, errno.ENOMEM], "mmap": [errno.ENOMEM],
}


class Place:
    """A folder with documents in it, a sweep or a daemon over them, and the faults of one run."""

    def __init__(self, load, watch):
        self.load, self.watch = load, watch
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="intray-faults-"))
        spread(self.root / "inbox", load.documents)
        if watch:
            (self.root / "intray.yaml").write_text(
                f"state: {self.root}/state\nroutes:\n  - name: main\n    root: {self.root}\n    settle: {{quiet: 0s}}\n")

    def command(self):
        if self.watch:
            return [BIN / "intray", "watch", "-c", self.root / "intray.yaml"]
        return [BIN / "intray", "sweep", self.root / "inbox", "--outbox", self.root / "outbox", "--state", self.root / "state"]

    def run(self, fault=None, patience=60):
        """The exit code, or None when it had to be stopped."""
        environment = dict(os.environ)
        if fault:
            environment |= {f"FAULT_{key}": str(value) for key, value in fault.items()}
            environment |= {"LD_PRELOAD": str(self.load.library), "FAULT_BELOW": str(self.root), "FAULT_REPORT": str(self.root / "fault")}
        log = open(self.root / "log", "ab")
        process = subprocess.Popen([str(word) for word in self.command()], stdout=log, stderr=log, env=environment, start_new_session=True)
        end = time.monotonic() + patience
        while process.poll() is None and time.monotonic() < end and not (self.watch and self.finished()):
            time.sleep(0.01)
        if process.poll() is not None:
            return process.returncode
        process.send_signal(signal.SIGTERM if not fault else signal.SIGKILL)
        process.wait()
        return None

    def finished(self):
        inbox = self.root / "inbox"
        return not [name for name in os.listdir(inbox) if not name.startswith(".")] and not self.load.lost(self.root / "outbox", self.quarantine())

    def quarantine(self):
        return self.root / ("quarantine" if self.watch else "state/quarantine")

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)


def one(load, watch, call, number, at, sticky):
    """(whether a call failed, what was wrong)."""
    place = Place(load, watch)
    try:
        code = place.run({"CALL": call, "ERRNO": number, "AT": at, "STICKY": int(sticky)}, patience=2.5 if sticky else 12)
        injected = (place.root / "fault").exists()
        wrong = [f"after the fault: {text}" for text in load.half(place.root / "outbox")]
        if code is not None and (code < 0 or code not in (0, 1, 3, 5, 6, 7)):
            wrong.append(f"ended by {code}")
        place.run(patience=300)
        wrong += [f"in the end: {text}" for text in load.lost(place.root / "outbox", place.quarantine())]
        if wrong:
            wrong.append("log: " + (place.root / "log").read_text(errors="replace")[-600:])
        return injected, wrong
    finally:
        place.close()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, help="only each N-th call: a short run")
    options.add_argument("--calls", default=",".join(CALLS))
    options.add_argument("--errors", help="only these, by name; short for half a write")
    options.add_argument("--watch", action="store_true", help="the daemon instead of a sweep")
    options.add_argument("--documents", type=int, default=20)
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options = options.parse_args()

    load = Load()
    load.documents = list(load.more(options.documents))
    with tempfile.TemporaryDirectory() as folder:
        load.library = pathlib.Path(folder) / "faults.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", load.library, HERE / "faults.c", "-ldl"], check=True)
        runs = failures = 0
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for call in options.calls.split(","):
                for number in CALLS[call]:
                    if options.errors and errno.errorcode.get(number, "short") not in options.errors.split(","):
                        continue
                    for sticky in (False, True):
                        points, at, more = 0, 1, True
                        while more:
                            batch = [at + step * options.every for step in range(options.jobs)]
                            for k, (injected, wrong) in zip(batch, pool.map(lambda k: one(load, options.watch, call, number, k, sticky), batch)):
                                runs += 1
                                points += injected
                                more &= injected
                                if wrong:
                                    failures += 1
                                    print(f"{call} {errno.errorcode.get(number, 'short')} at {k}{' and after' if sticky else ''}:\n    " + "\n    ".join(wrong), flush=True)
                            at = batch[-1] + options.every
                        print(f"{call:7} {errno.errorcode.get(number, 'short'):7} {'from there on' if sticky else 'once':14} {points} points", flush=True)
        print(f"{runs} runs, {failures} with something wrong")
        sys.exit(failures > 0)


main()
