// The question bank of the region: keeping questions under a name, looking for them, putting them into this service.
import { apart, bundled, opened } from "./bundle.js";
import { meant, put } from "./clipboard.js";
import { button } from "./controls.js";
import { choices, openDialog } from "./dialogs.js";
import { h, newId, redraw } from "./dom.js";
import { called, losses } from "./edits.js";
import { question } from "./outline.js";

const PAUSE = 250;

/** Asks the server; gives `{ok, told}`, told being nothing where it cannot be reached. */
async function asked(panel, path = "", { search = "", body } = {}) {
  const address = `${panel.settings.bank}${path}${search && `?q=${encodeURIComponent(search)}`}`;
  try {
    const answer = await fetch(address, body === undefined ? {} : {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": panel.checker.token() },
    });
    return { ok: answer.ok, told: await answer.json() };
  } catch {
    return { ok: false };
  }
}

/** Keeps what is meant: what it names and does not bring along is taken away first, and said. */
export function saveToBank(panel) {
  const { t, store } = panel;
  const ids = meant(panel);
  const bundle = JSON.parse(bundled(store.doc, ids));
  const gone = losses(panel, apart(bundle.items).map((naming) => ({ naming })));
  const id = newId();
  const name = h("input", { class: "b-input", id, type: "text", maxLength: 120, autocomplete: "off", value: called(panel, question(store.doc, ids[0]).field), "data-f": "bank:name" });
  const wrong = h("p", { class: "b-wrong", role: "alert", hidden: true });
  const { dialog } = openDialog(panel, {
    title: t("bank_save"), mark: "bank",
    body: (close) => {
      const keep = async () => {
        const { ok, told } = await asked(panel, "", { body: { name: name.value, bundle: JSON.stringify(bundle) } });
        wrong.textContent = ok ? "" : told?.sentence || t("bank_away");
        wrong.hidden = ok;
        if (ok) close(() => panel.announce(t("bank_saved", { name: told.entry.name })));
        else name.focus();
      };
      name.addEventListener("keydown", (event) => event.key === "Enter" && keep());
      return [
        h("p", { class: "b-hint" }, t("bank_save_hint")),
        h("div", { class: "b-field" }, h("label", { class: "b-label", for: id }, t("bank_name")), name),
        gone.length > 0 && [h("p", {}, t("bank_apart")), h("ul", { class: "b-losses" }, gone.map((words) => h("li", {}, words)))],
        wrong,
        choices(panel, close, { words: t("bank_keep"), press: keep }),
      ];
    },
  });
  dialog.querySelector("input").select();
}

/** Looks through the bank; what is chosen goes where new questions go. */
export function openBank(panel) {
  const { t } = panel;
  const found = h("div", { class: "b-seen" });
  const id = newId();
  let waiting;
  openDialog(panel, {
    title: t("bank"), mark: "bank",
    body: (close) => {
      const search = h("input", {
        class: "b-input", id, type: "text", inputmode: "search", autocomplete: "off", "data-f": "bank:search",
        oninput: () => {
          clearTimeout(waiting);
          waiting = setTimeout(show, PAUSE);
        },
      });
      const show = async () => {
        const words = search.value;
        const { ok, told } = await asked(panel, "", { search: words });
        if (words !== search.value) return;
        redraw(found, ok ? list(panel, told.entries, { words, close, show }) : h("p", { class: "b-wrong", role: "alert" }, t("bank_away")));
      };
      show();
      return [
        h("p", { class: "b-hint" }, t("bank_hint")),
        h("div", { class: "b-field" }, h("label", { class: "b-label", for: id }, t("bank_search")), search),
        found, h("div", { class: "b-actions" }, button(t("leave"), () => close(), { mark: "dialog:leave" })),
      ];
    },
  }).dialog.querySelector("input").focus();
}

function list(panel, entries, { words, close, show }) {
  const { t } = panel;
  if (!entries.length) return h("p", { class: "b-empty", role: "status" }, t(words ? "bank_no_match" : "bank_empty"));
  const take = async ({ id, name }) => {
    const { ok, told } = await asked(panel, `${id}/`);
    const bundle = ok ? opened(told.bundle, panel.settings.palette.types) : "bank_away";
    if (typeof bundle === "string") close(() => panel.announce(t(bundle)));
    else close(() => put(panel, bundle, () => t("bank_put", { name })));
  };
  const remove = async ({ id, name }) => {
    const { ok } = await asked(panel, `${id}/remove/`, { body: {} });
    panel.announce(ok ? t("bank_removed", { name }) : t("bank_away"));
    await show();
    panel.focus("bank:search");
  };
  const row = (entry) => h(
    "li",
    {},
    h("span", {}, h("strong", {}, entry.name), h("span", { class: "b-hint" }, t("bank_about", { count: entry.count, by: entry.by }))),
    button(t("bank_take"), () => take(entry), { kind: "main", title: t("bank_take_name", { name: entry.name }), mark: `bank:take:${entry.id}` }),
    button(t("bank_remove", { name: entry.name }), (event) => ask(entry, event), { icon: "×", kind: "icon", mark: `bank:remove:${entry.id}` }),
  );
  // It goes for every colleague and no undo brings it back, so one click is not enough.
  const ask = (entry, { currentTarget }) => {
    const held = currentTarget.closest("li");
    const back = () => {
      held.replaceWith(row(entry));
      panel.focus(`bank:remove:${entry.id}`);
    };
    held.replaceChildren(
      h("span", { role: "alert" }, t("bank_remove_sure", { name: entry.name })),
      button(t("bank_remove_do"), () => remove(entry), { mark: `bank:sure:${entry.id}` }),
      button(t("bank_remove_keep"), back, { mark: `bank:keep:${entry.id}` }),
    );
    panel.focus(`bank:keep:${entry.id}`);
  };
  return h("ul", { class: "b-bank" }, entries.map(row));
}
