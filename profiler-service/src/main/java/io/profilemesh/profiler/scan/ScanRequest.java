package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to scan and how.
 *
 * @param table the table as the catalogue described it just before
 * @param columns the columns to profile, all of the table; may be empty: rows are counted only
 * @param slice period to restrict the rows to, or null for the whole table
 * @param freshnessColumn date or timestamp column whose latest value gives the age of the data, or
 *     null; it must be among {@code columns}
 * @param deadline latest instant at which the scan may be running, or null
 * @param connections most connections to the source at once, at least 1
 * @param lockTimeout how long to wait for a lock in the source
 * @param statementTimeout longest time of one statement; zero: no limit but the deadline
 * @param hasher hashes values and seeds sketches
 * @param histogramBins bins of histograms, at least 1
 * @param exactDistinct whether the source counts distinct values that outgrow the dictionaries
 */
public record ScanRequest(
    RunId runId,
    DatasetId dataset,
    TableDescription table,
    Set<ColumnName> columns,
    ScanSampling sampling,
    @Nullable ScanSlice slice,
    @Nullable ColumnName freshnessColumn,
    @Nullable Instant deadline,
    int connections,
    Duration lockTimeout,
    Duration statementTimeout,
    ValuePolicies valuePolicies,
    ValueHasher hasher,
    int histogramBins,
    boolean exactDistinct) {

  public ScanRequest {
    columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
    if (connections < 1 || histogramBins < 1) {
      throw new IllegalArgumentException("a scan has at least one connection and one bin");
    }
    for (ColumnName column : columns) {
      if (table.column(column).isEmpty()) {
        throw new IllegalArgumentException("a column to profile is one of the table");
      }
    }
    if (freshnessColumn != null && !columns.contains(freshnessColumn)) {
      throw new IllegalArgumentException("the freshness column is one of the profiled columns");
    }
    if (slice != null && table.column(slice.column()).isEmpty()) {
      throw new IllegalArgumentException("the slice column is one of the table");
    }
  }

  /** A request for every column and row, with defaults; see {@link Builder}. */
  public static Builder of(
      RunId runId, DatasetId dataset, TableDescription table, ValueHasher hasher) {
    return new Builder(runId, dataset, table, hasher);
  }

  /** Builds requests; everything not said has a careful default. Not safe for several threads. */
  public static final class Builder {
    private final RunId runId;
    private final DatasetId dataset;
    private final TableDescription table;
    private final ValueHasher hasher;
    private final Set<ColumnName> columns = new LinkedHashSet<>();
    private ScanSampling sampling = ScanSampling.NONE;
    private @Nullable ScanSlice slice;
    private @Nullable ColumnName freshnessColumn;
    private @Nullable Instant deadline;
    private int connections = 1;
    private Duration lockTimeout = Duration.ofSeconds(10);
    private Duration statementTimeout = Duration.ofHours(4);
    private ValuePolicies valuePolicies = ValuePolicies.REDACT_ALL;
    private int histogramBins = 10;
    private boolean exactDistinct;

    private Builder(RunId runId, DatasetId dataset, TableDescription table, ValueHasher hasher) {
      this.runId = runId;
      this.dataset = dataset;
      this.table = table;
      this.hasher = hasher;
      table.columns().stream().map(SourceColumn::name).forEach(columns::add);
    }

    /** Profiles only these columns. */
    public Builder columns(Set<ColumnName> only) {
      columns.clear();
      columns.addAll(only);
      return this;
    }

    public Builder sampling(ScanSampling value) {
      sampling = value;
      return this;
    }

    public Builder slice(@Nullable ScanSlice value) {
      slice = value;
      return this;
    }

    public Builder freshnessColumn(@Nullable ColumnName value) {
      freshnessColumn = value;
      return this;
    }

    public Builder deadline(@Nullable Instant value) {
      deadline = value;
      return this;
    }

    public Builder connections(int value) {
      connections = value;
      return this;
    }

    public Builder lockTimeout(Duration value) {
      lockTimeout = value;
      return this;
    }

    public Builder statementTimeout(Duration value) {
      statementTimeout = value;
      return this;
    }

    public Builder valuePolicies(ValuePolicies value) {
      valuePolicies = value;
      return this;
    }

    public Builder histogramBins(int value) {
      histogramBins = value;
      return this;
    }

    public Builder exactDistinct(boolean value) {
      exactDistinct = value;
      return this;
    }

    public ScanRequest build() {
      return new ScanRequest(
          runId,
          dataset,
          table,
          columns,
          sampling,
          slice,
          freshnessColumn,
          deadline,
          connections,
          lockTimeout,
          statementTimeout,
          valuePolicies,
          hasher,
          histogramBins,
          exactDistinct);
    }
  }
}
