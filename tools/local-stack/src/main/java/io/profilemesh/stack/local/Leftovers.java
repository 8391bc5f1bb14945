package io.profilemesh.stack.local;

import io.profilemesh.stack.StackProgress;

/** Removes temporary stacks whose JVM was killed. */
final class Leftovers {

  private Leftovers() {}

  /** Ends what runs for the directory and deletes it, unless a living launcher uses it. */
  static void remove(DataDirectory data) {
    DirectoryLock lock = DirectoryLock.tryTake(data);
    if (lock == null) {
      return;
    }
    lock.close();
    StackState state = new StateFile(data.stateFile()).read();
    if (state.processes().isEmpty() && state.launcher() == null) {
      // Just being created by a sibling, or harmless.
      return;
    }
    try (ProcessTable table = ProcessTable.open(data)) {
      table.endLeftovers(StackProgress.silent());
      state.processes().forEach((key, id) -> id.find().ifPresent(ProcessHandle::destroyForcibly));
    }
    Directories.delete(data.root());
  }
}
