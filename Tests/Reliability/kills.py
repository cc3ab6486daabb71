#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills daemon, nursery, document process, watcher and hook under load, at random and at each named step, until N have died.

    Tests/Reliability/kills.py [--kills N] [--each N] [--places N] [--seed N]

Each place is a daemon's life of a hundred deaths with `--each` documents dropped before each. Every output is compared as soon as
it appears and must stay the same file; in the end each document is in one place, announced once, and each end is delivered to the
hook. Good documents may be quarantined only for deaths that hit them (`crash`, `crash-loop`); how many is printed. `BIN` names the
folder of the programs; .build/debug without it.
"""
import argparse, collections, json, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, threading, time
from load import BIN, HERE, Load, below, outputs, spread

LIFE = 100
POINTS = re.findall(r'= "([a-z]+\.[a-z]+)"', (HERE.parent.parent / "Sources/Spooling/CrashPoints.swift").read_text()) + ["attempt", "staged", "durable"]
PF_FORKNOEXEC = 0x40  # include/linux/sched.h: forked, and no exec since


class Place:
    def __init__(self, reference, chance, each):
        self.load, self.chance, self.each = reference, chance, each
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="intray-kills-", dir=os.environ.get("FOLDER")))
        self.inbox, self.outbox = self.root / "inbox", self.root / "outbox"
        self.seen, self.wrong, self.killed = {}, [], collections.Counter()
        hook = self.root / "kills-hook"
        hook.write_text('#!/bin/sh\nIFS= read -r event\nprintf "%s\\n" "$event" >>"$1"\n')
        hook.chmod(0o755)
        (self.root / "intray.yaml").write_text(
            f"state: {self.root}/state\nevent_log: {{rotate: 16GiB}}\nroutes:\n  - name: main\n    root: {self.root}\n    settle: {{quiet: 0s}}\n"
            f"hooks:\n  - name: all\n    command: [{hook}, {self.root}/heard]\n    events: [job.done, job.failed]\n    attempts: 50\n    backoff: 100ms\n    queue: 100000\n")
        self.start()

    def start(self, point=None):
        self.hit, self.point = None, point
        environment = dict(os.environ) | ({"INTRAY_CRASH_AT": f"{point}:{self.chance.randint(1, 12)}"} if point else {})
        with open(self.root / "log", "ab") as log:
            self.daemon = subprocess.Popen([BIN / "intray", "watch", "-c", self.root / "intray.yaml"], stdout=log, stderr=log, env=environment)

    def children(self, kind):
        """Numbers of the daemon's processes of one kind."""
        found = []
        for number in filter(str.isdigit, os.listdir("/proc")):
            try:
                name, fields = re.fullmatch(r"\d+ \((.*)\) (.*)", pathlib.Path(f"/proc/{number}/stat").read_text(), re.S).groups()
            except (OSError, AttributeError):
                continue  # It ended meanwhile.
            fields = fields.split()
            if int(fields[1]) != self.daemon.pid or fields[0] == "Z":
                continue
            forked = int(fields[6]) & PF_FORKNOEXEC
            if kind == {"intray-watcher": "watcher", "kills-hook": "hook", "intray-worker": "document" if forked else "nursery"}.get(name[:15]):
                found.append(int(number))
        return found

    def kill(self):
        """One death."""
        if self.daemon.poll() is not None:
            self.die()
            self.start()
        kind = self.chance.choice(["daemon"] * 3 + ["step"] * 3 + ["nursery", "document", "document", "watcher", "hook", "hook"])
        time.sleep(self.chance.expovariate(1 / 0.1))
        if kind == "step":
            # The death comes of itself; a step that nothing passes in time is a death at random.
            self.die()
            self.killed["daemon"] += 1
            self.start(self.chance.choice(POINTS))
            spread(self.inbox, self.load.more(self.each))
            try:
                self.daemon.wait(1.5)
                self.killed["daemon at a step"] += 1
            except subprocess.TimeoutExpired:
                self.die()
                self.killed["daemon"] += 1
            self.start()
        elif kind == "daemon":
            self.die()
            self.killed["daemon"] += 1
            self.start()
        else:
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                if victims := self.children(kind):
                    try:
                        os.kill(self.chance.choice(victims), signal.SIGKILL)
                        self.killed[kind] += 1
                        self.hit = kind
                    except ProcessLookupError:
                        continue
                    break

    def die(self):
        expected = {137} if self.point else {1} if self.hit == "nursery" else set()
        if self.daemon.poll() is not None and self.daemon.returncode not in expected:
            # 137 is the step that it was to die at, late. With its first worker gone while it starts a daemon gives up with 1.
            self.wrong.append(f"the daemon ended by itself with {self.daemon.returncode}")
        self.daemon.kill()
        self.daemon.wait()

    def look(self):
        """What appeared is whole, and what was there is the same file as before."""
        for path in outputs(self.outbox):
            facts = path.stat()
            mark = (facts.st_ino, facts.st_mtime_ns)
            if self.seen.setdefault(path.name, mark) != mark:
                self.wrong.append(f"{path.name}: published twice")
                self.seen[path.name] = mark
            elif path.name not in self.checked and (text := self.load.fault(path, self.outbox)):
                self.wrong.append(text)
            self.checked.add(path.name)
        if gone := set(self.seen) - {path.name for path in outputs(self.outbox)}:
            self.wrong.append(f"gone again: {sorted(gone)[:5]}")

    def live(self):
        self.checked = set()
        while sum(self.killed.values()) < LIFE:
            spread(self.inbox, self.load.more(self.each))
            self.kill()
            if sum(self.killed.values()) % 4 == 0:
                self.look()
        self.die()
        self.start()
        self.settle()
        self.look()
        self.check()

    def waiting(self):
        """Files of the inbox and of the work area, the daemon's own apart."""
        return [path for path in below(self.inbox) if path.name != "lock" and not any(part.startswith("spare-") for part in path.parts)]

    def settle(self):
        end = time.monotonic() + 240
        while time.monotonic() < end and (self.waiting() or self.unheard()):
            time.sleep(0.2)
        self.daemon.send_signal(signal.SIGTERM)
        # It may have had so little to do that it does not listen to signals yet.
        if self.daemon.wait(60) not in (0, -signal.SIGTERM):
            self.wrong.append(f"stopped with {self.daemon.returncode}")

    def events(self, kind):
        """Paths by event number."""
        with open(self.root / "state/events.jsonl") as log:
            events = [json.loads(line) for line in log if f'"type":"{kind}"' in line]
        return {event["event_id"]: event["path"] for event in events}

    def unheard(self):
        heard = (self.root / "heard").read_text(errors="replace") if (self.root / "heard").exists() else ""
        return (self.events("job.done").keys() | self.events("job.failed").keys()) - set(re.findall(r'"event_id":"([^"]*)"', heard))

    def check(self):
        self.wrong += self.load.lost(self.outbox, self.root / "quarantine", crash_loops=True)
        self.wrong += [f"left behind: {path}" for path in self.waiting()]
        published = sorted(path.name.removesuffix(".md") for path in outputs(self.outbox))
        aside = sorted(path.name for path in below(self.root / "quarantine") if not path.name.endswith(".error.json"))
        archived = sorted(path.name for path in below(self.root / "archive"))
        if archived != published:
            self.wrong.append(f"archive and outbox differ: {sorted(set(archived) ^ set(published))[:5]}")
        if sorted(archived + aside) != sorted(self.load.files):
            self.wrong.append(f"not in one place: {sorted(set(archived + aside) ^ set(self.load.files))[:5]}")
        if sorted(self.events("job.done").values()) != published:
            self.wrong.append("announced otherwise than published")
        if unheard := self.unheard():
            self.wrong.append(f"never delivered: {len(unheard)} of the ends")
        self.hurt = len([name for name in aside if self.load.files.get(name)])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--each", type=int, default=10, help="documents dropped for each death")
    options.add_argument("--places", type=int, default=os.cpu_count(), help="daemons at a time")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)
    reference, lock = Load(), threading.Lock()
    totals, documents, hurt, failures, lives = collections.Counter(), 0, 0, 0, iter(range(1 << 30))

    def work():
        nonlocal documents, hurt, failures
        while sum(totals.values()) < options.kills:
            with lock:
                life = next(lives)
            load = Load.like(reference)
            place = Place(load, random.Random(options.seed + life), options.each)
            place.live()
            with lock:
                totals.update(place.killed)
                documents, hurt, failures = documents + len(load.files), hurt + place.hurt, failures + bool(place.wrong)
                for text in place.wrong[:20]:
                    print(f"life {life}: {text}", flush=True)
                print(f"{sum(totals.values())} kills, {documents} documents, {failures} lives with something wrong", flush=True)
            if place.wrong:
                print(f"life {life} is kept in {place.root}", flush=True)
            else:
                shutil.rmtree(place.root)

    threads = [threading.Thread(target=work) for _ in range(options.places)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(", ".join(f"{kind} {count}" for kind, count in totals.most_common()))
    print(f"{sum(totals.values())} kills, {documents} documents, {hurt} good ones quarantined for deaths that hit them, {failures} of {next(lives)} lives with something wrong")
    sys.exit(failures > 0)


main()
