# SPDX-License-Identifier: Apache-2.0
"""The operator's page in a real browser, with a real daemon behind it.

    python3 Tests/Browser/checks.py PROGRAMS [-v] [Page.test_upload …]      PROGRAMS: the folder of intray and intray-worker
"""
import pathlib, sys, tempfile, time, unittest, urllib.error, urllib.request

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import CONTRAST, NAMES, Browser
from daemon import Daemon, processor_seconds, resident_megabytes, until

PROGRAMS = pathlib.Path(sys.argv.pop(1)).absolute() if len(sys.argv) > 1 else None
ACTIVE = "script, iframe, object, embed, form, meta[http-equiv], base, link:not([href^='/assets/']), svg, math, [onerror], [onload], [onclick], [onfocus], [style], a[href^='javascript']"
HOSTILE = """<!DOCTYPE html><html><head><base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=BASE"><script>top.document.title='owned'; document.title='owned'</script>
<link rel="stylesheet" href="http://evil.example/x.css"><style>@import 'http://evil.example/y.css'; body { display: none }</style></head>
<body onload="document.title='owned'"><img src=x onerror="top.document.title='owned'"><svg onload="document.title='owned'"><script>top.location='BASE'</script></svg>
<a href="javascript:top.document.title='owned'" autofocus onfocus="document.title='owned'">x</a><iframe srcdoc="<script>top.document.title='owned'</script>"></iframe><object data="http://evil.example/x"></object>
<form action="http://evil.example/"><button autofocus onfocus="document.title='owned'">b</button></form><img src="http://evil.example/pixel.png"><p style="background: url(http://evil.example/z.png)" onclick="x()">What remains</p>
<math><mtext><img src=x onerror="document.title='owned'"></mtext></math><noscript><p title="</noscript><img src=x onerror=document.title='owned'>"></noscript></body></html>"""
SCREENS = ["/", "/jobs", "/preview", "/routes", "/events"]


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(tempfile.mkdtemp(prefix="intray-browser-"), PROGRAMS, routes=("documents", "pages"), formats={"pages": "html"}).start()
        old = cls.daemon.root / "old"
        (old / "a.md").write_text("# A")
        (old / "b.txt").write_text("b")
        (old / ".hidden").write_text("c")
        cls.browser = Browser()
        cls.sign_in()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.daemon.remove()

    @classmethod
    def sign_in(cls):
        cls.browser.driver.get(f"{cls.daemon.address}/?token={cls.daemon.token}")

    def open(self, path):
        self.browser.driver.get(self.daemon.address + path)

    def live(self):
        until(lambda: self.browser.run("return document.getElementById('live').dataset.state") == "on", 15, "the live line")

    def ended(self, name, state):
        return until(lambda: next((job for job in self.daemon.jobs(name=name) if job["state"] == state), None), 60, f"{name} {state}")

    def toast(self, words, seconds=15):
        until(lambda: words in self.browser.text("#toasts"), seconds, f"the words “{words}”")

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])
        outside = [url for url in self.browser.requests() if not url.startswith((self.daemon.address, "data:", "about:", "chrome", "blob:"))]
        self.assertEqual(outside, [])

    def test_convert_and_story(self):
        self.open("/jobs")
        self.live()
        began = time.monotonic()
        self.daemon.drop("letters/hello.md", "# Hello\n\nWorld")
        until(lambda: "letters/hello.md" in self.browser.text("#rows"), 20, "the row, without a reload")
        print(f"  a dropped file stood in the list after {time.monotonic() - began:.2f} s, settling included")
        job = self.ended("hello", "done")
        self.open(f"/jobs/{job['job']}")
        self.assertIn("Published", self.browser.text("#story"))
        frames = self.browser.driver.find_elements("css selector", "iframe")
        self.assertEqual([frame.get_attribute("sandbox") for frame in frames], ["", ""])
        self.browser.driver.switch_to.frame(frames[0])
        self.assertEqual(self.browser.driver.find_element("css selector", "h1").text, "Hello")
        self.browser.driver.switch_to.default_content()

    def test_fail_and_retry(self):
        self.daemon.drop("broken.docx", b"PK\x03\x04 this is no archive")
        self.ended("broken", "failed")
        self.open("/jobs?state=failed&name=broken")
        self.browser.click("input[name=job]")
        self.assertEqual(self.browser.text("#bulk b"), "1 job")
        before = self.daemon.jobs(name="broken")[0]
        self.browser.click("#bulk button", "Retry")
        until(lambda: self.browser.text("#toasts") != "", 15, "an answer")
        # The old job is gone the moment its file is back in the inbox.
        until(lambda: any(job["updated"] > before["updated"] for job in self.daemon.jobs(name="broken")), 30, "another attempt")
        self.ended("broken", "failed")

    def test_dismiss(self):
        self.daemon.drop("hopeless.docx", b"PK\x03\x04 this is no archive")
        job = self.ended("hopeless", "failed")
        self.open(f"/jobs/{job['job']}")
        self.browser.click("#job-head button", "Dismiss")
        until(lambda: self.daemon.jobs(name="hopeless")[0]["state"] == "dismissed", 15, "the end of it")
        until(lambda: "dismissed" in self.browser.text("#job-head"), 15, "the page's word for it")

    def test_pause_and_resume(self):
        self.open("/")
        self.browser.click("#route-documents button", "Pause")
        dialog = self.browser.run("return document.querySelector('dialog:popover-open')?.innerText")
        self.assertIn("Pause documents?", dialog)
        self.assertEqual(self.daemon.status()["routes"][0]["state"], "up", "asking changes nothing")
        self.browser.click("dialog:popover-open button.main")
        until(lambda: self.daemon.status()["routes"][0]["state"] == "paused", 15, "the pause")
        until(lambda: "paused" in self.browser.text("#route-documents"), 15, "the page's word for it")
        self.daemon.drop("waits.txt", "later")
        time.sleep(1)
        self.assertEqual([job for job in self.daemon.jobs(name="waits") if job["state"] == "done"], [])
        self.browser.click("#route-documents button", "Resume")
        self.ended("waits", "done")

    def test_preview_and_sweep(self):
        old = self.daemon.root / "old"
        self.open("/preview")
        self.browser.run("document.getElementById('folder').value = arguments[0]; document.getElementById('ext').value = 'md'", str(old))
        self.browser.click("button.main", "Look")
        until(lambda: "a.md" in self.browser.text("main"), 20, "the preview")
        self.assertIn("folder=", self.browser.driver.current_url)

        def complete():
            # Nobody may have written to a file for a minute, or it could still grow.
            self.browser.driver.refresh()
            return "1 to convert" in self.browser.text("main")

        until(complete, 70, "the files' completeness")
        self.browser.click("button", "Start the sweep")
        self.browser.click("dialog:popover-open button.main")
        until(lambda: list(self.daemon.root.glob("**/a.md.md")), 60, "the sweep's result")
        self.assertTrue((old / "a.md").exists())

    def test_upload(self):
        self.open("/")
        self.live()
        content = "# Dropped\n\n" + "word " * 200_000
        self.browser.run("""
            const data = new DataTransfer();
            data.items.add(new File([arguments[0]], 'dropped onto the page.md'));
            for (const type of ['dragenter', 'dragover', 'drop']) dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
            """, content)
        until(lambda: "dropped onto the page.md" in self.browser.text("#drop"), 10, "the upload's line")
        job = self.ended("dropped%20onto", "done")
        self.assertEqual(job["size"], len(content))

    def test_lost_connection_and_reconnection(self):
        self.open("/jobs")
        self.live()
        self.daemon.stop()
        until(lambda: self.browser.run("return !document.getElementById('gone').hidden"), 20, "the notice")
        self.daemon.start()
        self.live()
        self.assertTrue(self.browser.run("return document.getElementById('gone').hidden"))
        self.daemon.drop("after the break.txt", "x")
        until(lambda: "after the break.txt" in self.browser.text("#rows"), 30, "what came afterwards")

    def test_hostile_document(self):
        attack = "<script>parent.document.title='owned'; document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><a href=\"javascript:document.title='owned'\">x</a><iframe srcdoc='<script>top.document.title=\"owned\"</script>'></iframe>"
        for name, content in [("<img src=x onerror=alert(1)>.md", attack + "\n\n[x](javascript:alert(1)) ![x](x\"onerror=\"alert(1))\n\n`" + attack + "`"), ("page.html", f"<h1>Title</h1>{attack}<p>After"), ("table.csv", f"a,b\n{attack.replace(',', ' ')},=cmd()")]:
            self.daemon.drop(name, content)
            search = "onerror" if "<" in name else name
            job = self.ended(search, "done")
            self.open(f"/jobs/{job['job']}")
            for number, frame in enumerate(self.browser.driver.find_elements("css selector", "iframe")):
                self.assertEqual(frame.get_attribute("sandbox"), "")
                self.browser.driver.switch_to.frame(frame)
                active = self.browser.driver.find_elements("css selector", "script, iframe, object, embed, [onerror], [onload], a[href^='javascript']")
                self.assertEqual(active, [], f"{name}, frame {number}")
                self.browser.driver.switch_to.default_content()
            self.assertNotIn("owned", self.browser.driver.title)
            self.open(f"/jobs/{job['job']}/view/0")
            self.assertNotIn("owned", self.browser.driver.title)
            self.assertEqual(self.browser.driver.find_elements("css selector", "script"), [])

    def test_pictures_of_a_result(self):
        sample = pathlib.Path(__file__).parent.parent / "Samples" / "inspection.docx"
        for route, ending in [("documents", "md"), ("pages", "html")]:
            self.daemon.drop(f"pictured-{ending}.docx", sample.read_bytes(), route=route)
            job = self.ended(f"pictured-{ending}", "done")
            self.open(f"/jobs/{job['job']}")
            frames = self.browser.driver.find_elements("css selector", "iframe")
            self.browser.driver.switch_to.frame(frames[0])
            until(lambda: any(int(picture.get_property("naturalWidth")) > 0 for picture in self.browser.driver.find_elements("css selector", "img")), 10, f"a picture in {ending}")
            self.assertGreater(len(self.browser.driver.find_elements("css selector", "h1, h2")), 0)
            self.browser.driver.switch_to.default_content()

    def test_writing_from_right_to_left(self):
        self.daemon.drop("rtl.md", "# عقد إيجار\n\nهذا العقد بين المالك والمستأجر\n\n| من | إلى |\n|---|---|\n| يناير | يونيو |\n")
        job = self.ended("rtl", "done")
        self.open(f"/jobs/{job['job']}/view/0")
        for selector in ("h1", "p"):
            left, right = self.browser.run("""const node = document.querySelector(arguments[0]), words = document.createRange(); words.selectNodeContents(node);
                const [a, b] = [node.getBoundingClientRect(), words.getBoundingClientRect()]; return [b.left - a.left, a.right - b.right]""", f"article {selector}")
            self.assertGreater(left, right + 50, f"{selector} begins at the right")
        first, second = (cell.rect["x"] for cell in self.browser.driver.find_elements("css selector", "tbody td")[:2])
        self.assertGreater(first, second, "columns run from the right")

    def test_hostile_result(self):
        """Whoever can write to the outbox can put anything there: it is not run either."""
        self.daemon.drop("harmless.md", "# Harmless", route="pages")
        job = self.ended("harmless", "done")
        attack = HOSTILE.replace("BASE", f"{self.daemon.address}/jobs")
        (self.daemon.root / "pages" / "outbox" / "harmless.md.html").write_text(attack)
        for path in (f"/jobs/{job['job']}", f"/jobs/{job['job']}/view/0", f"/jobs/{job['job']}/view/0?raw=1"):
            self.open(path)
            time.sleep(0.5)
            self.assertNotIn("owned", self.browser.driver.title)
            self.assertEqual(self.browser.driver.current_url, self.daemon.address + path)
            frames = self.browser.driver.find_elements("css selector", "iframe") or [None]
            for frame in frames:
                if frame:
                    self.browser.driver.switch_to.frame(frame)
                self.assertEqual(self.browser.driver.find_elements("css selector", ACTIVE), [], path)
                self.browser.driver.switch_to.default_content()
            if "raw" not in path:
                if frames[0]:
                    self.browser.driver.switch_to.frame(frames[0])
                self.assertIn("What remains", self.browser.driver.find_element("css selector", "body").text)
                self.browser.driver.switch_to.default_content()
        answer = urllib.request.urlopen(f"{self.daemon.address}/api/v1/jobs/{job['job']}/outputs/0")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"))
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])

    def test_hostile_requests(self):
        """What another page, or another program, could send."""
        def send(method, path, **headers):
            request = urllib.request.Request(self.daemon.address + path, method=method, headers={key.replace("_", "-"): value for key, value in headers.items()}, data=b"{}" if method == "POST" else None)
            try:
                return urllib.request.urlopen(request, timeout=10).status
            except urllib.error.HTTPError as error:
                return error.code
        self.assertEqual(send("POST", "/api/v1/pause", Content_Type="application/json"), 401)
        self.assertEqual(send("POST", "/api/v1/pause", Content_Type="application/json", Authorization="Bearer wrong"), 401)
        token = f"Bearer {self.daemon.token}"
        self.assertEqual(send("POST", "/api/v1/pause", Content_Type="application/json", Authorization=token, Origin="http://evil.example"), 403)
        self.assertEqual(send("GET", "/", Host="evil.example"), 403, "a name that was made to lead here")
        for path in ("/assets/..%2f..%2fetc%2fpasswd", "/assets/../../etc/passwd", "/jobs/..%2f..%2fstate", "/api/v1/jobs/x/outputs/-1", "/%00", "/api/v1/uploads/documents?name=../x"):
            self.assertIn(send("GET", path), (400, 404, 405), path)
        # Another site's page with the operator's cookie at hand can neither send nor read.
        self.browser.driver.get("data:text/html,<title>evil</title>")
        told = self.browser.driver.execute_async_script("""
            const done = arguments[arguments.length - 1], [address] = arguments;
            Promise.allSettled([fetch(address + '/api/v1/pause', { method: 'POST', credentials: 'include', mode: 'no-cors', body: '{}' }), fetch(address + '/api/v1/status', { credentials: 'include' })])
                .then((both) => done(both.map((one) => one.status === 'fulfilled' ? one.value.type : 'refused')));
            """, self.daemon.address)
        self.assertEqual(told[1], "refused")
        self.assertEqual(self.daemon.status()["routes"][0]["state"], "up")
        self.browser.complaints()  # what was refused

    def test_motion_and_roles(self):
        self.browser.scheme("light", reduced_motion=True)
        for path in SCREENS:
            self.open(path)
            moving = self.browser.run("return [...document.querySelectorAll('*')].filter((e) => parseFloat(getComputedStyle(e).animationDuration) || parseFloat(getComputedStyle(e).transitionDuration)).map((e) => e.tagName)")
            self.assertEqual(moving, [], path)
            self.assertEqual(self.browser.run("return document.getElementById('live').getAttribute('role')"), "status")
            self.assertEqual(self.browser.run("return [...document.querySelectorAll('nav [aria-current=page]')].length"), 1, path)
            self.assertEqual(self.browser.run("return [...document.querySelectorAll('table')].filter((t) => ![...t.querySelectorAll('th')].every((h) => h.scope)).length"), 0, path)
        self.browser.scheme("light")

    def test_keyboard_walk(self):
        for path in SCREENS:
            self.open(path)
            wanted = self.browser.run("""return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
                .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !e.closest('[hidden]')).length""")
            reached, first = set(), None
            for _ in range(wanted * 3 + 10):
                ActionChains(self.browser.driver).send_keys(Keys.TAB).perform()
                place = self.browser.run("""const e = document.activeElement; if (e === document.body) return null;
                    const style = getComputedStyle(e), within = e.closest('label'); const ring = within ? getComputedStyle(within) : style;
                    return [[...document.querySelectorAll('*')].indexOf(e), e.outerHTML.slice(0, 80), style.outlineStyle !== 'none' || ring.outlineStyle !== 'none' || e.matches('input, select, iframe')]""")
                if place is None:
                    continue
                if first is None:
                    first = place
                    self.assertIn("skip", place[1], "the first stop leads past the bar")
                elif place[0] == first[0]:
                    break
                self.assertTrue(place[2], f"{path}: focus is not seen on {place[1]}")
                reached.add(place[0])
            # What has the focus within a frame is ringed there. Radio groups and date fields count once for the eye and more often for the key, so nearly all is asked for.
            self.assertGreaterEqual(len(reached), int(wanted * 0.9), f"{path}: {len(reached)} of {wanted} are reached")
        self.open("/")
        button = self.browser.driver.find_element("css selector", "#route-documents button[aria-haspopup]")
        button.send_keys(Keys.ENTER)
        self.assertEqual(self.browser.run("return document.activeElement.textContent"), "Keep as it is")
        ActionChains(self.browser.driver).send_keys(Keys.ESCAPE).perform()
        self.assertIsNone(self.browser.run("return document.querySelector('dialog:popover-open')"))

    def test_contrast_and_names(self):
        self.daemon.drop("contrast.docx", b"PK\x03\x04 broken")
        job = self.ended("contrast", "failed")
        for scheme in ("light", "dark"):
            self.browser.scheme(scheme)
            for path in SCREENS + [f"/jobs/{job['job']}", "/nowhere"]:
                self.open(path)
                found = self.browser.run(CONTRAST)
                self.assertGreater(found["seen"], 5)
                self.assertEqual(found["faults"], [], f"{path}, {scheme}")
                self.assertEqual(self.browser.run(NAMES), [], path)
        self.browser.complaints()  # the 404 that was asked for

    def test_widths(self):
        for width in (400, 760, 1000, 1600):
            self.browser.size(width, 900)
            for path in SCREENS:
                self.open(path)
                self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width, f"{path} at {width}")
        self.browser.size(1280, 900)

    def test_theme_switch(self):
        self.browser.scheme("light")
        self.open("/")
        light = self.browser.run("return getComputedStyle(document.body).backgroundColor")
        self.browser.click("#theme")
        dark = self.browser.run("return getComputedStyle(document.body).backgroundColor")
        self.assertNotEqual(light, dark)
        self.open("/jobs")
        self.assertEqual(self.browser.run("return getComputedStyle(document.body).backgroundColor"), dark, "it stays")
        self.browser.run("localStorage.clear()")

    def test_events_arrive(self):
        self.open("/events")
        self.live()
        self.daemon.drop("news.txt", "x")
        self.ended("news", "done")
        until(lambda: "news.txt" in self.browser.text("#log"), 5, "the event")
        self.assertIn("job.done", self.browser.text("#log"))
        self.open("/events?type=job.failed")
        self.assertNotIn("job.done", self.browser.text("#log"))

    def test_hook(self):
        self.open("/routes")
        self.browser.click("#hook-note button", "Send a test")
        self.browser.click("dialog:popover-open button.main")
        self.toast("note:")


class Reading(unittest.TestCase):
    """Without JavaScript, and without a token."""

    def test_reads_without_script(self):
        daemon = Daemon(tempfile.mkdtemp(prefix="intray-browser-"), PROGRAMS).start()
        browser = Browser(script=False)
        try:
            daemon.drop("plain.md", "# Plain")
            job = until(lambda: next(iter(daemon.jobs(name="plain", state="done")), None), 60, "the job")
            for path, words in [("/", "documents"), ("/jobs", "plain.md"), (f"/jobs/{job['job']}", "Published"), ("/preview", "Preview"), ("/routes", "documents"), ("/events", "job.done")]:
                browser.driver.get(daemon.address + path)
                self.assertIn(words, browser.driver.find_element("css selector", "main").text, path)
                shown = [button.text for button in browser.driver.find_elements("css selector", "[data-post]") if button.is_displayed()]
                self.assertEqual(shown, [], "no button that would do nothing")
        finally:
            browser.close()
            daemon.remove()


class LongHistory(unittest.TestCase):
    def test_a_hundred_thousand_jobs(self):
        daemon = Daemon(tempfile.mkdtemp(prefix="intray-browser-"), PROGRAMS).start()
        daemon.stop()
        daemon.fill(100_000)
        daemon.start()
        browser = Browser()
        try:
            browser.driver.get(f"{daemon.address}/jobs?token={daemon.token}")
            pid, rounds = daemon.process.pid, 20
            for path in ("/jobs", "/jobs?state=failed", "/jobs?name=report-97", "/jobs?route=documents&code=malformed"):
                daemon_before = processor_seconds(pid)
                for _ in range(rounds):
                    browser.driver.get(daemon.address + path)
                spent = (processor_seconds(pid) - daemon_before) / rounds * 1000
                print(f"  {path}: {spent:.1f} ms CPU, {resident_megabytes(pid):.0f} MB")
                self.assertGreater(len(browser.driver.find_elements("css selector", "#rows tr")), 10)
            self.assertIn("100,000", browser.text("#states"))
            browser.driver.get(daemon.address + "/jobs")
            first = browser.text("#rows tr a")
            browser.click("a[rel=next]")
            self.assertNotEqual(browser.text("#rows tr a"), first)
            # So many rows are looked at for a page and no more: it says how far, and goes on when asked.
            browser.driver.get(daemon.address + "/jobs?name=report-77")
            self.assertIn("Nothing was found back to", browser.text("main"))
            browser.click("main a.button", "Look further back")
            self.assertIn("report-77999", until(lambda: browser.text("#rows tr a"), 10, "the older jobs"))
        finally:
            browser.close()
            daemon.remove()


if __name__ == "__main__":
    unittest.main(verbosity=2)
