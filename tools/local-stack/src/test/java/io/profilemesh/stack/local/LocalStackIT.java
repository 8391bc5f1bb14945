package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.profilemesh.stack.StackException;
import io.profilemesh.stack.StackProgress;
import io.profilemesh.stack.process.ManagedProcess;
import io.profilemesh.stack.process.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

  private static final Installation INSTALLATION = Installation.ofSystemProperty();

  @TempDir private Path parent;

  private Path data() {
    return parent.resolve("data");
  }

  private LocalStackOptions options() {
    return LocalStackOptions.in(data(), INSTALLATION).notDurable();
  }

  private StackStatus status() {
    return StackStatus.of(new DataDirectory(data()));
  }

  private List<OptionalLong> livingProcesses() {
    return status().processes().values().stream().filter(OptionalLong::isPresent).toList();
  }

  private boolean stopFromOutside() {
    return new StackStopper(INSTALLATION, new DataDirectory(data())).stop(StackProgress.silent());
  }

  @AfterEach
  void stopWhatAFailedTestLeft() {
    stopFromOutside();
  }

  @Test
  void shouldKeepTopicsSchemasAndTablesWhenRestartedOnOtherPorts() throws Exception {
    // given a stack with data, stopped
    StackContents contents;
    int formerBroker;
    try (LocalStack stack = LocalStack.start(options())) {
      contents = StackContents.write(stack);
      formerBroker = portOf(stack.bootstrapServers());
      assertThat(livingProcesses()).hasSize(3);
    }
    assertThat(new DataDirectory(data()).mark().findAll()).isEmpty();
    assertThat(livingProcesses()).isEmpty();

    // when it starts again while something else has one of its ports
    try (ServerSocket thief = new ServerSocket(formerBroker, 1, InetAddress.getLoopbackAddress());
        LocalStack stack = LocalStack.start(options())) {

      // then
      assertThat(portOf(stack.bootstrapServers())).isNotEqualTo(thief.getLocalPort());
      contents.assertPresentIn(stack);
    }
  }

  @Test
  void shouldCleanUpAndKeepDataWhenLauncherWasKilled() throws Exception {
    // given a stack whose launcher dies without a chance to stop it
    ManagedProcess launcher = ForeignLauncher.start(data(), parent);
    List<OptionalLong> orphans = livingProcesses();
    assertThat(orphans).hasSize(3);
    int formerBroker = portOf(status().bootstrapServers().orElseThrow());
    launcher.kill();
    assertThat(livingProcesses()).isEqualTo(orphans);

    // when
    try (LocalStack stack = LocalStack.start(options())) {

      // then
      assertThat(livingProcesses()).hasSize(3).doesNotContainAnyElementsOf(orphans);
      assertThat(portOf(stack.bootstrapServers())).isEqualTo(formerBroker);
      StackContents.writtenBefore(stack).assertPresentIn(stack);
    }
    orphans.forEach(pid -> assertThat(isAlive(pid.getAsLong())).isFalse());
  }

  @Test
  void shouldRefuseSecondLauncherAndStopWhenFirstIsAskedFromOutside() {
    // given
    ManagedProcess launcher = ForeignLauncher.start(data(), parent);

    // when, then
    assertThatThrownBy(() -> LocalStack.start(options()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("in use by the process " + launcher.handle().pid());
    assertThat(status().isRunning()).isTrue();

    // when
    boolean ran = stopFromOutside();

    // then
    assertThat(ran).isTrue();
    assertThat(launcher.isAlive()).isFalse();
    assertThat(status().isRunning()).isFalse();
    assertThat(new DataDirectory(data()).mark().findAll()).isEmpty();
    assertThat(stopFromOutside()).isFalse();
  }

  @Test
  void shouldAnswerWithSchemasAtOnceWhenTheirDatabaseIsBack() throws Exception {
    try (LocalStack stack = LocalStack.start(options())) {
      // given: a registry with several connections to its database
      assertThat(answers(stack, 40)).containsOnly(200);

      // when: it is away for longer than a connection is trusted unseen
      stack.kill(Component.POSTGRES);
      Instant killed = Instant.now();
      await().until(() -> Instant.now().isAfter(killed.plusSeconds(1)));
      stack.restart(Component.POSTGRES);

      // then
      assertThat(answers(stack, 40)).containsOnly(200);
    }
  }

  /** Statuses of so many requests, eight at a time. */
  private static List<Integer> answers(LocalStack stack, int count) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + "/subjects")).build();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> calls =
          Collections.nCopies(
              count, () -> http.send(request, BodyHandlers.discarding()).statusCode());
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : callers.invokeAll(calls)) {
        statuses.add(answer.get());
      }
      return statuses;
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void shouldServeAgainWhenKilledComponentsAreRestarted() throws Exception {
    // given
    try (LocalStack stack = LocalStack.start(options())) {
      StackContents contents = StackContents.write(stack);

      // when all die at once
      for (Component component : Component.values()) {
        stack.kill(component);
      }
      assertThatThrownBy(() -> stack.postgres().connect()).isInstanceOf(SQLException.class);
      for (Component component : Component.values()) {
        stack.restart(component);
      }

      // then
      contents.assertPresentIn(stack);
    }
  }

  @Test
  void shouldRunOnWhenDetachedAndEndFromOutside() {
    // given a registry that runs elsewhere
    URI registry = URI.create("http://127.0.0.1:9/");
    LocalStack stack = LocalStack.start(options().withRegistryUrl(registry));

    // when
    stack.detach();
    stack.close();

    // then
    assertThat(status().isRunning()).isTrue();
    assertThat(status().launcher()).isEmpty();
    assertThat(status().schemaRegistryUrl()).contains(registry);
    assertThat(status().processes()).containsOnlyKeys("postgres", "broker");
    assertThat(stopFromOutside()).isTrue();
    assertThat(livingProcesses()).isEmpty();
  }

  @Test
  void shouldNameChosenPortAndStartNothingWhenItIsInUse() throws Exception {
    // given
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalStackOptions options = options().withPort("postgres", other.getLocalPort());

      // when, then
      assertThatThrownBy(() -> LocalStack.start(options))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port " + other.getLocalPort() + ", chosen for postgres")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(status().processes()).isEmpty();
    }
  }

  @Test
  void shouldIgnoreStalePidFileThatNamesAnotherProcess() throws Exception {
    // given a cluster whose pid file names a process that is not PostgreSQL
    DataDirectory data = new DataDirectory(data());
    data.prepare();
    Secrets secrets = new Secrets(data);
    PostgresServer server = new PostgresServer(INSTALLATION, data, secrets, false);
    int port = new Ports().choose(0);
    server.stop(server.start(port));
    Path pidFile = data().resolve("postgres/cluster/postmaster.pid");
    java.nio.file.Files.writeString(
        pidFile,
        ProcessHandle.current().pid() + "\n" + data() + "\n1\n" + port + "\n\n127.0.0.1\n");

    // when
    Optional<ManagedProcess> running = server.findRunning();
    ManagedProcess started = server.start(port);

    // then
    assertThat(running).isEmpty();
    assertThat(started.handle().pid()).isNotEqualTo(ProcessHandle.current().pid());
    server.stop(started);
    assertThat(started.awaitExit(Duration.ZERO)).isTrue();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static int portOf(String bootstrapServers) {
    return Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
  }
}
