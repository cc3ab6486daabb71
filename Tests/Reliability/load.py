# SPDX-License-Identifier: Apache-2.0
"""Documents to drop, what must become of each, and the check that it did: one input, one place, one whole output."""
import json, os, pathlib, shutil, subprocess, tempfile, zipfile

# Run by root, the daemon starts only when told whom its workers become.
os.environ.setdefault("INTRAY_WORKER_USER", "nobody")

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent / "Samples"
BIN = pathlib.Path(os.environ.get("BIN", HERE.parent.parent / ".build/debug"))
NAMES = ["minutes.txt", "prices.csv", "timetable.html", "inspection.docx", "order.json", "notes.md"]


class Load:
    """Files by the name they are dropped as; one in ten is no document."""

    def __init__(self, bad_every=10):
        self.bad_every = bad_every
        self.files = {}
        self.reference = {}
        with tempfile.TemporaryDirectory() as folder:
            for name in NAMES:
                out = pathlib.Path(folder) / "out.md"
                subprocess.run([BIN / "intray", "convert", SAMPLES / name, "-o", out], check=True, stderr=subprocess.DEVNULL)
                self.reference[name] = out.read_bytes()

    @classmethod
    def like(cls, other):
        """A load of its own with the same references."""
        load = cls.__new__(cls)
        load.bad_every, load.files, load.reference = other.bad_every, {}, other.reference
        return load

    def more(self, count):
        """So many new (name, bytes)."""
        for _ in range(count):
            number = len(self.files)
            if self.bad_every and number % self.bad_every == self.bad_every - 1:
                name, data, sample = f"bad-{number}.docx", b"PK no archive at all %d" % number, None
            else:
                sample = NAMES[number % len(NAMES)]
                name, data = f"file-{number}{pathlib.Path(sample).suffix}", (SAMPLES / sample).read_bytes()
            self.files[name] = sample
            yield name, data

    def good(self):
        return {name for name, sample in self.files.items() if sample}

    def source(self, name):
        """What was dropped under the name of a good file."""
        return (SAMPLES / self.files[name]).read_bytes()

    def expected(self, name):
        """The output of an undisturbed conversion; pictures are linked to by the document's name."""
        sample = self.files[name]
        return self.reference[sample].replace(f"{sample}.assets".encode(), f"{name}.assets".encode())

    def fault(self, path, outbox):
        """What is not as it must be with an output, or nothing."""
        name = path.name.removesuffix(".md")
        if not self.files.get(name):
            return f"{path.name}: of no document"
        if path.read_bytes() != self.expected(name):
            return f"{path.name}: {path.stat().st_size} bytes, {len(self.expected(name))} expected"
        if name.endswith(".docx") and not (outbox / f"{name}.assets/image1.png").is_file():
            return f"{path.name}: its picture is missing"
        return None

    def half(self, outbox):
        """Outputs that are not what they must be: at no time may there be any."""
        return [text for path in outputs(outbox) if (text := self.fault(path, outbox))]

    def lost(self, outbox, quarantine, crash_loops=False):
        """What is not as it must be when all has ended. `crash_loops`: three deaths of the daemon may have quarantined a good file."""
        wrong = self.half(outbox)
        reports = {path.name.removesuffix(".error.json"): json.loads(path.read_bytes()) for path in below(quarantine) if path.name.endswith(".error.json")}
        done = {path.name.removesuffix(".md") for path in outputs(outbox)}
        for name in self.files:
            code = reports.get(name, {}).get("error", {}).get("code") if name in reports else None
            if name in done and name in reports:
                wrong.append(f"{name}: both published and quarantined ({code})")
            elif self.files[name] and name not in done and not (crash_loops and code and "crash" in code):
                wrong.append(f"{name}: no output{f', quarantined as {code}' if name in reports else ''}")
            elif not self.files[name] and name not in reports:
                wrong.append(f"{name}: no report")
        if stages := [path for path in below(outbox) if any(part.startswith(".stage") for part in path.relative_to(outbox).parts)]:
            wrong.append(f"left in the stage: {stages[:3]}")
        return wrong


def below(folder):
    """Every file in a folder in which somebody may be at work: what goes meanwhile is not there."""
    return [pathlib.Path(place) / name for place, _, names in os.walk(folder) for name in names]


def outputs(outbox):
    return [path for path in below(outbox) if path.name.endswith(".md") and not path.relative_to(outbox).parts[0].startswith(".stage")]


def spread(folder, files):
    """Each file complete under its name at once, as a careful producer does."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files:
        part = folder / f".{name}.part"
        part.write_bytes(data)
        part.rename(folder / name)
