package io.profilemesh.sink.rows;

import io.profilemesh.schema.Refusal;

/** A record that cannot become rows although it is valid on its own; it carries the reason. */
public final class RefusedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedRecordException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
