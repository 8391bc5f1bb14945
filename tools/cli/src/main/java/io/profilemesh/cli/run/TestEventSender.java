package io.profilemesh.cli.run;

import io.profilemesh.schema.DriftEvent;

/** The topic of drift events, for tests of alerts. */
public interface TestEventSender extends AutoCloseable {

  /**
   * Sends an event and returns when it is kept.
   *
   * @param event one that is marked as a test
   */
  void send(DriftEvent event);

  @Override
  void close();
}
