package io.profilemesh.query.history;

import java.util.List;

/**
 * A place in a list: just after an item, or just before it. Stays where it is while items come and
 * go.
 *
 * @param direction which way to read from there
 * @param key key of the item
 */
public record Cursor(Direction direction, List<String> key) {

  public Cursor {
    key = List.copyOf(key);
  }

  /** Which way to read. */
  public enum Direction {
    NEXT,
    PREVIOUS
  }
}
