package io.profilemesh.query.history;

import io.profilemesh.query.history.Cursor.Direction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages by key: a page begins after the key of the last item of the one before it, so its
 * cost does not depend on how far it lies in the list, and rows that arrive meanwhile neither
 * repeat nor hide items.
 */
final class Pages {

  private Pages() {}

  static <T> Page<T> read(Sight sight, Listing<T> listing, Where asked, PageRequest request)
      throws SQLException {
    Connection connection = sight.connection();
    Where where = sight.narrowed(asked, listing.belonging());
    Cursor cursor = request.cursor();
    boolean backwards = cursor != null && cursor.direction() == Direction.PREVIOUS;
    List<T> items = items(connection, listing, where, request, backwards);
    boolean more = items.size() > request.limit();
    if (more) {
      items.remove(items.size() - 1);
    }
    if (backwards) {
      Collections.reverse(items);
    }
    boolean before = backwards ? more : cursor != null || request.offset() > 0;
    boolean after = backwards || more;
    return new Page<>(
        items,
        after && !items.isEmpty()
            ? new Cursor(Direction.NEXT, listing.keyOf().apply(items.get(items.size() - 1)))
            : null,
        before && !items.isEmpty()
            ? new Cursor(Direction.PREVIOUS, listing.keyOf().apply(items.get(0)))
            : null,
        request.total() ? total(connection, listing, where) : null);
  }

  private static <T> List<T> items(
      Connection connection,
      Listing<T> listing,
      Where where,
      PageRequest request,
      boolean backwards)
      throws SQLException {
    boolean descending = listing.descending() != backwards;
    Where bounded = bounded(listing, where, request.cursor(), descending);
    String sql =
        "SELECT "
            + listing.select()
            + " FROM "
            + listing.from()
            + bounded.sql()
            + listing.key().stream()
                .map(column -> column + (descending ? " DESC" : ""))
                .collect(Collectors.joining(", ", " ORDER BY ", ""))
            + " LIMIT ? OFFSET ?";
    List<T> items = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = bounded.bind(statement);
      statement.setInt(index, request.limit() + 1);
      statement.setInt(index + 1, request.offset());
      try (ResultSet rows = statement.executeQuery()) {
        Fields fields = new Fields(rows);
        while (fields.next()) {
          items.add(listing.mapper().read(fields));
        }
      }
    }
    return items;
  }

  private static <T> Where bounded(
      Listing<T> listing, Where where, @Nullable Cursor cursor, boolean descending) {
    if (cursor == null) {
      return where;
    }
    String columns = String.join(", ", listing.key());
    String values =
        listing.casts().stream().map(type -> "?::" + type).collect(Collectors.joining(", "));
    return where
        .copy()
        .and(
            "(%s) %s (%s)".formatted(columns, descending ? "<" : ">", values),
            cursor.key().toArray());
  }

  private static <T> long total(Connection connection, Listing<T> listing, Where where)
      throws SQLException {
    String sql = "SELECT count(*) FROM " + listing.from() + where.sql();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      where.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
