// Each check refuses what it is there for: one that lets everything pass proves nothing of a record.
// node --test checks.test.mjs, with SCHEMAS naming the folder of the schemas
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { discordDescription, discordLimits, discordTypes } from "./discord.mjs";
import { slackDescription, slackLimits, slackTypes } from "./slack.mjs";

const { SCHEMAS: schemas, CHORUS_SPECS: specs } = process.env;
const without = (file) => (specs && existsSync(path.join(specs, file)) ? false : `CHORUS_SPECS has no ${file}`);

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

test("Slack's description misses and does not know", { skip: without("slack-web-openapi-v2.json") }, () => {
  judges(
    slackDescription(specs),
    [post({ text: "t", metadata: {} }), { ...post({}), route: "apps.connections.open", body: {} }],
    [post({ channel_id: "C1" }), { ...post({}), body: {} }, { ...post({}), route: "chat.shout" }],
  );
});

const row = (...components) => ({ type: 1, components });
const press = (id) => ({ type: 2, style: 2, label: "Share", custom_id: id });
const select = (values) => ({ type: 3, custom_id: "s", options: values.map((value) => ({ label: "l", value })) });
const create = (body) => ({
  platform: "discord",
  kind: "call",
  route: "POST /channels/{channel_id}/messages",
  body: { allowed_mentions: { parse: [] }, ...body },
});
const answer = (body) => ({ ...create({}), route: "POST /interactions/{interaction_id}/{interaction_token}/callback", body });
const commands = (body) => ({ ...create({}), route: "PUT /applications/{application_id}/commands", body: [body] });
const command = { name: "chorus", description: "Share", options: [{ type: 1, name: "me", description: "My page" }] };
const input = { type: 4, style: 1, custom_id: "i", label: "l" };
const opened = { type: 9, data: { custom_id: "d", title: "t", components: [row(input)] } };

const goodForDiscord = [
  create({ content: "t", components: [row(press("a"), press("b")), row(select(["1", "2"]))] }),
  create({ embeds: [{ title: "t", description: "d".repeat(4096), fields: [{ name: "n", value: "v" }] }] }),
  { ...create({ content: "t" }), route: "PATCH /api/v10/channels/{channel}/messages/{message}" },
  { ...create({ embeds: [{ title: "t" }] }), route: "PATCH /webhooks/{a}/{t}/messages/@original" },
  answer({ type: 5, data: { flags: 64 } }),
  answer({ type: 4, data: { content: "t", flags: 64 | 4 } }),
  { ...answer(opened), kind: "answer", route: "interaction" },
  commands(command),
];
const structurallyWrong = [
  create({ components: [row({ ...press("a"), colour: "red" })] }),
  create({ components: [row({ ...press("a"), style: 9 })] }),
  create({ components: [press("a")] }),
  create({ content: 7 }),
  create({ text: "t" }),
  { ...create({ content: "t" }), route: "POST /channels/{channel_id}/shouts" },
  { ...create({ content: 7 }), route: "PATCH /webhooks/{a}/{t}/messages/@original" },
  { ...create({ text: "t" }), route: "PATCH /webhooks/{a}/{t}/messages/@original" },
  answer({ type: 99 }),
  answer({ type: 9, data: { ...opened.data, custom_id: undefined } }),
  commands({ ...command, options: [{ type: 1, name: "me" }] }),
];

test("Discord's types refuse unknown fields, kinds and routes", () => {
  judges(discordTypes(schemas), goodForDiscord, structurallyWrong);
});

test("Discord's description refuses these and what is too long", { skip: without("discord-openapi.json") }, () => {
  judges(discordDescription(specs), goodForDiscord, [
    ...structurallyWrong,
    create({ embeds: [{ title: "t".repeat(257) }] }),
    create({ components: [row({ ...press("a"), label: "l".repeat(81) })] }),
    create({ components: [row({ ...press("a"), custom_id: "i".repeat(101) })] }),
    create({ components: [row(...["a", "b", "c", "d", "e", "f"].map(press))] }),
    answer({ ...opened, data: { ...opened.data, title: "t".repeat(46) } }),
  ]);
});

test("Discord's other limits are kept to the letter", () => {
  const rows = (count) => Array.from({ length: count }, (_, at) => row(press(`${at}`)));
  const option = { type: 3, name: "code", description: "Code" };
  judges(
    discordLimits(),
    [...goodForDiscord, create({ content: "t".repeat(2_000), components: rows(5) })],
    [
      create({ content: "t".repeat(2_001) }),
      create({ components: rows(6) }),
      create({ components: [row(press("a")), row(press("a"))] }),
      create({ components: [row(press("a"), select(["1"]))] }),
      create({ components: [row(select(["1", "1"]))] }),
      create({ components: [row({ ...select(["1"]), max_values: 2 })] }),
      create({ embeds: [{ description: "d".repeat(4_000) }, { description: "d".repeat(2_001) }] }),
      commands({ ...command, name: "Chorus" }),
      commands({ ...command, name: "cho rus" }),
      commands({ ...command, options: [option, { ...option, name: "post", required: true }] }),
      commands({ ...command, options: [option, option] }),
    ],
  );
});
