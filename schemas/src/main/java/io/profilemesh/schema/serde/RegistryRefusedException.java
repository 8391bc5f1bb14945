package io.profilemesh.schema.serde;

/** The schema registry answered and said no. Trying the same again gives the same answer. */
public final class RegistryRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param code error code of the registry, such as 409 for an incompatible schema
   * @param message what the registry said, without credentials
   */
  public RegistryRefusedException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Error code of the registry; 409 stands for an incompatible schema. */
  public int code() {
    return code;
  }
}
