package io.profilemesh.query.history;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * A list that can be read page by page.
 *
 * @param <T> type of its items
 * @param select columns, as SQL
 * @param from tables, as SQL
 * @param belonging whose its rows are
 * @param key columns that order the list and tell every two items apart, as SQL
 * @param casts types of the key's columns, in the same order
 * @param descending whether the greatest key comes first
 * @param mapper reads an item
 * @param keyOf the key of an item as text, in the order of the columns
 */
record Listing<T>(
    String select,
    String from,
    Belonging belonging,
    List<String> key,
    List<String> casts,
    boolean descending,
    Mapper<T> mapper,
    Function<T, List<String>> keyOf) {

  /** Reads an item from the current row. */
  @FunctionalInterface
  interface Mapper<T> {
    T read(Fields row) throws SQLException;
  }
}
