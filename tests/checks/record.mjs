// What the tests recorded (tests/src/recorder.rs): one JSON object a line, one file a process.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** Every payload once, as `{ platform, kind, route, body }`. */
export function readRecord(folder) {
  const lines = new Set();
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".jsonl"))) {
    for (const line of readFileSync(path.join(folder, name), "utf8").split("\n")) {
      if (line !== "") lines.add(line);
    }
  }
  return [...lines].map((line) => JSON.parse(line));
}

/** How a payload is named where something is wrong with it. */
export function nameOf({ platform, kind, route }) {
  return `${platform} ${kind} ${route}`;
}
