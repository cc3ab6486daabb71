#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Power cuts: every state that a disk could be left in, mounted again, and what the daemon makes of it.

    sudo Tests/Reliability/powerloss.py [--states N] [--file-system ext4|xfs] [--seed N]

A daemon works on a loop device whose writes and flushes are logged in order (blocklog.c), together with marks: `sent NAME` after
a producer made a file durable in the inbox, `done NAME` after the event said so. A state is the disk after all writes up to a
cut; or up to the last flush before it and any part of the later ones. In each state the file system is mounted, and then:
  - what was done is there, whole; no output is half;
  - the daemon, started anew, brings every sent file to its one end; each original is in the archive or the quarantine.
Needs root, FUSE, a C compiler and libfuse3-dev.
"""
import argparse, contextlib, hashlib, json, os, pathlib, random, shutil, signal, struct, subprocess, sys, tempfile, time
from load import BIN, HERE, Load, below, spread

WRITE, FLUSH, MARK = 1, 2, 3
SIZES = {"ext4": 64 << 20, "xfs": 320 << 20}


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **options).stdout.strip()


def sync_folder(path):
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


class Disk:
    """An image, mounted by a loop device."""

    def __init__(self, backing, at):
        self.at = at
        self.device = run("losetup", "--find", "--show", backing)
        try:
            run("mount", self.device, at)
        except subprocess.CalledProcessError:
            run("losetup", "--detach", self.device)
            raise

    def close(self):
        for _ in range(50):
            if subprocess.run(["umount", self.at], capture_output=True).returncode == 0:
                break
            time.sleep(0.05)
        run("losetup", "--detach", self.device)


class Daemon:
    def __init__(self, root, log):
        configuration = root.parent / "intray.yaml"
        configuration.write_text(f"state: {root}/state\nroutes:\n  - name: main\n    root: {root}\n    settle: {{quiet: 0s}}\n    minimum_free: 0\n")
        self.process = subprocess.Popen([BIN / "intray", "watch", "-c", configuration], stdout=log, stderr=log, start_new_session=True)

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def record(folder, file_system, load, documents, dice):
    """(the image before, the log) of one run of a daemon."""
    image, before, log, mount = folder / "disk", folder / "before", folder / "log", folder / "fuse"
    with open(image, "wb") as file:
        file.truncate(SIZES[file_system])
    run(f"mkfs.{file_system}", "-q", image)
    place = folder / "place"
    place.mkdir()
    disk = Disk(image, place)
    (place / "root/inbox").mkdir(parents=True)
    disk.close()
    run("cp", "--sparse=always", image, before)
    mount.mkdir()
    server = subprocess.Popen([folder / "blocklog", image, log, mount])
    while not (mount / "disk").exists():
        time.sleep(0.02)
    disk = Disk(mount / "disk", place)
    root = place / "root"
    mark = open(mount / "mark", "wb", buffering=0)
    daemon = Daemon(root, subprocess.DEVNULL)
    try:
        ended, position = set(), 0
        events = root / "state/events.jsonl"

        def look():
            nonlocal position
            if not events.exists():
                return
            with open(events, "rb") as file:
                file.seek(position)
                data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            position += len(whole)
            for line in whole.splitlines():
                event = json.loads(line)
                if event["type"] in ("job.done", "job.failed"):
                    ended.add(event["name"])
                    if event["type"] == "job.done":
                        mark.write(f"done {event['name']}".encode())

        for name, data in load.more(documents):
            part = root / "inbox" / f".{name}.part"
            with open(part, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.rename(root / "inbox" / name)
            sync_folder(root / "inbox")
            mark.write(f"sent {name}".encode())
            time.sleep(dice.uniform(0, 0.02))
            look()
        end = time.monotonic() + 60
        while len(ended) < documents and time.monotonic() < end:
            time.sleep(0.01)
            look()
        if len(ended) < documents:
            sys.exit(f"cannot record: only {len(ended)} of {documents} documents ended")
    finally:
        daemon.close()
        mark.close()
        disk.close()
        run("umount", mount)
        server.wait()
    return before, log


def records(log):
    with open(log, "rb") as file:
        while head := file.read(16):
            kind, offset, length = struct.unpack("<IQI", head)
            yield kind, offset, file.read(length)


def states(before, log, count, dice, scratch):
    """(image, marks so far, what kind of state) for so many cuts, in order."""
    entries = list(records(log))
    writes = [index for index, entry in enumerate(entries) if entry[0] == WRITE]
    cuts = sorted(dice.choices(range(len(entries)), k=count))
    current = scratch / "current"
    run("cp", "--sparse=always", before, current)
    image = scratch / "state"
    applied, flushed, marks = 0, 0, []
    pending = []  # writes since the last flush
    with open(current, "r+b") as disk:
        for cut in cuts:
            while applied < cut:
                kind, offset, data = entries[applied]
                if kind == WRITE:
                    pending.append((offset, data))
                elif kind == FLUSH:
                    for offset, data in pending:
                        disk.seek(offset)
                        disk.write(data)
                    pending = []
                else:
                    marks.append(data.decode())
                applied += 1
            disk.flush()
            run("cp", "--sparse=always", current, image)
            shuffled = dice.random() < 0.5
            kept = [entry for entry in pending if not shuffled or dice.random() < 0.5]
            with open(image, "r+b") as state:
                for offset, data in kept:
                    state.seek(offset)
                    state.write(data)
            yield image, list(marks), f"cut {cut} of {len(entries)}, {len(kept)} of {len(pending)} writes since the last flush"


def check(image, place, marks, load, sources, log):
    """What is wrong in one state, before and after the daemon has been at it."""
    try:
        disk = Disk(image, place)
    except subprocess.CalledProcessError as error:
        return [f"cannot be mounted: {error.stderr.strip()}"]
    root, daemon = place / "root", None
    sent = {mark.split(" ", 1)[1] for mark in marks if mark.startswith("sent")}
    done = {mark.split(" ", 1)[1] for mark in marks if mark.startswith("done")}
    try:
        wrong = [f"at once: {text}" for text in load.half(root / "outbox")]
        wrong += [f"at once: {name} was done and is gone" for name in done if not (root / f"outbox/{name}.md").exists()]
        daemon = Daemon(root, log)
        end = time.monotonic() + 30
        while time.monotonic() < end and (missing := unended(root, sent)):
            time.sleep(0.02)
            if daemon.process.poll() is not None:
                return wrong + [f"the daemon ended by {daemon.process.returncode}"]
        wrong += [f"in the end: {name} has no end" for name in missing]
        wrong += [f"in the end: {text}" for text in load.half(root / "outbox")]
        kept = {}
        for path in below(root / "archive") + below(root / "quarantine"):
            # The daemon is still at work on a file that nobody waits for: sent, and not yet marked so.
            with contextlib.suppress(FileNotFoundError):
                if not path.name.endswith(".error.json"):
                    kept.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append(path.name)
        for name in sent:
            if kept.get(sources[name], []).count(name) != 1:
                wrong.append(f"in the end: {name}: {kept.get(sources[name], []).count(name)} originals")
        if wrong and (events := root / "state/events.jsonl").exists():
            wrong.append("its last events: " + events.read_text(errors="replace")[-900:])
        return wrong
    finally:
        if daemon:
            daemon.close()
        disk.close()


def unended(root, sent):
    """Sent files without an output or a report, or whose original is not put away yet."""
    names = lambda folder: {path.name for path in below(folder)}
    put_away, reports = names(root / "archive"), names(root / "quarantine")
    outputs = names(root / "outbox")
    return {name for name in sent if not (f"{name}.md" in outputs and name in put_away or f"{name}.error.json" in reports and name in reports)}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--states", type=int, default=200)
    options.add_argument("--documents", type=int, default=60, help="of one recorded run")
    options.add_argument("--file-system", choices=SIZES, default="ext4")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = options.parse_args()
    needed = {"cc": "gcc", "pkg-config": "pkg-config", "losetup": "mount", f"mkfs.{options.file_system}": "xfsprogs" if options.file_system == "xfs" else "e2fsprogs"}
    if os.geteuid() or not os.path.exists("/dev/fuse"):
        return print("SKIPPED: power cuts need root and FUSE")
    missing = [package for program, package in needed.items() if not shutil.which(program)]
    if missing or subprocess.run(["pkg-config", "--exists", "fuse3"]).returncode:
        return print(f"SKIPPED: power cuts need {' '.join(missing or ['libfuse3-dev'])}; install it")
    print(f"seed {options.seed}", flush=True)
    dice = random.Random(options.seed)
    failures = tried = 0
    while tried < options.states:
        with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="intray-power-") as folder:
            folder = pathlib.Path(folder)
            flags = run("pkg-config", "--cflags", "--libs", "fuse3").split()
            run("cc", "-O1", "-D_FILE_OFFSET_BITS=64", "-o", folder / "blocklog", HERE / "blocklog.c", *flags)
            load = Load()
            before, log = record(folder, options.file_system, load, options.documents, dice)
            sources = {name: hashlib.sha256(data).hexdigest() for name, data in again(load)}
            count = min(options.states - tried, 500)
            with open(folder / "daemon.log", "ab") as output:
                for image, marks, kind in states(before, log, count, dice, folder):
                    tried += 1
                    if wrong := check(image, folder / "place", marks, load, sources, output):
                        failures += 1
                        print(f"{kind}; {len(marks)} marks:\n    " + "\n    ".join(wrong[:8] + wrong[8:][-1:]), flush=True)
            print(f"{options.file_system}: {tried} states, {failures} with something wrong", flush=True)
    sys.exit(failures > 0)


def again(load):
    """The same files as were dropped."""
    names = list(load.files)
    copy = Load.__new__(Load)
    copy.bad_every, copy.files, copy.reference = load.bad_every, {}, load.reference
    return copy.more(len(names))


main()
