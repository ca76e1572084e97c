// Compiles style sheets and scripts of all apps into build/static, which Django serves.
// It knows file names only. Missing entries of other apps are left out, so that parts can grow one by one.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const out = join(root, "build/static");

/** Entry → name below build/static. */
const styles = {
  "runtime/look/assets/site.scss": "runtime/look/site.css",
  "builder/panel/assets/panel.scss": "builder/panel.css",
};
const scripts = {
  "runtime/look/assets/site.js": "runtime/look/site.js",
  "builder/panel/assets/panel.js": "builder/panel.js",
};
/** Scripts that belong to one app and are added to the site's bundle when they exist. */
const parts = ["runtime/forms/assets", "runtime/wizard/assets", "runtime/inbox/assets"];

function report(name, text) {
  const packed = brotliCompressSync(Buffer.from(text)).length;
  console.log(`${name.padEnd(32)} ${String(text.length).padStart(7)} B  ${String(packed).padStart(6)} B brotli`);
}

function write(name, text) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path); // a site that is running never sees half a file
  report(name, text);
}

/** Resolves `import "rakit:parts"` to every script of the apps named in `parts`. */
const collect = {
  name: "parts",
  setup(bundle) {
    bundle.onResolve({ filter: /^rakit:parts$/ }, () => ({ path: "parts", namespace: "parts" }));
    bundle.onLoad({ filter: /.*/, namespace: "parts" }, () => {
      const files = parts
        .filter((folder) => existsSync(join(root, folder)))
        .flatMap((folder) => readdirSync(join(root, folder)).sort().map((file) => join(root, folder, file)))
        .filter((file) => file.endsWith(".js"));
      return { contents: files.map((f) => `import ${JSON.stringify(f)};`).join("\n"), resolveDir: root };
    });
  },
};

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    write: false,
    legalComments: "none",
    logLevel: "warning",
    nodePaths: [join(root, "node_modules")],
    plugins: [collect],
  });
  return result.outputFiles[0].text;
}

for (const [entry, name] of Object.entries({ ...styles, ...scripts })) {
  if (!existsSync(join(root, entry))) rmSync(join(out, name), { force: true });
}
for (const [entry, name] of Object.entries(styles)) {
  if (!existsSync(join(root, entry))) continue;
  const loadPaths = [join(root, "node_modules/govuk-frontend/dist")];
  const { css } = compile(join(root, entry), { style: "compressed", charset: false, loadPaths, quietDeps: true });
  write(name, css);
}
for (const [entry, name] of Object.entries(scripts)) {
  if (existsSync(join(root, entry))) write(name, await bundle(entry));
}
console.log(`Written to ${relative(process.cwd(), out) || "."}`);
