package io.profilemesh.schema.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.RunOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.avro.SystemLimitException;
import org.junit.jupiter.api.Test;

/** In a process of its own, since Avro reads its limits once and other tests come first. */
class AvroGuardsTest {

  @Test
  void shouldGuardAProcessThatOnlyBuildsARecord() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshProcess.class.getName())
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("distinct AUTO", "strings bounded", "bytes bounded", "items bounded");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void shouldTrustGeneratedClassesOnly() {
    assertThat(AvroGuards.isOurs("io.profilemesh.schema.RunEvent")).isTrue();
    assertThat(AvroGuards.isOurs("io.profilemesh.schema.serde.AvroGuards")).isFalse();
    assertThat(AvroGuards.isOurs("java.lang.Thread")).isFalse();
  }

  /** What a user's program does: nothing of ours but a generated class. */
  static final class FreshProcess {
    public static void main(String[] args) {
      RunOptions options = RunOptions.newBuilder().build();
      System.out.println("distinct " + options.getDistinct());
      check("strings", () -> SystemLimitException.checkMaxStringLength(1 << 21));
      check("bytes", () -> SystemLimitException.checkMaxBytesLength(1 << 23));
      check("items", () -> SystemLimitException.checkMaxCollectionLength(0, 1 << 20));
    }

    private static void check(String what, Runnable reading) {
      try {
        reading.run();
      } catch (SystemLimitException e) {
        System.out.println(what + " bounded");
      }
    }
  }
}
