package io.profilemesh.cli.run;

import java.util.List;

/** Brings requests to the mesh. */
public interface OrderSender extends AutoCloseable {

  /**
   * Sends requests; returns when the mesh has stored all of them.
   *
   * @throws io.profilemesh.cli.Failure when it has not
   */
  void send(List<ProfileOrder> orders);

  @Override
  void close();
}
