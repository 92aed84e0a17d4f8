-- lines_sell_out: sell_out: each row with its subject, days, amounts, reasons
CREATE OR REPLACE TEMP VIEW lines_sell_out AS
SELECT
  l."subject" AS "subject",
  l."day_0" AS "day_0",
  l."own_0" AS "own_0",
  l."a_net" AS "a_net",
  l."marks_0" AS "marks_0",
  CAST(CASE
    WHEN (
      "marks_0" & CAST(1 AS BIGINT)
    ) <> 0
    THEN 6
    WHEN NOT (
      (
        "marks_0" & CAST(2 AS BIGINT)
      ) <> 0
    )
    THEN 7
    WHEN (
      "marks_0" & CAST(4 AS BIGINT)
    ) <> 0
    THEN 12
    ELSE 0
  END AS TINYINT) AS "r0",
  CAST(CASE
    WHEN (
      "marks_0" & CAST(1 AS BIGINT)
    ) <> 0
    THEN 6
    WHEN (
      "marks_0" & CAST(4 AS BIGINT)
    ) <> 0
    THEN 12
    ELSE 0
  END AS TINYINT) AS "r1"
FROM (
  SELECT
    l."subject" AS "subject",
    l."day_0" AS "day_0",
    l."own_0" AS "own_0",
    l."a_net" AS "a_net",
    CAST(CASE
      WHEN NOT (
        COALESCE((
          l."day_0" >= e0."start" AND l."day_0" < e0."until"
        ), FALSE)
      )
      THEN 1
      ELSE 0
    END + CASE WHEN COALESCE(l."kind" IN ('sale', 'return'), FALSE) THEN 2 ELSE 0 END + CASE WHEN l."a_net" IS NULL THEN 4 ELSE 0 END AS BIGINT) AS "marks_0"
  FROM (
    SELECT
      s."currency" AS "currency",
      s."kind" AS "kind",
      s."net" AS "net",
      s."partner_id" AS "partner_id",
      s."product_id" AS "product_id",
      s."sold_on" AS "sold_on",
      s."subject" AS "subject",
      s."sold_on" AS "main_day",
      s."sold_on" AS "day_0",
      s."kind" <> 'return' AS "own_0",
      CASE WHEN s."currency" = 'EUR' THEN s."net" END AS "a_net",
      FALSE AS "taken_back",
      FALSE AS "nothing_left"
    FROM scan_sell_out AS s
    WHERE
      NOT s."subject" IS NULL
  ) AS l
  LEFT JOIN enrolled AS e0
    ON e0."subject" = l."subject"
) AS l;

-- cells_sell_out_0: lines summed by subject and quarter
CREATE OR REPLACE TEMP TABLE cells_sell_out_0 AS
SELECT
  s."subject" AS "subject",
  s."bucket" AS "bucket",
  CAST(CASE
    WHEN (
      "marks_0" & CAST(1 AS BIGINT)
    ) <> 0
    THEN 6
    WHEN NOT (
      (
        "marks_0" & CAST(2 AS BIGINT)
      ) <> 0
    )
    THEN 7
    WHEN (
      "marks_0" & CAST(4 AS BIGINT)
    ) <> 0
    THEN 12
    ELSE 0
  END AS TINYINT) AS "r0",
  CAST(CASE
    WHEN (
      "marks_0" & CAST(1 AS BIGINT)
    ) <> 0
    THEN 6
    WHEN (
      "marks_0" & CAST(4 AS BIGINT)
    ) <> 0
    THEN 12
    ELSE 0
  END AS TINYINT) AS "r1",
  s."s_net" AS "s_net",
  s."rows" AS "rows"
FROM (
  SELECT
    l."subject" AS "subject",
    CAST(DATE_TRUNC('QUARTER', l."day_0") AS DATE) AS "bucket",
    l."marks_0" AS "marks_0",
    CAST(SUM(l."a_net") AS DECIMAL(22, 4)) AS "s_net",
    CAST(COUNT(*) AS BIGINT) AS "rows"
  FROM lines_sell_out AS l
  GROUP BY
    l."subject",
    CAST(DATE_TRUNC('QUARTER', l."day_0") AS DATE),
    l."marks_0"
) AS s;

-- asks_earning_0: the days asked, and the days of each window then
CREATE OR REPLACE TEMP TABLE asks_earning_0 AS
SELECT
  CAST("ask" AS INT) AS "ask",
  CAST("day" AS DATE) AS "day",
  CAST("w_start" AS DATE) AS "w_start",
  CAST("w_until" AS DATE) AS "w_until",
  CAST("s0_start" AS DATE) AS "s0_start",
  CAST("s0_until" AS DATE) AS "s0_until",
  CAST("s1_start" AS DATE) AS "s1_start",
  CAST("s1_until" AS DATE) AS "s1_until"
FROM (VALUES
  (
    0,
    '2026-03-31',
    '2026-01-01',
    '2026-04-01',
    '2026-01-01',
    '2026-04-01',
    '2025-10-01',
    '2026-01-01'
  )) AS given("ask", "day", "w_start", "w_until", "s0_start", "s0_until", "s1_start", "s1_until");

-- points_earning_0: who is asked when
CREATE OR REPLACE TEMP TABLE points_earning_0 AS
SELECT
  q."subject" AS "subject",
  q."ask" AS "ask",
  a."day" AS "day",
  a."w_start" AS "w_start",
  a."w_until" AS "w_until",
  a."s0_start" AS "s0_start",
  a."s0_until" AS "s0_until",
  a."s1_start" AS "s1_start",
  a."s1_until" AS "s1_until",
  q."enrolled_from" AS "enrolled_from"
FROM (
  SELECT
    e."subject" AS "subject",
    a."ask" AS "ask",
    MAX(e."start") AS "enrolled_from"
  FROM enrolled AS e
  JOIN asks_earning_0 AS a
    ON (
      e."start" <= a."day" AND e."until" > a."w_start"
    )
  GROUP BY
    e."subject",
    a."ask"
) AS q
JOIN asks_earning_0 AS a
  ON a."ask" = q."ask";

-- figures_earning_0_1: sums over the days of a window
CREATE OR REPLACE TEMP VIEW figures_earning_0_1 AS
SELECT
  c."subject" AS "subject",
  m."ask" AS "ask",
  CAST(SUM(CASE WHEN (
    c."r1" = 0
  ) THEN CAST(c."s_net" AS DECIMAL(22, 4)) END) AS DECIMAL(22, 4)) AS "f1"
FROM cells_sell_out_0 AS c
JOIN (
  SELECT
    CAST("ask" AS INT) AS "ask",
    CAST("bucket" AS DATE) AS "bucket"
  FROM (VALUES
    (0, '2025-10-01')) AS given("ask", "bucket")
) AS m
  ON m."bucket" = c."bucket"
GROUP BY
  c."subject",
  m."ask";

-- panel_earning_0: subjects by asks, each figure a column
CREATE OR REPLACE TEMP TABLE panel_earning_0 AS
SELECT
  p.*,
  COALESCE(p."f1" >= CAST('1000' AS DECIMAL(22, 4)), FALSE) AS "v0"
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
    q."s1_start" AS "s1_start",
    q."s1_until" AS "s1_until",
    COALESCE(t0."f0", CAST('0' AS DECIMAL(22, 4))) AS "f0",
    COALESCE(t1."f1", CAST('0' AS DECIMAL(22, 4))) AS "f1"
  FROM points_earning_0 AS q
  LEFT JOIN figures_earning_0_0 AS t0
    ON (
      t0."subject" = q."subject" AND t0."ask" = q."ask"
    )
  LEFT JOIN figures_earning_0_1 AS t1
    ON (
      t1."subject" = q."subject" AND t1."ask" = q."ask"
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
  CAST(CASE
    WHEN COALESCE(p."f0" >= CAST('50000' AS DECIMAL(22, 4)), FALSE)
    THEN 2
    WHEN COALESCE(NOT p."f0" IS NULL, FALSE)
    THEN 1
    ELSE 0
  END AS INT) AS "step",
  CAST(CASE
    WHEN COALESCE(CAST(p."f0" AS DECIMAL(28, 10)) >= CAST('50000' AS DECIMAL(22, 4)), FALSE)
    THEN 2
    WHEN COALESCE(NOT CAST(p."f0" AS DECIMAL(28, 10)) IS NULL, FALSE)
    THEN 1
    ELSE 0
  END AS INT) AS "step_expected",
  CAST(CAST('0' AS DECIMAL(22, 4)) AS DECIMAL(28, 10)) AS "start_1",
  CAST(CAST('50000' AS DECIMAL(22, 4)) AS DECIMAL(28, 10)) AS "start_2",
  TRUE AS "gate",
  p."v0" AS "y0",
  CAST(p."f0" AS DECIMAL(22, 4)) AS "grown"
FROM panel_earning_0 AS p;

-- amounts_bonus: bonus: what it comes to
CREATE OR REPLACE TEMP VIEW amounts_bonus AS
SELECT
  x."subject" AS "subject",
  x."ask" AS "ask",
  x."base" AS "base",
  x."uncapped" AS "uncapped",
  x."exact" AS "exact",
  CASE
    WHEN ABS(x."exact") < CAST(100000000 AS DECIMAL(22, 0))
    THEN CAST(CAST(CAST(x."exact" AS DECIMAL(18, 10)) AS DECIMAL(18, 2)) AS DECIMAL(22, 4))
    ELSE CAST(CAST(x."exact" AS DECIMAL(22, 2)) AS DECIMAL(22, 4))
  END AS "coins",
  x."uncapped" AS "uncapped_expected",
  x."exact" AS "exact_expected",
  CASE
    WHEN ABS(x."exact") < CAST(100000000 AS DECIMAL(22, 0))
    THEN CAST(CAST(CAST(x."exact" AS DECIMAL(18, 10)) AS DECIMAL(18, 2)) AS DECIMAL(22, 4))
    ELSE CAST(CAST(x."exact" AS DECIMAL(22, 2)) AS DECIMAL(22, 4))
  END AS "coins_expected"
FROM (
  SELECT
    k."subject" AS "subject",
    k."ask" AS "ask",
    k."base" AS "base",
    CAST(k."parts" + k."lump" AS DECIMAL(28, 10)) AS "uncapped",
    LEAST(CAST(k."parts" + k."lump" AS DECIMAL(28, 10)), CAST('60000' AS DECIMAL(28, 10))) AS "exact"
  FROM (
    SELECT
      r."subject" AS "subject",
      r."ask" AS "ask",
      r."base" AS "base",
      r."part" AS "parts",
      r."lump" AS "lump"
    FROM (
      SELECT
        e."subject" AS "subject",
        e."ask" AS "ask",
        COALESCE(e."grown", CAST('0' AS DECIMAL(22, 4))) AS "base",
        CASE
          WHEN e."gate"
          THEN COALESCE(
            CASE
              WHEN e."step" > 0
              THEN CAST(CAST(CAST(CAST(LEAST(e."driver", e."start_2") - (
                e."start_1"
              ) AS DECIMAL(28, 10)) AS DECIMAL(22, 4)) * CAST(CAST(CAST('0.01' AS DECIMAL(9, 6)) AS DECIMAL(14, 10)) * CASE
                WHEN e."y0"
                THEN CAST('1.2' AS DECIMAL(9, 6))
                ELSE CAST('1' AS DECIMAL(9, 6))
              END AS DECIMAL(14, 10)) AS DECIMAL(28, 10)) + CAST(CAST(GREATEST(
                CAST(e."driver" - (
                  e."start_2"
                ) AS DECIMAL(28, 10)),
                CAST('0' AS DECIMAL(28, 10))
              ) AS DECIMAL(22, 4)) * CAST(CAST(CAST('0.02' AS DECIMAL(9, 6)) AS DECIMAL(14, 10)) * CASE
                WHEN e."y0"
                THEN CAST('1.2' AS DECIMAL(9, 6))
                ELSE CAST('1' AS DECIMAL(9, 6))
              END AS DECIMAL(14, 10)) AS DECIMAL(28, 10)) AS DECIMAL(28, 10))
              ELSE CAST('0' AS DECIMAL(28, 10))
            END,
            CAST('0' AS DECIMAL(28, 10))
          )
          ELSE CAST('0' AS DECIMAL(28, 10))
        END AS "part",
        CASE
          WHEN e."gate"
          THEN CASE
            WHEN e."step" = 1
            THEN CAST('0' AS DECIMAL(28, 10))
            WHEN e."step" = 2
            THEN CAST('0' AS DECIMAL(28, 10))
            ELSE CAST('0' AS DECIMAL(28, 10))
          END
          ELSE CAST('0' AS DECIMAL(28, 10))
        END AS "lump"
      FROM earning_bonus AS e
    ) AS r
  ) AS k
) AS x;

-- due: what this settlement comes to
CREATE OR REPLACE TEMP TABLE due AS
SELECT
  r."incentive" AS "incentive",
  r."partner_id" AS "partner_id",
  r."entitled" AS "entitled",
  r."settled" AS "settled",
  r."difference" AS "difference",
  r."carried_in" AS "carried_in",
  r."due" AS "due",
  CAST(CASE
    WHEN r."incentive" = 'bonus'
    THEN CASE
      WHEN (
        r."due" < CAST('0' AS DECIMAL(22, 4)) OR r."due" < CAST('50' AS DECIMAL(22, 4))
      )
      THEN CAST('0' AS DECIMAL(22, 4))
      ELSE r."due"
    END
    ELSE CAST('0' AS DECIMAL(22, 4))
  END AS DECIMAL(22, 4)) AS "paid",
  CAST(CASE
    WHEN r."incentive" = 'bonus'
    THEN CASE
      WHEN (
        r."due" < CAST('0' AS DECIMAL(22, 4)) OR r."due" < CAST('50' AS DECIMAL(22, 4))
      )
      THEN r."due"
      ELSE CAST('0' AS DECIMAL(22, 4))
    END
    ELSE CAST('0' AS DECIMAL(22, 4))
  END AS DECIMAL(22, 4)) AS "carried_out"
FROM (
  SELECT
    s."incentive" AS "incentive",
    s."partner_id" AS "partner_id",
    s."entitled" AS "entitled",
    s."settled" AS "settled",
    CAST(s."entitled" - (
      s."settled"
    ) AS DECIMAL(22, 4)) AS "difference",
    COALESCE(c."carried", CAST('0' AS DECIMAL(22, 4))) AS "carried_in",
    CAST(CAST(s."entitled" - (
      s."settled"
    ) AS DECIMAL(22, 4)) + COALESCE(c."carried", CAST('0' AS DECIMAL(22, 4))) AS DECIMAL(22, 4)) AS "due"
  FROM (
    SELECT
      m."incentive" AS "incentive",
      m."partner_id" AS "partner_id",
      CAST(SUM(m."entitled") AS DECIMAL(22, 4)) AS "entitled",
      CAST(SUM(m."settled") AS DECIMAL(22, 4)) AS "settled"
    FROM (
      SELECT
        e."incentive" AS "incentive",
        e."partner_id" AS "partner_id",
        e."window_start" AS "window_start",
        e."window_until" AS "window_until",
        e."coins" AS "entitled",
        CAST('0' AS DECIMAL(22, 4)) AS "settled"
      FROM entitled AS e
      WHERE
        e."window_start" < CAST('2026-04-01' AS DATE)
      UNION ALL
      SELECT
        s."incentive" AS "incentive",
        s."partner_id" AS "partner_id",
        s."window_start" AS "window_start",
        s."window_until" AS "window_until",
        CAST('0' AS DECIMAL(22, 4)) AS "entitled",
        s."amount" AS "settled"
      FROM settled_before AS s
    ) AS m
    GROUP BY
      m."incentive",
      m."partner_id"
  ) AS s
  LEFT JOIN carried_in AS c
    ON (
      c."incentive" = s."incentive" AND c."partner_id" = s."partner_id"
    )
) AS r;
