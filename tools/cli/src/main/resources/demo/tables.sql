-- The demo's tables, made anew each time: only these five are touched.
DROP TABLE IF EXISTS public.orders, public.products, public.customers, public.seattle_weather, public.bird_strikes;

CREATE TABLE public.customers (
  customer_id    bigint PRIMARY KEY,
  full_name      text NOT NULL,
  email          text,
  phone          text,
  country        char(2) NOT NULL,
  city           text NOT NULL,
  signed_up_on   date NOT NULL,
  newsletter     boolean NOT NULL,
  loyalty_points integer NOT NULL
);

CREATE TABLE public.products (
  product_id   integer PRIMARY KEY,
  sku          text NOT NULL,
  name         text NOT NULL,
  category     text NOT NULL,
  price        numeric(10, 2) NOT NULL,
  weight_grams integer NOT NULL,
  in_stock     integer NOT NULL,
  listed_on    date NOT NULL
);

-- No primary key: orders arrive as daily files, and nothing stops a file that arrives twice.
CREATE TABLE public.orders (
  order_id    bigint NOT NULL,
  customer_id bigint NOT NULL,
  product_id  integer NOT NULL,
  quantity    smallint NOT NULL,
  unit_price  numeric(10, 2) NOT NULL,
  total       numeric(12, 2) NOT NULL,
  status      text NOT NULL,
  ordered_at  timestamptz NOT NULL,
  order_day   date NOT NULL,
  shipped_on  date
);

-- The key lets the source say which rows changed: this is the table that change capture follows.
CREATE TABLE public.seattle_weather (
  date          date PRIMARY KEY,
  precipitation double precision,
  temp_max      double precision,
  temp_min      double precision,
  wind          double precision,
  weather       text
);

CREATE TABLE public.bird_strikes (
  "Airport Name"              text,
  "Aircraft Make Model"       text,
  "Effect Amount of damage"   text,
  "Flight Date"               date,
  "Aircraft Airline Operator" text,
  "Origin State"              text,
  "Phase of flight"           text,
  "Wildlife Size"             text,
  "Wildlife Species"          text,
  "Time of day"               text,
  "Cost Other"                integer,
  "Cost Repair"               integer,
  "Cost Total $"              integer,
  "Speed IAS in knots"        integer
);
