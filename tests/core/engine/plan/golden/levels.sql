-- anchors: where the replay of levels begins: enrolments and recorded decisions
CREATE OR REPLACE TEMP TABLE anchors AS
SELECT
  r."subject" AS "subject",
  r."day" AS "day",
  r."level" AS "level",
  r."falls_to" AS "falls_to",
  r."falls_after" AS "falls_after"
FROM (
  SELECT
    u."subject" AS "subject",
    u."day" AS "day",
    u."level" AS "level",
    u."falls_to" AS "falls_to",
    u."falls_after" AS "falls_after",
    ROW_NUMBER() OVER (PARTITION BY u."subject", u."day" ORDER BY u."decided" DESC) AS "latest"
  FROM (
    SELECT
      e."subject" AS "subject",
      GREATEST(e."start", CAST('2026-01-01' AS DATE)) AS "day",
      0 AS "level",
      CAST(NULL AS TINYINT) AS "falls_to",
      CAST(NULL AS DATE) AS "falls_after",
      CAST(NULL AS DATE) AS "decided"
    FROM enrolled AS e
    WHERE
      e."until" > CAST('2026-01-01' AS DATE)
    UNION ALL
    SELECT
      t."partner_id" AS "subject",
      GREATEST(t."holds_from", CAST('2026-01-01' AS DATE), e."start") AS "day",
      CAST(CASE WHEN t."level" = 'tin' THEN 0 WHEN t."level" = 'gold' THEN 1 END AS TINYINT) AS "level",
      CAST(CASE WHEN t."falls_to" = 'tin' THEN 0 WHEN t."falls_to" = 'gold' THEN 1 END AS TINYINT) AS "falls_to",
      t."falls_after" AS "falls_after",
      t."holds_from" AS "decided"
    FROM (
      SELECT
        "programme" AS "programme",
        "ladder" AS "ladder",
        "partner_id" AS "partner_id",
        "level" AS "level",
        "cause" AS "cause",
        "key_day" AS "key_day",
        "falls_to" AS "falls_to",
        "falls_after" AS "falls_after",
        "decided_by" AS "decided_by",
        "holds_from" AS "holds_from",
        "withdrawn" AS "withdrawn",
        "commit_no" AS "commit_no",
        "recorded_at" AS "recorded_at"
      FROM (
        SELECT
          f."programme" AS "programme",
          f."ladder" AS "ladder",
          f."partner_id" AS "partner_id",
          f."level" AS "level",
          f."cause" AS "cause",
          f."key_day" AS "key_day",
          f."falls_to" AS "falls_to",
          f."falls_after" AS "falls_after",
          f."decided_by" AS "decided_by",
          f."holds_from" AS "holds_from",
          f."withdrawn" AS "withdrawn",
          f."commit_no" AS "commit_no",
          f."recorded_at" AS "recorded_at",
          ROW_NUMBER() OVER (
            PARTITION BY f."programme", f."ladder", f."partner_id", f."holds_from"
            ORDER BY f."commit_no" DESC
          ) AS "latest"
        FROM facts_decisions AS f
        WHERE
          (
            f."programme" = 'p' AND f."ladder" = 'level'
          )
      ) AS ranked
      WHERE
        (
          "latest" = 1 AND NOT (
            COALESCE("withdrawn", FALSE)
          )
        )
    ) AS t
    JOIN enrolled AS e
      ON (
        e."subject" = t."partner_id"
        AND (
          t."holds_from" >= e."start" AND t."holds_from" < e."until"
        )
        AND e."until" > CAST('2026-01-01' AS DATE)
      )
    WHERE
      NOT CAST(CASE WHEN t."level" = 'tin' THEN 0 WHEN t."level" = 'gold' THEN 1 END AS TINYINT) IS NULL
  ) AS u
) AS r
WHERE
  r."latest" = 1;

-- asks_ladder: the days asked, and the days of each window then
CREATE OR REPLACE TEMP TABLE asks_ladder AS
SELECT
  CAST("ask" AS INT) AS "ask",
  CAST("day" AS DATE) AS "day",
  CAST("w_start" AS DATE) AS "w_start",
  CAST("w_until" AS DATE) AS "w_until",
  CAST("s0_start" AS DATE) AS "s0_start",
  CAST("s0_until" AS DATE) AS "s0_until"
FROM (VALUES
  (0, '2026-03-31', '2026-01-01', '2027-01-01', '2026-01-01', '2026-04-01')) AS given("ask", "day", "w_start", "w_until", "s0_start", "s0_until");

-- points_ladder: who is asked when
CREATE OR REPLACE TEMP TABLE points_ladder AS
SELECT
  q."subject" AS "subject",
  q."ask" AS "ask",
  a."day" AS "day",
  a."w_start" AS "w_start",
  a."w_until" AS "w_until",
  a."s0_start" AS "s0_start",
  a."s0_until" AS "s0_until",
  q."enrolled_from" AS "enrolled_from"
FROM (
  SELECT DISTINCT
    d."subject" AS "subject",
    a."ask" AS "ask",
    e."start" AS "enrolled_from"
  FROM (
    SELECT
      e."subject" AS "subject",
      a."day" AS "day"
    FROM enrolled AS e
    JOIN asks_ladder AS a
      ON (
        a."day" >= e."start" AND a."day" < e."until"
      )
  ) AS d
  JOIN asks_ladder AS a
    ON a."day" = d."day"
  JOIN enrolled AS e
    ON (
      e."subject" = d."subject" AND (
        d."day" >= e."start" AND d."day" < e."until"
      )
    )
) AS q
JOIN asks_ladder AS a
  ON a."ask" = q."ask";

-- figures_ladder_0: sums over the days of a window
CREATE OR REPLACE TEMP VIEW figures_ladder_0 AS
SELECT
  c."subject" AS "subject",
  m."ask" AS "ask",
  CAST(SUM(CASE WHEN (
    c."r0" = 0
  ) THEN CAST(c."s_net" AS DECIMAL(22, 4)) END) AS DECIMAL(22, 4)) AS "f0"
FROM cells_sell_out_0 AS c
JOIN (
  SELECT
    CAST("ask" AS INT) AS "ask",
    CAST("bucket" AS DATE) AS "bucket"
  FROM (VALUES
    (0, '2026-01-01')) AS given("ask", "bucket")
) AS m
  ON m."bucket" = c."bucket"
GROUP BY
  c."subject",
  m."ask";

-- panel_ladder: subjects by asks, each figure a column
CREATE OR REPLACE TEMP TABLE panel_ladder AS
SELECT
  p.*,
  COALESCE(p."f0" >= CAST('1000' AS DECIMAL(22, 4)), FALSE) AS "v0"
FROM (
  SELECT
    q."subject" AS "subject",
    q."ask" AS "ask",
    q."day" AS "day",
    q."w_start" AS "w_start",
    q."w_until" AS "w_until",
    q."enrolled_from" AS "enrolled_from",
    q."s0_start" AS "s0_start",
    q."s0_until" AS "s0_until",
    COALESCE(t0."f0", CAST('0' AS DECIMAL(22, 4))) AS "f0"
  FROM points_ladder AS q
  LEFT JOIN figures_ladder_0 AS t0
    ON (
      t0."subject" = q."subject" AND t0."ask" = q."ask"
    )
) AS p;

-- reached: the highest level whose path holds, by day
CREATE OR REPLACE TEMP TABLE reached AS
SELECT
  p."subject" AS "subject",
  p."ask" AS "ask",
  p."day" AS "day",
  p."enrolled_from" AS "enrolled_from",
  CAST(CASE WHEN (
    (
      p."v0"
    )
  ) THEN 1 ELSE 0 END AS TINYINT) AS "reached"
FROM panel_ladder AS p;

-- review_1: levels after the reviews of 2026-03-31
CREATE OR REPLACE TEMP TABLE review_1 AS
SELECT
  d."subject" AS "subject",
  CAST(CASE WHEN COALESCE(d."here" > d."level", FALSE) THEN d."here" ELSE d."level" END AS TINYINT) AS "level",
  CASE
    WHEN CASE WHEN COALESCE(d."here" > d."level", FALSE) THEN d."here" ELSE d."level" END <= d."level"
    THEN CAST(d."falls_to" AS TINYINT)
  END AS "falls_to",
  CASE
    WHEN CASE WHEN COALESCE(d."here" > d."level", FALSE) THEN d."here" ELSE d."level" END <= d."level"
    THEN d."falls_after"
  END AS "falls_after"
FROM (
  SELECT
    g."subject" AS "subject",
    g."level" AS "level",
    g."falls_to" AS "falls_to",
    g."falls_after" AS "falls_after",
    g."here" AS "here"
  FROM (
    SELECT
      m."subject" AS "subject",
      CASE
        WHEN (
          (
            NOT m."falls_after" IS NULL
            AND NOT (
              GREATEST(COALESCE(m."earlier", -1), COALESCE(m."here", -1)) >= m."level"
            )
          )
          AND m."falls_after" <= CAST('2026-03-31' AS DATE)
        )
        THEN m."falls_to"
        ELSE m."level"
      END AS "level",
      CASE
        WHEN (
          (
            NOT m."falls_after" IS NULL
            AND NOT (
              GREATEST(COALESCE(m."earlier", -1), COALESCE(m."here", -1)) >= m."level"
            )
          )
          AND m."falls_after" > CAST('2026-03-31' AS DATE)
        )
        THEN m."falls_to"
      END AS "falls_to",
      CASE
        WHEN (
          (
            NOT m."falls_after" IS NULL
            AND NOT (
              GREATEST(COALESCE(m."earlier", -1), COALESCE(m."here", -1)) >= m."level"
            )
          )
          AND m."falls_after" > CAST('2026-03-31' AS DATE)
        )
        THEN m."falls_after"
      END AS "falls_after",
      m."here" AS "here"
    FROM (
      SELECT
        s."subject" AS "subject",
        s."level" AS "level",
        s."falls_to" AS "falls_to",
        s."falls_after" AS "falls_after",
        MAX(CASE WHEN r."day" < CAST('2026-03-31' AS DATE) THEN r."reached" END) AS "earlier",
        MAX(CASE WHEN r."day" = CAST('2026-03-31' AS DATE) THEN r."reached" END) AS "here"
      FROM (
        SELECT
          r."subject" AS "subject",
          r."day" AS "day",
          r."level" AS "level",
          r."falls_to" AS "falls_to",
          r."falls_after" AS "falls_after"
        FROM (
          SELECT
            a."subject" AS "subject",
            a."day" AS "day",
            a."level" AS "level",
            a."falls_to" AS "falls_to",
            a."falls_after" AS "falls_after",
            ROW_NUMBER() OVER (PARTITION BY a."subject" ORDER BY a."day" DESC) AS "latest"
          FROM anchors AS a
          WHERE
            (
              a."day" >= CAST('2026-01-01' AS DATE) AND a."day" <= CAST('2026-03-31' AS DATE)
            )
        ) AS r
        WHERE
          r."latest" = 1
      ) AS s
      LEFT JOIN reached AS r
        ON (
          r."subject" = s."subject"
          AND r."day" >= s."day"
          AND r."day" <= CAST('2026-03-31' AS DATE)
        )
      GROUP BY
        s."subject",
        s."level",
        s."falls_to",
        s."falls_after"
    ) AS m
  ) AS g
) AS d;

-- bases: levels from the days on which they were settled
CREATE OR REPLACE TEMP VIEW bases AS
SELECT
  k."subject" AS "subject",
  k."day" AS "day",
  COALESCE(
    LEAD(k."day") OVER (PARTITION BY k."subject" ORDER BY k."day"),
    CAST('2999-12-31' AS DATE)
  ) AS "until",
  k."level" AS "level"
FROM (
  SELECT
    u."subject" AS "subject",
    u."day" AS "day",
    u."level" AS "level",
    u."rank" AS "rank",
    ROW_NUMBER() OVER (PARTITION BY u."subject", u."day" ORDER BY u."rank" DESC) AS "latest"
  FROM (
    SELECT
      a."subject" AS "subject",
      a."day" AS "day",
      CAST(a."level" AS TINYINT) AS "level",
      2 AS "rank"
    FROM anchors AS a
    UNION ALL
    SELECT
      r."subject" AS "subject",
      CAST('2026-04-01' AS DATE) AS "day",
      r."level" AS "level",
      1 AS "rank"
    FROM review_1 AS r
  ) AS u
) AS k
WHERE
  k."latest" = 1;

-- levels: who has which level from when until when
CREATE OR REPLACE TEMP TABLE levels AS
SELECT
  s."subject" AS "subject",
  s."day" AS "start",
  COALESCE(LEAD(s."day") OVER (PARTITION BY s."subject", s."begin" ORDER BY s."day"), s."end") AS "until",
  s."level" AS "level"
FROM (
  SELECT
    k."subject" AS "subject",
    k."day" AS "day",
    k."level" AS "level",
    e."start" AS "begin",
    e."until" AS "end",
    LAG(k."level") OVER (PARTITION BY k."subject", e."start" ORDER BY k."day") AS "before"
  FROM (
    SELECT
      u."subject" AS "subject",
      u."day" AS "day",
      u."level" AS "level",
      ROW_NUMBER() OVER (PARTITION BY u."subject", u."day" ORDER BY u."rank" DESC) AS "latest"
    FROM (
      SELECT
        b."subject" AS "subject",
        b."day" AS "day",
        b."level" AS "level",
        1 AS "rank"
      FROM bases AS b
    ) AS u
  ) AS k
  JOIN enrolled AS e
    ON (
      e."subject" = k."subject" AND (
        k."day" >= e."start" AND k."day" < e."until"
      )
    )
  WHERE
    k."latest" = 1
) AS s
WHERE
  (
    s."before" IS NULL OR s."before" <> s."level"
  );

-- falling: falls that are decided and wait for their grace
CREATE OR REPLACE TEMP VIEW falling AS
SELECT
  m."subject" AS "subject",
  m."falls_to" AS "falls_to",
  m."falls_after" AS "falls_after"
FROM (
  SELECT
    s."subject" AS "subject",
    s."level" AS "level",
    s."falls_to" AS "falls_to",
    s."falls_after" AS "falls_after",
    MAX(CASE WHEN r."day" < CAST('2026-03-31' AS DATE) THEN r."reached" END) AS "earlier",
    MAX(CASE WHEN r."day" = CAST('2026-03-31' AS DATE) THEN r."reached" END) AS "here"
  FROM (
    SELECT
      r."subject" AS "subject",
      r."day" AS "day",
      r."level" AS "level",
      r."falls_to" AS "falls_to",
      r."falls_after" AS "falls_after"
    FROM (
      SELECT
        a."subject" AS "subject",
        a."day" AS "day",
        a."level" AS "level",
        a."falls_to" AS "falls_to",
        a."falls_after" AS "falls_after",
        ROW_NUMBER() OVER (PARTITION BY a."subject" ORDER BY a."day" DESC) AS "latest"
      FROM anchors AS a
      WHERE
        (
          a."day" >= CAST('2026-01-01' AS DATE) AND a."day" <= CAST('2026-03-31' AS DATE)
        )
    ) AS r
    WHERE
      r."latest" = 1
  ) AS s
  LEFT JOIN reached AS r
    ON (
      r."subject" = s."subject"
      AND r."day" >= s."day"
      AND r."day" <= CAST('2026-03-31' AS DATE)
    )
  GROUP BY
    s."subject",
    s."level",
    s."falls_to",
    s."falls_after"
) AS m
WHERE
  (
    NOT m."falls_after" IS NULL
    AND NOT (
      GREATEST(COALESCE(m."earlier", -1), COALESCE(m."here", -1)) >= m."level"
    )
  );

-- standing: the level of everybody on the day asked
CREATE OR REPLACE TEMP TABLE standing AS
SELECT
  r."subject" AS "subject",
  v."level" AS "level",
  v."start" AS "since",
  r."reached" AS "reached",
  f."falls_to" AS "falls_to",
  f."falls_after" AS "falls_after"
FROM reached AS r
JOIN levels AS v
  ON (
    v."subject" = r."subject"
    AND (
      CAST('2026-03-31' AS DATE) >= v."start"
      AND CAST('2026-03-31' AS DATE) < v."until"
    )
  )
LEFT JOIN falling AS f
  ON f."subject" = r."subject"
WHERE
  r."day" = CAST('2026-03-31' AS DATE);

-- requirements: every hurdle of every level on the day asked
CREATE OR REPLACE TEMP VIEW requirements AS
SELECT
  p."subject" AS "subject",
  CAST(1 AS TINYINT) AS "level",
  '' AS "path",
  CAST(0 AS INT) AS "number",
  CAST(0 AS INT) AS "leaf",
  CAST(p."f0" AS DECIMAL(22, 4)) AS "actual",
  CAST(NULL AS DECIMAL(22, 4)) AS "whole",
  CAST(CAST('1000' AS DECIMAL(22, 4)) AS DECIMAL(22, 6)) AS "required",
  p."v0" AS "leaf_holds",
  p."v0" AS "holds"
FROM panel_ladder AS p
WHERE
  p."day" = CAST('2026-03-31' AS DATE);

-- panel_earning_0: subjects by asks, each figure a column
CREATE OR REPLACE TEMP TABLE panel_earning_0 AS
SELECT
  p.*,
  COALESCE(p."level_start" IN (1), FALSE) AS "v0"
FROM (
  SELECT
    q."subject" AS "subject",
    q."ask" AS "ask",
    q."day" AS "day",
    q."w_start" AS "w_start",
    q."w_until" AS "w_until",
    q."enrolled_from" AS "enrolled_from",
    q."s0_start" AS "s0_start",
    q."s0_until" AS "s0_until",
    COALESCE(t0."f0", CAST('0' AS DECIMAL(22, 4))) AS "f0",
    j0."value" AS "level_start"
  FROM points_earning_0 AS q
  LEFT JOIN figures_earning_0_0 AS t0
    ON (
      t0."subject" = q."subject" AND t0."ask" = q."ask"
    )
  LEFT JOIN (
    SELECT
      p."subject" AS "subject",
      p."ask" AS "ask",
      v."level" AS "value"
    FROM points_earning_0 AS p
    JOIN levels AS v
      ON (
        v."subject" = p."subject"
        AND (
          p."w_start" >= v."start" AND p."w_start" < v."until"
        )
      )
  ) AS j0
    ON (
      j0."subject" = q."subject" AND j0."ask" = q."ask"
    )
) AS p;

-- earning_bonus: bonus: driver, step, gate
CREATE OR REPLACE TEMP VIEW earning_bonus AS
SELECT
  p."subject" AS "subject",
  p."ask" AS "ask",
  p."day" AS "day",
  p."w_start" AS "w_start",
  p."w_until" AS "w_until",
  CAST(p."f0" AS DECIMAL(28, 10)) AS "driver_num",
  CAST(NULL AS DECIMAL(28, 10)) AS "driver_den",
  CAST(p."f0" AS DECIMAL(28, 10)) AS "driver",
  CAST(p."f0" AS DECIMAL(28, 10)) AS "driver_expected",
  CAST(CASE WHEN COALESCE(NOT p."f0" IS NULL, FALSE) THEN 1 ELSE 0 END AS INT) AS "step",
  CAST(CASE
    WHEN COALESCE(NOT CAST(p."f0" AS DECIMAL(28, 10)) IS NULL, FALSE)
    THEN 1
    ELSE 0
  END AS INT) AS "step_expected",
  CAST(CAST('0' AS DECIMAL(22, 4)) AS DECIMAL(28, 10)) AS "start_1",
  p."v0" AS "gate",
  CAST(p."f0" AS DECIMAL(22, 4)) AS "grown"
FROM panel_earning_0 AS p;
