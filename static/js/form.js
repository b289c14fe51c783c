// The letter form's comforts. Without this file everything works: it only counts, remembers and tells.
"use strict";

(() => {
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };
  const SENT = "mailbag:sent";
  const draftKey = (kind) => `mailbag:draft:${kind}`;

  // A letter that has arrived needs no draft: the page that says so carries this mark.
  if (document.querySelector("[data-received]") && store.get(SENT)) {
    store.drop(draftKey(store.get(SENT)));
    store.drop(SENT);
  }

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const kind = form.dataset.draft;
  const body = form.elements.body;
  const summary = document.getElementById("summary");
  store.drop(SENT);

  // House rule: a word is a run of characters between white space that holds a letter or a digit.
  const words = (text) => text.split(/\s+/u).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
  const count = document.getElementById("count");
  const said = document.getElementById("count-said");
  const limit = Number(body.dataset.countOf);
  let over = false;
  const tell = () => {
    const now = words(body.value);
    const note = `${now.toLocaleString("en-US")} of ${limit.toLocaleString("en-US")} words`;
    count.textContent = now > limit ? `${note}: we may cut it, or ask you to` : note;
    count.classList.toggle("over", now > limit);
    if (now > limit !== over) said.textContent = now > limit ? count.textContent : "";
    over = now > limit;
  };

  // The draft: what was typed, without files and without the consent, which is given anew.
  const NOT_KEPT = ["consent", "website", "attachments"];
  const kept = () => [...form.elements].filter((field) =>
    field.name && !NOT_KEPT.includes(field.name) && field.type !== "hidden");
  const draft = document.getElementById("draft");
  const note = document.getElementById("draft-note");
  const save = () => {
    const values = {};
    for (const field of kept()) {
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) values[field.name] = field.value;
      } else if (field.value) values[field.name] = field.value;
    }
    if (!body.value && !form.elements.headline.value) return store.drop(draftKey(kind));
    if (store.set(draftKey(kind), JSON.stringify(values))) draft.hidden = false;
  };
  const restore = () => {
    let values;
    try { values = JSON.parse(store.get(draftKey(kind))); } catch { return; }
    if (!values || body.value) return;
    for (const field of kept()) {
      if (!(field.name in values)) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === values[field.name];
      else if (!field.value) field.value = values[field.name];
    }
    note.textContent = "This is your draft, kept on this device.";
    draft.hidden = false;
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(save, 400);
  });
  document.getElementById("draft-clear").addEventListener("click", () => {
    clearTimeout(waiting);
    store.drop(draftKey(kind));
    for (const field of kept()) {
      if (field.type === "radio") field.checked = field.defaultChecked;
      else if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    draft.hidden = true;
    tell();
    body.focus();
  });

  // A second press while the first is under way changes nothing; the server knows it as the same letter anyway.
  const sending = document.getElementById("sending");
  let busy = false;
  form.addEventListener("submit", (event) => {
    if (busy) return event.preventDefault();
    busy = true;
    clearTimeout(waiting);
    save();
    store.set(SENT, kind);
    sending.textContent = form.elements.attachments.files.length ? "Sending your text and files…" : "Sending…";
  });
  addEventListener("pageshow", () => { busy = false; sending.textContent = ""; });

  restore();
  tell();
  if (summary) summary.focus();
})();
