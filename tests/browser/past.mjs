// Brings shares of months that are over into the database of a server that runs: past.mjs DATABASE SHARES
// SHARES is JSON: a list of { post, member, network, at }. The server sums them up itself; clicks on them stand in the
// sums alone. For a Node that knows SQLite.
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";

/** What each share brought. */
const BROUGHT = { hit_browser: 9, hit_crawler: 2, click: 6, visitor_day: 5 };
/** How long the server may take to sum up, in milliseconds. */
const PATIENCE = 60_000;

const [file, shares] = process.argv.slice(2);
const database = new DatabaseSync(file, { timeout: 30_000 });

const bytes = (uuid) => Buffer.from(uuid.replaceAll("-", ""), "hex");
const stamp = (at) => new Date(at).toISOString().replace("Z", "000+00:00");

/** All of it or nothing, so that the server sees no half. */
function together(work) {
  database.exec("BEGIN IMMEDIATE");
  work();
  database.exec("COMMIT");
}

const now = Date.now();
const insert = database.prepare(`
  INSERT INTO share (id, organization_id, member_id, post_id, network, state, text, followers,
    confirmed_at, created_at, updated_at)
  SELECT :id, organization_id, id, :post, :network, 'confirmed', 'Shared long ago.', 250, :at, :at, :now
  FROM member WHERE id = :member`);
together(() => {
  for (const { post, member, network, at } of JSON.parse(shares)) {
    const ids = { id: bytes(randomUUID()), post: bytes(post), member: bytes(member) };
    insert.run({ ...ids, network, at: stamp(at), now: stamp(now) });
  }
});

const open = database.prepare("SELECT count(*) AS count FROM share WHERE id NOT IN (SELECT share_id FROM share_sum)");
while (open.get().count > 0) {
  if (Date.now() > now + PATIENCE) throw new Error("the server did not sum up what was shared");
  await wait(200);
}

together(() => {
  database
    .prepare(`
      WITH shared AS (
        SELECT share_sum.*, share.post_id, share.network FROM share JOIN share_sum ON share_sum.share_id = share.id
        WHERE share.updated_at = :now
      ), place (organization_id, scope, subject_id, day, network) AS (
        SELECT organization_id, 'organization', organization_id, day, network FROM shared
        UNION ALL SELECT organization_id, 'post', post_id, day, network FROM shared
        UNION ALL SELECT organization_id, 'team', team_id, substr(day, 1, 8) || '01', network FROM shared
      )
      INSERT INTO figure_day (organization_id, scope, subject_id, day, network, measure, value)
      SELECT organization_id, scope, subject_id, day, network, key, sum(json_each.value)
      FROM place, json_each(:brought) GROUP BY 1, 2, 3, 4, 5, 6`)
    .run({ now: stamp(now), brought: JSON.stringify(BROUGHT) });
  // A month is told once the sums have got past its end by a minute. In the first minutes of a month the newest one
  // would have to be waited for.
  database
    .prepare("UPDATE count_cursor SET updated_at = :soon WHERE name = 'sum_shares'")
    .run({ soon: stamp(Date.now() + 61_000) });
});
