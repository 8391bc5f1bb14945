package io.profilemesh.stack.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Generated passwords, each in a file that only the user reads. */
final class Secrets {

  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;

  Secrets(DataDirectory data) {
    this.directory = data.root().resolve("secrets");
  }

  /** Name of the secret that is the password of a database role. */
  static String ofRole(String role) {
    return "role-" + role;
  }

  /** The secret of that name, generated at the first call for this data directory. */
  synchronized String get(String name) {
    try {
      Path file = file(name);
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      return create(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the secret " + name, e);
    }
  }

  /** The file in which the secret of that name is or will be. */
  Path file(String name) {
    return directory.resolve(name);
  }

  private String create(Path file) throws IOException {
    Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
    String secret = generate();
    Path draft = Files.createTempFile(directory, "draft", "", OWNER_ONLY_FILE);
    Files.writeString(draft, secret, StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(draft, file);
    return secret;
  }

  private static String generate() {
    byte[] bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
