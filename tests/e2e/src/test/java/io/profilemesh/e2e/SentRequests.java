package io.profilemesh.e2e;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a test asked of the mesh: request ids, the dataset each named, and how often it was sent.
 */
final class SentRequests {

  /** Dataset a request named, and how many times the request was produced. */
  record Sent(String dataset, int times) {}

  private final Map<String, Sent> byId = new LinkedHashMap<>();

  void add(String requestId, String dataset) {
    byId.merge(
        requestId,
        new Sent(dataset, 1),
        (before, again) -> new Sent(before.dataset(), before.times() + 1));
  }

  Map<String, Sent> byId() {
    return byId;
  }
}
