# SPDX-License-Identifier: Apache-2.0
"""Twenty pictures of the page: five screens, light and dark, 400 and 1600 pixels wide, of a real daemon that has just worked.

    python3 Tests/Browser/screenshots.py PROGRAMS FOLDER
"""
import os, pathlib, random, shutil, sqlite3, sys, tempfile, time

from PIL import Image

from browser import Browser
from daemon import Daemon, until

PROGRAMS, TARGET = (pathlib.Path(argument).absolute() for argument in sys.argv[1:3])
SAMPLES = sorted((pathlib.Path(__file__).parent.parent / "Samples").iterdir())
FOLDERS = ["contracts/2026", "invoices/november", "minutes", "letters", "reports/q3"]
PLACE = pathlib.Path("/srv/intray")


def place():
    """A folder that reads like one in an office, where one can be made."""
    if os.access(PLACE.parent, os.W_OK) and not PLACE.exists():
        PLACE.mkdir()
        return PLACE
    return tempfile.mkdtemp(prefix="intray-pictures-")


def remember(daemon):
    """The hour before: its minutes, while the daemon is stopped."""
    chance = random.Random(11)
    minute = int(time.time()) // 60
    ledger = sqlite3.connect(daemon.root / "state" / "ledger.sqlite")
    with ledger:
        for back in range(1, 60):
            for route, most in [("documents", 70 if 12 < back < 40 else 25), ("mail", 9)]:
                done = chance.randrange(most // 3, most) if route == "documents" or back % 4 == 0 else 0
                failed = 1 if chance.random() < 0.12 and done else 0
                ledger.execute("INSERT INTO minutes (route, minute, done, failed, bytes) VALUES (?, ?, ?, ?, ?)", (route, minute - back, done, failed, done * chance.randrange(40_000, 90_000)))
    ledger.close()


def work(daemon):
    """What a morning in an office brings: good documents, two damaged ones, a locked one, a second route that is paused."""
    chance = random.Random(7)
    for number in range(70):
        sample = SAMPLES[number % len(SAMPLES)]
        daemon.drop(f"{chance.choice(FOLDERS)}/{sample.stem}-{number + 100}{sample.suffix}", sample.read_bytes() + (b"\n" * number if sample.suffix in (".md", ".txt", ".csv") else b""))
        if number % 10 == 9:
            time.sleep(0.4)
    daemon.drop("contracts/2026/lease (scan).docx", b"PK\x03\x04 cut off by the scanner")
    daemon.drop("letters/offer.pdf", b"%PDF-1.7\nthis is all that came")
    daemon.drop("reports/q3/figures.xlsx", b"PK\x03\x04 cut off")
    for number in range(6):
        daemon.drop(f"note-{number}.md", f"# Note {number}\n\nFor the board.", route="mail")
    daemon.drop("contracts/2026/lease-agreement.md", LEASE)
    until(lambda: len(daemon.jobs(state="done", limit=500)) >= 70, 180, "the work")


def archive(daemon):
    """An old folder that a sweep could go through."""
    old = daemon.root / "old"
    for number, sample in enumerate(SAMPLES * 3):
        folder = old / ("2019" if number % 2 else "2020/drafts")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample, folder / f"{sample.stem}-{number}{sample.suffix}")
    (old / "2019" / "empty.txt").write_text("")


LEASE = """# Lease agreement

Between **Müller & Söhne** and the tenant, for the rooms on the second floor.

## Rent

| From | Rent | Heating |
|---|---:|---:|
| January 2026 | 1,240 | 180 |
| July 2026 | 1,265 | 180 |

1. The rent is due on the *third* of each month.
2. The deposit is three rents:
   - it is kept apart,
   - it bears interest.

> Changes are valid in writing only.

Signed with `openssl dgst -sha256`, see [the law](https://example.org/law).
"""


def looked(browser, address):
    browser.driver.get(address)
    return browser.text("main")


def take(browser, address, path, name, width, scheme):
    browser.scheme(scheme)
    browser.size(width, 900)
    browser.driver.get(address + path)
    until(lambda: browser.run("return document.getElementById('live').dataset.state") == "on", 15, "the live line")
    time.sleep(0.4)
    height = min(1500 if width > 1000 else 1700, browser.run("return document.documentElement.scrollHeight"))
    browser.size(width, max(700, height))
    time.sleep(0.2)
    file = TARGET / f"page-{name}-{scheme}-{width}.png"
    browser.driver.save_screenshot(str(file))
    # Flat colours: 200 of them keep those that stand in few places, such as a red figure.
    Image.open(file).convert("RGB").quantize(200, dither=Image.Dither.NONE, kmeans=1).save(file, optimize=True)
    return file.stat().st_size


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    daemon = Daemon(place(), PROGRAMS, routes=("documents", "mail")).start()
    daemon.stop()
    remember(daemon)
    daemon.start()
    browser = Browser()
    try:
        browser.driver.get(f"{daemon.address}/?token={daemon.token}")
        archive(daemon)
        work(daemon)
        browser.driver.get(daemon.address)
        browser.click("#route-mail button", "Pause")
        browser.click("dialog:popover-open button.main")
        time.sleep(1)
        # Sums are counted anew every few seconds.
        until(lambda: "malformed" in looked(browser, daemon.address), 30, "the failures' sum")
        lease = daemon.jobs(name="lease-agreement", state="done")[0]["job"]
        preview = f"/preview?folder={daemon.root}/old&extensions=md,txt,docx,csv&exclude=**/notes*&formats=md"
        total = 0
        for name, path in [("overview", "/"), ("jobs", "/jobs?limit=20"), ("job", f"/jobs/{lease}"), ("routes", "/routes"), ("preview", preview)]:
            if name == "preview":
                until(lambda: "0 to convert" not in looked(browser, daemon.address + path), 90, "a minute without a change")
            for scheme in ("light", "dark"):
                for width in (1600, 400):
                    total += take(browser, daemon.address, path, name, width, scheme)
        print(f"20 pictures, {total / 1000:.0f} kB")
    finally:
        browser.close()
        daemon.remove()


if __name__ == "__main__":
    main()
