package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.ReasonCode;

/** Why a request cannot be served; carried up from where it was noticed to where it is answered. */
final class Declined extends Exception {

  private static final long serialVersionUID = 1L;

  private final ReasonCode code;

  Declined(ReasonCode code, String sentence) {
    super(sentence, null, false, false);
    this.code = code;
  }

  ReasonCode code() {
    return code;
  }

  String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
