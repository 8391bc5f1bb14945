package io.profilemesh.cli.demo;

import java.util.Map;

/** The database of the shop. Every method throws {@link io.profilemesh.cli.Failure} on trouble. */
public interface ShopTables {

  /** Makes the shop anew: rows of each table, in the order of loading. */
  Map<String, Long> load();

  /** Number of tables and views, those of others in the same database included. */
  int count();

  /** Whether there is a shop. */
  boolean isLoaded();

  /** Creates the role that the profiler reads with and gives it a new password. */
  ReadOnlyRole prepareReader();

  /** Lets everything in {@link BadLoad#DAMAGES} happen. */
  void damage();

  /** Lets {@link BadLoad#UNASKED} happen. */
  void damageUnasked();
}
