package io.profilemesh.schema.json;

/** A JSON text does not describe the record it should; the message names the field, no value. */
public final class JsonFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  JsonFormatException(String message) {
    super(message);
  }
}
