package io.profilemesh.schema;

import java.util.List;

/** An existing topic does not fit what the services need of it. */
public final class TopicMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param problems one sentence per problem, with the remedy
   */
  public TopicMismatchException(List<String> problems) {
    super(String.join(" ", problems));
  }
}
