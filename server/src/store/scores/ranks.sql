-- Where some members stand on a board, in one statement: one more than the members with more
-- points, which the buckets tell. Who is hidden or has no points stands nowhere.
--
-- SQLite keeps the order of a `CROSS JOIN`, and so looks up each by key; a list of them it would
-- rather find among all who stand on the board.
--
-- $1 the organization, $2 the board's key; whom it is about follows, by as many placeholders.
SELECT
  score.member_id,
  CAST(
    1
    + COALESCE((
      SELECT SUM(members) FROM score_bucket
      WHERE organization_id = $1 AND board = $2 AND width = {coarse}
        AND bucket > score.points / {coarse}
    ), 0)
    + COALESCE((
      SELECT SUM(members) FROM score_bucket
      WHERE organization_id = $1 AND board = $2 AND width = {middle}
        AND bucket > score.points / {middle}
        AND bucket < (score.points / {coarse} + 1) * ({coarse} / {middle})
    ), 0)
    + COALESCE((
      SELECT SUM(members) FROM score_bucket
      WHERE organization_id = $1 AND board = $2 AND width = {fine}
        AND bucket > score.points / {fine}
        AND bucket < (score.points / {middle} + 1) * ({middle} / {fine})
    ), 0)
  AS bigint) AS place
FROM member CROSS JOIN score
WHERE member.id IN ({members})
  AND score.organization_id = $1 AND score.board = $2 AND score.member_id = member.id
  AND score.shown = TRUE AND score.points >= 1
