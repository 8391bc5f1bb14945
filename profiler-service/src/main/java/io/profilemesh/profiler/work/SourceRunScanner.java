package io.profilemesh.profiler.work;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SliceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.ValuesConfig;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.plan.ProfileSettings;
import io.profilemesh.profiler.scan.ScanCancellation;
import io.profilemesh.profiler.scan.ScanProgress;
import io.profilemesh.profiler.scan.ScanRequest;
import io.profilemesh.profiler.scan.ScanResult;
import io.profilemesh.profiler.scan.ScanSlice;
import io.profilemesh.profiler.scan.ValuePolicies;
import io.profilemesh.profiler.source.ColumnSelection;
import io.profilemesh.profiler.source.ConnectedSource;
import io.profilemesh.profiler.source.SourceRegistry;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.DistinctMode;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.SliceRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scans at the registered sources, by the request's options and the configuration's defaults. */
public final class SourceRunScanner implements RunScanner {

  private final ProfilerConfiguration configuration;
  private final SourceRegistry sources;
  private final ValueHasher hasher;
  private final Clock clock;

  /**
   * @param hasher hashes values under the mesh's key
   */
  public SourceRunScanner(
      ProfilerConfiguration configuration,
      SourceRegistry sources,
      ValueHasher hasher,
      Clock clock) {
    this.configuration = configuration;
    this.sources = sources;
    this.hasher = hasher;
    this.clock = clock;
  }

  @Override
  public Outcome scan(
      RunKey run,
      @Nullable RunOptions options,
      @Nullable PlanDecision plan,
      Instant deadline,
      Listener listener,
      ScanCancellation cancellation) {
    DatasetId dataset = run.dataset();
    Optional<ConnectedSource> source =
        SourceName.isValid(dataset.source())
            ? sources.find(new SourceName(dataset.source()))
            : Optional.empty();
    if (source.isEmpty()) {
      return new Outcome.Failed(
          ReasonCode.UNKNOWN_SOURCE, "The source is no longer in the profiler's configuration.");
    }
    SourceName name = source.get().config().name();
    Lookup<Optional<TableDescription>> lookup =
        sources.describe(name, dataset.schema(), dataset.table());
    if (lookup instanceof Lookup.Failure<Optional<TableDescription>> failure) {
      return new Outcome.Failed(failure.code(), failure.message());
    }
    Optional<TableDescription> table = ((Lookup.Answer<Optional<TableDescription>>) lookup).value();
    if (table.isEmpty()) {
      return new Outcome.Failed(
          ReasonCode.TABLE_VANISHED,
          "The table does not exist at the source, or its user may not see it.");
    }
    listener.found(table.get().estimatedRows());
    return scan(run, options, plan, deadline, listener, cancellation, source.get(), table.get());
  }

  private Outcome scan(
      RunKey run,
      @Nullable RunOptions options,
      @Nullable PlanDecision plan,
      Instant deadline,
      ScanProgress progress,
      ScanCancellation cancellation,
      ConnectedSource source,
      TableDescription table) {
    DatasetId dataset = run.dataset();
    Optional<DatasetConfig> found =
        configuration.dataset(
            source.config().name(), dataset.schema(), dataset.table(), dataset.slice());
    if (dataset.slice() != null && found.isEmpty()) {
      return new Outcome.Failed(
          ReasonCode.INVALID_OPTION, "The slice is no longer in the profiler's configuration.");
    }
    DatasetConfig config = found.orElseGet(() -> DatasetConfig.defaults(source.config().name()));
    ColumnSelection selection = selection(options, config);
    Optional<String> unknown = selection.unknownIn(table);
    if (unknown.isPresent()) {
      return new Outcome.Failed(
          ReasonCode.UNKNOWN_COLUMN,
          "The table has no column '" + unknown.get() + "'; names are case-sensitive.");
    }
    Optional<ScanSlice> slice = slice(options, config);
    if (dataset.slice() != null && slice.isEmpty()) {
      return new Outcome.Failed(
          ReasonCode.INVALID_OPTION, "The run says no period of the slice; request it again.");
    }
    if (slice.isPresent() && table.column(slice.get().column()).isEmpty()) {
      return new Outcome.Failed(
          ReasonCode.UNKNOWN_COLUMN,
          "The table has no column '"
              + slice.get().column().value()
              + "', by which the configuration slices it.");
    }
    Set<ColumnName> columns = selection.of(table);
    SourceLimits limits = source.config().limits();
    ScanRequest request =
        ScanRequest.of(run.runId(), dataset, table, hasher)
            .columns(columns)
            .sampling(RunSampling.of(dataset, options, plan, config))
            .slice(slice.orElse(null))
            .exactDistinct(countsExactly(options, config))
            .freshnessColumn(dataAge(config, columns))
            .deadline(deadline)
            .connections(limits.connectionsPerScan())
            .lockTimeout(limits.lockTimeout())
            .statementTimeout(limits.statementTimeout())
            .valuePolicies(policies(config.values()))
            .histogramBins(config.histogramBins())
            .build();
    ScanOrigin origin =
        ProfileSettings.areConfigured(options) ? origin(source, table, config) : null;
    TableFacts about = about(source, table);
    return outcome(source.scan().scan(request, source, progress, cancellation), origin, about);
  }

  /** Asked before the scan, which is an access itself. What cannot be asked does not end a run. */
  private @Nullable TableFacts about(ConnectedSource source, TableDescription table) {
    return sources.facts(source.config().name(), table) instanceof Lookup.Answer<TableFacts> answer
        ? answer.value()
        : null;
  }

  /** Looked at before the scan: a change in between makes the next run read again, as it should. */
  private ScanOrigin origin(ConnectedSource source, TableDescription table, DatasetConfig config) {
    Instant now = clock.instant();
    TableLook look =
        sources.look(source.config().name(), List.of(table.table()))
                instanceof Lookup.Answer<TableLooks> answer
            ? answer.value().looks().get(table.table())
            : null;
    return new ScanOrigin(
        look == null ? null : look.token(),
        now,
        ProfileSettings.hash(config),
        look == null ? null : look.bytes());
  }

  private Outcome outcome(
      ScanResult result, @Nullable ScanOrigin origin, @Nullable TableFacts about) {
    if (result instanceof ScanResult.Completed completed) {
      return new Outcome.Profiled(
          completed.profile(), completed.facts(), hasher.keyId(), origin, about);
    }
    if (result instanceof ScanResult.Cancelled cancelled) {
      return new Outcome.Cancelled(cancelled.code());
    }
    ScanResult.Failed failed = (ScanResult.Failed) result;
    return new Outcome.Failed(failed.code(), failed.message());
  }

  private static ColumnSelection selection(@Nullable RunOptions options, DatasetConfig config) {
    List<String> include = options == null ? List.of() : options.getIncludeColumns();
    List<String> exclude = options == null ? List.of() : options.getExcludeColumns();
    return include.isEmpty() && exclude.isEmpty()
        ? new ColumnSelection(config.includeColumns(), config.excludeColumns())
        : new ColumnSelection(include, exclude);
  }

  /** The period that was decided on when the run was accepted. */
  private static Optional<ScanSlice> slice(@Nullable RunOptions options, DatasetConfig config) {
    SliceRequest period = options == null ? null : options.getSlice();
    SliceConfig slice = config.slice();
    if (period == null || slice == null || period.getStart() == null || period.getEnd() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ScanSlice(new ColumnName(slice.column()), period.getStart(), period.getEnd()));
  }

  private static boolean countsExactly(@Nullable RunOptions options, DatasetConfig config) {
    DistinctMode asked = options == null ? DistinctMode.AUTO : options.getDistinct();
    return asked == DistinctMode.EXACT
        || (asked == DistinctMode.AUTO && config.distinct() == DatasetConfig.Distinct.EXACT);
  }

  /** The configured column, where the table has it and it is profiled. */
  private static @Nullable ColumnName dataAge(DatasetConfig config, Set<ColumnName> columns) {
    String name = config.dataAgeColumn();
    ColumnName column = name == null || name.isEmpty() ? null : new ColumnName(name);
    return column != null && columns.contains(column) ? column : null;
  }

  private static ValuePolicies policies(ValuesConfig values) {
    return column ->
        values.publishColumns().contains(column.value())
            ? ValuePolicy.PUBLISHED_BY_NAME
            : values.publishAll() ? ValuePolicy.PUBLISHED : ValuePolicy.REDACTED;
  }
}
