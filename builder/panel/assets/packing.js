// Packs the document of an autosave, so that a large service costs little of a slow line. A browser that cannot pack
// sends it as it is; the server reads both (builder/panel/packing.py).
const MARK = "gzip:";

/** The text packed: gzip of its UTF-8, as base64 behind a mark. */
export async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return MARK + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Packs what Wagtail is about to save by itself: it waits for the end of typing after it has collected the form. */
export async function packAutosave({ detail: { formData } }) {
  const text = formData.get("document");
  if (typeof CompressionStream === "undefined" || typeof text !== "string") return;
  try {
    const small = await packed(text);
    if (small.length < text.length) formData.set("document", small);
  } catch {
    // It goes as it is.
  }
}
