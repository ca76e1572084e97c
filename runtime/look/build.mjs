// Compiles style sheets and scripts of all apps into build/static, which Django serves.
// It knows file names only. Missing entries of other apps are left out, so that parts can grow one by one.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const out = join(root, "build/static");

/** Entry → name below build/static. */
const styles = {
  "runtime/look/assets/site.scss": "runtime/look/site.css",
  "runtime/forms/assets/map.scss": "runtime/look/map.css",
  "builder/panel/assets/panel.scss": "builder/panel.css",
};
const scripts = {
  "builder/panel/assets/panel.js": "builder/panel.js",
};
/** The script of every page, and the folder of the parts it loads where a page needs them. */
const site = { entry: "runtime/look/assets/site.js", name: "runtime/look/site.js", parts: "runtime/look/parts" };
/** The first lines of a part say on which pages it is loaded: those with an element the selector finds. */
const MARK = /^\/\/ Part for: (.+)$/m;

/** Rules of packages for pictures that we neither use nor serve. */
const IDLE = /[^{}]*\{[^{}]*url\(images\/[^{}]*\}/g;

function report(name, text) {
  const packed = brotliCompressSync(Buffer.from(text)).length;
  console.log(`${name.padEnd(48)} ${String(text.length).padStart(7)} B  ${String(packed).padStart(6)} B brotli`);
}

function write(name, text) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path); // a site that is running never sees half a file
  report(name, text);
}

/** Return every script of the runtime's apps except the entry, and those of them that are parts. */
function scriptsOfApps() {
  const files = readdirSync(join(root, "runtime"))
    .sort()
    .map((app) => `runtime/${app}/assets`)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).sort().map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith(".js") && file !== site.entry);
  const parts = files.flatMap((file) => {
    const mark = MARK.exec(readFileSync(join(root, file), "utf8"));
    return mark ? [{ file, where: mark[1].trim() }] : [];
  });
  return { files, parts };
}

/** Resolves `import parts from "rakit:parts"` to a list of [selector, function that loads the part]. */
function collect(parts) {
  return {
    name: "parts",
    setup(bundle) {
      bundle.onResolve({ filter: /^rakit:parts$/ }, () => ({ path: "parts", namespace: "parts" }));
      bundle.onLoad({ filter: /.*/, namespace: "parts" }, () => {
        const rows = parts.map(({ file, where }) => `[${JSON.stringify(where)}, () => import(${JSON.stringify(`./${file}`)})]`);
        return { contents: `export default [${rows.join(",\n")}];`, resolveDir: root };
      });
    },
  };
}

/** Return the text of everything that can name a class: templates, code, and what the scripts have become. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(html|py|js)$/.test(entry.name) ? readFileSync(path, "utf8") : "";
  }).join("\n");
}

/** Say whether a class is named in `text`, whole or put together: `govuk-input--width-{n}`, `{control}--error`. */
function isNamed(name, text) {
  if (text.includes(name)) return true;
  const cuts = [...name.matchAll(/--|-(?=[^-]*$)/g)].map(({ index, 0: dash }) => [index, index + dash.length]);
  return cuts.some(([at, end]) => {
    const began = text.includes(`${name.slice(0, end)}{`) || text.includes(`${name.slice(0, end)}$`);
    return began || (text.includes(`}${name.slice(at)}`) && text.includes(name.slice(0, at)));
  });
}

/** Return rules of compressed CSS without the selectors that need a class of govuk-frontend nothing names. */
function used(css, text, known = new Map()) {
  const isIdle = (name) => known.get(name) ?? known.set(name, !isNamed(name, text)).get(name);
  return css.replace(/([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g, (rule, head, body) => {
    if (head.startsWith("@")) {
      const inner = /^@(media|supports|layer|container)/.test(head) ? used(body, text, known) : body;
      return inner ? `${head}{${inner}}` : "";
    }
    const kept = head.split(/,(?![^()]*\))/).filter((one) => !(one.match(/(?<=\.)govuk-[\w-]+/g) ?? []).some(isIdle));
    return kept.length ? `${kept.join(",")}{${body}}` : "";
  });
}

function bundle(entry, options) {
  return build({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    write: false,
    legalComments: "none",
    logLevel: "warning",
    nodePaths: [join(root, "node_modules")],
    absWorkingDir: root,
    outdir: out,
    ...options,
  });
}

/** Write the site's script and its parts. A script of an app that nothing loads stops the build. */
async function buildSite() {
  const { files, parts } = scriptsOfApps();
  const { outputFiles, metafile } = await bundle(site.entry, {
    entryPoints: [{ in: join(root, site.entry), out: site.name.replace(/\.js$/, "") }],
    plugins: [collect(parts)],
    splitting: true,
    metafile: true,
    chunkNames: `${site.parts}/[name]-[hash]`,
  });
  const idle = files.filter((file) => !metafile.inputs[file] && !entries.includes(file));
  if (idle.length) throw new Error(`Nothing loads ${idle.join(", ")}. Begin a part with "// Part for: SELECTOR".`);
  const names = outputFiles.map((file) => relative(out, file.path).split(sep).join("/"));
  const order = outputFiles.map((file, i) => [names[i], file.text]).sort(([a]) => (a === site.name ? 1 : -1));
  for (const [name, text] of order) write(name, text); // the parts first: the entry names them
  for (const old of readdirSync(join(out, site.parts))) {
    if (!names.includes(`${site.parts}/${old}`)) rmSync(join(out, site.parts, old), { force: true });
  }
}

const entries = Object.keys(scripts);

for (const [entry, name] of Object.entries({ ...styles, ...scripts })) {
  if (!existsSync(join(root, entry))) rmSync(join(out, name), { force: true });
}
await buildSite();
const named = [...["runtime", "builder", "cms"].map((room) => join(root, room)), join(out, "runtime")].map(sources).join();
for (const [entry, name] of Object.entries(styles)) {
  if (!existsSync(join(root, entry))) continue;
  const loadPaths = [join(root, "node_modules/govuk-frontend/dist"), join(root, "node_modules")];
  const { css } = compile(join(root, entry), { style: "compressed", charset: false, loadPaths, quietDeps: true });
  write(name, used(css.replace(IDLE, ""), named));
}
for (const [entry, name] of Object.entries(scripts)) {
  if (existsSync(join(root, entry))) write(name, (await bundle(entry)).outputFiles[0].text);
}
console.log(`Written to ${relative(process.cwd(), out) || "."}`);
