package io.profilemesh.cli.run;

import io.profilemesh.cli.Failure;
import io.profilemesh.core.profile.DatasetId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table, or a pattern of tables, as a person writes it.
 *
 * @param source source, or null where the person left it out
 * @param pattern {@code schema.table}, the {@code table} of any schema, a wildcard pattern, or a
 *     regular expression between slashes
 * @param slice slice, or null for whole tables
 */
public record TableName(@Nullable String source, String pattern, @Nullable String slice) {

  /**
   * Reads {@code table}, {@code schema.table}, {@code source.schema.table}, {@code
   * source/schema/table}, {@code source/schema/table@slice} or {@code /regex/}; names may hold
   * wildcards.
   *
   * @throws Failure when the text is none of these
   */
  public static TableName parse(String text) {
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      return new TableName(null, text, null);
    }
    if (text.indexOf('/') >= 0) {
      return ofDataset(text);
    }
    String[] parts = text.split("\\.", -1);
    boolean complete = Arrays.stream(parts).noneMatch(String::isEmpty);
    if (complete && parts.length <= 2) {
      return new TableName(null, text, null);
    }
    if (complete && parts.length == 3) {
      return new TableName(parts[0], parts[1] + "." + parts[2], null);
    }
    throw Failure.usage(
        "'" + text + "' names no table",
        parts.length > 3
            ? "A name that holds dots itself is written source/schema/table."
            : "Write schema.table, such as public.orders, or source.schema.table, or a pattern such"
                + " as 'public.*'.");
  }

  private static TableName ofDataset(String text) {
    try {
      DatasetId id = DatasetId.parse(text);
      return new TableName(id.source(), id.schema() + "." + id.table(), id.slice());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "'" + text + "' names no table: " + e.getMessage(),
          "Write schema.table, source.schema.table or source/schema/table.");
    }
  }

  /** Whether it may stand for several tables. */
  public boolean isPattern() {
    return pattern.startsWith("/")
        || pattern.indexOf('.') < 0
        || pattern.indexOf('*') >= 0
        || pattern.indexOf('?') >= 0;
  }

  /** The one dataset that it names in a source; empty for a pattern. */
  public Optional<DatasetId> dataset(String defaultSource) {
    if (isPattern()) {
      return Optional.empty();
    }
    int dot = pattern.indexOf('.');
    return Optional.of(
        new DatasetId(
            source == null ? defaultSource : source,
            pattern.substring(0, dot),
            pattern.substring(dot + 1),
            slice));
  }
}
