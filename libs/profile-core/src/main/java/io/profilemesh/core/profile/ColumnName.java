package io.profilemesh.core.profile;

/** Name of a column, in the source's own case. */
public record ColumnName(String value) implements Comparable<ColumnName> {

  public ColumnName {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }

  @Override
  public int compareTo(ColumnName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
