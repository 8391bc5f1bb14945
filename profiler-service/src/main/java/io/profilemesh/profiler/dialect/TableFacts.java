package io.profilemesh.profiler.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of a table beyond its columns and rows; null where it cannot say.
 *
 * @param comment the source's comment
 * @param storageFormat access method, storage engine or file format
 * @param location where rows are stored, by the source's own name
 * @param compressionRatio bytes before compression divided by bytes after it
 * @param partitioning by what it is divided into partitions
 * @param owner role that owns it
 * @param creator who made it
 * @param lastAccessedAt when it was last read
 * @param properties what else only this kind of source says
 * @param columns what is declared of columns, in order; null: the source cannot say
 */
public record TableFacts(
    Type type,
    @Nullable String comment,
    @Nullable String storageFormat,
    @Nullable String location,
    @Nullable Double compressionRatio,
    @Nullable String partitioning,
    @Nullable String owner,
    @Nullable String creator,
    @Nullable Instant lastAccessedAt,
    Map<String, String> properties,
    @Nullable List<ColumnFacts> columns) {

  public TableFacts {
    properties = Map.copyOf(properties);
    columns = columns == null ? null : List.copyOf(columns);
  }

  /** What a table is. */
  public enum Type {
    TABLE,
    PARTITIONED_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE,
    FILE;

    static Type of(RelationKind kind) {
      return switch (kind) {
        case TABLE -> TABLE;
        case PARTITIONED_TABLE -> PARTITIONED_TABLE;
        case VIEW -> VIEW;
        case MATERIALIZED_VIEW -> MATERIALIZED_VIEW;
        case FOREIGN_TABLE -> FOREIGN_TABLE;
      };
    }
  }

  /** Facts of a table of which no more is known than its description says. */
  static Builder of(TableDescription table) {
    return new Builder(Type.of(table.table().kind()), table.comment());
  }

  /** Gathers facts; what is not said is null or empty. Not safe for several threads. */
  static final class Builder {
    private final Map<String, String> properties = new TreeMap<>();
    private Type type;
    private @Nullable String comment;
    private @Nullable String storageFormat;
    private @Nullable String location;
    private @Nullable Double compressionRatio;
    private @Nullable String partitioning;
    private @Nullable String owner;
    private @Nullable String creator;
    private @Nullable Instant lastAccessedAt;
    private @Nullable List<ColumnFacts> columns;

    private Builder(Type type, @Nullable String comment) {
      this.type = type;
      this.comment = comment;
    }

    Builder type(Type value) {
      type = value;
      return this;
    }

    Builder comment(@Nullable String value) {
      comment = value;
      return this;
    }

    Builder storageFormat(@Nullable String value) {
      storageFormat = value;
      return this;
    }

    Builder location(@Nullable String value) {
      location = value;
      return this;
    }

    Builder compressionRatio(@Nullable Double value) {
      compressionRatio = value;
      return this;
    }

    Builder partitioning(@Nullable String value) {
      partitioning = value;
      return this;
    }

    Builder owner(@Nullable String value) {
      owner = value;
      return this;
    }

    Builder creator(@Nullable String value) {
      creator = value;
      return this;
    }

    Builder lastAccessedAt(@Nullable Instant value) {
      lastAccessedAt = value;
      return this;
    }

    /** A property, unless there is nothing to say. */
    Builder property(String name, @Nullable String value) {
      if (value != null && !value.isEmpty()) {
        properties.put(name, value);
      }
      return this;
    }

    Builder columns(List<ColumnFacts> value) {
      columns = value;
      return this;
    }

    TableFacts build() {
      return new TableFacts(
          type,
          comment,
          storageFormat,
          location,
          compressionRatio,
          partitioning,
          owner,
          creator,
          lastAccessedAt,
          properties,
          columns);
    }
  }
}
