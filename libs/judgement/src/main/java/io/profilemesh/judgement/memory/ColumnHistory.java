package io.profilemesh.judgement.memory;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A column through the runs of its dataset.
 *
 * @param points in the order of arrival, the newest last
 */
public record ColumnHistory(List<ColumnPoint> points) {

  /** A column never seen. */
  public static final ColumnHistory EMPTY = new ColumnHistory(List.of());

  public ColumnHistory {
    points = isInOrder(points) ? List.copyOf(points) : inOrder(points);
  }

  private static boolean isInOrder(List<ColumnPoint> points) {
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i - 1).sequence() > points.get(i).sequence()) {
        return false;
      }
    }
    return true;
  }

  private static List<ColumnPoint> inOrder(List<ColumnPoint> points) {
    return points.stream().sorted(Comparator.comparingInt(ColumnPoint::sequence)).toList();
  }

  /** The column in a run; empty when it did not exist then. */
  public Optional<ColumnPoint> at(int sequence) {
    return points.stream().filter(point -> point.sequence() == sequence).findFirst();
  }

  /** With one more run. */
  public ColumnHistory with(ColumnPoint point) {
    List<ColumnPoint> more = new ArrayList<>(points.size() + 1);
    for (ColumnPoint old : points) {
      if (old.sequence() != point.sequence()) {
        more.add(old);
      }
    }
    ColumnDefinition last = more.isEmpty() ? null : more.get(more.size() - 1).definition();
    // One object for one definition: writers compare them.
    more.add(last != null && last.equals(point.definition()) ? point.of(last) : point);
    return new ColumnHistory(more);
  }

  /** Without the runs that are no longer remembered. */
  public ColumnHistory retaining(IntPredicate sequences) {
    List<ColumnPoint> kept = new ArrayList<>(points.size());
    for (ColumnPoint point : points) {
      if (sequences.test(point.sequence())) {
        kept.add(point);
      }
    }
    return kept.size() == points.size() ? this : new ColumnHistory(kept);
  }

  /** The same under another name. */
  public ColumnHistory named(ColumnName name) {
    return new ColumnHistory(points.stream().map(point -> point.named(name)).toList());
  }
}
