// Logging in by a login provider that others wrote and that is certified: oidc-provider, with PKCE demanded.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { fits, freePort, isAccessible, openBrowser, openPage, startServer } from "./support.mjs";

// The provider wants a newer Node than Debian 12 has; there, these walks are left out, and said to be.
const oidc = parseInt(process.versions.node) >= 20 ? await import("oidc-provider") : undefined;
const skip = oidc ? false : "oidc-provider wants Node 20";

const PASSWORD = "a sentence of mine";
const PEOPLE = {
  olga: { email: "Olga@Lindenfeld.example", email_verified: true },
  eve: { email: "olga@lindenfeld.example", email_verified: false },
  stranger: { email: "nobody@lindenfeld.example", email_verified: true },
};

const SECRET = "s3cret/with+signs";

/** Its keys, one after the other. */
const KEYS = {
  RS256: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
};

let browser;
let ports;
let provider;
let server;

/** Starts the provider, with one key that signs in this way. */
async function startProvider(way) {
  const issuer = `http://127.0.0.1:${ports.theirs}`;
  const redirect = `http://127.0.0.1:${ports.ours}/login/oidc/callback`;
  const known = new oidc.Provider(issuer, {
    clients: [
      {
        client_id: "chorus",
        client_secret: SECRET,
        redirect_uris: [redirect],
        id_token_signed_response_alg: way,
      },
    ],
    jwks: { keys: [{ ...KEYS[way].privateKey.export({ format: "jwk" }), kid: `key of ${way}`, alg: way, use: "sig" }] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["only for this test"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  });
  return new Promise((resolve) => {
    const listener = known.listen(ports.theirs, "127.0.0.1", () => resolve(listener));
  });
}

async function stopProvider() {
  const closed = new Promise((resolve) => provider.close(resolve));
  provider.closeAllConnections();
  await closed;
}

before(async () => {
  if (skip) return;
  browser = await openBrowser();
  ports = { ours: freePort(), theirs: 28_001 + Math.floor(Math.random() * 2_000) };
  provider = await startProvider("RS256");
  const section = [
    "[oidc]",
    `issuer = "http://127.0.0.1:${ports.theirs}"`,
    'client_id = "chorus"',
    `client_secret = "${SECRET}"`,
    'name = "Lindenfeld ID"',
  ].join("\n");
  server = await startServer({ port: ports.ours, options: section });
  const page = await openPage(browser);
  await page.goto(server.output().match(/http:\S+\/enter\/\S+/)[0]);
  await page.getByLabel("Your organization's name").fill("Lindenfeld");
  await page.getByLabel("Your name").fill("Olga Lind");
  await page.getByLabel("E-mail address").fill("olga@lindenfeld.example");
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
});

after(async () => {
  if (skip) return;
  assert.equal(await server?.stop(), 0, server?.output());
  if (provider) await stopProvider();
  await browser?.close();
});

/** Somebody logs in at the provider, to go on to the audit log. */
async function logsIn(who) {
  const page = await openPage(browser);
  await page.goto(`${server.url}/o/lindenfeld/audit`);
  await page.getByRole("link", { name: "Log in with Lindenfeld ID" }).click();
  await page.locator("input[name=login]").fill(who);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]", { hasText: /continue/i }).click();
  await page.waitForURL(`${server.url}/**`);
  return page;
}

describe("a login provider", { skip }, () => {
  it("lets in whose address it has confirmed, on to where they wanted", async () => {
    const page = await logsIn("olga");
    await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
    await page.getByText("By: the login provider").first().waitFor();
    assert.match(await page.locator("nav").innerText(), /Olga Lind/);
    // What the browser came back with counts once.
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.filter((cookie) => cookie.name === "chorus-login"), []);
  });

  it("lets nobody in whose address it has not confirmed, or whom nobody here knows", async () => {
    for (const [who, said] of [
      ["eve", "has not confirmed your e-mail address"],
      ["stranger", "nobody here has your address"],
    ]) {
      const page = await logsIn(who);
      await page.getByText(said).waitFor();
      await isAccessible(page);
      await page.goto(`${server.url}/o/lindenfeld/`);
      await page.getByRole("button", { name: "Log in", exact: true }).waitFor();
    }
  });

  it("may change its key, and the way in which it signs", async () => {
    await stopProvider();
    provider = await startProvider("ES256");
    const page = await logsIn("olga");
    await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
  });

  it("is not needed for whoever does not want it to say who they are", async () => {
    const page = await openPage(browser);
    await page.goto(`${server.url}/o/lindenfeld/`);
    await page.getByRole("link", { name: "Log in with Lindenfeld ID" }).click();
    await page.getByRole("link", { name: /cancel/i }).click();
    await page.getByText("did not let your login provider say who you are").waitFor();
    await isAccessible(page);
    await page.getByRole("link", { name: "Log in another way" }).click();
    await page.getByLabel("E-mail address").waitFor();
  });

  it("is not answered for a browser that did not ask", async () => {
    const page = await openPage(browser);
    await page.goto(`${server.url}/login/oidc/callback?code=stolen&state=guessed`);
    await page.getByText("was not begun in this browser").waitFor();
    await isAccessible(page);
  });

  it("refuses in German, too", async () => {
    for (const phone of [false, true]) {
      const page = await openPage(browser, { locale: "de-DE", phone });
      await page.goto(`${server.url}/o/lindenfeld/login`);
      await page.getByRole("link", { name: "Mit Lindenfeld ID anmelden" }).waitFor();
      await isAccessible(page);
      await page.goto(`${server.url}/login/oidc/callback?code=stolen&state=guessed`);
      await page.getByRole("heading", { level: 1, name: "Du wurdest nicht angemeldet" }).waitFor();
      await fits(page);
      await isAccessible(page);
    }
  });
});
