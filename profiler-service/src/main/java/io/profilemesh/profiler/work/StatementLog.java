package io.profilemesh.profiler.work;

import io.profilemesh.profiler.dialect.SqlLiterals;
import io.profilemesh.profiler.scan.RanStatement;
import io.profilemesh.schema.SourceStatement;
import io.profilemesh.schema.StatementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements that an attempt ran at its source, as they may be published: without literals,
 * those that differ in nothing else together, and no more than a record should hold. Safe for use
 * by many threads.
 */
final class StatementLog {

  static final int MOST = 20;

  private static final int LONGEST = 1_000;
  private static final int TAIL = 400;
  private static final String GAP = " \u2026 ";
  private static final String OTHERS = "Other statements";

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Takes in a statement that has just ended. */
  synchronized void add(RanStatement statement, Instant now) {
    String text = cut(SqlLiterals.without(statement.sql()));
    String key = statement.kind() + text;
    boolean full = entries.size() >= MOST - 1 && !entries.containsKey(key);
    entries
        .computeIfAbsent(
            full ? OTHERS : key, any -> new Entry(statement.kind(), full ? OTHERS : text))
        .add(statement, now);
  }

  /** What was run so far, in the order of beginnings. */
  synchronized List<SourceStatement> statements() {
    return entries.values().stream().map(Entry::statement).toList();
  }

  /** What a statement reads stands at its end, so that the middle is left out. */
  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - TAIL - GAP.length();
    int start = text.length() - TAIL;
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    start += Character.isLowSurrogate(text.charAt(start)) ? 1 : 0;
    return text.substring(0, end) + GAP + text.substring(start);
  }

  private static final class Entry {
    private final StatementKind kind;
    private final String text;
    private int executions;
    private Instant startedAt = Instant.MAX;
    private Instant endedAt = Instant.MIN;
    private Duration duration = Duration.ZERO;
    private @Nullable Long rows;
    private @Nullable Long bytes;
    private boolean completed = true;

    Entry(RanStatement.Kind kind, String text) {
      this.kind =
          switch (kind) {
            case SCAN -> StatementKind.SCAN;
            case COMPUTE -> StatementKind.COMPUTE;
            case COUNT -> StatementKind.COUNT;
          };
      this.text = text;
    }

    void add(RanStatement statement, Instant now) {
      executions++;
      Instant began = now.minus(statement.duration());
      startedAt = began.isBefore(startedAt) ? began : startedAt;
      endedAt = now.isAfter(endedAt) ? now : endedAt;
      duration = duration.plus(statement.duration());
      rows = sum(rows, statement.rows());
      bytes = sum(bytes, statement.bytes());
      completed &= statement.completed();
    }

    SourceStatement statement() {
      return SourceStatement.newBuilder()
          .setKind(kind)
          .setText(text)
          .setExecutions(executions)
          .setStartedAt(startedAt)
          .setEndedAt(endedAt)
          .setDurationMs(duration.toMillis())
          .setRows(rows)
          .setBytes(bytes)
          .setCompleted(completed)
          .build();
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
      return one == null ? other : other == null ? one : Long.valueOf(one + other);
    }
  }
}
