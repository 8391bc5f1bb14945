package io.profilemesh.judgement.memory;

import java.util.Map;

/** Where what is remembered of one dataset lies. One thread at a time. */
public interface RunMemory {

  /** The runs; {@link DatasetState#EMPTY} of a dataset never seen. */
  DatasetState dataset();

  /** Its columns by name. */
  Map<String, ColumnHistory> columns();

  /** Keeps the runs. */
  void keep(DatasetState state);

  /** Keeps a column; one without points is forgotten. */
  void keep(String column, ColumnHistory history);
}
