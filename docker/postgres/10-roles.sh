#!/usr/bin/env bash
# Roles and databases of the compose file: a reader for the shop, an owner for the metadata tables.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set reader_password="$SHOP_READER_PASSWORD" \
  --set metadata_password="$METADATA_PASSWORD" <<'SQL'
CREATE ROLE profilemesh_reader LOGIN PASSWORD :'reader_password';
ALTER ROLE profilemesh_reader SET default_transaction_read_only = on;
CREATE ROLE profilemesh LOGIN PASSWORD :'metadata_password';
CREATE DATABASE profilemesh OWNER profilemesh;
SQL
