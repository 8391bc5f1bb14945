package io.profilemesh.stack.local;

import io.profilemesh.stack.StackProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Removes temporary stacks whose JVM was killed. */
final class Leftovers {

  private Leftovers() {}

  /** Removes those in the directory; leaves it to a sibling that is already doing so. */
  static void sweep(Path parent) {
    try (FileChannel channel =
            FileChannel.open(
                parent.resolve("sweep.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        DirectoryStream<Path> directories = Files.newDirectoryStream(parent, "stack-*")) {
      if (lock != null) {
        directories.forEach(directory -> remove(new DataDirectory(directory)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sweep " + parent, e);
    }
  }

  private static void remove(DataDirectory data) {
    StackState state = new StateFile(data.stateFile()).read();
    if (state.processes().isEmpty() && state.launcher() == null) {
      // Being created or deleted by a sibling, who needs its lock, or harmless.
      return;
    }
    if (state.hasLauncher()) {
      // Its lock says nothing once it read its own lock file, as one that reads all files does.
      return;
    }
    DirectoryLock lock = DirectoryLock.tryTake(data);
    if (lock == null) {
      return;
    }
    lock.close();
    try (ProcessTable table = ProcessTable.open(data)) {
      table.endLeftovers(StackProgress.silent());
      state.processes().forEach((key, id) -> id.find().ifPresent(ProcessHandle::destroyForcibly));
    }
    Directories.delete(data.root());
  }
}
