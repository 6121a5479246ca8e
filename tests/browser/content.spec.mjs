// A month of content in the console: from a link to a card in the chat, with two editors, an ended session, by keyboard
// alone and on a phone.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";

import {
  cardOf,
  enterConsole,
  eventually,
  fits,
  isAccessible,
  letIn,
  openApi,
  openBrowser,
  openDemo,
  openPage,
  picture,
  pressKey,
  startServer,
} from "./support.mjs";

const SLUG = "lindenfeld";

// A picture of one red dot.
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

let browser;
let server;
let news;
let api;

before(async () => {
  browser = await openBrowser();
  // The page of our own site that curators paste.
  news = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><title>A bridge of wood</title>
      <meta property="og:title" content="A bridge of wood"><meta property="og:type" content="article">
      <meta property="og:description" content="How forty people built a bridge without a single nail.">`);
  });
  await new Promise((resolve) => news.listen(0, "127.0.0.1", resolve));
  const options = `[fetch]\nallow = ["127.0.0.1:${news.address().port}"]`;
  server = await startServer({ options });
  api = await openApi(server);
  const channels = ["news", "social"].map((name) => ({ external_id: `C0${name.toUpperCase()}`, name }));
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: { email: "olga@lindenfeld.example", name: "Olga Lind" },
    workspaces: [{ platform: "slack", external_id: "T0LINDEN", name: "Lindenfeld", bot_token: "xoxb-test", channels }],
  });
  await api("POST", "/members", { email: CORA.email, display_name: CORA.name, roles: ["curator"] });
  await api("POST", "/members", { email: ABEL.email, display_name: ABEL.name, roles: ["approver"] });
});

after(async () => {
  news?.close();
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

const CORA = { email: "cora@lindenfeld.example", name: "Cora Curator" };
const ABEL = { email: "abel@lindenfeld.example", name: "Abel Approver" };
const OLGA = { email: "olga@lindenfeld.example", name: "Olga Lind" };

/** A page on which somebody is logged in. */
const loggedIn = (who = CORA, options = {}) => enterConsole(browser, api, { who: `email/${who.email}`, ...options });

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

/** A draft of Cora's. */
const draft = (title, more = {}) =>
  api("POST", "/posts", { title, url: `https://lindenfeld.example/${encodeURIComponent(title)}`, ...more }, `email/${CORA.email}`);

/** Goes to the control of this name by Tab alone. */
async function tabTo(page, control) {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${control} cannot be reached by Tab`);
}

/** What was typed is saved. */
const saved = (page) =>
  eventually(async () => /^Saved \d\d:\d\d$/.test(await page.locator("#saved").innerText()), "it is saved");

/** These words are to be seen, wherever else they stand folded away. */
const seen = (within, words) => within.getByText(words).filter({ visible: true }).first().waitFor();

describe("a post from idea to schedule", () => {
  it("begins with an empty library that says how", async () => {
    const page = await loggedIn();
    await page.goto(console_("library"));
    await page.getByText("There are no posts yet").waitFor();
    await isAccessible(page);
    await picture(page, "library-empty");
    await page.getByRole("link", { name: "Write the first post" }).click();
    await page.getByRole("heading", { level: 1, name: "New post" }).waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "composer-empty");
  });

  it("is written from a link, drawn and saved while one types, and handed in", async () => {
    const page = await loggedIn();
    await page.goto(console_("compose/new"));
    await page.getByLabel("Link", { exact: true }).fill(`http://127.0.0.1:${news.address().port}/bridge`);
    await page.keyboard.press("Enter");
    await eventually(
      async () => (await page.getByLabel("Headline").inputValue()) === "A bridge of wood",
      "the page fills in the headline",
    );
    assert.match(await page.getByLabel("Summary").inputValue(), /without a single nail/);
    await saved(page);
    assert.match(page.url(), /compose\/[0-9a-f-]{36}$/, "the draft has an address of its own");

    // A wording for X is counted by X's rule: signs outside Latin weigh two.
    const words = page.getByRole("group", { name: "Wording 1" });
    await words.getByRole("combobox").selectOption("x");
    await words.getByRole("textbox").fill("桥".repeat(140));
    await words.getByText(/30[34] \/ 280/).waitFor();
    await page.getByText("longer than its network takes").first().waitFor();
    await isAccessible(page);
    await words.getByRole("textbox").fill("A bridge of wood, and not a single nail.");
    await words.getByText(/6[34] \/ 280/).waitFor();
    await page.getByRole("button", { name: "Another wording" }).click();
    await page.keyboard.type("Forty people, one bridge.");

    // The previews are those of the networks and the bots.
    const shown = page.getByRole("region", { name: "How it will look" });
    await shown.getByRole("radio", { name: "X", exact: true }).check();
    await seen(shown, "A bridge of wood, and not a single nail.");
    await shown.getByRole("radio", { name: "LinkedIn" }).check();
    await seen(shown, "Forty people, one bridge.");
    await shown.getByText("in 2 channels.").waitFor();
    await shown.getByRole("radio", { name: "Discord" }).check();
    await seen(shown, "Share");

    // A picture needs words, and a check leads there.
    await page.getByLabel("Address of a picture").fill("https://lindenfeld.example/bridge.png");
    await shown.getByText("Nothing says what the picture shows.").waitFor();
    await shown.getByRole("link", { name: "Go there" }).first().click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "image_alt");
    await page.keyboard.type("A bridge of spruce over the Linde");
    await page.getByLabel("Take a picture from this device").setInputFiles({
      name: "dot.png",
      mimeType: "image/png",
      buffer: DOT,
    });
    await eventually(
      async () => /\/media\//.test(await page.getByLabel("Address of a picture").inputValue()),
      "the picture is kept by us",
    );

    await page.getByText("Topics, campaign and language").click();
    await page.getByLabel("Topics", { exact: true }).fill("Bridges, Wood");
    await page.getByLabel("Campaign", { exact: true }).fill("spring-opening");
    await page.getByText("Whom it is for").click();
    await page.getByLabel("#news").check();
    assert.ok(await page.getByLabel("Only in these channels").isChecked());
    await shown.getByText("in one channel.").waitFor();
    await page.getByText("Nothing stands in the way.").waitFor();
    await saved(page);
    await isAccessible(page);
    await fits(page);
    await picture(page, "composer");

    await page.getByRole("button", { name: "Send a test to me" }).click();
    await page.getByText("No chat knows you yet").waitFor();
    await page.getByRole("button", { name: "Hand in for review" }).click();
    await page.getByText("It waits for a review.").waitFor();
    await page.getByRole("heading", { level: 1, name: "A bridge of wood" }).waitFor();
    await isAccessible(page);
    await picture(page, "post-handed-in");
    const [post] = (await api("GET", "/posts?state=in_review")).items;
    assert.deepEqual(post.topics, ["Bridges", "Wood"]);
    assert.equal(post.variants.length, 2);
    assert.equal(post.audience.channels.length, 1);
  });

  it("keeps a picture that was chosen before its words, and the words that were typed last", async () => {
    const page = await loggedIn();
    await page.goto(console_("compose/new"));
    await page.getByLabel("Take a picture from this device").setInputFiles({
      name: "dot.png",
      mimeType: "image/png",
      buffer: DOT,
    });
    await page.getByText("First say in words what the picture shows.").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "image_alt");
    await page.keyboard.type("A red dot");
    await page.keyboard.press("Enter");
    await eventually(
      async () => /\/media\//.test(await page.getByLabel("Address of a picture").inputValue()),
      "the picture is kept by us",
    );
    assert.equal(await page.getByLabel("The picture in words").inputValue(), "A red dot");
  });

  it("comes back with a note, is changed, approved and scheduled, and moved in the calendar", async () => {
    const abel = await loggedIn(ABEL);
    await abel.goto(console_("review"));
    await abel.getByRole("heading", { level: 3, name: "A bridge of wood" }).waitFor();
    // The key leads into the note at once: the next ones are its letters, not keys of the page.
    const entered = await abel.evaluate(() => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
      return document.activeElement.name;
    });
    assert.equal(entered, "note");
    await abel.keyboard.type("Name the builders.");
    await abel.getByRole("button", { name: "Send back" }).click();
    await abel.getByText("It is back with its author").waitFor();

    const cora = await loggedIn();
    await cora.goto(console_("library"));
    await cora.getByRole("link", { name: "A bridge of wood" }).click();
    await cora.getByText("Name the builders.").waitFor();
    await isAccessible(cora);
    await cora.getByLabel("Summary").fill("How the Baum family built a bridge without a single nail.");
    await saved(cora);
    await cora.getByRole("button", { name: "Hand in for review" }).click();
    await cora.getByText("It waits for a review.").waitFor();

    const [{ id }] = (await api("GET", "/posts?state=in_review")).items;
    await abel.goto(console_(`review?post=${id}`));
    await abel.locator("ins", { hasText: "Baum" }).waitFor();
    const soon = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
    await abel.getByLabel(/Date and time/).fill(`${soon}T09:30`);
    await abel.getByRole("button", { name: "Approve" }).click();
    await abel.getByText("It goes live at its time").waitFor();

    // By keyboard it goes to the next day, and back by the toast.
    await cora.goto(console_("calendar"));
    const entry = () => cora.locator("[data-entry]", { hasText: "A bridge of wood" });
    if ((await entry().count()) === 0) await cora.getByRole("link", { name: "Later" }).click();
    await entry().getByRole("link").waitFor();
    await isAccessible(cora);
    await fits(cora);
    await picture(cora, "calendar-month");
    await entry().getByRole("link").focus();
    await cora.keyboard.press("Alt+ArrowRight");
    await cora.getByText("The post is moved.").waitFor();
    const moved = async () => (await api("GET", `/posts/${id}`)).publish_at.slice(0, 10);
    const next = new Date(Date.parse(soon) + 24 * 3_600_000).toISOString().slice(0, 10);
    assert.equal(await moved(), next);
    assert.ok(
      await entry().getByRole("link").evaluate((link) => link === document.activeElement),
      "one goes on from the post that was moved",
    );
    await cora.getByRole("button", { name: "Undo" }).click();
    await eventually(async () => (await moved()) === soon, "the post is back on its day");

    // With the mouse it is dragged, and without either a time is typed.
    await cora.goto(console_(`calendar?view=week&day=${soon}`));
    await entry().waitFor();
    await isAccessible(cora);
    await picture(cora, "calendar-week");
    const days = await cora.locator("[data-day]").evaluateAll((cells) => cells.map((cell) => cell.dataset.day));
    const target = days.find((day) => day > soon) ?? days.findLast((day) => day > new Date().toISOString() && day !== soon);
    if (target) {
      await entry().dragTo(cora.locator(`[data-day="${target}"]`));
      await cora.getByText("The post is moved.").waitFor();
      assert.equal(await moved(), target);
    }
    await cora.goto(console_(`calendar?view=agenda`));
    await entry().locator("summary").click();
    await entry().getByLabel("To", { exact: true }).fill(`${next}T11:45`);
    await isAccessible(cora);
    await picture(cora, "calendar-agenda");
    await entry().getByRole("button", { name: "Move post" }).click();
    await cora.getByText("The post is moved.").waitFor();
    assert.equal(await moved(), next);
  });
});

describe("the library", () => {
  it("finds, filters, keeps views, and takes steps with many posts and back", async () => {
    for (const title of ["Ten years of Lindenfeld", "Bread on Fridays", "A talk in June"]) {
      await draft(title, { topics: ["House"], campaign: "spring-opening" });
    }
    const page = await loggedIn();
    await page.goto(console_("library"));
    await page.getByRole("link", { name: "Bread on Fridays" }).waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "library");
    await pressKey(page, "/");
    await page.keyboard.type("bread");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=bread/);
    assert.equal(await page.locator(".post-row").count(), 1);
    await page.getByText("Keep this view").click();
    await page.getByLabel("Name", { exact: true }).fill("All about bread");
    await isAccessible(page);
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("The view is kept.").waitFor();
    await page.getByRole("link", { name: "Without bread" }).click();
    await page.getByRole("link", { name: "All about bread" }).click();
    assert.equal(await page.locator(".post-row").count(), 1);
    await page.getByRole("button", { name: "Forget the view All about bread" }).click();
    await page.getByText("The view is forgotten.").waitFor();

    await page.goto(console_("library?state=draft"));
    await page.getByLabel("Choose all of this page").check();
    await page.getByText("3 chosen").waitFor();
    await isAccessible(page);
    await picture(page, "library-chosen");
    await page.getByRole("button", { name: "Archive", exact: true }).click();
    await page.getByText("3 posts were changed.").waitFor();
    assert.equal(await page.locator(".post-row").count(), 0);
    await page.getByText("Nothing fits").waitFor();
    await isAccessible(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "A talk in June" }).waitFor();

    await page.getByText("Filter and order").click();
    await page.getByLabel("Topic").selectOption("House");
    await page.waitForURL(/topic=House/);
    await page.getByRole("link", { name: "Board", exact: true }).click();
    await page.getByRole("region", { name: "Board", exact: true }).waitFor();
    await page.getByRole("link", { name: "Ten years of Lindenfeld" }).waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "library-board");
  });
});

describe("two editors and an ended session", () => {
  it("warns the later of two editors, who keeps both texts", async () => {
    const { id } = await draft("Our garden");
    const [cora, olga] = [await loggedIn(), await loggedIn(OLGA)];
    await cora.goto(console_(`compose/${id}`));
    await olga.goto(console_(`compose/${id}`));
    await cora.getByLabel("Headline").fill("Our garden in spring");
    await saved(cora);
    await olga.getByLabel("Headline").fill("Our garden in summer");
    await olga.getByText("Cora Curator changed this post meanwhile").waitFor();
    assert.equal(await olga.getByLabel("Headline").inputValue(), "Our garden in summer");
    await isAccessible(olga);
    await picture(olga, "composer-conflict");
    const [theirs] = await Promise.all([
      olga.context().waitForEvent("page"),
      olga.getByRole("link", { name: "Look at theirs" }).click(),
    ]);
    await theirs.getByRole("heading", { level: 1, name: "Our garden in spring" }).waitFor();
    await olga.bringToFront();
    await olga.getByRole("button", { name: "Keep mine" }).click();
    await saved(olga);
    assert.equal((await api("GET", `/posts/${id}`)).title, "Our garden in summer");

    await olga.getByRole("link", { name: "Former versions" }).click();
    await olga.getByText("What it says now").waitFor();
    await isAccessible(olga);
    await olga.getByRole("navigation", { name: "Former versions" }).getByRole("link").nth(1).click();
    await olga.locator("del", { hasText: "spring" }).waitFor();
    await isAccessible(olga);
    await fits(olga);
    await picture(olga, "versions");
    await olga.getByRole("button", { name: "Bring this version back" }).click();
    await olga.getByText("The version is back.").waitFor();
    assert.equal(await olga.getByLabel("Headline").inputValue(), "Our garden in spring");
  });

  it("keeps what is typed while the session ends, and saves it after", async () => {
    const { id } = await draft("Night shift");
    const page = await loggedIn();
    await page.goto(console_(`compose/${id}`));
    const other = await loggedIn();
    await other.goto(console_("you"));
    await other.getByRole("button", { name: "Log out everywhere" }).click();
    await other.getByRole("button", { name: "Log in" }).waitFor();
    await page.getByLabel("Headline").fill("Night shift, in their own words");
    await page.getByText("You are logged out. What you typed stays here.").waitFor();
    await isAccessible(page);
    await picture(page, "composer-logged-out");
    assert.equal((await api("GET", `/posts/${id}`)).title, "Night shift");
    // In another window of the same browser one logs in again.
    const again = await page.context().newPage();
    await letIn(again, api, { who: `email/${CORA.email}` });
    await page.bringToFront();
    await saved(page);
    assert.equal((await api("GET", `/posts/${id}`)).title, "Night shift, in their own words");
    assert.ok(await page.getByText("You are logged out").isHidden());
  });

  it("writes, previews and saves without script", async () => {
    const page = await loggedIn(CORA, { script: false });
    await page.goto(console_("compose/new"));
    await page.getByLabel("Headline").fill("Paper and pencil");
    await page.getByLabel("Link", { exact: true }).fill("https://lindenfeld.example/paper");
    await page.getByRole("textbox", { name: "Words", exact: true }).fill("Nothing but paper.");
    await page.getByRole("button", { name: "Another wording" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Words", exact: true }).count(), 2);
    await seen(page.getByRole("region", { name: "How it will look" }), "Nothing but paper.");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    assert.equal(await page.getByLabel("Headline").inputValue(), "Paper and pencil");
    await page.getByRole("button", { name: "Hand in for review" }).click();
    await page.getByText("It waits for a review.").waitFor();
    await page.getByRole("button", { name: "Take back from review" }).click();
    await page.getByRole("link", { name: "Edit", exact: true }).waitFor();
  });
});

describe("on a phone, and by keyboard alone", () => {
  it("shows every page at 390 px, in both languages, without a fault", async () => {
    const { id } = await draft("Rundgang durch die neue Werkstatt mit vielen Bildern", {
      topics: ["Werkstatt"],
      publish_at: new Date(Date.now() + 2 * 24 * 3_600_000).toISOString(),
    });
    for (const phone of [true, false]) {
      const page = await loggedIn(OLGA, { phone });
      for (const language of ["Deutsch", "English"]) {
        await page.goto(console_("you"));
        await page.getByRole("button", { name: language }).click();
        await page.locator(`html[lang=${language === "Deutsch" ? "de" : "en"}]`).waitFor();
        for (const at of [
          "library",
          "library?view=board",
          "library?q=nothing",
          "calendar",
          "calendar?view=week",
          "calendar?view=agenda",
          "compose/new",
          `compose/${id}`,
          `compose/${id}/versions`,
          `posts/${id}`,
        ]) {
          await page.goto(console_(at));
          await fits(page);
          await isAccessible(page);
          const name = at.replace(id, "one").replaceAll(/[^a-z]+/g, "-");
          await picture(page, `${phone ? "phone" : "wide"}-${language.slice(0, 2).toLowerCase()}-${name}`);
        }
      }
    }
  });

  it("says to whom a page is not for that it is not, in both languages", async () => {
    for (const phone of [true, false]) {
      const page = await loggedIn(ABEL, { phone });
      for (const [language, code, said] of [
        ["Deutsch", "de", "Das gehört nicht zu deiner Rolle"],
        ["English", "en", "This is not for your role"],
      ]) {
        await page.goto(console_("you"));
        await page.getByRole("button", { name: language }).click();
        await page.locator(`html[lang=${code}]`).waitFor();
        await page.goto(console_("audit"));
        await page.getByRole("heading", { level: 1, name: said }).waitFor();
        await fits(page);
        await isAccessible(page);
        await picture(page, `${phone ? "phone" : "wide"}-${code}-forbidden`);
      }
    }
  });

  for (const phone of [false, true]) {
    const where = phone ? "on a phone" : "at a desk";
    it(`goes from a link to a card in the chat by keyboard alone, ${where}`, async () => {
      const { demo, addresses } = await openDemo();
      try {
        const article = await articleOf(addresses, phone ? "open-drawings" : "why-we-repair");
        const page = await openPage(browser, { phone });
        await page.goto(addresses.console);
        await tabTo(page, page.getByRole("button").first());
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();

        // The link first: the page that it leads to is read.
        await pressKey(page, "n");
        await page.getByRole("heading", { level: 1, name: "New post" }).waitFor();
        await tabTo(page, page.getByLabel("Link", { exact: true }));
        await page.keyboard.type(article);
        await page.keyboard.press("Enter");
        const headline = page.getByLabel("Headline");
        await eventually(async () => (await headline.inputValue()) !== "", "the page fills in the headline");
        assert.notEqual(await page.getByLabel("Summary").inputValue(), "");
        await tabTo(page, headline);
        await page.keyboard.press("End");
        await page.keyboard.type(", with ten fingers");
        const title = await headline.inputValue();
        assert.match(title, /\w.*, with ten fingers$/);
        // The page shows a picture and does not say what of.
        await tabTo(page, page.getByLabel("The picture in words"));
        await page.keyboard.type("A drawing");
        await tabTo(page, page.getByRole("group", { name: "Wording 1" }).getByRole("textbox"));
        await page.keyboard.type("Somebody wrote this without a mouse.");
        await saved(page);
        await isAccessible(page);
        await fits(page);
        await pressKey(page, "Control+k");
        await page.keyboard.type("hand in");
        await page.keyboard.press("Enter");
        await page.getByText("It waits for a review.").waitFor();

        // In the queue it stands behind what waits longer.
        await pressKey(page, "g");
        await pressKey(page, "r");
        await page.waitForURL(/\/review$/);
        const queue = page.getByRole("navigation", { name: "Waiting for a review" });
        await tabTo(page, queue.getByRole("link", { name: title }));
        await page.keyboard.press("Enter");
        await page.waitForURL(/\/review\?post=/);
        await page.getByRole("heading", { level: 3, name: title }).waitFor();
        await page.getByText("Somebody wrote this without a mouse.").first().waitFor();
        await isAccessible(page);
        await fits(page);
        await pressKey(page, "a");
        await page.getByText("Approved. It is live.").waitFor();

        const chat = await openPage(browser, { phone });
        await chat.goto(addresses.slack);
        await cardOf(chat, title).waitFor();
        await picture(chat, `${phone ? "phone" : "wide"}-card-by-keyboard`);
      } finally {
        await demo.stop();
      }
    });
  }
});

/** The address of an article of the newsroom whose feed the demo reads: its posts lead there. */
async function articleOf(addresses, slug) {
  const page = await openPage(browser);
  await page.goto(addresses.console);
  await page.getByRole("button").first().click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  const home = page.url().split("?")[0];
  const link = page.locator(".post-row-words a").first();
  await eventually(async () => {
    await page.goto(`${home}library?state=live`);
    return (await link.count()) > 0;
  }, "the feed is read");
  await link.click();
  const leads = await page.locator("article.piece a").first().getAttribute("href");
  await page.close();
  return new URL(`/articles/${slug}`, leads).href;
}
