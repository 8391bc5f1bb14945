package io.profilemesh.query.api;

import io.profilemesh.query.history.PipelineRunView;
import io.profilemesh.query.history.PipelineView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pipelines as CSV. */
final class PipelineTables {

  static final CsvTable<PipelineView> PIPELINES =
      new CsvTable<PipelineView>()
          .column("name", PipelineView::name)
          .column("type", PipelineView::type)
          .column("environment", PipelineView::environment)
          .column("source", PipelineView::source)
          .column("cron", PipelineView::cron)
          .column("zone", PipelineView::zone)
          .column("missed", PipelineView::missed)
          .column("owner", PipelineView::owner)
          .column("tags", PipelineView::tags)
          .column("status", PipelineView::status)
          .column("nextAt", PipelineView::nextAt)
          .column("firedFor", PipelineView::firedFor)
          .column("missedCount", PipelineView::missedCount)
          .column("lastRequestId", last(PipelineRunView::requestId))
          .column("lastStatus", last(PipelineRunView::status))
          .column("lastRequestedAt", last(PipelineRunView::requestedAt))
          .column("lastEndedAt", last(PipelineRunView::endedAt))
          .column("lastRowsScanned", last(PipelineRunView::rowsScanned))
          .column("totalCompleted", pipeline -> pipeline.totals().completed())
          .column("totalFailed", pipeline -> pipeline.totals().failed())
          .column("totalSkipped", pipeline -> pipeline.totals().skipped());

  static final CsvTable<PipelineRunView> RUNS =
      new CsvTable<PipelineRunView>()
          .column("requestId", PipelineRunView::requestId)
          .column("pipeline", PipelineRunView::pipeline)
          .column("environment", PipelineRunView::environment)
          .column("source", PipelineRunView::source)
          .column("trigger", PipelineRunView::trigger)
          .column("requester", PipelineRunView::requester)
          .column("reason", PipelineRunView::reason)
          .column("dryRun", PipelineRunView::dryRun)
          .column("status", PipelineRunView::status)
          .column("requestedAt", PipelineRunView::requestedAt)
          .column("endedAt", PipelineRunView::endedAt)
          .column("datasets", PipelineRunView::datasets)
          .column("completed", run -> run.runs().completed())
          .column("failed", run -> run.runs().failed())
          .column("skipped", run -> run.runs().skipped())
          .column("cancelled", run -> run.runs().cancelled())
          .column("open", run -> run.runs().open())
          .column("rowsScanned", PipelineRunView::rowsScanned)
          .column("bytesScanned", PipelineRunView::bytesScanned);

  private PipelineTables() {}

  private static Function<PipelineView, @Nullable Object> last(
      Function<PipelineRunView, @Nullable Object> value) {
    return pipeline -> pipeline.lastRun() == null ? null : value.apply(pipeline.lastRun());
  }
}
