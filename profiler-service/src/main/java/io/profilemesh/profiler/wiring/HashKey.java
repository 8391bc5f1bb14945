package io.profilemesh.profiler.wiring;

import io.profilemesh.core.profile.ValueHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The mesh's secret for hashes of values. */
final class HashKey {

  private static final Logger LOG = Logger.getLogger(HashKey.class);
  private static final int LEAST_BYTES = 16;
  private static final int RANDOM_BYTES = 32;
  private static final int ID_DIGITS = 8;

  private HashKey() {}

  static ValueHasher read(Optional<String> key, Optional<String> file) throws Misconfigured {
    if (key.isPresent() && file.isPresent()) {
      throw new Misconfigured(
          "profilemesh.hash-key and profilemesh.hash-key-file exclude each other.");
    }
    if (file.isPresent()) {
      return named(text(file.get()));
    }
    return key.isPresent() ? named(key.get()) : random();
  }

  private static String text(String file) throws Misconfigured {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
    } catch (IOException | InvalidPathException e) {
      throw new Misconfigured("The file of profilemesh.hash-key-file cannot be read.");
    }
  }

  private static ValueHasher named(String key) throws Misconfigured {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LEAST_BYTES) {
      throw new Misconfigured("The hash key has at least " + LEAST_BYTES + " bytes.");
    }
    return new ValueHasher(bytes, id(bytes));
  }

  private static ValueHasher random() {
    LOG.warn(
        "No profilemesh.hash-key is set: values are hashed under a key made for this start, so"
            + " categories cannot be compared with those of other starts and instances.");
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ValueHasher(bytes, "random-" + id(bytes));
  }

  /** Follows from the key and does not give it away. */
  private static String id(byte[] key) {
    return new ValueHasher(key, "unnamed").hash("key id").substring(0, ID_DIGITS);
  }
}
