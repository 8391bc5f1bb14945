package io.profilemesh.profiler.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A table as its source's metadata shows it at one moment.
 *
 * @param token moves with every change; null where the engine cannot promise that
 * @param whyNoToken one sentence, where there is no token; else null
 * @param rows rows the source expects, or null
 * @param bytes size of the rows at the source, or null
 */
public record TableLook(
    @Nullable String token,
    @Nullable String whyNoToken,
    @Nullable Long rows,
    @Nullable Long bytes) {

  public TableLook {
    if ((token == null) == (whyNoToken == null)) {
      throw new IllegalArgumentException("a look has a token, or says why it has none");
    }
  }

  /** A table whose changes can be told. */
  public static TableLook of(String token, @Nullable Long rows, @Nullable Long bytes) {
    return new TableLook(token, null, rows, bytes);
  }

  /** A table whose changes cannot be told. */
  public static TableLook without(String why, @Nullable Long rows, @Nullable Long bytes) {
    return new TableLook(null, why, rows, bytes);
  }
}
