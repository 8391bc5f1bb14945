package io.profilemesh.query.stream;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a listener has come: of each partition the offset to read next. As text {@code
 * 0-17.1-4.2-0}, the id of a server-sent event.
 *
 * @param next offsets by partition
 */
public record Positions(Map<Integer, Long> next) {

  private static final int LONGEST = 4_000;
  private static final Pattern TEXT = Pattern.compile("\\d{1,6}-\\d{1,18}(\\.\\d{1,6}-\\d{1,18})*");

  public Positions {
    next = Map.copyOf(next);
  }

  /** Reads the text; empty when it is none. */
  public static Optional<Positions> parse(String text) {
    if (text.length() > LONGEST || !TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    Map<Integer, Long> next = new TreeMap<>();
    for (String each : text.split("\\.")) {
      String[] parts = each.split("-");
      next.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
    }
    return Optional.of(new Positions(next));
  }

  /** The positions after a record was read. */
  public Positions after(int partition, long offset) {
    Map<Integer, Long> moved = new TreeMap<>(next);
    moved.put(partition, offset + 1);
    return new Positions(moved);
  }

  @Override
  public String toString() {
    return new TreeMap<>(next)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "-" + entry.getValue())
            .collect(Collectors.joining("."));
  }
}
