// One JSON Schema validator for all checks: draft 2020-12 reads the older drafts' words that occur here too.
import { readFileSync } from "node:fs";

import Ajv2020 from "ajv/dist/2020.js";

/** How many of a payload's errors are told: the deepest say where it went wrong. */
const TOLD = 4;

/**
 * A validator of one document: `validate(pointer, value)` gives the errors of `value` against the
 * schema that lies there, as lines of path and words; none if it holds.
 */
export function validatorOf(document) {
  // Not strict: the documents carry words of their own (`discriminator`, `x-…`, formats).
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, inlineRefs: false });
  ajv.addSchema({ ...document, $schema: undefined, $id: "described" });
  const known = new Map();
  return (pointer, value) => {
    let validate = known.get(pointer);
    if (!validate) {
      validate = ajv.compile({ $ref: `described#${pointer}` });
      known.set(pointer, validate);
    }
    return validate(value) ? [] : told(validate.errors);
  };
}

/** A validator for each type in a file of `schemas.mjs`, by the type's name. */
export function typesIn(file) {
  const documents = Object.entries(JSON.parse(readFileSync(file, "utf8")));
  return Object.fromEntries(
    documents.map(([name, document]) => {
      const validate = validatorOf(document);
      return [name, (value) => validate(`/definitions/${name}`, value)];
    }),
  );
}

function told(errors) {
  const depth = (error) => error.instancePath.split("/").length;
  const lines = [...errors].sort((one, other) => depth(other) - depth(one)).map(line);
  return [...new Set(lines)].slice(0, TOLD);
}

function line({ instancePath, message, params }) {
  const name = params.additionalProperty ?? params.unevaluatedProperty;
  const allowed = params.allowedValues ?? params.allowedValue;
  const particulars = name ?? (allowed === undefined ? undefined : JSON.stringify(allowed));
  return `${instancePath || "/"} ${message}${particulars === undefined ? "" : `: ${particulars}`}`;
}

/** A part of a JSON pointer. */
export function pointer(...parts) {
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Each object within a JSON value, with its path. */
export function* objectsIn(value, at = "") {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield [at || "/", value];
  for (const [name, inner] of Object.entries(value)) yield* objectsIn(inner, `${at}/${name}`);
}

/** What occurs more than once. */
export function twice(values) {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

/** How many characters a text has, as the platforms count them. */
export function charactersIn(text) {
  return [...(text ?? "")].length;
}
