// A newcomer connects Slack and routes a topic to a channel, at a Slack that others wrote: emulate. Each of its codes
// counts once, each of its tokens for its scopes alone, and it tells afterwards what arrived.
import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import {
  enterConsole,
  eventually,
  freePort,
  newerNode,
  openApi,
  openBrowser,
  startProgram,
  startServer,
} from "./support.mjs";

const SLUG = "lindenfeld";
const APP = { id: "1.2", secret: "s3cret/with+signs", bot: "U0CHORUS" };
const SCOPES = "channels:history,chat:write,commands,groups:history,im:history,im:write,users:read,users:read.email";
/** A token by which this walk looks at the workspace, as somebody who is in its channels. */
const OLGA = "xoxp-olga";

let browser;
let slack;
let server;
let api;
/** The ids of the workspace's channels, by name. */
let channels;

/** Starts emulate on a port, with a workspace whose app sends browsers back to `redirect`. */
async function startSlack(port, redirect) {
  const folder = await mkdtemp(path.join(tmpdir(), "chorus-slack-"));
  const seed = {
    strict_scopes: true,
    team: { name: "Lindenfeld", domain: "lindenfeld" },
    users: [{ name: "olga", real_name: "Olga Lind", email: "olga@lindenfeld.example" }],
    channels: [{ name: "share-this", is_private: true }],
    oauth_apps: [
      {
        client_id: APP.id,
        client_secret: APP.secret,
        name: "Chorus",
        bot_user_id: APP.bot,
        redirect_uris: [redirect],
        scopes: SCOPES.split(","),
      },
    ],
    tokens: [
      {
        token: OLGA,
        type: "user",
        user: "olga",
        scopes: ["channels:history", "channels:read", "groups:history", "groups:read", "groups:write"],
      },
    ],
  };
  await writeFile(path.join(folder, "slack.json"), JSON.stringify({ slack: seed }));
  const program = fileURLToPath(new URL("node_modules/emulate/dist/index.js", import.meta.url));
  const command = [newerNode(), program, "start", "-s", "slack", "-p", String(port), "--seed", "slack.json"];
  const started = await startProgram({ name: "emulated Slack", folder, command, ready: /Ready\./ });
  return { url: `http://127.0.0.1:${port}`, ...started };
}

/** Asks the emulated Slack's own API. */
async function ask(method, body, authorization = `Bearer ${OLGA}`) {
  const answer = await fetch(`${slack.url}/api/${method}`, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams(body),
  });
  return answer.json();
}

/** Exchanges a code as the app does. */
const redeem = (code) =>
  ask("oauth.v2.access", { code }, `Basic ${Buffer.from(`${APP.id}:${APP.secret}`).toString("base64")}`);

/** The messages of a channel, newest first. */
async function messagesIn(channel) {
  const { ok, messages, error } = await ask("conversations.history", { channel: channels[channel] });
  assert.ok(ok, error);
  return messages;
}

before(async () => {
  browser = await openBrowser();
  const [ours, theirs] = [freePort(), 28_000 + 2 * Math.floor(Math.random() * 2_000)];
  slack = await startSlack(theirs, `http://127.0.0.1:${ours}/connect/slack/callback`);
  // Over HTTP: emulate has no Socket Mode.
  const options = [
    "[slack]",
    "enabled = true",
    'mode = "http"',
    'signing_secret = "of this walk, and of no other"',
    `listen = "127.0.0.1:${theirs + 1}"`,
    `client_id = "${APP.id}"`,
    `client_secret = "${APP.secret}"`,
    `login_base_url = "${slack.url}"`,
    `api_base_url = "${slack.url}/api"`,
  ].join("\n");
  server = await startServer({ port: ours, options });
  api = await openApi(server);
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: { email: "olga@lindenfeld.example", name: "Olga Lind" },
  });
  await api("POST", "/topics", { name: "Repair" });
  const listed = await ask("conversations.list", { types: "public_channel,private_channel" });
  channels = Object.fromEntries(listed.channels.map(({ id, name }) => [name, id]));
});

after(async () => {
  // Both are stopped before either is judged: what runs on would keep the walk from ending.
  const codes = [await server?.stop(), await slack?.stop()];
  await browser?.close();
  assert.deepEqual(codes, [0, 0], `${server?.output()}\n${slack?.output()}`);
});

const connections = () => `${server.url}/o/${SLUG}/settings/connections`;

/** Olga at the connections. */
async function arrives() {
  const page = await enterConsole(browser, api);
  await page.goto(connections());
  return page;
}

/** Presses the button, and gives the address at the emulated Slack to which it leads. */
async function sent(page) {
  await page.getByRole("link", { name: "Connect Slack" }).click();
  await page.getByText("Authorize Chorus to access your Slack workspace.").waitFor();
  return new URL(page.url());
}

/** Adds a channel by the link that Slack copies. */
async function adds(page, channel) {
  const form = page.locator("details", { hasText: "Add a channel" });
  if (!(await form.getByLabel("Name").isVisible())) await form.locator("summary").click();
  const link = `https://lindenfeld.slack.com/archives/${channels[channel]}`;
  await form.getByLabel("Address or id of the channel").fill(link);
  await form.getByLabel("Name").fill(channel);
  await form.getByRole("button", { name: "Add channel" }).click();
  await page.getByText("The channel is added.").waitFor();
}

/** Sends a test to a channel, and waits until the page says that this became of it. */
async function tries(page, channel, outcome) {
  await page.getByLabel(`Change ${channel}`).click();
  await page.getByRole("button", { name: `Send a test to ${channel}` }).click();
  await page.getByText(/The test (has arrived|is on its way|did not arrive)\./).waitFor();
  // The answer waited some seconds for the outcome; a busy machine may take longer.
  await eventually(async () => {
    await page.goto(connections());
    return page.getByText(outcome).first().isVisible();
  }, `the test to ${channel}: ${outcome}`);
}

describe("Slack's connection", () => {
  it("is asked for with what it needs, and not made by another's word or a code that was used", async () => {
    const page = await arrives();
    const asked = await sent(page);
    assert.equal(asked.origin + asked.pathname, `${slack.url}/oauth/v2/authorize`);
    const { state, ...rest } = Object.fromEntries(asked.searchParams);
    const redirect_uri = `${server.url}/connect/slack/callback`;
    assert.deepEqual(rest, { client_id: APP.id, scope: SCOPES, redirect_uri });
    assert.match(state, /^[\w-]{22,}$/);

    const guessed = new URL(asked);
    guessed.searchParams.set("state", "guessed");
    await page.goto(guessed.href);
    await page.getByRole("button", { name: "Olga Lind" }).click();
    await page.getByText("was not begun in this browser").waitFor();
    // It did not even ask: the code can still be used, once.
    const code = new URL(page.url()).searchParams.get("code");
    assert.equal((await redeem(code)).scope, SCOPES);
    assert.equal((await redeem(code)).error, "invalid_code");

    await page.goto(`${redirect_uri}?code=${code}&state=${state}`);
    await page.getByText("The chat did not answer as it should. Nothing has changed").waitFor();
    await eventually(() => /it refuses: invalid_code/.test(server.output()), "the log tells what the chat did");
    await page.getByRole("link", { name: "Back to the connections" }).click();
    await page.getByText("No chat is connected yet").waitFor();
  });

  it("is made once somebody is picked there, by a code that is used up", async () => {
    const page = await arrives();
    const { searchParams } = await sent(page);
    const returned = page.waitForRequest((request) => request.url().includes("/connect/slack/callback?"));
    await page.getByRole("button", { name: "Olga Lind" }).click();
    await page.getByText("Connected. Now add a channel.").waitFor();
    await page.getByRole("heading", { name: "Lindenfeld Slack" }).waitFor();
    const back = (await returned).url();
    assert.equal(new URL(back).searchParams.get("state"), searchParams.get("state"));
    assert.equal((await redeem(new URL(back).searchParams.get("code"))).error, "invalid_code");
    await page.goto(back);
    await page.getByText("was not begun in this browser").waitFor();
  });

  it("says what keeps a test out of a channel, and brings it there once invited", async () => {
    const page = await arrives();
    await adds(page, "share-this");
    await tries(page, "share-this", "The test did not arrive (not_in_channel)");
    await page.getByText("The bot is not in the channel").first().waitFor();
    assert.deepEqual(await messagesIn("share-this"), []);

    const invited = await ask("conversations.invite", { channel: channels["share-this"], users: APP.bot });
    assert.ok(invited.ok, invited.error);
    await tries(page, "share-this", "The test arrived");
    // By what was granted: a token without `chat:write` posts nothing.
    const posted = await ask("chat.postMessage", { channel: channels["share-this"], text: "by Olga's token" });
    assert.deepEqual([posted.error, posted.needed], ["missing_scope", "chat:write"]);
    const [message, ...more] = await messagesIn("share-this");
    assert.deepEqual(more, []);
    assert.equal(message.user, APP.bot);
    assert.match(message.text, /This is a test\. Messages of Lindenfeld arrive in this channel\./);
  });

  it("brings posts about a topic to the channel that chose it, and others elsewhere", async () => {
    const page = await arrives();
    await adds(page, "general");
    const row = (channel) => page.locator(".rows > li", { hasText: `#${channel}` });
    await row("share-this").getByLabel("Change share-this").click();
    await row("share-this").getByLabel("Only posts about these topics").check();
    await row("share-this").getByLabel("Repair").check();
    await row("share-this").getByRole("button", { name: "Save topics of share-this" }).click();
    await row("share-this").getByText("Gets posts about Repair.").waitFor();
    await row("general").getByText("Gets posts of every topic.").waitFor();

    for (const [title, topic, places] of [
      ["We won a race", "Racing", 1],
      ["We mend frames for free", "Repair", 2],
    ]) {
      const { id } = await api("POST", "/posts", {
        title,
        summary: "On Saturday from nine.",
        url: "https://lindenfeld.example/news",
        topics: [topic],
        variants: [{ text: `${title}. Come and see.` }],
      });
      await api("POST", `/posts/${id}/submit`);
      await api("POST", `/posts/${id}/approve`, {});
      await eventually(async () => {
        const { planning, channels: told } = await api("GET", `/posts/${id}/broadcast`);
        return !planning && told.planned === places && told.done === places;
      }, `“${title}” is in ${places} of the channels`);
    }
    const cards = async (channel) => {
      const blocks = JSON.stringify((await messagesIn(channel)).map((message) => message.blocks));
      return ["We won a race", "We mend frames for free"].filter((title) => blocks.includes(title));
    };
    assert.deepEqual(await cards("share-this"), ["We mend frames for free"]);
    assert.deepEqual(await cards("general"), ["We won a race", "We mend frames for free"]);
    await page.goto(connections());
    await page.locator(".chip", { hasText: /^Connected$/ }).waitFor();
  });
});
