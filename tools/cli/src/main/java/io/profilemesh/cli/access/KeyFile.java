package io.profilemesh.cli.access;

import io.profilemesh.cli.Failure;
import io.profilemesh.metadata.access.ApiKeySecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A file that holds a key, for its owner's eyes only. */
public final class KeyFile {

  private static final String NAME = "api-key";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path path;

  public KeyFile(Path path) {
    this.path = path;
  }

  /** The file of the local mesh that keeps its data in a directory. */
  public static KeyFile of(Path dataDirectory) {
    return new KeyFile(dataDirectory.resolve(NAME));
  }

  public Path path() {
    return path;
  }

  /** The key in it; empty: there is no such file, or no key in it. */
  public Optional<ApiKeySecret> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return ApiKeySecret.parse(Files.readString(path).strip());
    } catch (IOException e) {
      throw Failure.failed(
          "cannot read the key in " + path, "Check who may read the file: ls -l " + path, e);
    }
  }

  /** Writes a key. Nobody but the owner could read it at any moment. */
  public void write(ApiKeySecret key) {
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      try (FileChannel file = open(part)) {
        file.write(ByteBuffer.wrap((key.reveal() + "\n").getBytes(StandardCharsets.US_ASCII)));
      }
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Failure.failed("cannot write the key to " + path, "Choose another file.", e);
    }
  }

  private static FileChannel open(Path part) throws IOException {
    Set<StandardOpenOption> fresh =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (!part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      throw new FileSystemException(part.toString(), null, "it cannot be kept from others");
    }
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    return FileChannel.open(part, fresh, ownerOnly);
  }
}
