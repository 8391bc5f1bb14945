package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.EventIds;

/** Begins a trace for a request that came without one; the same request begins the same trace. */
final class TraceContext {

  private static final int SPAN_DIGITS = 16;

  private TraceContext() {}

  static String of(String coordinates) {
    String trace = EventIds.of("trace", coordinates);
    String span = EventIds.of("span", coordinates).substring(0, SPAN_DIGITS);
    return "00-" + trace + '-' + span + "-01";
  }
}
