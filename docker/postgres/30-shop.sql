-- Rows of the sample shop, the same on every machine: no random(), only arithmetic on row numbers.
INSERT INTO public.customers
SELECT
  n,
  (ARRAY['Anna', 'Bram', 'Carla', 'David', 'Elif', 'Femke', 'Goran', 'Hanna'])[1 + n * 7 % 8]
    || ' ' || (ARRAY['Berg', 'Costa', 'Dubois', 'Eriksson', 'Ferrari', 'Novak', 'Smit'])[1 + n * 5 % 7],
  CASE WHEN n % 50 = 0 THEN NULL ELSE 'customer' || n || '@mail.example' END,
  CASE WHEN n % 8 = 0 THEN NULL ELSE '+49 30 ' || (100000 + n * 7919 % 900000) END,
  (ARRAY['DE', 'FR', 'NL', 'IT', 'SE'])[1 + n * 3 % 5],
  (ARRAY['Berlin', 'Lyon', 'Utrecht', 'Torino', 'Malmo'])[1 + n * 3 % 5],
  DATE '2026-09-30' - (n * 7919 % 1800),
  n % 8 < 3,
  n * n % 4001
FROM generate_series(1, 5000) AS n;

INSERT INTO public.products
SELECT
  n,
  'SKU-' || (10000 + n * 37),
  (ARRAY['Kettle', 'Lamp', 'Novel', 'Jacket', 'Puzzle'])[1 + n % 5] || ' ' || n,
  (ARRAY['kitchen', 'home', 'books', 'clothing', 'toys'])[1 + n % 5],
  5 + n * n % 195 + 0.99,
  100 + n * 97 % 4900,
  n * 31 % 240,
  DATE '2026-09-30' - (30 + n * 13 % 1470)
FROM generate_series(1, 400) AS n;

INSERT INTO public.orders
SELECT
  100000 + n,
  1 + n * 7919::bigint % 5000,
  p.product_id,
  q.quantity,
  p.price,
  p.price * q.quantity,
  CASE n * 31 % 100
    WHEN 0 THEN 'cancelled' WHEN 1 THEN 'returned' WHEN 2 THEN 'returned' WHEN 3 THEN 'paid'
    ELSE 'delivered'
  END,
  d.day + make_interval(secs => 21600 + n * 7919::bigint % 64800),
  d.day,
  CASE WHEN n * 31 % 100 IN (0, 3) THEN NULL ELSE d.day + (1 + n % 3) END
FROM generate_series(1, 45000) AS n
JOIN public.products AS p ON p.product_id = 1 + n * 17 % 400
CROSS JOIN LATERAL (SELECT (1 + n % 7 % 4)::smallint AS quantity) AS q
CROSS JOIN LATERAL (SELECT DATE '2026-07-03' + (n - 1) / 500 AS day) AS d;
