// JSON Schemas of the platforms' published TypeScript types, made once for each version of them and of
// what is asked: node schemas.mjs FOLDER
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { createGenerator } from "ts-json-schema-generator";

const here = path.dirname(fileURLToPath(import.meta.url));

// Bits that may be combined, which an enum of single bits does not say.
const bitFields = ["MessageFlags"];

/** One document for each type that the file exports: the packages use some names twice. */
function documents(platform) {
  const file = path.join(here, "types", `${platform}.ts`);
  const exported = [...readFileSync(file, "utf8").matchAll(/^export (?:type|interface) (\w+)/gm)];
  const generator = createGenerator({
    path: file,
    tsconfig: path.join(here, "tsconfig.json"),
    additionalProperties: false,
    // As the packages' own declarations are compiled with options of theirs.
    skipTypeCheck: true,
  });
  return Object.fromEntries(exported.map(([, name]) => [name, readable(generator.createSchema(name))]));
}

function readable(document) {
  for (const name of bitFields) {
    if (document.definitions[name]) document.definitions[name] = { type: "integer", minimum: 0 };
  }
  // JSON Schema's `deprecated` is a flag; the generator puts the comment's words there.
  return JSON.parse(JSON.stringify(document), (name, value) => (name === "deprecated" ? true : value));
}

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
for (const platform of ["slack", "discord"]) {
  const file = path.join(folder, `${platform}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(documents(platform)));
  renameSync(`${file}.new`, file);
}
