// Lines of a part of a letter: each with its controls, and buttons to order, add and take out.
import { button } from "./controls.js";
import { h } from "./dom.js";

/**
 * @param panel the panel
 * @param {{list: Function, draw: Function, add: Function, words: string, mark: string, most: number, least?: number, tidy?: Function}} what
 *   `list(doc, make)` is the list, `draw(item, at)` its controls, `add(doc)` makes a new item, `words` are on the button for
 *   one, `tidy(doc)` runs after one was taken out
 */
export function rowList(panel, { list, draw, add, words, mark, most, least = 1, tidy }) {
  const { t, store } = panel;
  const items = list(store.doc) || [];
  const move = (at, way) => {
    store.apply((doc) => { const held = list(doc); held.splice(at + way, 0, ...held.splice(at, 1)); });
    panel.focus(`${mark}:${at + way}:${way < 0 ? "up" : "down"}`);
    panel.announce(t("line_moved", { place: at + way + 1 }));
  };
  const take = (at) => {
    store.apply((doc) => {
      list(doc).splice(at, 1);
      tidy?.(doc);
    });
    panel.focus(`${mark}:${Math.max(0, at - 1)}:x`);
  };
  const more = () => {
    store.apply((doc) => { list(doc, true).push(add(doc)); });
    panel.focus(`${mark}:${items.length}:text`);
  };
  const row = (item, at) => h(
    "li",
    {},
    h("div", { class: "b-line", role: "group", "aria-label": t("line_number", { number: at + 1 }) }, h("div", { class: "b-line__parts" }, draw(item, at)), h(
      "span", { class: "b-line__order" },
      button(t("line_up", { number: at + 1 }), () => move(at, -1), { icon: "↑", kind: "icon", mark: `${mark}:${at}:up`, disabled: at === 0, again: true }),
      button(t("line_down", { number: at + 1 }), () => move(at, 1), { icon: "↓", kind: "icon", mark: `${mark}:${at}:down`, disabled: at === items.length - 1, again: true }),
      button(t("line_remove", { number: at + 1 }), () => take(at), { icon: "×", kind: "icon", mark: `${mark}:${at}:x`, disabled: items.length <= least }),
    )),
  );
  return [
    items.length > 0 && h("ol", { class: "b-lines" }, items.map(row)),
    items.length < most && button(words, more, { kind: "link", mark: `${mark}:add`, again: true }),
  ];
}
