package io.profilemesh.stack.local;

import io.profilemesh.stack.process.ChildCommand;
import io.profilemesh.stack.process.ManagedProcess;
import io.profilemesh.stack.process.ProcessLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Another JVM that starts a stack, writes contents and waits, to be killed or interrupted by a
 * test.
 */
final class ForeignLauncher {

  private static final String READY = "the stack is up";

  private ForeignLauncher() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    LocalStack stack =
        LocalStack.start(LocalStackOptions.in(data, Installation.ofSystemProperty()).notDurable());
    StackContents.write(stack);
    System.out.println(READY);
    new CountDownLatch(1).await();
  }

  /** Starts the JVM and waits until its stack is up. */
  static ManagedProcess start(Path data, Path directory) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dprofilemesh.home=" + System.getProperty("profilemesh.home"),
            "-cp",
            System.getProperty("java.class.path"),
            ForeignLauncher.class.getName(),
            data.toString());
    ProcessLog log = new ProcessLog(directory.resolve("launcher.log"));
    ManagedProcess process = new ChildCommand("launcher", command, Map.of(), directory).start(log);
    process.awaitReady(
        () -> log.tail(1).contains(READY) ? "" : "it says " + log.tail(1), Duration.ofSeconds(60));
    return process;
  }
}
