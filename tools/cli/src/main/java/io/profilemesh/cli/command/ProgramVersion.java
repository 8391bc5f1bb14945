package io.profilemesh.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version as the build wrote it. */
final class ProgramVersion implements IVersionProvider {

  ProgramVersion() {}

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "profilemesh " + number(),
      "Java "
          + System.getProperty("java.version")
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }

  /** The version number alone. */
  static String number() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = ProgramVersion.class.getResourceAsStream("/profilemesh.properties")) {
      if (stream != null) {
        properties.load(stream);
      }
    }
    return properties.getProperty("version", "unknown");
  }
}
