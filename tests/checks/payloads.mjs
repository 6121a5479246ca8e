// Every recorded payload against what others say of it: node payloads.mjs RECORD SCHEMAS
import path from "node:path";
import { existsSync } from "node:fs";

import { discordDescription, discordLimits, discordTypes } from "./discord.mjs";
import { nameOf, readRecord } from "./record.mjs";
import { slackDescription, slackLimits, slackTypes } from "./slack.mjs";

/** How many violations of one check are told. */
const TOLD = 20;

const [record, schemas] = process.argv.slice(2);
const specs = process.env.CHORUS_SPECS;
const entries = readRecord(record);
let failed = false;

const described = (file, check) => {
  if (!specs) return skip(`CHORUS_SPECS is unset, so ${file} judges nothing`);
  if (!existsSync(path.join(specs, file))) return skip(`CHORUS_SPECS has no ${file}`);
  return [check(specs)];
};

function skip(words) {
  console.log(`  skipped: ${words}`);
  return [];
}

function run({ name, platform, problems, wants = () => true }) {
  const seen = entries.filter((entry) => entry.platform === platform && wants(entry));
  const violations = seen.flatMap((entry) => {
    const found = problems(entry);
    return found.length > 0 ? [{ entry, found }] : [];
  });
  const routes = new Set(seen.map(nameOf)).size;
  console.log(`  ${name}: ${seen.length} payloads of ${routes} kinds, ${violations.length} violations`);
  for (const { entry, found } of violations.slice(0, TOLD)) {
    console.log(`    ${nameOf(entry)}\n${found.map((line) => `      ${line}`).join("\n")}`);
  }
  if (violations.length > TOLD) console.log(`    and ${violations.length - TOLD} more`);
  if (seen.length === 0) console.log(`    Nothing was recorded for it, and so nothing is proven.`);
  failed ||= violations.length > 0 || seen.length === 0;
}

for (const check of [
  slackTypes(schemas),
  slackLimits(),
  ...described("slack-web-openapi-v2.json", slackDescription),
  discordTypes(schemas),
  discordLimits(),
  ...described("discord-openapi.json", discordDescription),
]) {
  run(check);
}
process.exit(failed ? 1 : 0);
