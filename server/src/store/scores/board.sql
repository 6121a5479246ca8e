-- A board as one member sees it, in one statement: the first rows, the member between their
-- neighbours, and how many stand on it. Ranks follow from the buckets: no member is counted.
--
-- $1 the organization, $2 the board's key, $3 the member. Limits and widths are written into
-- the text: where they are bound, PostgreSQL plans anew each time, which takes longer than
-- the answer.
WITH mine AS (
  SELECT points, shown FROM score
  WHERE organization_id = $1 AND board = $2 AND member_id = $3
), place AS (
  SELECT points FROM mine WHERE shown = TRUE AND points >= 1
), crowd AS (
  SELECT
    CAST(SUM(members) AS bigint) AS members,
    CAST(SUM(
      CASE WHEN bucket > (SELECT points / {coarse} FROM place) THEN members END
    ) AS bigint) AS far_before_me
  FROM score_bucket
  WHERE organization_id = $1 AND board = $2 AND width = {coarse}
), line AS (
  SELECT * FROM (
    SELECT 0 AS part, points, member_id FROM score
    WHERE organization_id = $1 AND board = $2 AND shown = TRUE AND points >= 1
    ORDER BY points DESC, member_id DESC LIMIT {top}
  ) AS best
  UNION ALL SELECT * FROM (
    SELECT 1 AS part, points, member_id FROM score
    WHERE organization_id = $1 AND board = $2 AND shown = TRUE
      AND (points, member_id) > ((SELECT points FROM place), $3)
    ORDER BY points, member_id LIMIT {neighbours}
  ) AS above
  UNION ALL SELECT 1 AS part, points, $3 AS member_id FROM place
  UNION ALL SELECT * FROM (
    SELECT 1 AS part, points, member_id FROM score
    WHERE organization_id = $1 AND board = $2 AND shown = TRUE AND points >= 1
      AND (points, member_id) < ((SELECT points FROM place), $3)
    ORDER BY points DESC, member_id DESC LIMIT {neighbours}
  ) AS below
)
SELECT
  (SELECT points FROM mine) AS my_points,
  crowd.members,
  crowd.far_before_me,
  CAST((
    SELECT SUM(members) FROM score_bucket
    WHERE organization_id = $1 AND board = $2 AND width = {middle}
      AND bucket > (SELECT points / {middle} FROM place)
      AND bucket < (SELECT (points / {coarse} + 1) * ({coarse} / {middle}) FROM place)
  ) AS bigint) AS nearer_before_me,
  CAST((
    SELECT SUM(members) FROM score_bucket
    WHERE organization_id = $1 AND board = $2 AND width = {fine}
      AND bucket > (SELECT points / {fine} FROM place)
      AND bucket < (SELECT (points / {middle} + 1) * ({middle} / {fine}) FROM place)
  ) AS bigint) AS just_before_me,
  line.part,
  line.points,
  line.member_id,
  (
    SELECT members FROM score_bucket
    WHERE organization_id = $1 AND board = $2 AND width = {fine} AND bucket = line.points
  ) AS alike,
  member.board_visibility,
  member.display_name,
  member.pseudonym
FROM crowd
LEFT JOIN line ON TRUE
LEFT JOIN member ON member.id = line.member_id
