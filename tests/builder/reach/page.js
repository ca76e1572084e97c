// In the page of the editor: finds everything that somebody can use, tells where the keyboard is, and begins anew.
(() => {
  const HEARD = new Set(["click", "dblclick", "mousedown", "pointerdown", "touchstart", "dragstart"]);
  const pressed = new WeakSet();
  const typed = new WeakSet();
  const about = new WeakSet(); // what listens to all that happens inside
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function heard(name, ...more) {
    if (this instanceof Element && HEARD.has(name)) pressed.add(this);
    if (this instanceof Element && name.startsWith("key")) typed.add(this);
    if (this instanceof Element && name === "focusin") about.add(this);
    return listen.call(this, name, ...more);
  };

  const NATIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls]";
  const USED = `${NATIVE}, [tabindex], [draggable=true], [contenteditable], [role=button], [role=link], [role=tab], [role=checkbox], [role=switch], [role=option], [role=menuitem]`;
  // Around everything, where somebody listens to what happens inside.
  const AROUND = "body, main, form, dialog, label, .b-panel";
  const DRAWN = ["palette", "list", "inspector", "workflow", "texts", "info", "problems", "changes"].map((name) => `[data-builder-target=${name}]`).join();
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]");
  const open = () => [...document.querySelectorAll("dialog[open]")].at(-1);
  const place = (within) => (within ? document.querySelector(within) : open() || document.querySelector(".b-panel"));
  const usable = (within) => [...place(within).querySelectorAll("*")].filter(
    (one) => (one.matches(USED) || (pressed.has(one) && !about.has(one) && !one.matches(AROUND))) && !one.disabled && seen(one),
  );
  const name = (one) => one.dataset.f || (one.dataset.tab && `tab:${one.dataset.tab}`) || one.dataset.builderTarget || one.name || `${one.tagName.toLowerCase()}:${one.textContent.trim().slice(0, 40)}`;
  const told = (one) => `<${one.tagName.toLowerCase()} class="${one.className}"> ${name(one)}`;
  const panel = () => window.wagtail.app.getControllerForElementAndIdentifier(document.querySelector(".b-panel"), "builder");
  // The arrow keys walk the tabs; of radio buttons the one that is chosen is on the way.
  const elsewise = (one) => (one.role === "tab" && one.parentElement.querySelector("[role=tab][tabindex='0']")) || (one.type === "radio" && !one.checked && document.querySelector(`input[name="${one.name}"]:checked`));

  /** Names of things of one sort have one shape: what is shown to be so of one of them is so of all. */
  const shape = (one) => {
    if (one.matches(".b-button--chip")) return "button chip";
    const parts = name(one).replace(/:[^:]* .*/, ":*").split(/[:/ ]/).map((part) => (reach.keys.has(part.replace("#", "")) || /\d|[^a-z_-]/.test(part) ? "*" : part));
    return `${one.tagName.toLowerCase()} ${parts.join(":").replace(/(\*:)+\*/g, "*")}`;
  };

  const key = (one) => {
    if (one.matches("select")) return one.options.length < 2 ? "" : one.selectedIndex < one.options.length - 1 ? "ArrowDown" : "ArrowUp";
    if (one.matches("[type=checkbox], [type=radio]")) return "Space";
    return one.matches("button[type=button], summary") ? "Enter" : ""; // texts, links and what sends the form are the browser's own
  };

  /** Where the keyboard is seen: with an outline, and not wholly under something else. */
  const unseen = (one) => {
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) return `takes no focus: ${told(one)}`;
    const style = getComputedStyle(one);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0) return `shows no focus: ${told(one)}`;
    const box = one.getBoundingClientRect();
    const points = [0.05, 0.5, 0.95].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y]));
    const shown = points.map((point) => document.elementFromPoint(...point)).some((top) => top && (one.contains(top) || top.contains(one)));
    return shown ? "" : `lies under something else: ${told(one)}`;
  };

  // What the server says of a story that comes out otherwise; of a document with a fault it tells none.
  const OTHERWISE = {
    title: "Terbit", came_out: false, steps: 1, differences: [{ what: "refused", sentence: "Ditolak.", step: 1, found: "late" }],
    renewed: { then: [{ status: "a" }, { status: "b" }], changed: [{ step: 1, who: "Loket", did: "Setuju", what: "status", expected: "A", found: "B" }], lost: 1, ends: "Selesai." },
  };

  const reach = {
    /** Takes the document as the beginning; nothing is saved any more, and what the server says of it stays as it is. */
    begin() {
      const it = panel();
      it.changed = ({ typing }) => it.draw({ typing });
      it.stories = [OTHERWISE];
      reach.doc = it.store.doc;
      reach.keys = new Set();
      JSON.stringify(reach.doc, (at, value) => {
        if (at === "key" || at === "value") reach.keys.add(value);
        return value;
      });
    },
    /** Shows a view of the document as it was in the beginning; `found` is what to stand on before. */
    show({ tab, kind, key: selected, part = "", adding = false, picked }) {
      for (const one of document.querySelectorAll("dialog[open]")) one.close();
      const it = panel();
      it.selected = kind ? { kind, key: selected } : {};
      it.picked = new Set(picked);
      it.picking = Boolean(picked);
      it.trials.clear();
      it.drafts.clear();
      it.moreOpen = true;
      it.openPart = part;
      it.openSteps = new Set(reach.doc.workflow.statuses.map((one) => one.key));
      Object.assign(it.store, { doc: structuredClone(reach.doc), past: [reach.doc], future: [reach.doc], tag: "" });
      const { listeners } = it.store;
      it.store.listeners = [];
      it.store.tell({});
      it.store.listeners = listeners;
      it.show(tab, it.selected);
      if (it.letterView) it.letterView.later = () => {};
      if (adding !== it.element.classList.contains("b-panel--adding")) it.togglePalette();
    },
    /** Shows a view and tells the shapes in it. */
    look(view, within) {
      reach.show(view);
      return reach.shapes(within);
    },
    /** Lays a copy of the inspector beside all others, to be judged at once. */
    keep() {
      const room = document.getElementById("reach") || Object.assign(document.createElement("div"), { id: "reach", className: "b-inspector" });
      document.querySelector(".b-panel").append(room);
      room.append(...[...document.querySelector(".b-work .b-inspector").children].map((one) => one.cloneNode(true)));
      room.style.cssText = "display: none";
    },
    kept(shown) {
      const room = document.getElementById("reach");
      room.style.cssText = "height: auto; position: static; width: 348px";
      if (!shown) room.remove();
    },
    /** Words that are cut off, or hang out of the panel. */
    cut() {
      const edge = document.querySelector(".b-panel").getBoundingClientRect().right;
      const worded = [...document.querySelectorAll(".b-panel *")].filter((one) => seen(one) && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
      const hidden = (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && !["visible", "auto", "scroll"].includes(getComputedStyle(one).overflowX) && !one.matches("select, option, input, textarea");
      return worded.filter((one) => hidden(one) || (one.getBoundingClientRect().right > edge + 1 && !one.closest(".b-scroll, .b-diagram"))).map((one) => one.textContent.trim());
    },
    shapes: (within) => [...new Set(usable(within).map(shape))],
    /** What is wrong with what can be seen now. */
    wrong(within) {
      const all = usable(within);
      const mute = all.filter((one) => !one.matches(NATIVE) && pressed.has(one) && !(one.tabIndex >= 0 && typed.has(one) && one.role));
      const beside = all.filter((one) => one.tabIndex !== 0 && !elsewise(one));
      const drawn = all.filter((one) => one.closest(DRAWN) && !one.closest("dialog") && one.matches("button, input, select, textarea"));
      const marks = drawn.map((one) => one.dataset.f);
      const unmarked = drawn.filter((one) => !one.dataset.f || marks.filter((mark) => mark === one.dataset.f).length > 1);
      const dragged = all.filter((one) => one.draggable && one.tagName !== "A").map((one) => name(one).split(":")[0]);
      return {
        "does not listen to keys": mute.map(told),
        "is not on the way of the keyboard": beside.map(told),
        "loses the keyboard when it is drawn anew": unmarked.map(told),
        "hides the keyboard": all.filter((one) => !elsewise(one)).map(unseen).filter(Boolean),
        "dragged": [...new Set(dragged)],
      };
    },
    /** Puts the keyboard on the first of a shape; tells which key uses it, "" where that is the browser's own. */
    take(wanted, within, view) {
      if (view) reach.show(view);
      const one = usable(within).find((each) => shape(each) === wanted);
      one?.focus({ focusVisible: true });
      reach.taken = one && name(one);
      return one ? key(one) : "";
    },
    /** Where the keyboard is when all is done that a key began. */
    async now() {
      await new Promise((done) => { setTimeout(() => requestAnimationFrame(done)); });
      const one = document.activeElement;
      const dialog = open();
      const lost = !one || one === document.body ? "nowhere" : !seen(one) ? "on something that is not shown" : dialog && !dialog.contains(one) ? "behind the window" : "";
      const title = dialog && (document.getElementById(dialog.getAttribute("aria-labelledby"))?.textContent || dialog.getAttribute("aria-label"));
      return { lost, at: name(one), taken: reach.taken, title: title || "", window: Boolean(dialog) };
    },
    /** Begins a walk through what is shown; `step` tells whether the keyboard is still in it and something is left. */
    walk(within) {
      reach.left = new Set(usable(within).filter((one) => !elsewise(one)));
      reach.around = place(within);
      [...reach.left][0].focus();
    },
    step() {
      reach.left.delete(document.activeElement);
      return reach.left.size > 0 && reach.around.contains(document.activeElement);
    },
    missed: () => [...reach.left].map(told),
  };
  window.reach = reach;
})();
