// What every browser test needs: the installed Chromium as an ordinary reader has it, and a running demo.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

// Headless Chromium calls itself so, and would rightly be taken for a robot.
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser; close it at the end. */
export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHORUS_CHROMIUM, headless: true, args: flags });
}

/** A page of a reader of its own; `phone` is 390 px wide, `script: false` has JavaScript off. */
export async function openPage(browser, { phone = false, script = true, ...more } = {}) {
  const context = await browser.newContext({
    userAgent,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    javaScriptEnabled: script,
    // Colours that are still on their way from light to dark would be judged as neither.
    reducedMotion: "reduce",
    ...more,
  });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

/**
 * Starts the demo in a folder of its own and waits until its output matches `ready`.
 * `args` gets that folder and gives the command line.
 */
export async function startDemo({ args, ready }) {
  const folder = await mkdtemp(path.join(tmpdir(), "chorus-demo-"));
  const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");
  const child = spawn(path.join(target, "debug", "demo"), args(folder), { cwd: folder });
  let output = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The demo did not get ready:\n${output}`)), 120_000);
    const look = (chunk) => {
      output += chunk;
      if (ready.test(output)) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`The demo ended with ${code}:\n${output}`)));
  });
  return {
    folder,
    output: () => output,
    /** Asks it to stop as Ctrl-C does, and gives its exit code. */
    async stop() {
      child.kill("SIGINT");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
