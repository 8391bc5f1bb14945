package io.profilemesh.configuration.file;

/**
 * One thing to correct.
 *
 * @param path where, such as {@code sources.warehouse.port}; empty for the file as a whole
 * @param line in the file, counted from 1; 0 when it is not known
 * @param message what is wrong and what would be right, without secrets
 */
public record Mistake(String path, int line, String message) {

  @Override
  public String toString() {
    String text = path.isEmpty() ? message : path + ": " + message;
    return line == 0 ? text : text + " (line " + line + ")";
  }
}
