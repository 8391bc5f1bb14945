package io.profilemesh.profiler.dialect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Marks of a change that a database's file bears. */
final class DatabaseFile {

  private DatabaseFile() {}

  /** Size in bytes and time of the last change. */
  static String sizeAndTime(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.size() + "." + attributes.lastModifiedTime().toInstant();
  }

  /** So many bytes from a place on; fewer where the file ends before. */
  static ByteBuffer bytes(Path file, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
        // The next read goes on where this one ended.
      }
    }
    return buffer.flip();
  }
}
