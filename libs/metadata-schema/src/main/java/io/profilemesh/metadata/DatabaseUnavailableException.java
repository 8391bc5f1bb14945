package io.profilemesh.metadata;

/** A metadata database that cannot be used right now; the message is one sentence, no password. */
public final class DatabaseUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String message) {
    super(message);
  }
}
