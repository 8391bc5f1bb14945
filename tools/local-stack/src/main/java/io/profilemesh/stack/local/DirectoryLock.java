package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two launchers from working on one data directory; the system frees it on any death. */
final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock or says who has it. */
  static DirectoryLock take(DataDirectory data) {
    DirectoryLock lock = tryTake(data);
    if (lock == null) {
      throw new StackException(
          "The data directory " + data.root() + " is in use by the process " + holder(data) + ".",
          "Stop it with Ctrl-C there or with ./profilemesh down, or choose another directory with"
              + " --data-dir.");
    }
    return lock;
  }

  static @Nullable DirectoryLock tryTake(DataDirectory data) {
    try {
      FileChannel channel =
          FileChannel.open(data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return null;
      }
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + data.lockFile(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static String holder(DataDirectory data) {
    Path file = data.lockFile();
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "that locked " + file;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the lock of the data directory", e);
    }
  }
}
