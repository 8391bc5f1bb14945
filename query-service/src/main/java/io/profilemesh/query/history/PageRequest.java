package io.profilemesh.query.history;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list.
 *
 * @param limit most items, 1 to 500
 * @param offset items to leave out first, 0 to 10,000; 0 with a cursor
 * @param cursor where to go on; null: from the beginning
 * @param total whether to count all items
 */
public record PageRequest(int limit, int offset, @Nullable Cursor cursor, boolean total) {

  public static final int DEFAULT_LIMIT = 100;
  public static final int MOST_ITEMS = 500;
  public static final int LARGEST_OFFSET = 10_000;

  public PageRequest {
    if (limit < 1 || limit > MOST_ITEMS || offset < 0 || offset > LARGEST_OFFSET) {
      throw new IllegalArgumentException("limit or offset out of range");
    }
  }
}
