package io.profilemesh.sink.rebuild;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild came to.
 *
 * @param tables each derived table, as it was and as it was rebuilt, at the same positions of the
 *     topics
 * @param records offsets read, those of a broken-off rebuild it went on with left out
 * @param replaced whether the rebuilt tables are in place
 * @param resumed whether it went on with a rebuild that was broken off
 * @param leftBehind why the tables replaced could not be dropped; null: they are gone
 */
public record RebuildResult(
    List<TableComparison> tables,
    long records,
    boolean replaced,
    boolean resumed,
    @Nullable String leftBehind) {

  public RebuildResult {
    tables = List.copyOf(tables);
  }

  /** Whether every table is as it was. */
  public boolean equal() {
    return tables.stream().allMatch(TableComparison::equal);
  }

  /**
   * A table before and after. Equal hashes mean equal rows, whatever their order.
   *
   * @param table name
   * @param rowsBefore rows of the table in use
   * @param rowsAfter rows of the rebuilt one
   * @param hashBefore hash over the rows of the table in use
   * @param hashAfter hash over the rows of the rebuilt one
   */
  public record TableComparison(
      String table, long rowsBefore, long rowsAfter, String hashBefore, String hashAfter) {

    /** Whether both hold the same rows. */
    public boolean equal() {
      return rowsBefore == rowsAfter && hashBefore.equals(hashAfter);
    }
  }
}
