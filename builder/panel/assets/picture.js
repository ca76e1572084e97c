// A picture carried in the document: chosen from the computer, drawn anew so that nothing hidden in it is kept.
import { labelled, textControl } from "./controls.js";
import { h } from "./dom.js";

const LONGEST_SIDE = 1200;
const LONGEST = 200_000;
const QUALITIES = [0.9, 0.75, 0.6, 0.45, 0.3];

/** `find(doc)` is the question. */
export function picture(panel, held, find) {
  const { t } = panel;
  const input = h("input", {
    class: "b-input", type: "file", accept: "image/png,image/jpeg,image/webp", "data-f": "picture",
    onchange: async (event) => {
      const data = await drawn(event.target.files[0]);
      if (data) panel.store.apply((doc) => { find(doc).image.data = data; });
      else panel.announce(t("picture_unusable"));
    },
  });
  return [
    held.image?.data && h("img", { class: "b-picture", src: held.image.data, alt: "" }),
    labelled(t("picture"), input, { hint: t("picture_hint") }),
    textControl(panel, {
      find: (doc) => find(doc)?.image, name: "alt", label: t("picture_alt"), hint: t("picture_alt_hint"), keep: true,
      tag: `alt:${held.key}`, mark: "alt",
    }),
  ];
}

/** The picture as a data URI that fits into the document, or null. */
async function drawn(file) {
  const bitmap = file && (await createImageBitmap(file).catch(() => null));
  if (!bitmap) return null;
  for (let side = LONGEST_SIDE; side >= 300; side /= 2) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = h("canvas", { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const data = canvas.toDataURL("image/webp", quality);
      if (data.length <= LONGEST) return data;
    }
  }
  return null;
}
