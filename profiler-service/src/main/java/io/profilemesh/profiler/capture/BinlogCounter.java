package io.profilemesh.profiler.capture;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.profilemesh.profiler.capture.ChangeTally.Kind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of a binary log's events, and knows where transactions end: only there may
 * reading begin again, because events of rows need the table map before them. Confined to one
 * thread.
 */
final class BinlogCounter {

  private static final Pattern TRUNCATE =
      Pattern.compile(
          "\\A\\s*(?:/\\*.*?\\*/\\s*)*TRUNCATE\\s+(?:TABLE\\s+)?"
              + "(?:(`(?:[^`]|``)+`|\\w+)\\s*\\.\\s*)?(`(?:[^`]|``)+`|\\w+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final ChangeSink sink;
  private final Map<Long, CapturedTable> tables = new HashMap<>();
  private boolean between;

  BinlogCounter(ChangeSink sink) {
    this.sink = sink;
  }

  /** Takes an event; whether a transaction has just ended. */
  boolean take(Event event) {
    between = false;
    EventData data = event.getData();
    read(data);
    return switch (event.getHeader().getEventType()) {
      case XID, XA_PREPARE, TRANSACTION_PAYLOAD -> true;
      default -> between;
    };
  }

  private void read(@Nullable EventData data) {
    if (data instanceof TableMapEventData map) {
      tables.put(map.getTableId(), new CapturedTable(map.getDatabase(), map.getTable()));
    } else if (data instanceof WriteRowsEventData rows) {
      count(rows.getTableId(), Kind.INSERT, rows.getRows().size());
    } else if (data instanceof UpdateRowsEventData rows) {
      count(rows.getTableId(), Kind.UPDATE, rows.getRows().size());
    } else if (data instanceof DeleteRowsEventData rows) {
      count(rows.getTableId(), Kind.DELETE, rows.getRows().size());
    } else if (data instanceof QueryEventData query) {
      query(query.getDatabase(), query.getSql());
    } else if (data instanceof RotateEventData) {
      // A new file maps its tables anew.
      tables.clear();
      between = true;
    } else if (data instanceof TransactionPayloadEventData payload) {
      for (Event inner : payload.getUncompressedEvents()) {
        EventData change = inner.getData();
        read(change);
      }
    }
  }

  private void count(long table, Kind kind, int rows) {
    CapturedTable name = tables.get(table);
    if (name != null && rows > 0) {
      sink.count(name, kind, rows);
    }
  }

  /** Statements end a transaction, but for the one that begins it and what is inside. */
  private void query(String database, String sql) {
    String word = sql.strip().toUpperCase(Locale.ROOT);
    if (word.startsWith("BEGIN") || word.startsWith("SAVEPOINT") || word.startsWith("XA ")) {
      return;
    }
    between = true;
    Matcher matcher = TRUNCATE.matcher(sql);
    if (matcher.find()) {
      String schema = matcher.group(1) == null ? database : name(matcher.group(1));
      sink.count(new CapturedTable(schema, name(matcher.group(2))), Kind.TRUNCATE, 1);
    }
  }

  private static String name(String quoted) {
    return quoted.startsWith("`")
        ? quoted.substring(1, quoted.length() - 1).replace("``", "`")
        : quoted;
  }
}
