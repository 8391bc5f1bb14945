package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.profiler.dialect.Capabilities;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue whose tables all have the columns {@code id} and {@code email}. */
final class FakeCatalog implements TableCatalog {

  private final List<TableRef> tables = new ArrayList<>();
  private final Map<String, TableLook> looks = new HashMap<>();
  private int failures;
  private ReasonCode failure = ReasonCode.SOURCE_UNREACHABLE;
  private int asked;

  FakeCatalog with(String schema, String table) {
    tables.add(new TableRef(schema, table, RelationKind.TABLE));
    return this;
  }

  /** Fails this many times, then answers. */
  FakeCatalog failing(int times, ReasonCode code) {
    failures = times;
    failure = code;
    return this;
  }

  int asked() {
    return asked;
  }

  @Override
  public Lookup<List<TableRef>> tables(SourceName source) {
    return answer(List.copyOf(tables));
  }

  @Override
  public Lookup<Optional<TableDescription>> describe(
      SourceName source, String schema, String table) {
    return answer(
        tables.stream()
            .filter(ref -> ref.schema().equals(schema) && ref.table().equals(table))
            .findFirst()
            .map(
                ref ->
                    new TableDescription(ref, List.of(column("id"), column("email")), 5L, null)));
  }

  /** Gives a table a change token; the others have none. */
  FakeCatalog withToken(String table, TableLook look) {
    looks.put(table, look);
    return this;
  }

  @Override
  public Lookup<TableLooks> look(SourceName source, Collection<TableRef> asked) {
    Map<TableRef, TableLook> found = new HashMap<>();
    for (TableRef table : asked) {
      TableLook look = looks.get(table.table());
      found.put(table, look == null ? TableLook.without("It cannot say.", 5L, null) : look);
    }
    Capabilities capabilities = new Capabilities(true, true, true, true);
    return answer(new TableLooks(found, Duration.ofSeconds(15), capabilities));
  }

  private <T> Lookup<T> answer(T value) {
    asked++;
    if (failures > 0) {
      failures--;
      return new Lookup.Failure<>(failure, "The source failed.");
    }
    return new Lookup.Answer<>(value);
  }

  private static SourceColumn column(String name) {
    return new SourceColumn(
        new ColumnDefinition(new ColumnName(name), 1, "text", ColumnType.TEXT, true, null),
        () -> "text");
  }
}
