package io.profilemesh.profiler.capture;

import java.util.OptionalLong;

/** How many rows tables have, as far as the source knows. Safe for use by many threads. */
interface TableRows {

  /** Rows the source expects in the table; empty when that is not known. Never blocks. */
  OptionalLong of(CapturedTable table);
}
