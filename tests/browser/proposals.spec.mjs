// Posts that members propose: the inbox, taken up into the composer, declined with a note, undone; by keys and on a phone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { enterConsole, fits, isAccessible, openApi, openBrowser, picture, pressKey, startServer } from "./support.mjs";

const SLUG = "lindenfeld";

let browser;
let server;
let api;

before(async () => {
  browser = await openBrowser();
  server = await startServer();
  api = await openApi(server);
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: { email: "olga@lindenfeld.example", name: "Olga Lind" },
    workspaces: [],
  });
  for (const name of ["Ada Berger", "Ben Okafor"]) {
    const email = `${name.split(" ")[0].toLowerCase()}@lindenfeld.example`;
    await api("POST", "/members", { email, display_name: name });
  }
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

/** Somebody proposes a page. */
async function proposed(name, by = "ada") {
  const form = {
    url: `https://news.lindenfeld.example/${name}`,
    why: "Our workshop is in it, and <b>Ben</b> explains the lathe.",
    words: "They came to see how we repair a frame that is older than I am.",
  };
  const { proposal } = await api("POST", "/me/proposals", form, `email/${by}@lindenfeld.example`);
  return proposal?.id;
}

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

describe("what members propose", () => {
  it("is taught where nothing waits, then taken up into the composer by one key, and undone", async () => {
    const page = await loggedIn();
    await pressKey(page, "g");
    await pressKey(page, "o");
    await page.getByText("Nobody waits for an answer").waitFor();
    await page.getByText("/chorus propose").waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "proposals-empty");

    const id = await proposed("lathe");
    await proposed("lathe", "ben");
    await proposed("frames", "ben");
    await page.reload();
    await page.getByText("Also proposed by Ben Okafor").waitFor();
    assert.match(await page.locator("nav.rail").innerText(), /2/, "the rail counts what waits");
    await isAccessible(page);
    await fits(page);
    await picture(page, "proposals");

    await pressKey(page, "a");
    await page.getByText("It is a draft now.").waitFor();
    assert.match(page.url(), /\/compose\//);
    await picture(page, "proposals-accepted-toast");
    const accepted = await api("GET", `/proposals/${id}`);
    assert.equal(accepted.state, "accepted");
    // What a person earned is for nobody who decides.
    assert.equal("points" in accepted, false);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("As it was before.").waitFor();
    assert.equal((await api("GET", `/proposals/${id}`)).state, "new");
    await page.goto(console_(`proposals?proposal=${id}`));
    await pressKey(page, "a");
    await page.getByText("It is a draft now.").waitFor();
    await page.goto(console_("proposals?state=accepted"));
    await page.getByRole("link", { name: /news.lindenfeld.example/ }).first().click();
    await page.getByText("made a post of it").waitFor();
    await isAccessible(page);
    await picture(page, "proposals-accepted");
    await page.context().close();
  });

  it("is declined with a note by keyboard alone, and what comes next is opened by hand", async () => {
    const page = await loggedIn();
    await proposed("tools");
    await page.goto(console_("proposals"));
    const title = await page.locator("nav.queue a[aria-current]").getAttribute("href");
    await pressKey(page, "r");
    await page.locator("textarea:focus").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("somebody took the trouble").waitFor();
    await isAccessible(page);
    await page.locator("textarea").fill("Thank you. We told this story last week.");
    await fits(page);
    await picture(page, "proposals-decline");
    await page.getByRole("button", { name: "Decline with this note" }).click();
    await page.getByText("Declined. Your note goes out in a minute.").waitFor();
    await page.getByText("Choose the proposal that you want to look at next.").waitFor();
    await isAccessible(page);
    const id = title.split("proposal=")[1];
    assert.equal((await api("GET", `/proposals/${id}`)).note, "Thank you. We told this story last week.");
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await page.getByText("As it was before.").waitFor();
    assert.equal((await api("GET", `/proposals/${id}`)).state, "new");
    await page.context().close();
  });

  it("is decided on a phone, in German and without script", async () => {
    const page = await loggedIn({ phone: true });
    await page.goto(console_("proposals"));
    await page.locator("nav.queue a").first().click();
    await page.getByRole("button", { name: "Make a post of it" }).waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "proposals-phone");
    await page.context().close();

    await api("PATCH", "/me", { language: "de" });
    const plain = await loggedIn({ script: false, home: "Start" });
    await plain.goto(console_("proposals"));
    await plain.getByText("Einen Beitrag daraus machen").waitFor();
    await fits(plain);
    await plain.getByText("Ablehnen", { exact: true }).click();
    await plain.locator("textarea").fill("Danke, das hatten wir schon.");
    await plain.getByRole("button", { name: "Mit dieser Notiz ablehnen" }).click();
    await plain.getByText("Abgelehnt. Deine Notiz").waitFor();
    await plain.context().close();
  });
});
