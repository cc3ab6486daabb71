# SPDX-License-Identifier: Apache-2.0
"""Chromium without a screen, and what is asked of every page."""
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

# Contrast by WCAG 2.2, 1.4.3: each text against the first ground behind it that is not transparent.
CONTRAST = """
const parse = (text) => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); c.canvas.width = c.canvas.height = 1;
  c.clearRect(0, 0, 1, 1); c.fillStyle = text; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
const memory = new Map(), rgba = (text) => { if (!memory.has(text)) memory.set(text, parse(text)); return memory.get(text); };
const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] / 255 + under[i] * (1 - top[3] / 255));
const ground = (node) => { const layers = []; for (let n = node; n; n = n.parentElement) { const c = rgba(getComputedStyle(n).backgroundColor); if (c[3]) layers.push(c); if (c[3] === 255) break; }
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]); };
const faults = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let seen = 0;
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || node.closest('option, title, script, :disabled')) continue;
  const style = getComputedStyle(node), behind = ground(node);
  const ink = over(rgba(node.closest('svg') ? style.fill : style.color), behind);
  const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
  const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && parseInt(style.fontWeight) >= 700;
  seen += 1;
  if (ratio < (large ? 3 : 4.5)) faults.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className.baseVal ?? node.className}: ${walker.currentNode.textContent.trim().slice(0, 40)}`);
}
return { seen, faults };
"""

# What a screen reader would have nothing to say about, names that stand twice, and labels without a field.
NAMES = """
const faults = [];
const named = (e) => (e.getAttribute('aria-label') || e.getAttribute('title') || e.innerText || '').trim() || e.labels?.length || e.getAttribute('aria-labelledby');
for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, iframe, dialog, [role=region], [role=img]'))
  if (e.checkVisibility() && !named(e)) faults.push(`no name: ${e.outerHTML.slice(0, 80)}`);
const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`twice: ${id}`);
for (const label of document.querySelectorAll('label[for]')) if (!document.getElementById(label.htmlFor)) faults.push(`label for nothing: ${label.htmlFor}`);
if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
for (const landmark of ['main', 'header', 'nav', 'footer']) if (!document.querySelector(landmark)) faults.push(`no ${landmark}`);
if (!document.documentElement.lang) faults.push('no language');
return faults;
"""


class Browser:
    def __init__(self, script=True, width=1280, height=900):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        # no-sandbox: the tests may run as root, where Chromium's own sandbox refuses to.
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--disable-background-networking", "--disable-component-update", "--no-first-run"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        if not script:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(60)
        self.size(width, height)

    def size(self, width, height):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def scheme(self, name, reduced_motion=False):
        features = [{"name": "prefers-color-scheme", "value": name}, {"name": "prefers-reduced-motion", "value": "reduce" if reduced_motion else "no-preference"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, selector="body"):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def click(self, selector, text=None, times=5):
        found = self.run("""const [selector, text] = arguments;
            const found = [...document.querySelectorAll(selector)].find((e) => e.checkVisibility() && (!text || e.textContent.trim().startsWith(text)));
            if (!found) return null; found.scrollIntoView({ block: 'center' }); return found""", selector, text)
        assert found is not None, f"nothing to click: {selector} {text or ''}"
        try:
            found.click()
        except StaleElementReferenceException:
            # The page has put it in place anew since it was found.
            if times == 1:
                raise
            self.click(selector, text, times - 1)

    def complaints(self):
        """What the console said, other than that the daemon was away."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING") and "ERR_CONNECTION_REFUSED" not in entry["message"] and "ERR_INCOMPLETE_CHUNKED" not in entry["message"]]

    def requests(self):
        """Addresses asked for since the last call."""
        import json
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def close(self):
        self.driver.quit()
