// Connecting Slack in the console, from the page that teaches it to a channel that gets what it chose; refused,
// begun elsewhere, and ended.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";

import { enterConsole, fits, freePort, isAccessible, openApi, openBrowser, picture, startServer } from "./support.mjs";

const SLUG = "lindenfeld";
const OLGA = { email: "olga@lindenfeld.example", name: "Olga Lind" };
const SCOPES = "channels:history,chat:write,commands,groups:history,im:history,im:write,users:read,users:read.email";

let browser;
let server;
let slack;
let api;
/** What Slack's page and its API do. */
let says = { refuses: false, scope: SCOPES };

/** Slack: a page with a button, and the exchange of a code. */
function answer(request, response) {
  const url = new URL(request.url, "http://slack");
  if (url.pathname === "/oauth/v2/authorize") {
    const back = new URL(url.searchParams.get("redirect_uri"));
    back.searchParams.set("state", url.searchParams.get("state"));
    back.searchParams.set(says.refuses ? "error" : "code", says.refuses ? "access_denied" : "the-code");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Slack</title><h1>Chorus wants in</h1>
      <a href="${back.href.replaceAll("&", "&amp;")}">${says.refuses ? "Cancel" : "Allow"}</a></html>`);
    return;
  }
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({
      ok: true,
      access_token: "xoxb-of-the-walk",
      token_type: "bot",
      scope: says.scope,
      bot_user_id: "U0BOT",
      team: { id: "T0LINDEN", name: "Lindenfeld" },
      enterprise: null,
      is_enterprise_install: false,
    }),
  );
}

before(async () => {
  browser = await openBrowser();
  slack = createServer(answer);
  await new Promise((resolve) => slack.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${slack.address().port}`;
  const options = [
    "[slack]",
    'client_id = "1.2"',
    'client_secret = "secret"',
    `login_base_url = "${base}"`,
    `api_base_url = "${base}/api"`,
    "[discord]",
    'application_id = "41771983423143999"',
  ].join("\n");
  server = await startServer({ port: freePort(), options });
  api = await openApi(server);
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: OLGA,
  });
  await api("POST", "/topics", { name: "Repair" });
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  slack?.closeAllConnections();
  await new Promise((resolve) => slack.close(resolve));
  await browser?.close();
});

/** Olga at the connections, in a browser of her own. */
async function arrives(options) {
  const page = await enterConsole(browser, api, options);
  await page.goto(`${server.url}/o/${SLUG}/settings/connections`);
  return page;
}

describe("connections", () => {
  it("teach how to connect a chat, also where the server lacks something", async () => {
    const page = await arrives();
    await page.getByRole("heading", { name: "No chat is connected yet" }).waitFor();
    await page.getByText("client_secret under [discord]").waitFor();
    await isAccessible(page);
    await picture(page, "connections-empty");
  });

  it("are not made where Slack is told no, or by a browser that did not ask", async () => {
    const page = await arrives();
    says = { ...says, refuses: true };
    await page.getByRole("link", { name: "Connect Slack" }).click();
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByText("It was not allowed in the chat").waitFor();
    await isAccessible(page);
    await page.getByRole("link", { name: "Back to the connections" }).click();
    says = { ...says, refuses: false };
    await page.goto(`${server.url}/connect/slack/callback?code=stolen&state=guessed`);
    await page.getByText("was not begun in this browser").waitFor();
  });

  it("get a channel, its topics and a test", async () => {
    const page = await arrives();
    await page.getByRole("link", { name: "Connect Slack" }).click();
    await page.getByRole("link", { name: "Allow" }).click();
    await page.getByText("Connected. Now add a channel.").waitFor();
    await page.getByLabel("Address or id of the channel").fill("https://lindenfeld.slack.com/archives/C0NEWS");
    await page.getByLabel("Name").fill("share-this");
    await page.getByRole("button", { name: "Add channel" }).click();
    await page.getByText("Gets posts of every topic.").waitFor();
    await page.getByLabel("Change share-this").click();
    await page.getByLabel("Only posts about these topics").check();
    await page.getByLabel("Repair").check();
    await page.getByRole("button", { name: "Save topics of share-this" }).click();
    await page.getByText("Gets posts about Repair.").waitFor();
    await page.getByLabel("Change share-this").click();
    await page.getByRole("button", { name: "Send a test to share-this" }).click();
    await page.getByText("The test is on its way, sent").waitFor();
    await isAccessible(page);
    await picture(page, "connections");
  });

  it("fit on a phone, and say what to do", async () => {
    const page = await arrives({ viewport: { width: 390, height: 844 } });
    await fits(page);
    await picture(page, "connections-phone");
    await page.getByText("has not been seen of late").waitFor();
  });

  it("end at once when somebody disconnects them", async () => {
    const page = await arrives();
    await page.locator("summary", { hasText: "Disconnect" }).click();
    await page.getByRole("button", { name: "Disconnect Lindenfeld" }).click();
    await page.locator("summary", { hasText: "Ended" }).click();
    await page.getByText("Somebody disconnected it here.").waitFor();
    await isAccessible(page);
    await picture(page, "connections-ended");
    says = { ...says, scope: "chat:write" };
    await page.getByRole("link", { name: "Connect Lindenfeld again" }).click();
    await page.getByRole("link", { name: "Allow" }).click();
    await page.getByText("It was not allowed everything").waitFor();
    await page.getByText("Gets posts about Repair.").waitFor();
  });
});
