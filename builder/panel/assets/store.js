// The document being edited, with undo. Every change is a copy; listeners hear what kind it was.
import { copyOf } from "./document.js";
import { rest } from "./outline.js";

const LIMIT = 100;
const PAUSE = 1500;

export class Store {
  constructor(doc, { now = () => Date.now() } = {}) {
    this.doc = doc;
    rest(doc);
    this.past = [];
    this.future = [];
    this.listeners = [];
    this.tag = "";
    this.at = 0;
    this.now = now;
  }

  /** Tells `listener` of every change until the function that is returned is called. */
  subscribe(listener) {
    this.listeners.push(listener);
    return () => { this.listeners = this.listeners.filter((one) => one !== listener); };
  }

  /**
   * Applies `change` to a copy of the document. Changes with the same `tag` in quick succession are
   * one step of undo; `typing` says that the control which caused it already shows the new value.
   */
  apply(change, { tag = "", typing = false } = {}) {
    const next = copyOf(this.doc);
    const result = change(next);
    const time = this.now();
    if (!(tag && tag === this.tag && time - this.at < PAUSE)) {
      this.past.push(this.doc);
      if (this.past.length > LIMIT) this.past.shift();
    }
    this.tag = tag;
    this.at = time;
    this.future = [];
    this.doc = next;
    this.tell({ typing });
    return result;
  }

  undo() {
    if (!this.past.length) return false;
    this.future.push(this.doc);
    this.doc = this.past.pop();
    this.tag = "";
    this.tell({ typing: false });
    return true;
  }

  redo() {
    if (!this.future.length) return false;
    this.past.push(this.doc);
    this.doc = this.future.pop();
    this.tag = "";
    this.tell({ typing: false });
    return true;
  }

  tell(how) {
    rest(this.doc);
    this.listeners.forEach((listener) => listener(how));
  }
}
