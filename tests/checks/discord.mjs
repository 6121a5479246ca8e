// What we send to Discord, against `discord-api-types`, against the limits that others do not know, and
// against Discord's own description of its API.
import { readFileSync } from "node:fs";
import path from "node:path";

import { charactersIn, objectsIn, pointer, twice, typesIn, validatorOf } from "./validate.mjs";

/** A route with `{}` for each variable, however it was named, without the version. */
function plain(route) {
  return route.replace(/\{[^}]*\}/g, "{}").replace(/ (?:\/api)?(?:\/v\d+)?\//, " /");
}

/** The route that takes what an interaction's HTTP answer carries. */
const CALLBACK = "POST /interactions/{}/{}/callback";

function routeOf({ kind, route }) {
  return kind === "answer" ? CALLBACK : plain(route);
}

/** Samples have no route: messages are judged as posted, and what opens as an answer. */
function sent(entry) {
  switch (entry.kind) {
    case "message":
      return { route: "POST /channels/{}/messages", body: entry.body };
    case "surface":
      return { route: CALLBACK, body: { type: 9, data: entry.body } };
    default:
      return { route: routeOf(entry), body: entry.body };
  }
}

/** The types of `discord-api-types`. */
export function discordTypes(schemas) {
  const { Calls: validate } = typesIn(path.join(schemas, "discord.json"));
  return {
    name: "discord-api-types",
    platform: "discord",
    problems(entry) {
      const { route, body } = sent(entry);
      // A route that types/discord.ts does not name is refused as a field too many.
      return validate({ [route]: body }).map((line) => line.replace(pointer(route), ""));
    },
  };
}

/** Discord's OpenAPI document. */
export function discordDescription(specs) {
  const document = JSON.parse(readFileSync(path.join(specs, "discord-openapi.json"), "utf8"));
  for (const schema of Object.values(document.components.schemas)) close(schema);
  const validate = validatorOf(document);
  const routes = new Map();
  for (const [template, methods] of Object.entries(document.paths)) {
    for (const [method, { requestBody }] of Object.entries(methods)) {
      const content = requestBody?.content?.["application/json"];
      const place = pointer("paths", template, method, "requestBody", "content", "application/json", "schema");
      if (content) routes.set(plain(`${method.toUpperCase()} ${template}`), place);
    }
  }
  return {
    name: "Discord's OpenAPI",
    platform: "discord",
    problems(entry) {
      const { route, body } = sent(entry);
      const place = routes.get(route);
      return place ? validate(place, body) : [`the description knows no body of ${route}`];
    },
  };
}

/** The document lets unknown fields pass; here they are mistakes. */
function close(schema) {
  for (const [, object] of objectsIn(schema)) {
    if (object.type === "object" && object.properties && !object.allOf) object.additionalProperties ??= false;
  }
}

/** Limits of docs.discord.com that neither the types nor the description know. */
export function discordLimits() {
  return {
    name: "Discord's other limits",
    platform: "discord",
    problems(entry) {
      return [...objectsIn(sent(entry).body)].flatMap(([at, object]) => [
        ...messageProblems(at, object),
        ...selectProblems(at, object),
        ...commandProblems(at, object),
      ]);
    },
  };
}

/** Bit 1 << 15, "Using Components V2": other limits hold for such a message. */
const COMPONENTS_V2 = 32_768;

function messageProblems(at, object) {
  const found = [];
  // "Create Message": content up to 2,000 characters; the description says 4,000, as subscribers have.
  if (charactersIn(object.content) > 2_000) found.push(`${at} content is longer than 2,000`);
  // "Embed Limits": all text of all embeds of a message together has at most 6,000 characters.
  if (Array.isArray(object.embeds)) {
    const all = object.embeds.map(embedCharacters).reduce((sum, count) => sum + count, 0);
    if (all > 6_000) found.push(`${at} embeds hold ${all} characters, more than 6,000`);
  }
  const rows = (object.components ?? []).filter(({ type }) => type === 1);
  if (rows.length > 0) {
    // "Legacy Message Component Behavior": up to five action rows.
    const isLegacy = ((object.flags ?? 0) & COMPONENTS_V2) === 0;
    if (isLegacy && rows.length > 5) found.push(`${at} has ${rows.length} action rows, more than 5`);
    // "Action Row": five buttons, or one select, or one text input.
    for (const [row, { components }] of rows.entries()) {
      const others = components.filter(({ type }) => type !== 2);
      if (others.length > 0 && components.length > 1) {
        found.push(`${at} components/${row} holds more than one thing beside buttons`);
      }
    }
    // "Custom ID": unique among the components of a message or modal.
    const ids = [...objectsIn(rows)].map(([, { custom_id: id }]) => id).filter(Boolean);
    for (const id of twice(ids)) found.push(`${at} has the custom_id ${id} twice`);
  }
  return found;
}

function embedCharacters({ title, description, footer, author, fields }) {
  const texts = [title, description, footer?.text, author?.name];
  for (const { name, value } of fields ?? []) texts.push(name, value);
  return texts.map(charactersIn).reduce((sum, count) => sum + count, 0);
}

/** "String Select": values are told apart, and no more are chosen than can be. */
function selectProblems(at, { type, options, max_values: most = 1 }) {
  if (type !== 3 || !Array.isArray(options) || options.some(({ value }) => value === undefined)) return [];
  const found = twice(options.map(({ value }) => value)).map((value) => `${at} has the option ${value} twice`);
  const chosen = options.filter((option) => option.default).length;
  if (chosen > most) found.push(`${at} has ${chosen} defaults, more than ${most}`);
  if (most > options.length) found.push(`${at} takes ${most} values of ${options.length}`);
  return found;
}

/** "Application Command Naming", which the description does not check. */
const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]{1,32}$/u;

/** "Application Command Structure", for what can be told to be a command or an option of one. */
function commandProblems(at, object) {
  const isOfCommand = typeof object.name === "string" && typeof object.description === "string";
  if (!isOfCommand) return [];
  const found = [];
  if (!COMMAND_NAME.test(object.name) || object.name !== object.name.toLowerCase()) {
    found.push(`${at} has the name ${object.name}`);
  }
  const options = object.options ?? [];
  for (const name of twice(options.map((option) => option.name))) found.push(`${at} has the option ${name} twice`);
  // "Required options must be listed before optional options."
  const required = options.map((option) => Boolean(option.required));
  if (required.lastIndexOf(true) > required.indexOf(false) && required.includes(false)) {
    found.push(`${at} has a required option after an optional one`);
  }
  return found;
}
