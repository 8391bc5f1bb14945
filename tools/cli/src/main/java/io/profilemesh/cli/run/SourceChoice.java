package io.profilemesh.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.rest.Rest;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the source that a person left out, when there is only one it can be. */
public final class SourceChoice {

  private static final int LATEST_RUNS = 500;

  private final @Nullable String told;
  private final Supplier<Set<String>> configured;
  private final Supplier<Rest> rest;

  /**
   * @param told the source by flag or variable, or null
   * @param configured sources of the local mesh; empty where there is none
   * @param rest the history, which knows the sources of earlier runs
   */
  public SourceChoice(
      @Nullable String told, Supplier<Set<String>> configured, Supplier<Rest> rest) {
    this.told = told;
    this.configured = configured;
    this.rest = rest;
  }

  /**
   * The source of a table.
   *
   * @throws Failure when it is not clear
   */
  public String of(TableName table) {
    if (table.source() != null) {
      return table.source();
    }
    if (told != null) {
      return told;
    }
    Set<String> known = configured.get();
    if (known.isEmpty()) {
      known = sourcesOfRuns();
    }
    if (known.size() == 1) {
      return known.iterator().next();
    }
    throw Failure.usage(
        "it is not clear which source '" + table.pattern() + "' is in",
        known.isEmpty()
            ? "Name it: --source NAME, as in the profiler's configuration."
            : "Name one: --source " + String.join(" | ", known) + ".");
  }

  private Set<String> sourcesOfRuns() {
    JsonNode page = rest.get().get("/runs", new Parameters().with("limit", LATEST_RUNS));
    Set<String> sources = new TreeSet<>();
    page.path("items").forEach(run -> sources.add(run.path("source").asText()));
    sources.remove("");
    return sources;
  }
}
