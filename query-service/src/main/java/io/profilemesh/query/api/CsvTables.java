package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.history.ColumnReading;
import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.query.history.HistoryEntry;
import io.profilemesh.query.history.MetricReading;
import io.profilemesh.query.history.RunDetails;
import io.profilemesh.query.history.RunSummary;
import io.profilemesh.query.history.SchemaVersion;
import io.profilemesh.query.history.TableState;
import io.profilemesh.query.history.TableSummary;
import io.profilemesh.query.history.VerdictView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns each answer has as CSV: the names of its JSON. */
final class CsvTables {

  static final CsvTable<RunSummary> RUNS =
      new CsvTable<RunSummary>()
          .column("runId", RunSummary::runId)
          .column("datasetId", RunSummary::datasetId)
          .column("source", RunSummary::source)
          .column("schema", RunSummary::schema)
          .column("table", RunSummary::table)
          .column("slice", RunSummary::slice)
          .column("environment", RunSummary::environment)
          .column("status", RunSummary::status)
          .column("requestedAt", RunSummary::requestedAt)
          .column("startedAt", RunSummary::startedAt)
          .column("endedAt", RunSummary::endedAt)
          .column("profiledAt", RunSummary::profiledAt)
          .column("durationMs", RunSummary::durationMs)
          .column("rowCount", RunSummary::rowCount)
          .column("columnCount", RunSummary::columnCount)
          .column("rowsScanned", RunSummary::rowsScanned)
          .column("bytesScanned", RunSummary::bytesScanned)
          .column("attempt", RunSummary::attempt)
          .column("trigger", RunSummary::trigger)
          .column("requestId", RunSummary::requestId)
          .column("requester", RunSummary::requester)
          .column("reason", RunSummary::reason)
          .column("owner", RunSummary::owner)
          .column("tags", RunSummary::tags)
          .column("errorCode", RunSummary::errorCode)
          .column("errorMessage", RunSummary::errorMessage)
          .column("pipeline", RunSummary::pipeline)
          .column("requestDatasets", RunSummary::requestDatasets)
          .column("decision", run -> planned(run, "decision"))
          .column("decisionReason", run -> planned(run, "reason"));

  static final CsvTable<DriftEventView> DRIFT_EVENTS =
      new CsvTable<DriftEventView>()
          .column("eventId", DriftEventView::eventId)
          .column("runId", DriftEventView::runId)
          .column("datasetId", DriftEventView::datasetId)
          .column("source", DriftEventView::source)
          .column("schema", DriftEventView::schema)
          .column("table", DriftEventView::table)
          .column("slice", DriftEventView::slice)
          .column("environment", DriftEventView::environment)
          .column("column", DriftEventView::column)
          .column("metric", DriftEventView::metric)
          .column("kind", DriftEventView::kind)
          .column("severity", DriftEventView::severity)
          .column("detector", DriftEventView::detector)
          .column("baselineValue", DriftEventView::baselineValue)
          .column("baselineText", DriftEventView::baselineText)
          .column("currentValue", DriftEventView::currentValue)
          .column("currentText", DriftEventView::currentText)
          .column("changeAbsolute", DriftEventView::changeAbsolute)
          .column("changePercent", DriftEventView::changePercent)
          .column("message", DriftEventView::message)
          .column("profiledAt", DriftEventView::profiledAt)
          .column("incidentId", DriftEventView::incidentId)
          .column("requester", DriftEventView::requester)
          .column("owner", DriftEventView::owner)
          .column("tags", DriftEventView::tags);

  static final CsvTable<TableSummary> TABLES =
      new CsvTable<TableSummary>()
          .column("datasetId", TableSummary::datasetId)
          .column("source", TableSummary::source)
          .column("schema", TableSummary::schema)
          .column("table", TableSummary::table)
          .column("slice", TableSummary::slice)
          .column("environment", TableSummary::environment)
          .column("lastRunId", TableSummary::lastRunId)
          .column("lastProfiledAt", TableSummary::lastProfiledAt)
          .column("rowCount", TableSummary::rowCount)
          .column("columnCount", TableSummary::columnCount)
          .column("bytes", TableSummary::bytes)
          .column("owner", TableSummary::owner)
          .column("tags", TableSummary::tags)
          .column("outcome", TableSummary::outcome)
          .column("lowFindings", TableSummary::lowFindings)
          .column("mediumFindings", TableSummary::mediumFindings)
          .column("highFindings", TableSummary::highFindings)
          .column("openIncidents", TableSummary::openIncidents);

  static final CsvTable<TableState> TABLE_STATES =
      new CsvTable<TableState>()
          .column("datasetId", TableState::datasetId)
          .column("source", TableState::source)
          .column("schema", TableState::schema)
          .column("table", TableState::table)
          .column("slice", TableState::slice)
          .column("environment", TableState::environment)
          .column("lastRunId", TableState::lastRunId)
          .column("lastProfiledAt", TableState::lastProfiledAt)
          .column("snapshotId", TableState::snapshotId)
          .column("changeToken", TableState::changeToken)
          .column("decision", TableState::decision)
          .column("decisionReason", TableState::decisionReason)
          .column("decidedAt", TableState::decidedAt)
          .column("nextRunExpectedAt", TableState::nextRunExpectedAt)
          .column("stalenessMs", TableState::stalenessMs)
          .column("rowCount", TableState::rowCount)
          .column("bytes", TableState::bytes)
          .column("schemaFingerprint", TableState::schemaFingerprint);

  static final CsvTable<HistoryLine> HISTORY =
      new CsvTable<HistoryLine>()
          .column("runId", line -> line.entry().runId())
          .column("datasetId", line -> line.entry().datasetId())
          .column("status", line -> line.entry().status())
          .column("profiledAt", line -> line.entry().profiledAt())
          .column("rowCount", line -> line.entry().rowCount())
          .column("columnCount", line -> line.entry().columnCount())
          .column("outcome", line -> line.entry().outcome())
          .column("column", line -> line.entry().column())
          .column("metric", line -> line.metric() == null ? null : line.metric().metric())
          .column("value", line -> line.metric() == null ? null : line.metric().value())
          .column("text", line -> line.metric() == null ? null : line.metric().text())
          .column("quality", line -> line.metric() == null ? null : line.metric().quality());

  static final CsvTable<Result> RESULTS =
      new CsvTable<Result>()
          .column("runId", result -> result.details().run().runId())
          .column("datasetId", result -> result.details().run().datasetId())
          .column("profiledAt", result -> result.details().run().profiledAt())
          .column("column", Result::column)
          .column("columnType", Result::columnType)
          .column("metric", result -> result.metric().metric())
          .column("value", result -> result.metric().value())
          .column("text", result -> result.metric().text())
          .column("quality", result -> result.metric().quality())
          .column("lower", result -> result.metric().lower())
          .column("upper", result -> result.metric().upper());

  static final CsvTable<Judgement> JUDGEMENTS =
      new CsvTable<Judgement>()
          .column("runId", judgement -> judgement.verdict().runId())
          .column("datasetId", judgement -> judgement.verdict().datasetId())
          .column("outcome", judgement -> judgement.verdict().outcome())
          .column("column", Judgement::column)
          .column("metric", judgement -> text(judgement.metric(), "metric"))
          .column("baseline", judgement -> number(judgement.metric(), "baseline"))
          .column("lower", judgement -> number(judgement.metric(), "lower"))
          .column("upper", judgement -> number(judgement.metric(), "upper"))
          .column("current", judgement -> number(judgement.metric(), "current"))
          .column("findingId", judgement -> text(judgement.metric(), "findingId"));

  static final CsvTable<SchemaVersion.Applied> MIGRATIONS =
      new CsvTable<SchemaVersion.Applied>()
          .column("version", SchemaVersion.Applied::version)
          .column("appliedAt", SchemaVersion.Applied::appliedAt)
          .column("description", SchemaVersion.Applied::description)
          .column("migrationScript", SchemaVersion.Applied::migrationScript)
          .column("checksum", SchemaVersion.Applied::checksum);

  private CsvTables() {}

  private static @Nullable String planned(RunSummary run, String field) {
    JsonNode plan = run.plan();
    return plan == null ? null : plan.path(field).asText(null);
  }

  /** One metric of one entry; an entry without metrics has one line without one. */
  record HistoryLine(HistoryEntry entry, @Nullable MetricReading metric) {

    static List<HistoryLine> of(List<HistoryEntry> entries) {
      List<HistoryLine> lines = new ArrayList<>();
      for (HistoryEntry entry : entries) {
        if (entry.metrics().isEmpty()) {
          lines.add(new HistoryLine(entry, null));
        }
        entry.metrics().forEach(metric -> lines.add(new HistoryLine(entry, metric)));
      }
      return lines;
    }
  }

  /** One metric of a run. */
  record Result(
      RunDetails details,
      @Nullable String column,
      @Nullable String columnType,
      MetricReading metric) {

    static List<Result> of(RunDetails details) {
      List<Result> results = new ArrayList<>();
      details.metrics().forEach(one -> results.add(new Result(details, null, null, one)));
      for (ColumnReading column : details.columns()) {
        column
            .metrics()
            .forEach(
                one -> results.add(new Result(details, column.column(), column.columnType(), one)));
      }
      return results;
    }
  }

  /** One metric of a verdict. */
  record Judgement(VerdictView verdict, @Nullable String column, JsonNode metric) {

    static List<Judgement> of(VerdictView verdict) {
      List<Judgement> judgements = new ArrayList<>();
      JsonNode columns = verdict.judgements();
      if (columns != null) {
        for (JsonNode column : columns) {
          for (JsonNode metric : column.path("metrics")) {
            judgements.add(new Judgement(verdict, text(column, "column"), metric));
          }
        }
      }
      return judgements;
    }
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.get(name).asText() : null;
  }

  private static @Nullable Double number(JsonNode node, String name) {
    return node.hasNonNull(name) ? (Double) node.get(name).asDouble() : null;
  }
}
