-- Two real tables: see tools/cli/src/main/resources/demo/README.md for where they come from.
COPY public.seattle_weather FROM '/sample/seattle-weather.csv' WITH (FORMAT csv, HEADER true);
COPY public.bird_strikes FROM '/sample/birdstrikes.csv' WITH (FORMAT csv, HEADER true, NULL '');
