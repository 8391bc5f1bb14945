package io.profilemesh.metadata;

/** A migration command that was not carried out; the message says why and what to do, in words. */
public final class MigrationRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MigrationRefusedException(String message) {
    super(message);
  }
}
