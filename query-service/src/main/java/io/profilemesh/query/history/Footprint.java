package io.profilemesh.query.history;

import java.util.Set;

/** Is told which tables are read for the current request. */
public interface Footprint {

  /** Tables of ours that a statement speaks of. */
  void read(Set<String> tables);
}
