// Signatures, both ways, by the platforms' official helpers: node signatures.mjs WHERE, as tests/it/signatures.rs
// starts it. WHERE names Chorus's own endpoints and the keys. It prints where the emulators are to send what they
// sign, judges that once its input has ended, and then signs for Chorus's endpoints.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { verifyKey } from "discord-interactions";
import nacl from "tweetnacl";

const { isValidSlackRequest } = createRequire(import.meta.url)("@slack/bolt/dist/receivers/verify-request.js");

const here = path.dirname(fileURLToPath(import.meta.url));
const { slack, discord } = JSON.parse(process.argv[2]);
const hex = (bytes) => Buffer.from(bytes).toString("hex");
/** How long what is on its way may take. */
const PATIENCE = 10_000;
const now = () => Math.floor(Date.now() / 1000);

// --- Ours, judged by theirs -----------------------------------------------------------------

const received = { slack: [], discord: [] };

function slackVerifies({ stamp, signature, body }) {
  const headers = { "x-slack-signature": signature, "x-slack-request-timestamp": Number(stamp) };
  return isValidSlackRequest({ signingSecret: slack.secret, body, headers });
}

function discordVerifies({ stamp, signature, body }) {
  return verifyKey(body, signature, stamp, discord.publicKey);
}

/** What the app answers that these helpers protect. */
const answers = {
  slack: (body) => (body.startsWith("{") ? { challenge: JSON.parse(body).challenge } : undefined),
  discord: (body) => (JSON.parse(body).type === 1 ? { type: 1 } : { type: 4, data: { content: "Seen." } }),
};

const server = createServer(async (request, response) => {
  const platform = request.url.slice(1);
  const [verifies, names] =
    platform === "slack"
      ? [slackVerifies, ["x-slack-request-timestamp", "x-slack-signature"]]
      : [discordVerifies, ["x-signature-timestamp", "x-signature-ed25519"]];
  const [stamp, signature] = names.map((name) => request.headers[name]);
  const sealed = { stamp, signature, body: await text(request) };
  const genuine = await verifies(sealed);
  const bent = await verifies({ ...sealed, body: `${sealed.body} ` });
  received[platform].push({ ...sealed, genuine, bent, type: request.headers["content-type"] });
  const answer = genuine ? answers[platform](sealed.body) : undefined;
  response.writeHead(genuine ? 200 : 401, { "content-type": "application/json" });
  response.end(answer === undefined ? "" : JSON.stringify(answer));
});

const isEvent = ({ body }) => body.startsWith("{") && JSON.parse(body).type === "event_callback";
const isForm = ({ type }) => type === "application/x-www-form-urlencoded";
const isPing = ({ body }) => JSON.parse(body).type === 1;

/** What each emulator has to have sent, or nothing would be proven of it. */
const awaited = {
  "an event of Slack": () => received.slack.some(isEvent),
  "a form of Slack": () => received.slack.some(isForm),
  "a ping of Discord": () => received.discord.some(isPing),
  "an interaction of Discord": () => received.discord.some((sealed) => !isPing(sealed)),
};

/** Waits for what is on its way. */
async function allCame() {
  const missing = () => Object.keys(awaited).filter((name) => !awaited[name]());
  const end = Date.now() + PATIENCE;
  while (missing().length > 0 && Date.now() < end) await setTimeout(50);
  assert.deepEqual(missing(), [], "the emulators did not send everything");
}

function judgeOurs() {
  for (const { genuine, bent, body } of received.slack) {
    assert.ok(genuine, `@slack/bolt refuses what Slack's emulator signed: ${body}`);
    assert.ok(!bent, `@slack/bolt takes a changed body: ${body}`);
  }
  // Discord sends a ping with a wrong signature when an endpoint is entered: no more than that is refused.
  const [genuine, forged] = [true, false].map((is) => received.discord.filter((sealed) => sealed.genuine === is));
  assert.deepEqual(forged.map(({ signature }) => signature), ["00".repeat(64)]);
  assert.ok(genuine.every(({ bent }) => !bent), "discord-interactions takes a changed body");
  console.log(`  @slack/bolt verified ${received.slack.length} requests of Slack's emulator`);
  console.log(`  discord-interactions verified ${genuine.length} requests of Discord's emulator, and refused one forged`);
}

// --- Theirs, judged by ours -----------------------------------------------------------------

const keys = nacl.sign.keyPair.fromSeed(Uint8Array.from(discord.seed));
const others = nacl.sign.keyPair();

function signed(stamp, body, { secretKey } = keys) {
  return hex(nacl.sign.detached(Buffer.from(`${stamp}${body}`), secretKey));
}

async function posts(stamp, signature, body) {
  const headers = { "content-type": "application/json" };
  if (stamp !== undefined) headers["x-signature-timestamp"] = String(stamp);
  if (signature !== undefined) headers["x-signature-ed25519"] = signature;
  const answer = await fetch(discord.url, { method: "POST", headers, body });
  return { status: answer.status, body: await answer.text() };
}

/** Each is a ping of its own, so that none is taken for the repetition of another. */
async function judgeTheirs() {
  assert.equal(hex(keys.publicKey), discord.publicKey, "the emulator's public key is not that of its seed");
  let number = 0;
  const ping = () => JSON.stringify({ id: String(++number), type: 1, version: 1, words: "Grüße, 世界 🎉" });
  const stamp = now();
  const good = ping();
  const taken = await posts(stamp, signed(stamp, good), good);
  assert.deepEqual([taken.status, JSON.parse(taken.body)], [200, { type: 1 }]);
  const refused = [
    ["a changed body", (body) => [stamp, signed(stamp, body), `${body} `]],
    ["another's key", (body) => [stamp, signed(stamp, body, others), body]],
    ["another stamp", (body) => [stamp - 1, signed(stamp, body), body]],
    ["an old stamp", (body) => [stamp - 301, signed(stamp - 301, body), body]],
    ["a stamp to come", (body) => [stamp + 330, signed(stamp + 330, body), body]],
    ["no signature", (body) => [stamp, undefined, body]],
    ["no stamp", (body) => [undefined, signed(stamp, body), body]],
    ["no hexadecimal digits", (body) => [stamp, "zz".repeat(64), body]],
    ["half a signature", (body) => [stamp, signed(stamp, body).slice(0, 64), body]],
  ];
  for (const [why, bend] of refused) {
    assert.equal((await posts(...bend(ping()))).status, 401, `Chorus does not refuse ${why} of Discord's`);
  }
  console.log(`  Chorus took what tweetnacl signed for Discord, and refused ${refused.length} that it should`);
}

/** The same by Slack's own Python helper, which also verifies what came from the emulator. */
function judgeInPython() {
  const given = { ...slack, received: received.slack.map(({ stamp: timestamp, signature, body }) => ({ timestamp, signature, body })) };
  const script = path.join(here, "slack_signatures.py");
  const run = spawnSync(process.env.CHORUS_CHECKS_PYTHON, [script], {
    input: JSON.stringify(given),
    stdio: ["pipe", "inherit", "inherit"],
  });
  assert.equal(run.status, 0, "slack_sdk and ours do not agree");
}

server.listen(0, "127.0.0.1", async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ slack: `${base}/slack`, discord: `${base}/discord` }));
  await text(process.stdin);
  await allCame();
  server.close();
  judgeOurs();
  await judgeTheirs();
  judgeInPython();
});
