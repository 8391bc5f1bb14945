package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.dbt.DbtManifest;
import io.profilemesh.cli.run.ProfileOrder;
import io.profilemesh.cli.run.SourceChoice;
import io.profilemesh.cli.run.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tables are meant, and where they are. */
final class TableOptions {

  private static final TableName EVERYTHING = new TableName(null, "*", null);

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "Source of the tables, as in the profiler's configuration; not needed where there is only"
              + " one.")
  @Nullable String source;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave tables out of a pattern; may be repeated.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--dbt-manifest",
      paramLabel = "FILE",
      description =
          "The models of this manifest.json; with a run_results.json of the same invocation beside"
              + " it, those just built.")
  @Nullable Path dbtManifest;

  @Option(
      names = {"--backfill", "--last"},
      paramLabel = "N",
      description = "The newest N closed periods of a slice, written source/schema/table@slice.")
  @Nullable Integer backfill;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "With --to: the periods of a slice from this time on, such as 2026-01-31.")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "With --from: the periods of a slice before this time.")
  @Nullable String to;

  private final Session session;
  private final KafkaOptions mesh;

  TableOptions(Session session, KafkaOptions mesh) {
    this.session = session;
    this.mesh = mesh;
  }

  /** Who asks, for people. */
  String requester() {
    return session.requester();
  }

  /** Finds sources that a person left out. */
  SourceChoice sources() {
    return new SourceChoice(
        source != null ? source : session.variable("PROFILEMESH_SOURCE").orElse(null),
        this::configured,
        () -> mesh.rest(mesh.server));
  }

  /** The tables as written, those of dbt's models included. */
  List<TableName> names(List<String> tables) {
    if (backfill != null && backfill < 1) {
      throw Failure.usage("--backfill is " + backfill, "It is at least 1.");
    }
    ProfileOrder.Span span = span();
    List<TableName> names = new ArrayList<>(tables.stream().map(TableName::parse).toList());
    boolean periods = backfill != null || span != null;
    if (periods && names.stream().anyMatch(name -> name.slice() == null)) {
      throw Failure.usage(
          (span == null ? "--backfill is" : "--from and --to are")
              + " about the periods of a slice",
          "Write source/schema/table@slice, with a slice of the profiler's configuration.");
    }
    return names;
  }

  /** The time whose periods are meant; null: the newest periods. */
  ProfileOrder.@Nullable Span span() {
    Instant start = TimeOptions.instant("--from", from);
    Instant end = TimeOptions.instant("--to", to);
    if (start == null && end == null) {
      return null;
    }
    if (start == null || end == null || !start.isBefore(end) || backfill != null) {
      throw Failure.usage(
          "--from and --to say together which periods of a slice are meant",
          "Write --from 2026-01-01 --to 2026-02-01, without --backfill.");
    }
    return new ProfileOrder.Span(start, end);
  }

  /** Patterns of dbt's models; empty when none are asked for. */
  List<String> models() {
    return dbtManifest == null ? List.of() : DbtManifest.tables(dbtManifest);
  }

  /** Orders of a plan: one for each source and slice, however many tables. */
  List<ProfileOrder> plans(List<String> tables) {
    List<TableName> names = names(tables);
    List<String> models = models();
    Map<List<String>, List<TableName>> groups = new LinkedHashMap<>();
    for (TableName name : names) {
      String slice = name.slice() == null ? "" : name.slice();
      groups
          .computeIfAbsent(List.of(sources().of(name), slice), key -> new ArrayList<>())
          .add(name);
    }
    if (!models.isEmpty()) {
      TableName first = new TableName(null, models.get(0), null);
      List<TableName> group =
          groups.computeIfAbsent(List.of(sources().of(first), ""), key -> new ArrayList<>());
      models.forEach(model -> group.add(new TableName(null, model, null)));
    }
    if (groups.isEmpty()) {
      everySource().forEach(one -> groups.put(List.of(one, ""), List.of(EVERYTHING)));
    }
    return groups.entrySet().stream()
        .map(group -> plan(group.getKey().get(0), group.getValue()))
        .toList();
  }

  private ProfileOrder plan(String of, List<TableName> names) {
    return ProfileOrder.plan(
        UUID.randomUUID().toString(),
        of,
        names.get(0),
        names.stream().skip(1).map(TableName::pattern).toList(),
        exclude,
        backfill,
        span(),
        requester());
  }

  /** All tables of all sources that are known of, or of the one that was named. */
  private Set<String> everySource() {
    Set<String> known = source == null ? configured() : Set.of(source);
    return known.isEmpty() ? Set.of(sources().of(EVERYTHING)) : new TreeSet<>(known);
  }

  private Set<String> configured() {
    return mesh.server == null ? mesh.mesh().sources() : Set.of();
  }
}
