// What we send to Slack, against Slack's own types, against the limits that these do not know, and
// against the published description of the Web API.
import { readFileSync } from "node:fs";
import path from "node:path";

import { charactersIn, twice, typesIn } from "./validate.mjs";

/** The types of `@slack/types`, `@slack/web-api` and `@slack/bolt`. */
export function slackTypes(schemas) {
  const validators = typesIn(path.join(schemas, "slack.json"));
  return {
    name: "Slack's types",
    platform: "slack",
    problems(entry) {
      const { blocks, view } = carried(entry);
      const type = typeOf(entry);
      const found = type in validators || !type ? [] : [`types/slack.ts does not name the method ${entry.route}`];
      if (type in validators) found.push(...validators[type](entry.body));
      // The types of messages and views also take any object with a `type` for a block: ours are known ones.
      if (blocks) found.push(...validators.Blocks(blocks));
      if (view) found.push(...validators.Surface(view));
      return found;
    },
  };
}

/** The name in types/slack.ts; samples have none but those of what they carry. */
function typeOf({ kind, route }) {
  switch (kind) {
    case "call":
      return route.replaceAll(".", "_");
    case "acknowledgement":
      return route === "view_submission" ? "Submission" : "Respond";
    case "answer":
      return "Respond";
    default:
      return undefined;
  }
}

/** The blocks and the view that a payload carries. */
function carried({ kind, body }) {
  const view = kind === "surface" ? body : body.view;
  return { view, blocks: view ? view.blocks : body.blocks };
}

/** Limits of docs.slack.dev that neither the types nor the models of `slack_sdk` know. */
export function slackLimits() {
  return {
    name: "Slack's other limits",
    platform: "slack",
    problems(entry) {
      const { blocks = [], view } = carried(entry);
      const found = [];
      // "Blocks": up to 50 in each message, 100 in modals and Home.
      const most = view ? 100 : 50;
      if (blocks.length > most) found.push(`/blocks has ${blocks.length} blocks, more than ${most}`);
      // "block_id: should be unique for each message": Slack refuses repeated ones.
      for (const id of twice(blocks.map((block) => block.block_id).filter(Boolean))) {
        found.push(`/blocks has the block_id ${id} twice`);
      }
      // "action_id: should be unique among all other action_ids in the containing block".
      for (const [at, block] of blocks.entries()) {
        for (const id of twice(actionIds(block))) found.push(`/blocks/${at} has the action_id ${id} twice`);
      }
      // "Modals": title, close and submit have at most 24 characters.
      for (const name of ["title", "submit", "close"]) {
        if (charactersIn(view?.[name]?.text) > 24) found.push(`/view/${name} is longer than 24`);
      }
      // "Truncating content": text is cut after 40,000 characters.
      if (charactersIn(entry.body.text) > 40_000) found.push("/text is longer than 40,000");
      return found;
    },
  };
}

function actionIds(block) {
  const elements = [...(block.elements ?? []), block.accessory, block.element];
  return elements.map((element) => element?.action_id).filter(Boolean);
}

// What the description of 2021 lacks, and where it is documented.
const laterMethods = {
  "apps.connections.open": "Socket Mode, docs.slack.dev/reference/methods/apps.connections.open",
};
const laterArguments = {
  "chat.postMessage": ["metadata"], // docs.slack.dev/messaging/message-metadata, 2022
  "chat.update": ["metadata", "unfurl_links", "unfurl_media"], // the same, and the method's page
  "conversations.history": ["include_all_metadata"], // the same
  "users.conversations": ["team_id"], // the method's page, for apps of a whole organization
  "conversations.list": ["team_id"], // the same
  "views.open": ["interactivity_pointer"], // the method's page, for workflows
};

/** The Swagger 2.0 description of the Web API. */
export function slackDescription(specs) {
  const { paths } = JSON.parse(readFileSync(path.join(specs, "slack-web-openapi-v2.json"), "utf8"));
  return {
    name: "Slack's Web API description",
    platform: "slack",
    wants: ({ kind }) => kind === "call",
    problems({ route, body }) {
      const described = Object.values(paths[`/${route}`] ?? {})[0];
      if (!described) return route in laterMethods ? [] : [`the description does not know the method ${route}`];
      const parameters = described.parameters.filter(({ name }) => name !== "token");
      const known = [...parameters.map(({ name }) => name), ...(laterArguments[route] ?? [])];
      const missing = parameters.filter(({ name, required }) => required && !(name in body));
      return [
        ...missing.map(({ name }) => `/${name} is required`),
        ...Object.keys(body)
          .filter((name) => !known.includes(name))
          .map((name) => `/${name} is unknown`),
      ];
    },
  };
}
