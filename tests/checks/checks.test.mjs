// Each check refuses what it is there for: one that lets everything pass proves nothing of a record.
// node --test checks.test.mjs, with SCHEMAS naming the folder of the schemas
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { slackDescription, slackLimits, slackTypes } from "./slack.mjs";

const { SCHEMAS: schemas, CHORUS_SPECS: specs } = process.env;

const words = (text) => ({ type: "plain_text", text });
const divider = (id) => ({ type: "divider", ...(id ? { block_id: id } : {}) });
const button = (id) => ({ type: "button", action_id: id, text: words("Share"), value: "1.share" });
const post = (body) => ({ platform: "slack", kind: "call", route: "chat.postMessage", body: { channel: "C1", ...body } });
const modal = (body) => ({
  platform: "slack",
  kind: "call",
  route: "views.open",
  body: { trigger_id: "1", view: { type: "modal", title: words("Title"), blocks: [divider()], ...body } },
});

/** Takes each of the first, and refuses each of the second. */
function judges(check, taken, refused) {
  for (const entry of taken) assert.deepEqual(check.problems(entry), [], JSON.stringify(entry));
  for (const entry of refused) assert.notDeepEqual(check.problems(entry), [], JSON.stringify(entry));
}

test("Slack's types refuse unknown blocks, fields, methods and arguments", () => {
  judges(
    slackTypes(schemas),
    [post({ text: "t", blocks: [{ type: "actions", elements: [button("a")] }] }), modal({})],
    [
      post({ text: "t", blocks: [{ type: "banner" }] }),
      post({ text: "t", blocks: [{ type: "actions", elements: [{ ...button("a"), colour: "red" }] }] }),
      post({ text: "t", blocks: [{ type: "section", text: "not an object" }] }),
      post({ text: "t", colour: "red" }),
      post({}),
      { ...post({ text: "t" }), route: "chat.shout" },
      modal({ title: undefined }),
      modal({ blocks: [{ type: "banner" }] }),
      { platform: "slack", kind: "answer", route: "response_url", body: { response_type: "loud" } },
      { platform: "slack", kind: "acknowledgement", route: "view_submission", body: { response_action: "errors" } },
    ],
  );
});

test("Slack's other limits are kept to the letter", () => {
  const dividers = (count) => Array.from({ length: count }, () => divider());
  judges(
    slackLimits(),
    [post({ blocks: dividers(50) }), modal({ blocks: dividers(100) }), modal({ title: words("t".repeat(24)) })],
    [
      post({ blocks: dividers(51) }),
      modal({ blocks: dividers(101) }),
      post({ blocks: [divider("a"), divider("a")] }),
      post({ blocks: [{ type: "actions", elements: [button("a"), button("a")] }] }),
      modal({ title: words("t".repeat(25)) }),
    ],
  );
});

const description = "slack-web-openapi-v2.json";
const skip = specs && existsSync(path.join(specs, description)) ? false : `CHORUS_SPECS has no ${description}`;
test("Slack's description misses and does not know", { skip }, () => {
  judges(
    slackDescription(specs),
    [post({ text: "t", metadata: {} }), { ...post({}), route: "apps.connections.open", body: {} }],
    [post({ channel_id: "C1" }), { ...post({}), body: {} }, { ...post({}), route: "chat.shout" }],
  );
});
