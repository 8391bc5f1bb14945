package io.profilemesh.profiler.capture;

import io.profilemesh.schema.ReasonCode;

/** Why the changes of a source cannot be followed now; one sentence with its remedy. */
final class CaptureFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final ReasonCode code;
  private final boolean gap;

  CaptureFailure(ReasonCode code, String sentence) {
    this(code, sentence, false);
  }

  private CaptureFailure(ReasonCode code, String sentence, boolean gap) {
    super(sentence, null, false, false);
    this.code = code;
    this.gap = gap;
  }

  /** What follows the position is gone: it can only be begun anew, after a look at everything. */
  static CaptureFailure gap(String sentence) {
    return new CaptureFailure(ReasonCode.CAPTURE_FAILED, sentence, true);
  }

  /** Whether changes may have gone uncounted. */
  boolean isGap() {
    return gap;
  }

  ReasonCode code() {
    return code;
  }

  String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
