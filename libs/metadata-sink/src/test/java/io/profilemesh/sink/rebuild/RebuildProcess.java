package io.profilemesh.sink.rebuild;

import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.util.List;
import java.util.Map;

/** A rebuild in a process of its own, which ends like one that is killed when it gets somewhere. */
final class RebuildProcess {

  static final int KILLED = 137;

  private RebuildProcess() {}

  /** The last argument names the point: a step, or progress. */
  public static void main(String[] arguments) {
    String point = arguments[arguments.length - 1];
    rebuild(
            List.of(arguments),
            new RebuildListener() {
              @Override
              public void step(String sentence) {
                if (sentence.startsWith(point)) {
                  Runtime.getRuntime().halt(KILLED);
                }
              }

              @Override
              public void progress(long done, long total) {
                if (point.equals("progress") && done > total / 3) {
                  Runtime.getRuntime().halt(KILLED);
                }
              }
            })
        .run(RebuildOptions.standard());
  }

  static Rebuild rebuild(List<String> arguments, RebuildListener listener) {
    return new Rebuild(
        new TablesAddress(arguments.get(0), arguments.get(1), arguments.get(2)),
        Map.of("bootstrap.servers", arguments.get(3)),
        SchemaRegistryClient.of(Map.of("schema.registry.url", arguments.get(4))),
        new Topics(arguments.get(5)),
        listener);
  }

  /** Starts it; gives its exit code. */
  static int killedAt(RebuildFixture fixture, String point) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RebuildProcess.class.getName());
    command.addAll(fixture.arguments());
    command.add(point);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
