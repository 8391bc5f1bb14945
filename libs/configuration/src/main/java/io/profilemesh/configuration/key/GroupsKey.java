package io.profilemesh.configuration.key;

/**
 * A key with any number of mappings.
 *
 * @param form whether they have names or stand in a list
 */
public record GroupsKey(String name, KeyGroup group, Form form, boolean isRequired, String meaning)
    implements Entry {

  /** How the mappings are told apart. */
  public enum Form {
    BY_NAME,
    IN_ORDER
  }
}
