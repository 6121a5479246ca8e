// What happens to a post after it is written: changes asked for, approved, scheduled, watched, held, withdrawn.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import {
  enterConsole,
  eventually,
  fits,
  isAccessible,
  openApi,
  openBrowser,
  picture,
  pressKey,
  startServer,
} from "./support.mjs";

const SLUG = "lindenfeld";

let browser;
let server;
let api;

before(async () => {
  browser = await openBrowser();
  server = await startServer();
  api = await openApi(server);
  const channels = ["news", "social", "design"].map((name) => ({ external_id: `C0${name.toUpperCase()}`, name }));
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: { email: "olga@lindenfeld.example", name: "Olga Lind" },
    workspaces: [{ platform: "slack", external_id: "T0LINDEN", name: "Lindenfeld", bot_token: "xoxb-test", channels }],
  });
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

/** A post that waits for a review. */
async function handedIn(title) {
  const post = await api("POST", "/posts", {
    title,
    summary: "Forty people move in this spring. The doors open on the first of March, with coffee.",
    url: "https://lindenfeld.example/lyon",
    campaign: "spring-opening",
    variants: [
      { text: "We open an office in Lyon this spring. Come and see it." },
      { network: "x", text: "Lyon, here we come: our new office opens in March." },
    ],
  });
  return api("POST", `/posts/${post.id}/submit`);
}

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

describe("a post on its way out", () => {
  it("is asked to change, by keyboard alone", async () => {
    const page = await loggedIn();
    await page.goto(console_("review"));
    await page.getByText("All caught up").waitFor();
    await isAccessible(page);
    await picture(page, "review-empty");

    const { id } = await handedIn("We open an office in Lyon");
    await handedIn("Ten years of Lindenfeld");
    await pressKey(page, "g");
    await pressKey(page, "r");
    await page.getByRole("heading", { name: "We open an office in Lyon", level: 3 }).waitFor();
    assert.match(await page.locator("nav.rail").innerText(), /2/, "the rail counts what waits");
    await isAccessible(page);
    await fits(page);
    await picture(page, "review");
    await pressKey(page, "r");
    await page.locator("textarea:focus").waitFor();
    await page.keyboard.type("Say what the coffee costs.");
    await isAccessible(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("It is back with its author").waitFor();
    assert.equal((await api("GET", `/posts/${id}`)).state, "draft");
    // The next one is opened by who judges it, never by itself.
    await page.getByText("Choose the post that you want to look at next.").waitFor();
    await isAccessible(page);
    assert.equal(await page.locator("nav.queue a:focus").innerText().then((text) => text.includes("Ten years")), true);

    // It can be taken back, by who may hand it in.
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await page.getByText("It waits for a review.").waitFor();
    assert.equal((await api("GET", `/posts/${id}`)).state, "in_review");
  });

  it("shows what changed since it was sent back, what checks find and what was said", async () => {
    const { id } = await handedIn("We open our doors in Porto");
    await api("POST", `/posts/${id}/reject`, { note: "Say in which street." });
    const post = await api("GET", `/posts/${id}`);
    const summary = `${post.summary} You find us in the Rua das Flores.`;
    const { title, url, campaign } = post;
    const variants = post.variants.map(({ network, text }) => ({ network, text }));
    await api("PUT", `/posts/${id}`, { title, url, campaign, summary, variants });
    await api("POST", `/posts/${id}/submit`);
    const page = await loggedIn();
    await page.goto(console_(`review?post=${id}`));
    await page.locator("ins", { hasText: "Rua das Flores" }).waitFor();
    await page.getByText("Say in which street.").waitFor();
    // Another post of this company leads to the same page.
    await page.getByText("Worth a look").first().waitFor();
    await page.getByText("Add a remark").click();
    await page.getByLabel("Your remark").fill("Now it is clear.");
    await isAccessible(page);
    await fits(page);
    await picture(page, "review-changed");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByText("Noted.").waitFor();
    await page.getByText("Now it is clear.").waitFor();
    await page.getByRole("link", { name: "Check whether the link answers" }).click();
    await page.getByText("The link does not answer.").waitFor();
    await isAccessible(page);
  });

  it("is scheduled in the organization's zone", async () => {
    const { id } = await handedIn("A talk in June");
    const page = await loggedIn();
    await page.goto(console_(`review?post=${id}`));
    await page.getByLabel(/Date and time/).fill("2031-06-02T09:30");
    assert.ok(await page.getByLabel("At", { exact: true }).isChecked(), "typing a time chooses it");
    await page.getByRole("heading", { level: 1 }).click();
    await pressKey(page, "a");
    await page.getByText("Choose an earlier time").or(page.getByText("It goes live at its time")).waitFor();
    await page.goto(console_(`posts/${id}`));
    const post = await api("GET", `/posts/${id}`);
    assert.equal(post.publish_at, "2031-06-02T07:30:00Z");
    assert.equal(post.state, "scheduled");
    await page.getByText("It goes to 3 channels").waitFor();
    await page.getByText("Channels: #design (Slack), #news (Slack), #social (Slack)").waitFor();
    await page.getByText("14 days after it goes live").waitFor();
    await isAccessible(page);
    await picture(page, "post-scheduled");

    // What is planned for later is not watched.
    await api("POST", `/posts/${id}/publish`);
    await page.reload();
    await page.getByText("Live since").waitFor();
    await page.getByRole("button", { name: "Pause" }).waitFor();
  });

  it("is scheduled some seconds ahead, and goes live before the eyes of who watches", async () => {
    const { id } = await handedIn("The doors open now");
    const page = await loggedIn();
    // The form knows minutes; a script may be more exact.
    const soon = new Date(Date.now() + 25_000).toISOString();
    await api("POST", `/posts/${id}/approve`, { publish_at: soon });
    await page.goto(console_(`posts/${id}`));
    await page.getByText("goes live on").waitFor();
    await page.getByText("It goes to 3 channels").waitFor();
    await isAccessible(page);
    await picture(page, "post-soon-live");
    assert.equal((await api("GET", `/posts/${id}`)).state, "scheduled", "it is looked at before its time");
    // Nobody touches the page from here on.
    await page.getByText("Live since").waitFor({ timeout: 60_000 });
    await page.getByRole("img", { name: "0 percent have gone out" }).waitFor();
    assert.equal((await api("GET", `/posts/${id}`)).state, "live");
    assert.equal(new URL(page.url()).pathname, new URL(console_(`posts/${id}`)).pathname);
    await isAccessible(page);
    await pressKey(page, "p");
    await page.getByText("waits until you let it go on").first().waitFor();
  });

  it("is approved, watched, paused, resumed, stopped and withdrawn", async () => {
    const { id } = await handedIn("We hire in Hamburg");
    const page = await loggedIn();
    await page.goto(console_(`review?post=${id}`));
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Approved. It is live.").waitFor();
    await page.goto(console_(`posts/${id}`));
    await page.getByRole("img", { name: "0 percent have gone out" }).waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "post-running");

    // Somebody else pauses it: the page learns it by itself.
    await api("POST", `/posts/${id}/broadcast/pause`);
    await page.getByText("waits until you let it go on").waitFor();
    await isAccessible(page);
    await picture(page, "post-paused");
    await pressKey(page, "p");
    await page.getByText("It goes on.").waitFor();
    await page.getByRole("button", { name: "Stop sending for good" }).click();
    await page.getByText("Stopped. Nothing more goes out.").waitFor();
    assert.equal((await api("GET", `/posts/${id}/broadcast`)).stage, "stopped");

    await page.getByText("Withdraw this post").click();
    await page.getByLabel("Where its links lead").fill("nowhere");
    await page.getByRole("button", { name: "Withdraw “We hire in Hamburg”" }).click();
    await page.getByText("That is no address of a page").waitFor();
    await isAccessible(page);
    await page.getByLabel("Where its links lead").fill("https://lindenfeld.example/jobs");
    await page.getByRole("button", { name: "Withdraw “We hire in Hamburg”" }).click();
    await page.getByText("The post is withdrawn.").waitFor();
    // Nothing of it was out.
    await page.getByRole("heading", { name: "Taking it back" }).waitFor();
    await page.getByText("It was in no channel, and with fewer than five people.").waitFor();
    await isAccessible(page);
    await picture(page, "post-withdrawn");
    await eventually(async () => (await api("GET", `/posts/${id}`)).state === "withdrawn", "it is withdrawn");
  });

  it("says so where its page cannot follow any more", async () => {
    const { id } = await handedIn("A page among many");
    await api("POST", `/posts/${id}/approve`, {});
    const page = await loggedIn();
    // As the server answers where it follows as many pages as it can.
    await page.route("**/progress?*", (route) => route.fulfill({ status: 503, body: "" }));
    await page.goto(console_(`posts/${id}`));
    await page.getByText("This page does not follow along any more.").waitFor();
    await isAccessible(page);
    await page.unroute("**/progress?*");
    const notice = page.getByText("This page does not follow along any more.");
    await notice.getByRole("link", { name: "Refresh" }).click();
    await page.getByRole("img", { name: "0 percent have gone out" }).waitFor();
    assert.ok(await notice.isHidden(), "it follows again");
  });

  it("tells for whom it is, and that channels show to everybody what is for too few", async () => {
    const { id } = await handedIn("For readers of German");
    await api("POST", `/posts/${id}/reject`, { note: "Only for readers of German." });
    const { title, summary, url, campaign, variants } = await api("GET", `/posts/${id}`);
    const audience = { languages: ["de"] };
    const words = variants.map(({ network, text }) => ({ network, text }));
    await api("PUT", `/posts/${id}`, { title, summary, url, campaign, audience, variants: words });
    const page = await loggedIn();
    await page.goto(console_(`posts/${id}`));
    await page.getByText("Readers of: German").waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "review-facts");
    await page.goto(console_(`compose/${id}`));
    await page.getByText("3 channels show it to everybody there").first().waitFor();
    await page.getByText("It is for fewer than five people").first().waitFor();
  });

  it("is reviewed on a phone, in both languages, and without script", async () => {
    const { id } = await handedIn("A longer headline about what we learned in ten years of building bridges");
    for (const options of [{ phone: true }, { phone: true, script: false }]) {
      const page = await loggedIn(options);
      for (const language of ["Deutsch", "English"]) {
        await page.goto(console_("you"));
        await page.getByRole("button", { name: language }).click();
        await page.locator(`html[lang=${language === "Deutsch" ? "de" : "en"}]`).waitFor();
        for (const at of ["review", `review?post=${id}`, `posts/${id}`]) {
          await page.goto(console_(at));
          await fits(page);
          if (options.script !== false) {
            await isAccessible(page);
            await picture(page, `phone-${language}-${at.replaceAll(/[^a-z]/g, "")}`.slice(0, 40));
          }
        }
      }
      await page.goto(console_("review"));
      const link = page.getByRole("link", { name: /A longer headline/ });
      await link.click();
      await page.getByRole("link", { name: "Back to the queue" }).waitFor();
    }
  });
});
