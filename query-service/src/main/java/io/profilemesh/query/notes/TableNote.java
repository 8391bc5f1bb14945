package io.profilemesh.query.notes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people wrote about a table or a column.
 *
 * @param owner owner; null: as configured. Always null for a column
 * @param description description; null: as the source says
 * @param tags tags; null: as configured
 */
public record TableNote(
    @Nullable String owner, @Nullable String description, @Nullable List<String> tags) {

  /** Nothing written. */
  public static final TableNote EMPTY = new TableNote(null, null, null);

  public TableNote {
    tags = tags == null ? null : List.copyOf(tags);
  }

  public TableNote withOwner(@Nullable String name) {
    return new TableNote(name, description, tags);
  }

  public TableNote withDescription(@Nullable String text) {
    return new TableNote(owner, text, tags);
  }

  public TableNote withTags(@Nullable List<String> names) {
    return new TableNote(owner, description, names);
  }
}
