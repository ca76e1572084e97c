// Writes the forms that other projects ship as examples, as one JSON list: name, schema, uischema, data.
// Usage: node tests/corpora/dump.mjs jsonforms|rjsf
import { build } from "esbuild";

/** The examples of JSON Forms, with what JSON Forms itself makes of those that have no schema. */
async function jsonforms() {
  const { getExamples } = await import("@jsonforms/examples");
  const { Generate } = await import("@jsonforms/core");
  return getExamples().map(({ name, schema, uischema, data }) => ({
    name,
    schema: schema ?? Generate.jsonSchema(data ?? {}),
    uischema,
    data,
  }));
}

/** Every form that the tests of react-jsonschema-form draw; whatever draws is replaced by a note-book. */
async function rjsf() {
  const written = [];
  const path = [];
  globalThis.corpus = (form) => written.push({ name: path.join(" / "), ...form });
  const around = (name, body) => {
    path.push(name);
    body();
    path.pop();
  };
  const waiting = [];
  const test = (name, body) => {
    const here = [...path, name];
    waiting.push(async () => {
      path.splice(0, path.length, ...here);
      await body();
    });
  };
  const nothing = new Proxy(() => nothing, {
    get: (_, name) => (name === "then" ? undefined : nothing),
    apply: () => nothing,
  });
  const hooks = { beforeAll: nothing, afterAll: nothing, beforeEach: nothing, afterEach: nothing };
  Object.assign(globalThis, { describe: around, test, it: test, expect: nothing, vi: nothing, ...hooks });
  const entry = "@rjsf/snapshot-tests/lib/";
  const parts = ["formTests", "arrayTests", "objectTests"];
  const bundle = await build({
    stdin: {
      contents: parts.map((part) => `export { ${part} } from "${entry}${part}.js";`).join("\n"),
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
    plugins: [{ name: "note-book", setup: standIns }],
  });
  const code = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
  const suites = await import(`data:text/javascript;base64,${code}`);
  for (const part of parts) suites[part]("form");
  for (const run of waiting) await run();
  return written;
}

/** Replaces every package beside the tests themselves: elements are plain objects, drawing takes notes. */
function standIns(builder) {
  builder.onResolve({ filter: /^[^./]/ }, ({ path }) =>
    path.startsWith("@rjsf/snapshot-tests") ? undefined : { path, namespace: "stand-in" },
  );
  builder.onLoad({ filter: /.*/, namespace: "stand-in" }, () => ({
    contents: `
      export const jsx = (type, props) => ({ type, props }), jsxs = jsx, createElement = jsx, Fragment = "";
      export const render = ({ type, props }) => {
        if (type === "form") {
          globalThis.corpus({ schema: props.schema, uischema: props.uiSchema, data: props.formData });
        }
        return { asFragment() {}, container: {} };
      };
      export const bracketNameGenerator = 0, dotNotationNameGenerator = 0;
      export default {};`,
  }));
}

const found = await { jsonforms, rjsf }[process.argv[2]]();
process.stdout.write(JSON.stringify(found));
