// SPDX-License-Identifier: Apache-2.0
// What the pages do beyond being read: they keep themselves fresh, take files, choose rows and switch colours.
// Every page is complete without this file; nothing here makes markup out of text.
"use strict";

// Colours come first, before anything is painted.
const stored = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;

addEventListener("DOMContentLoaded", () => {
    document.documentElement.dataset.script = "on";
    const settings = document.body.dataset;

    // Colours

    const theme = document.getElementById("theme");
    const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const nameTheme = () => theme?.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
    if (theme) {
        theme.hidden = false;
        nameTheme();
        theme.addEventListener("click", () => {
            const next = isDark() ? "light" : "dark";
            document.documentElement.dataset.theme = next;
            try { localStorage.setItem("theme", next); } catch { /* for this page only, then */ }
            nameTheme();
        });
    }

    // Saying something

    const toasts = document.getElementById("toasts");
    function say(text, kind = "good") {
        const note = document.createElement("p");
        note.className = `notice ${kind}`;
        note.textContent = text;
        toasts.append(note);
        setTimeout(() => note.remove(), 6000);
    }

    // Keeping fresh

    const chosen = new Set();
    let refreshing = false, again = false, last = 0, timer = null, pressed = false;

    // A button that is put in place anew between pressing and releasing would not be clicked.
    addEventListener("pointerdown", () => { pressed = true; }, true);
    for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => setTimeout(() => { pressed = false; }), true);

    /// Puts the fresh text of a part in place of the old one, row by row where it has rows, so that nothing jumps.
    function take(fresh) {
        for (const part of document.querySelectorAll("[data-live]")) {
            const next = fresh.getElementById(part.id);
            if (!next || part.contains(document.activeElement) && part.querySelector("[popover]:popover-open")) continue;
            if (part.hasAttribute("data-rows")) takeRows(part, next);
            else if (part.innerHTML !== next.innerHTML) swap(part, next);
        }
        const title = fresh.querySelector("title");
        if (title) document.title = title.textContent;
        choose();
    }

    function swap(part, next) {
        if (part.querySelector(":popover-open, details[open]")) return;
        const stops = () => [...part.querySelectorAll("a[href], button, input, select, [tabindex]")];
        const focused = part.contains(document.activeElement) ? stops().indexOf(document.activeElement) : -1;
        part.replaceChildren(...next.cloneNode(true).childNodes);
        if (focused >= 0) stops()[focused]?.focus({ preventScroll: true });
    }

    function takeRows(body, next) {
        const fresh = new Map([...next.children].map((row) => [row.id, row]));
        const old = new Map([...body.children].map((row) => [row.id, row]));
        const added = [...fresh.keys()].filter((id) => !old.has(id));
        const still = chosen.size === 0 && scrollY < 300 && !body.contains(document.activeElement);
        if (added.length && !still) {
            for (const [id, row] of old) if (fresh.has(id)) replaceRow(row, fresh.get(id));
            const news = document.getElementById("news");
            if (news) { news.hidden = false; news.textContent = `${added.length} more: show ${added.length === 1 ? "it" : "them"}`; }
            return;
        }
        for (const [id, row] of old) if (!fresh.has(id)) row.remove();
        for (const [index, row] of [...fresh.values()].entries()) {
            const here = document.getElementById(row.id);
            if (here) replaceRow(here, row);
            const current = here ? document.getElementById(row.id) : row.cloneNode(true);
            if (body.children[index] !== current) body.insertBefore(current, body.children[index] ?? null);
        }
    }

    function replaceRow(old, fresh) {
        if (old.dataset.version === fresh.dataset.version && old.dataset.version) return;
        if (!old.contains(document.activeElement)) old.replaceWith(fresh.cloneNode(true));
    }

    async function refresh() {
        if (refreshing) { again = true; return; }
        refreshing = true;
        try {
            const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
            if (pressed) again = true;
            else if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
            else if (answer.status === 401) location.reload();
        } catch { lost(); }
        last = Date.now();
        refreshing = false;
        if (again) { again = false; soon(); }
    }

    /// At once when nothing was fetched lately, else once a second.
    function soon() {
        if (timer || document.hidden || !document.querySelector("[data-live]")) return;
        timer = setTimeout(() => { timer = null; refresh(); }, Math.max(0, last + 1000 - Date.now()));
    }

    document.getElementById("news")?.addEventListener("click", (event) => {
        event.currentTarget.hidden = true;
        chosen.clear();
        document.activeElement?.blur();
        scrollTo({ top: 0 });
        refresh();
    });

    // The line to the daemon

    const log = document.getElementById("log"), row = document.getElementById("event-row");
    const live = document.getElementById("live"), gone = document.getElementById("gone");
    let source = null, quiet = null, wait = 500, seen = log?.dataset.last ?? null, wasLost = false;

    function show(state, text) { if (live) { live.dataset.state = state; live.textContent = text; } }

    function lost() {
        if (wasLost) return;
        wasLost = true;
        show("off", "Connection lost");
        if (gone) gone.hidden = false;
    }

    function connect() {
        // A page that nobody sees keeps no line open: browsers allow six to one host.
        if (document.hidden || source && source.readyState !== EventSource.CLOSED) return;
        const url = new URL(settings.events, location.href);
        if (seen !== null) url.searchParams.set("after", seen);
        // A list of events misses none; any other page wants to know no more than that something happened.
        if (!log) url.searchParams.set("rate", "20");
        source = new EventSource(url);
        source.onopen = () => {
            wait = 500;
            show("on", "Live");
            if (gone) gone.hidden = true;
            if (wasLost) { wasLost = false; say("Connected again: the page is up to date."); refresh(); }
        };
        source.onerror = () => {
            source.close();
            lost();
            setTimeout(connect, wait);
            wait = Math.min(wait * 1.7, 8000);
        };
        source.onmessage = (message) => {
            let event;
            try { event = JSON.parse(message.data); } catch { return; }
            if (event.seq) seen = event.seq;
            append(event);
            soon();
            // Once more when it has become quiet: the last word may have been among those that were not told.
            clearTimeout(quiet);
            quiet = setTimeout(soon, 2000);
        };
    }
    if (settings.events) {
        connect();
        setInterval(soon, 10_000);
        document.addEventListener("visibilitychange", () => { if (document.hidden) source?.close(); else { connect(); soon(); } });
        addEventListener("pagehide", () => source?.close());
        addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
    }

    // The list of events

    const hold = document.getElementById("hold");
    let held = false;
    if (hold) {
        hold.hidden = false;
        hold.addEventListener("click", () => {
            held = !held;
            hold.textContent = held ? "Go on" : "Hold";
            hold.setAttribute("aria-pressed", String(held));
            if (!held) location.reload();
        });
    }

    function append(event) {
        if (!log || !row || held || document.getElementById(`e${event.seq}`)) return;
        const { kind, route, job } = log.dataset;
        if (kind && event.type !== kind && !event.type.startsWith(`${kind}.`) || route && event.route !== route || job && event.job !== job) return;
        const item = row.content.firstElementChild.cloneNode(true);
        item.id = `e${event.seq}`;
        item.classList.add("new");
        item.querySelector("time").textContent = (event.time ?? "").slice(11, 19);
        item.querySelector("time").dateTime = event.time ?? "";
        const state = item.querySelector(".type");
        state.textContent = event.type;
        state.className = `type state ${tone(event.type)}`;
        item.querySelector(".on").textContent = event.route ?? "";
        const words = item.querySelector(".text");
        if (event.path && event.job) {
            const link = document.createElement("a");
            link.className = "path";
            link.href = `/jobs/${encodeURIComponent(event.job)}`;
            link.textContent = event.path;
            words.append(link, " ");
        }
        const detail = document.createElement("span");
        detail.className = "quiet";
        detail.textContent = event.detail ?? "";
        words.append(detail);
        document.getElementById("no-events")?.remove();
        log.prepend(item);
        while (log.children.length > 300) log.lastElementChild.remove();
    }

    function tone(type) {
        if (/\.(done|up|resumed)$/.test(type)) return "good";
        if (/\.(failed|down|timeout|disabled|rejected|off)$/.test(type)) return "bad";
        if (/\.(retry|torn|paused|degraded|stalled|deferred)$/.test(type)) return "warn";
        if (/\.(claimed|started)$/.test(type)) return "busy";
        return "";
    }

    // Choosing jobs

    const bulk = document.getElementById("bulk"), all = document.getElementById("all");
    const boxes = () => [...document.querySelectorAll("input[name='job'][type='checkbox']")];
    let anchor = null;

    function choose() {
        if (!bulk) return;
        for (const box of boxes()) {
            box.checked = chosen.has(box.value);
            box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
        }
        const words = chosen.size === 1 ? "1 job" : `${chosen.size} jobs`;
        bulk.hidden = chosen.size === 0;
        for (const place of document.querySelectorAll("[data-chosen]")) place.textContent = words;
        if (all) { all.checked = chosen.size > 0 && chosen.size === boxes().length; all.indeterminate = chosen.size > 0 && !all.checked; }
    }
    document.addEventListener("click", (event) => {
        const box = event.target.closest?.("input[name='job'][type='checkbox']");
        if (!box || !bulk) return;
        const list = boxes();
        const span = event.shiftKey && anchor ? list.slice(...[list.findIndex((b) => b.value === anchor), list.indexOf(box)].sort((a, b) => a - b).map((n, i) => n + i)) : [box];
        for (const one of span) box.checked ? chosen.add(one.value) : chosen.delete(one.value);
        anchor = box.value;
        choose();
    });
    all?.addEventListener("change", () => { for (const box of boxes()) all.checked ? chosen.add(box.value) : chosen.delete(box.value); choose(); });
    document.getElementById("none")?.addEventListener("click", () => { chosen.clear(); choose(); });
    choose();

    // Forms and orders

    for (const form of document.querySelectorAll("form[data-auto]")) form.addEventListener("change", () => form.requestSubmit());

    const csrf = document.querySelector("meta[name='intray-csrf']")?.content ?? "";

    /// What the daemon said, or why it would not.
    async function answerOf(answer) {
        const said = await answer.json().catch(() => ({}));
        if (!answer.ok) return { text: said.error?.message ?? `${answer.status} ${answer.statusText}`, bad: true };
        const refusals = said.refusals ?? [];
        if ("is_fine" in said) return { text: `${said.hook}: ${said.ending}, ${said.meaning}`, bad: !said.is_fine };
        const refused = refusals.length ? ` ${refusals.length} refused: ${refusals[0].reason}` : "";
        return { text: (said.message ?? (said.id ? "The sweep has begun." : "Done.")) + refused, bad: refusals.length > 0 && !said.changed };
    }

    document.addEventListener("click", async (event) => {
        const button = event.target.closest?.("[data-post]");
        if (!button) return;
        const body = JSON.parse(button.dataset.body);
        if ("forChosen" in button.dataset) body.jobs = [...chosen];
        button.closest("[popover]")?.hidePopover();
        button.disabled = true;
        try {
            const answer = await fetch(button.dataset.post, { method: "POST", headers: { "Content-Type": "application/json", "X-Intray-CSRF": csrf }, body: JSON.stringify(body) });
            const { text, bad } = await answerOf(answer);
            say(text, bad ? "bad" : "good");
            if (!bad && "forChosen" in button.dataset) chosen.clear();
            choose();
        } catch { say("The daemon does not answer: nothing was changed.", "bad"); }
        button.disabled = false;
        refresh();
    });

    // Files dropped onto the page

    const drop = document.getElementById("drop");
    if (drop) {
        const list = drop.querySelector(".uploads"), picker = drop.querySelector("input[type='file']"), route = drop.querySelector("[name='route']");
        let depth = 0;
        const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
        const over = (on) => {
            document.body.classList.toggle("over", on);
            document.body.dataset.drop = `Drop into ${route.value}`;
        };
        addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; over(true); event.preventDefault(); } });
        addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
        addEventListener("dragleave", (event) => { if (carries(event) && --depth <= 0) { depth = 0; over(false); } });
        addEventListener("drop", (event) => {
            if (!carries(event)) return;
            event.preventDefault();
            depth = 0;
            over(false);
            queue([...event.dataTransfer.files]);
        });
        picker.addEventListener("change", () => { queue([...picker.files]); picker.value = ""; });

        const waiting = [];
        let running = 0;
        function queue(files) {
            for (const file of files) {
                const item = document.createElement("li"), name = document.createElement("span"), word = document.createElement("span"), bar = document.createElement("progress");
                name.textContent = file.name;
                word.className = "quiet";
                word.textContent = "waits";
                bar.max = 1;
                bar.value = 0;
                bar.setAttribute("aria-label", `Upload of ${file.name}`);
                item.append(name, word, bar);
                list.append(item);
                waiting.push({ file, item, word, bar, route: route.value });
            }
            next();
        }
        function next() {
            while (running < 3 && waiting.length) send(waiting.shift());
        }
        function send({ file, item, word, bar, route }) {
            running += 1;
            const request = new XMLHttpRequest();
            request.open("POST", `/api/v1/uploads/${encodeURIComponent(route)}?${new URLSearchParams({ name: file.name })}`);
            request.setRequestHeader("Content-Type", "application/octet-stream");
            request.setRequestHeader("X-Intray-CSRF", csrf);
            request.upload.onprogress = (event) => {
                if (!event.lengthComputable) return;
                bar.value = event.total ? event.loaded / event.total : 1;
                word.textContent = `${Math.round(bar.value * 100)} %`;
            };
            const end = (text, bad) => {
                running -= 1;
                bar.remove();
                word.textContent = text;
                word.className = `state ${bad ? "bad" : "good"}`;
                if (!bad) setTimeout(() => item.remove(), 8000);
                next();
                soon();
            };
            request.onload = () => {
                if (request.status >= 200 && request.status < 300) return end("in the inbox", false);
                let why = request.statusText;
                try { why = JSON.parse(request.responseText).error.message; } catch { /* the status says it */ }
                end(String(why), true);
            };
            request.onerror = () => end("connection lost: drop it again", true);
            request.send(file);
        }
    }
});
