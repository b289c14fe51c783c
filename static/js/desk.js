// The desk's keys. Everything they do can be done without them: each presses a button or follows a link of the page.
"use strict";

const SWITCH = "mailbag-desk-keys";
const page = document.querySelector(".desk");
const rows = [...document.querySelectorAll(".row .open")];

const typing = (element) =>
  element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
  (element.tagName === "INPUT" && element.type !== "checkbox");

function stored() {
  try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
}

let on = stored();
const toggle = document.querySelector(".keys-switch");

function say() {
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = on ? "Keys are on" : "Keys are off";
}

if (toggle) {
  toggle.hidden = false;
  say();
  toggle.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem(SWITCH, on ? "on" : "off"); } catch { /* this page only */ }
    say();
  });
}

function openPanel(id) {
  const form = document.getElementById(id);
  const panel = form && form.closest("details");
  if (!panel) return false;
  for (const other of document.querySelectorAll("details.panel[open]")) if (other !== panel) other.open = false;
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
  const first = form.querySelector("textarea, select, input:not([type=hidden])");
  if (first) first.focus();
  return true;
}

function press(element) {
  if (element.hash && openPanel(element.hash.slice(1))) return;
  element.click();
}

function walk(step) {
  const here = rows.indexOf(document.activeElement);
  const there = rows[here === -1 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  if (!there) return false;
  there.focus();
  there.closest(".row").scrollIntoView({ block: "nearest" });
  return true;
}

function queueKey(key) {
  if (key === "j" || key === "k") {
    if (!walk(key === "j" ? 1 : -1)) {
      const link = document.querySelector(key === "j" ? "a[rel=next]" : "a[rel=prev]");
      if (link) link.click();
    }
    return true;
  }
  if (key === "x") {
    const row = document.activeElement.closest(".row");
    if (row) row.querySelector("input[type=checkbox]").click();
    return true;
  }
  return false;
}

function showKeys() {
  const help = document.querySelector(".keys-help");
  help.open = !help.open;
  if (help.open) { help.scrollIntoView({ block: "nearest" }); help.querySelector("summary").focus(); }
}

function onKey(event) {
  if (event.key === "Escape") {
    const panel = event.target.closest("details.panel, details.keys-help");
    if (panel) { panel.open = false; panel.querySelector("summary").blur(); document.activeElement.blur(); }
    return;
  }
  if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
  if (event.key === "/") { event.preventDefault(); document.getElementById("q").focus(); return; }
  if (event.key === "?") { event.preventDefault(); showKeys(); return; }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); press(button); return; }
  if (rows.length && queueKey(event.key)) event.preventDefault();
}

// One press, one decision: a second click while the first is on its way does nothing.
function once(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
}

// Another reason brings its own subject and text, unless the editor has written some.
function followReason(replies) {
  const [reason, subject, text] = ["reason", "subject", "text"].map((name) => document.getElementById(`decline_${name}`));
  const ready = (field, place) => field.value === "" || Object.values(replies).some((reply) => reply[place].trim() === field.value.trim());
  document.querySelector(".other-reasons").hidden = true;
  reason.addEventListener("change", () => {
    const reply = replies[reason.value];
    if (!reply || !ready(subject, 0) || !ready(text, 1)) return;
    [subject.value, text.value] = reply;
  });
}

if (page) {
  document.documentElement.classList.add("keyed");
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", once);
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a.button[href^='#in-'], a.help-link");
    if (!opener) return;
    event.preventDefault();
    if (opener.classList.contains("help-link")) showKeys(); else openPanel(opener.hash.slice(1));
  });
  const texts = document.getElementById("reply-texts");
  if (texts) followReason(JSON.parse(texts.textContent));
  for (const field of document.querySelectorAll("#edit_body")) {
    const count = document.createElement("p");
    count.className = "hint";
    field.after(count);
    const tell = () => { count.textContent = `${field.value.split(/\s+/).filter((run) => /[\p{L}\p{N}]/u.test(run)).length} words`; };
    field.addEventListener("input", tell);
    tell();
  }
}
