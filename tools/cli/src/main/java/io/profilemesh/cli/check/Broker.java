package io.profilemesh.cli.check;

import java.util.List;

/** A Kafka cluster, examined without changing anything in it. */
public interface Broker {

  /** Whether it answers, has the mesh's topics as they should be, and lets us use them. */
  List<Finding> examine();
}
