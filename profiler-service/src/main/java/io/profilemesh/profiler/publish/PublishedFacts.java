package io.profilemesh.profiler.publish;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.SemanticType;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.ColumnFacts;
import io.profilemesh.profiler.dialect.ColumnFacts.Constraint;
import io.profilemesh.profiler.dialect.SqlLiterals;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.schema.TableType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of a table, as far as it may leave the service: a default or a check shows its
 * literals only where the profile shows the values of every column concerned. Long texts are cut.
 */
final class PublishedFacts {

  private static final int LONGEST_COMMENT = 4_000;
  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_SQL = 500;
  private static final int MOST_CONSTRAINTS = 50;

  /** Characters of defaults and constraints that one record holds. */
  private static final int MOST_SQL = 100_000;

  private final Set<String> names = new HashSet<>();
  private final Set<ColumnName> shown = new HashSet<>();
  private int room = MOST_SQL;

  private PublishedFacts(TableProfile profile) {
    profile.columns().forEach(column -> names.add(column.name().value()));
    profile.columnProfiles().stream()
        .filter(PublishedFacts::showsValues)
        .forEach(column -> shown.add(column.name()));
  }

  static io.profilemesh.schema.@Nullable TableFacts of(
      @Nullable TableFacts facts, TableProfile profile) {
    return facts == null ? null : new PublishedFacts(profile).table(facts);
  }

  private io.profilemesh.schema.TableFacts table(TableFacts facts) {
    Map<String, String> properties = new TreeMap<>();
    facts.properties().forEach((name, value) -> properties.put(name, cut(value, LONGEST_NAME)));
    return io.profilemesh.schema.TableFacts.newBuilder()
        .setTableType(type(facts.type()))
        .setComment(cutOrNull(facts.comment(), LONGEST_COMMENT))
        .setStorageFormat(cutOrNull(facts.storageFormat(), LONGEST_NAME))
        .setLocation(cutOrNull(facts.location(), LONGEST_NAME))
        .setCompressionRatio(facts.compressionRatio())
        .setPartitioning(partitioning(facts.partitioning()))
        .setOwner(cutOrNull(facts.owner(), LONGEST_NAME))
        .setCreator(cutOrNull(facts.creator(), LONGEST_NAME))
        .setLastAccessedAt(facts.lastAccessedAt())
        .setProperties(properties)
        .setColumns(columns(facts.columns()))
        .build();
  }

  private @Nullable List<io.profilemesh.schema.ColumnFacts> columns(
      @Nullable List<ColumnFacts> columns) {
    if (columns == null) {
      return null;
    }
    List<io.profilemesh.schema.ColumnFacts> published = new ArrayList<>();
    for (ColumnFacts column : columns) {
      boolean plain =
          column.defaultValue() == null
              && !column.primaryKey()
              && !column.indexed()
              && column.constraints().isEmpty();
      if (!plain) {
        published.add(column(column));
      }
    }
    return published;
  }

  private io.profilemesh.schema.ColumnFacts column(ColumnFacts column) {
    String value = column.defaultValue();
    List<String> constraints = new ArrayList<>();
    for (Constraint constraint : column.constraints()) {
      String sql = sql(constraint.sql(), constraint.valuesOf());
      if (sql != null && constraints.size() < MOST_CONSTRAINTS) {
        constraints.add(sql);
      }
    }
    return io.profilemesh.schema.ColumnFacts.newBuilder()
        .setName(column.name().value())
        .setDefaultValue(value == null ? null : sql(value, Set.of(column.name())))
        .setPrimaryKey(column.primaryKey())
        .setIndexed(column.indexed())
        .setConstraints(constraints)
        .build();
  }

  /** Null where there is no room for more. */
  private @Nullable String sql(String sql, Set<ColumnName> valuesOf) {
    String cut =
        cut(
            shown.containsAll(valuesOf) ? sql : SqlLiterals.withoutAnyValue(sql, names),
            LONGEST_SQL);
    if (cut.length() > room) {
      room = 0;
      return null;
    }
    room -= cut.length();
    return cut;
  }

  private @Nullable String partitioning(@Nullable String sql) {
    return sql == null ? null : cut(SqlLiterals.withoutAnyValue(sql, names), LONGEST_NAME);
  }

  private static boolean showsValues(ColumnProfile profile) {
    ColumnType type = profile.column().type();
    SemanticType meaning = profile.semanticType();
    boolean personal = meaning != null && meaning.isPersonal();
    boolean plain = type.isNumeric() || type.isTemporal() || type == ColumnType.BOOLEAN;
    return profile.valuesPublished() || (plain && !personal);
  }

  private static TableType type(TableFacts.Type type) {
    return switch (type) {
      case TABLE -> TableType.TABLE;
      case PARTITIONED_TABLE -> TableType.PARTITIONED_TABLE;
      case VIEW -> TableType.VIEW;
      case MATERIALIZED_VIEW -> TableType.MATERIALIZED_VIEW;
      case FOREIGN_TABLE -> TableType.FOREIGN_TABLE;
      case FILE -> TableType.FILE;
    };
  }

  private static @Nullable String cutOrNull(@Nullable String text, int longest) {
    return text == null ? null : cut(text, longest);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "\u2026";
  }
}
