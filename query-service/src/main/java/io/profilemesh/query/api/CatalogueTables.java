package io.profilemesh.query.api;

import io.profilemesh.query.history.SearchHit;
import io.profilemesh.query.history.SeriesPoint;
import io.profilemesh.query.history.TableDetails;

/** The catalogue, series and what a search found as CSV. */
final class CatalogueTables {

  static final CsvTable<TableDetails.Column> COLUMNS =
      new CsvTable<TableDetails.Column>()
          .column("column", TableDetails.Column::column)
          .column("position", TableDetails.Column::position)
          .column("dataType", TableDetails.Column::dataType)
          .column("columnType", TableDetails.Column::columnType)
          .column("nullable", TableDetails.Column::nullable)
          .column("description", TableDetails.Column::description)
          .column("tags", TableDetails.Column::tags)
          .column("semanticType", TableDetails.Column::semanticType)
          .column("active", TableDetails.Column::active)
          .column("firstSeenAt", TableDetails.Column::firstSeenAt)
          .column("lastSeenAt", TableDetails.Column::lastSeenAt)
          .column("defaultValue", TableDetails.Column::defaultValue)
          .column("primaryKey", TableDetails.Column::primaryKey)
          .column("indexed", TableDetails.Column::indexed)
          .column("constraints", TableDetails.Column::constraints);

  static final CsvTable<TableDetails.SchemaVersion> SCHEMAS =
      new CsvTable<TableDetails.SchemaVersion>()
          .column("fingerprint", TableDetails.SchemaVersion::fingerprint)
          .column("firstSeenAt", TableDetails.SchemaVersion::firstSeenAt)
          .column("lastSeenAt", TableDetails.SchemaVersion::lastSeenAt)
          .column("lastRunId", TableDetails.SchemaVersion::lastRunId)
          .column("columns", TableDetails.SchemaVersion::columns);

  static final CsvTable<SeriesPoint> SERIES =
      new CsvTable<SeriesPoint>()
          .column("at", SeriesPoint::at)
          .column("min", SeriesPoint::min)
          .column("avg", SeriesPoint::avg)
          .column("max", SeriesPoint::max)
          .column("last", SeriesPoint::last)
          .column("runs", SeriesPoint::runs)
          .column("lastRunId", SeriesPoint::lastRunId);

  static final CsvTable<SearchHit> HITS =
      new CsvTable<SearchHit>()
          .column("kind", SearchHit::kind)
          .column("datasetId", SearchHit::datasetId)
          .column("column", SearchHit::column)
          .column("incidentId", SearchHit::incidentId)
          .column("text", SearchHit::text)
          .column("at", SearchHit::at);

  private CatalogueTables() {}
}
