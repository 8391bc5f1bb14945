package io.profilemesh.stack.local;

import io.profilemesh.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where the processes of services are written down and keep their files: with the stack if it is a
 * local one, else in a temporary directory of their own.
 */
final class ServiceHost implements AutoCloseable {

  private final Installation installation;
  private final DataDirectory data;
  private final ProcessTable table;
  private final Secrets secrets;
  private final boolean own;
  private final Consumer<Runnable> beforeStackCloses;

  private ServiceHost(
      Installation installation,
      DataDirectory data,
      ProcessTable table,
      boolean own,
      Consumer<Runnable> beforeStackCloses) {
    this.installation = installation;
    this.data = data;
    this.table = table;
    this.secrets = new Secrets(data);
    this.own = own;
    this.beforeStackCloses = beforeStackCloses;
  }

  static ServiceHost of(Stack stack) {
    if (stack instanceof SharedLocalStack shared) {
      return of(shared.local());
    }
    if (stack instanceof LocalStack local) {
      return new ServiceHost(
          local.installation(), local.data(), local.table(), false, local::beforeClose);
    }
    return temporary();
  }

  private static ServiceHost temporary() {
    try {
      DataDirectory data = new DataDirectory(Files.createTempDirectory("profilemesh-services-"));
      data.prepare();
      ProcessTable table = ProcessTable.open(data);
      table.claim();
      return new ServiceHost(
          Installation.ofSystemProperty(),
          data,
          table,
          true,
          action -> Runtime.getRuntime().addShutdownHook(new Thread(action, "profilemesh-stop")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a directory for the services", e);
    }
  }

  Installation installation() {
    return installation;
  }

  DataDirectory data() {
    return data;
  }

  ProcessTable table() {
    return table;
  }

  /** File of a secret, which is generated when there is none yet. */
  Path secretFile(String name) {
    secrets.get(name);
    return secrets.file(name);
  }

  void beforeStackCloses(Runnable action) {
    beforeStackCloses.accept(action);
  }

  @Override
  public void close() {
    if (own) {
      table.close();
      Directories.delete(data.root());
    }
  }
}
