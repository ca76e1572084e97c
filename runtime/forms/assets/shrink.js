// Makes a picture small before it is sent: a 12 megapixel photo takes more than a minute on a slow network.
// The server draws every picture anew all the same; this only saves the citizen's time and money.

const USUAL = { side: 1600, quality: 0.72, enough: 400_000, most: 600_000 };
const SAVING = { side: 1200, quality: 0.6, enough: 150_000, most: 300_000 };
const WORSE = 0.12;
const WORST = 0.4;

/**
 * Return a JPEG of `file` with its longer side at most 1600 pixels, upright; or `file` itself when it is no
 * picture, small already, of a kind this browser cannot read, or when `accept` (a list of types) has no JPEG.
 */
export async function shrink(file, accept = "image/jpeg") {
  const limits = navigator.connection?.saveData ? SAVING : USUAL;
  if (!file.type.startsWith("image/") || file.size <= limits.enough || !accept.includes("image/jpeg")) return file;
  try {
    const smaller = await drawn(file, limits);
    if (!smaller || smaller.size >= file.size) return file;
    const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    return new File([smaller], name, { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file; // the server judges what the browser could not read
  }
}

async function drawn(file, { side, quality, most }) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff"; // a JPEG has nothing one could see through
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return encoded(canvas, quality, most);
}

/** Encode as JPEG, less finely when there is so much detail that it would still be large. */
async function encoded(canvas, quality, most) {
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  const finer = made && made.size > most && quality - WORSE >= WORST;
  return finer ? encoded(canvas, quality - WORSE, most) : made;
}
