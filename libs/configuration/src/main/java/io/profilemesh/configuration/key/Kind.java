package io.profilemesh.configuration.key;

import java.util.List;
import java.util.Map;

/**
 * What a single value may be.
 *
 * @param <T> what a text of the kind is read as
 */
public interface Kind<T> {

  /**
   * Reads a text.
   *
   * @param text without blanks around it
   * @throws InvalidValueException when it is none of this kind
   */
  T parse(String text) throws InvalidValueException;

  /** Its name for the reference, such as {@code whole number, 1 to 1,000}. */
  String notation();

  /** What JSON Schema says of a value of this kind. */
  Map<String, Object> schema();

  /** Every value there is, where these can be counted; else empty. */
  default List<String> choices() {
    return List.of();
  }
}
