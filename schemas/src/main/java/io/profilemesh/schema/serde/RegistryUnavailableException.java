package io.profilemesh.schema.serde;

/**
 * The schema registry cannot be asked at the moment: the caller waits and tries again. No record is
 * bad because of it. The message names no credential.
 */
public final class RegistryUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message) {
    super(message);
  }
}
