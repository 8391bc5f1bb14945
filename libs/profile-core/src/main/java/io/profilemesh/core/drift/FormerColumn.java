package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A column of the accepted schema, before a change that nobody has accepted yet.
 *
 * @param definition under the name it had then; null: there was no such column
 * @param place among the columns of its time, from 0
 * @param confidence that it goes on under another name; 0 where it does not
 */
public record FormerColumn(@Nullable ColumnDefinition definition, int place, double confidence) {

  public FormerColumn {
    if (place < 0) {
      throw new IllegalArgumentException("a place is counted from 0");
    }
  }

  /**
   * One that is to be compared with.
   *
   * @param since the run that first showed the change
   */
  public record Standing(FormerColumn former, Instant since) {}
}
