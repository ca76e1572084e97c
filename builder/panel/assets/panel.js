// The editor of a module: one Stimulus controller over one hidden text area that holds the document.
// Wagtail sees only the text area, so its autosave, drafts, preview and history work as everywhere.
import { adviseAgain } from "./advice.js";
import { keepSaving } from "./again.js";
import { branchesAgain } from "./branchview.js";
import { sayAgain } from "./conditionrows.js";
import { languages, say } from "./document.js";
import { h, redraw } from "./dom.js";
import { Drafts } from "./drafts.js";
import { drawChanges } from "./changes.js";
import { listen } from "./clipboard.js";
import { drawInfo } from "./info.js";
import { drawInspector, settleQuestion } from "./inspector.js";
import { lettersHeard, lettersTyped } from "./letters.js";
import { outline, question } from "./outline.js";
import { packAutosave } from "./packing.js";
import { sayStopped } from "./stopped.js";
import { count, drawPalette, sayInto } from "./palette.js";
import { Checker, drawProblems, errors, faultItems, goTo } from "./problems.js";
import { readAway } from "./putaway.js";
import { drawList } from "./questions.js";
import { sayList } from "./rowwords.js";
import { Session } from "./session.js";
import { Store } from "./store.js";
import { drawStories } from "./stories.js";
import { drawTexts } from "./texts.js";
import { tellTold } from "./told.js";
import { tryAgain } from "./trialbox.js";
import { Unsaved } from "./unsaved.js";
import { drawVacant } from "./vacant.js";
import { keepNotes } from "./notes.js";
import { learn } from "./world.js";
import { drawWorkflow, sayStepsAgain } from "./workflow.js";

const { Controller } = window.StimulusModule;
const json = (id) => JSON.parse(document.getElementById(id).textContent);

class BuilderController extends Controller {
  static targets = ["document", "away", "tab", "pane", "palette", "list", "inspector", "workflow", "texts", "info", "problems", "changes", "vacant", "status", "count", "undo", "redo", "language", "addtoggle", "broken", "stopped", "offer"];

  connect() {
    // Or the browser, on the way back, would put an earlier document where the newest is shown.
    this.form.autocomplete = "off";
    this.settings = json("builder-settings");
    this.words = this.settings.words;
    this.t = this.t.bind(this);
    this.drafts = new Drafts();
    this.trials = new Map();
    this.waiting = [];
    this.pressed = false;
    this.selected = {};
    this.picked = new Set();
    this.problems = undefined;
    this.away = readAway(this.awayTarget);
    this.said = {};
    try {
      this.store = new Store(JSON.parse(this.documentTarget.value));
    } catch {
      this.brokenTarget.hidden = false;
      return;
    }
    const said = languages(this.store.doc);
    this.language = said.includes(this.settings.language) ? this.settings.language : said[0];
    this.labels = new Map();
    learn(this.settings);
    this.store.subscribe((how) => this.changed(how));
    this.checker = new Checker({
      url: this.settings.check,
      token: () => this.form.querySelector("[name=csrfmiddlewaretoken]").value,
      heard: (found) => this.heard(found),
    });
    listen(this, document);
    keepSaving(this.form);
    this.form.addEventListener("w-autosave:save", packAutosave);
    sayStopped(this.form, this.stoppedTarget);
    tellTold(this.form);
    this.selectFirst();
    this.show(location.hash.startsWith("#b-") ? location.hash.slice(3) : "questions");
    this.drawCounts();
    this.checker.ask(this.documentTarget.value);
    this.unsaved = new Unsaved(this);
    keepNotes(this);
    this.session = new Session(this);
  }

  /** A sentence of the panel with its places filled in. */
  t(name, values = {}) {
    return (this.words[name] || name).replace(/\{(\w+)\}/g, (whole, place) => (place in values ? String(values[place]) : whole));
  }

  /**
   * Wagtail starts to watch the form after two seconds and takes what it finds then as saved. What was
   * changed before is handed to it again.
   */
  watched() {
    if (this.store?.past.length) this.form.dataset.wUnsavedForceValue = "true";
  }

  get form() {
    return this.element.closest("form");
  }

  selectFirst() {
    const [page] = this.store.doc.pages || [];
    const first = outline(this.store.doc).find((one) => one.page === page);
    this.selected = first ? { kind: "field", key: first.id } : page ? { kind: "page", key: page.key } : {};
    this.rememberLabel();
  }

  // Changes -----------------------------------------------------------------------------------

  changed({ typing }) {
    this.documentTarget.value = JSON.stringify(this.store.doc);
    for (const kind of ["input", "change"]) this.documentTarget.dispatchEvent(new Event(kind, { bubbles: true }));
    this.checker.later(() => this.documentTarget.value);
    this.unsaved.later();
    this.draw({ typing });
    this.drawCounts();
  }

  undo() {
    if (this.store.undo()) this.announce(this.t("undone"));
  }

  redo() {
    if (this.store.redo()) this.announce(this.t("redone"));
  }

  /** Undo by keyboard; inside a text the browser's own undo stays in charge. */
  key(event) {
    if (event.key === "Escape" && !event.target.closest("dialog") && this.element.classList.contains("b-panel--adding")) {
      this.closePalette();
      this.addtoggleTarget.focus();
    }
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
    const typing = event.target.matches("input:not([type=checkbox]), textarea");
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) this.redo();
    else this.undo();
  }

  // While a button is held down nothing is redrawn, or the click would find another button. -------

  press() {
    this.pressed = true;
  }

  release() {
    setTimeout(() => {
      this.pressed = false;
      for (const waiting of this.waiting.splice(0)) waiting();
    });
  }

  /** Runs `work` now, or after the click that is under way. */
  settle(work) {
    if (this.pressed) this.waiting.push(work);
    else work();
  }

  // Showing -----------------------------------------------------------------------------------

  open(event) {
    this.show(event.currentTarget.dataset.tab);
  }

  /** Arrow keys walk the tabs; Home and End lead to the first and the last. */
  walk(event) {
    const all = this.tabTargets;
    const at = all.indexOf(event.currentTarget) + all.length;
    const wanted = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = all[wanted % all.length];
    this.show(next.dataset.tab);
    next.focus();
  }

  show(name, selected) {
    const wanted = this.tabTargets.some((tab) => tab.dataset.tab === name) ? name : "questions";
    this.tab = wanted;
    if (selected) this.selected = selected;
    for (const tab of this.tabTargets) {
      const on = tab.dataset.tab === wanted;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      if (on) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    for (const pane of this.paneTargets) pane.hidden = pane.dataset.tab !== wanted;
    history.replaceState(history.state, "", `#b-${wanted}`);
    if (this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView();
    this.draw({ typing: false });
  }

  draw({ typing }) {
    const draw = {
      info: () => typing || redraw(this.infoTarget, drawInfo(this)),
      questions: () => {
        if (!(typing && sayList(this))) redraw(this.listTarget, drawList(this));
        if (typing) tryAgain(this.inspectorTarget);
        else redraw(this.inspectorTarget, drawInspector(this));
        branchesAgain(this, this.inspectorTarget);
        if (!this.paletteTarget.childElementCount) redraw(this.paletteTarget, drawPalette(this));
        sayInto(this);
      },
      workflow: () => (typing ? sayStepsAgain(this, this.workflowTarget) : redraw(this.workflowTarget, drawWorkflow(this))),
      texts: () => (typing ? lettersTyped(this) : redraw(this.textsTarget, drawTexts(this))),
      publish: () => {
        redraw(this.problemsTarget, drawProblems(this), drawStories(this));
        redraw(this.changesTarget, drawChanges(this));
        for (const place of this.vacantTargets) redraw(place, drawVacant(this, (problem) => goTo(this, problem)));
      },
    };
    draw[this.tab]();
    this.offerUndo();
  }

  /** Undo and redo; the keyboard goes over to the other one where one has come to its end. */
  offerUndo() {
    const { past, future } = this.store;
    for (const [one, other, steps] of [[this.undoTarget, this.redoTarget, past], [this.redoTarget, this.undoTarget, future]]) {
      const held = document.activeElement === one;
      one.disabled = !steps.length;
      if (!held || steps.length) continue;
      other.disabled = false;
      other.focus();
    }
  }

  drawCounts() {
    const { doc } = this.store;
    const stopping = this.problems ? errors(this.problems).length : 0;
    const numbers = { questions: count(doc), workflow: doc.workflow.statuses.filter(({ kind }) => kind === "work").length, publish: stopping || "" };
    for (const target of this.countTargets) target.textContent = numbers[target.dataset.tab];
  }

  select(kind, key, { focus = "" } = {}) {
    const left = this.selected;
    this.selected = { kind, key };
    this.beyond = undefined;
    if (left.kind === "field" && left.key !== key) settleQuestion(this, left.key);
    this.rememberLabel();
    this.draw({ typing: false });
    this.closePalette();
    if (focus) this.focus(focus);
    else this.listTarget.querySelector(`[data-key="${CSS.escape(this.selected.key)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** The label a question had when it was selected, to tell whether its key was made from it. */
  rememberLabel() {
    const place = this.selected.kind === "field" && question(this.store.doc, this.selected.key);
    this.labels?.set(this.selected.key, place ? say(place.field.label, languages(this.store.doc)[0]) : "");
  }

  /** Something has got another name: what was known under the old one is known under the new. */
  rename(from, to, label = this.labelBefore(from)) {
    const known = (key) => (key === from || key?.startsWith(`${from}/`) ? to + key.slice(from.length) : key);
    this.labels = new Map([...this.labels].map(([key, words]) => [known(key), words])).set(to, label);
    this.drafts.rename(known, from, to);
    this.picked = new Set([...this.picked].map(known));
    for (const { target } of this.problems || []) if (target.kind === "fields") target.key = known(target.key);
    if (this.selected.kind !== "letter") this.selected = { ...this.selected, key: known(this.selected.key) };
  }

  labelBefore(key) {
    return this.labels.get(key) ?? "";
  }

  focus(mark) {
    const found = [...this.element.querySelectorAll("[data-f]")].find((one) => one.dataset.f === mark);
    found?.focus();
    if (found?.select) found.select();
  }

  write(event) {
    this.language = event.currentTarget.value;
    this.drafts.clear();
    this.draw({ typing: false });
  }

  togglePalette() {
    const open = this.element.classList.toggle("b-panel--adding");
    this.addtoggleTarget.setAttribute("aria-expanded", String(open));
    if (open) this.paletteTarget.querySelector("button")?.focus();
  }

  closePalette() {
    this.element.classList.remove("b-panel--adding");
    this.addtoggleTarget.setAttribute("aria-expanded", "false");
  }

  announce(words) {
    this.statusTarget.textContent = "";
    requestAnimationFrame(() => { this.statusTarget.textContent = words; });
    clearTimeout(this.hush);
    this.hush = setTimeout(() => { this.statusTarget.textContent = ""; }, 5000);
  }

  // Problems ----------------------------------------------------------------------------------

  heard(found) {
    const before = this.problems ? errors(this.problems).length : undefined;
    this.problems = found ? found.problems : null;
    this.proof = found?.proof || "";
    this.stories = found?.stories;
    this.changes = found && { since: found.since, list: found.changes };
    this.picture = found?.diagram || this.picture;
    this.said = found?.rules || this.said;
    this.drawCounts();
    const stopping = this.problems ? errors(this.problems).length : undefined;
    this.settle(() => {
      if (this.tab === "publish" || this.tab === "questions") this.draw({ typing: true });
      else if (this.tab === "workflow" && found) this.drawDiagram();
      else if (this.tab === "texts") lettersHeard(this);
      this.drawFaults();
      adviseAgain(this);
      sayAgain(this, this.inspectorTarget);
    });
    if (before !== undefined && stopping !== undefined && before !== stopping) {
      this.announce(stopping ? this.t("problems_left", { count: stopping }) : this.t("no_problems"));
    }
  }

  /** Brings the short lists of problems beside the things they are about up to date. */
  drawFaults() {
    for (const box of this.element.querySelectorAll("[data-faults]")) {
      redraw(box, faultItems(this, JSON.parse(box.dataset.faults)));
    }
  }

  problemsOf(kind, key) {
    return (this.problems || []).filter(({ target }) => target.kind === kind && target.key === key);
  }

  diagram() {
    const box = h("div", { class: "b-diagram" });
    if (this.picture) box.innerHTML = this.picture;
    else box.append(h("p", { class: "b-hint" }, this.t("diagram_later")));
    return box;
  }

  drawDiagram() {
    this.workflowTarget.querySelector(".b-diagram")?.replaceWith(this.diagram());
  }
}

window.wagtail.app.register("builder", BuilderController);
