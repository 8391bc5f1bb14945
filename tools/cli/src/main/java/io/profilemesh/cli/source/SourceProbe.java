package io.profilemesh.cli.source;

import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import java.util.List;

/** Asks sources, without changing anything in them. */
public interface SourceProbe {

  /**
   * What a source shows and lacks: whether it answers, its tables, the rights of its role, and what
   * change capture needs.
   *
   * @param of the configuration that the source is from: its entries say which tables matter
   */
  List<Finding> examine(SourceConfig source, ProfilerConfiguration of);

  /** What a PostgreSQL database shows of the slots by which its changes are followed. */
  List<Finding> slots(String subject, JdbcAddress address);

  /** What a source shows of change capture alone; empty where its changes are not followed. */
  List<Finding> capture(SourceConfig source, ProfilerConfiguration of);
}
