package io.profilemesh.sink.rows;

import java.util.List;
import java.util.stream.Collectors;

/** The statement that adds events. It names no key, so that it fits tables with another one. */
final class EventInsert {

  private static final List<String> COMMON =
      List.of(
          "event_id",
          "event_type",
          "\"timestamp\"",
          "run_id",
          "dataset_name",
          "source",
          "schema_name",
          "table_name",
          "slice",
          "environment",
          "request_id",
          "requester",
          "owner",
          "tags",
          "message",
          "metadata");

  private EventInsert() {}

  /** Inserts the common columns, then those given, in order. */
  static String sql(List<String> columns) {
    String values =
        COMMON.stream().map(name -> name.equals("metadata") ? "?::jsonb" : "?").collect(joining())
            + columns.stream().map(name -> ", ?").collect(Collectors.joining());
    return "INSERT INTO profilemesh_events ("
        + COMMON.stream().collect(joining())
        + columns.stream().map(name -> ", " + name).collect(Collectors.joining())
        + ") VALUES ("
        + values
        + ") ON CONFLICT DO NOTHING";
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }
}
