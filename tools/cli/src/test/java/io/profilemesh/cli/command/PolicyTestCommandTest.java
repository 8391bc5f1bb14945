package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTestCommandTest {

  @TempDir Path directory;

  private final Terminal terminal = new Terminal();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("policies.json");
    Files.writeString(file, "[{\"policyId\":\"lax\",\"rank\":7},{\"policyId\":\"strict\"}]");
  }

  @Test
  void shouldTellWhatWouldBeDifferent() {
    // given
    terminal.mesh.answer("POST /policies/test", trial(1, 0, 0, 12));

    // when
    Result result =
        terminal.run(
            "policy",
            "test",
            file.toString(),
            "--dataset",
            "shop/*",
            "--days",
            "90",
            "--remove",
            "old");

    // then
    assertThat(terminal.mesh.sent)
        .containsExactly(
            "{\"policies\":[{\"policyId\":\"lax\",\"rank\":7},{\"policyId\":\"strict\"}],"
                + "\"removed\":[\"old\"],\"days\":\"90\",\"datasetPattern\":\"shop/*\"}");
    assertThat(result.out())
        .contains("12 runs of 2 datasets judged again: 5 findings fired, 6 would.")
        .contains("1 new, 0 gone, 0 more severe, 0 less severe.")
        .contains("2026-11-20 06:00:00")
        .contains("60 % of values are missing.");
    assertThat(result.code()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 12, low, 0",
    "1, 0, 0, 12, low, 3",
    "1, 0, 0, 12, medium, 0",
    "0, 1, 0, 12, medium, 3",
    "0, 1, 0, 12, high, 0",
    "0, 0, 1, 12, high, 3",
    "0, 0, 0, 0, low, 4"
  })
  void shouldEndAsTheDifferencesSay(
      int low, int medium, int high, int runs, String severity, int code) {
    terminal.mesh.answer("POST /policies/test", trial(low, medium, high, runs));

    Result result = terminal.run("policy", "test", file.toString(), "--fail-on-drift", severity);

    assertThat(result.code()).as(result.err()).isEqualTo(code);
  }

  @Test
  void shouldRefuseWhenNothingIsProposed() {
    Result result = terminal.run("policy", "test");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no policies to try are named");
    assertThat(terminal.mesh.sent).isEmpty();
  }

  private static String trial(int low, int medium, int high, int runs) {
    return """
    {"policyVersion":4,"datasets":2,"runs":%d,"unjudged":0,"complete":true,
     "totals":{"fired":5,"wouldFire":6,"added":%d,"gone":0,"raised":0,"lowered":0,
       "unexplained":0,"worseLow":%d,"worseMedium":%d,"worseHigh":%d},
     "differences":[{"datasetId":"shop/public/orders","runId":"r","at":"2026-11-20T06:00:00Z",
       "column":"email","metric":"null_percent","difference":"added","fired":null,
       "wouldFire":"low","message":"60 %% of values are missing."}]}
    """
        .formatted(runs, low + medium + high, low, medium, high);
  }
}
