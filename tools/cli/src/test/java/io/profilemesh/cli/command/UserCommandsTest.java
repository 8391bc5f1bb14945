package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCommandsTest {

  private static final String ADA =
      "{\"userId\":\"7\",\"name\":\"ada\",\"active\":true,\"grants\":[\"operator:shop\"]}";

  private final Terminal terminal = new Terminal();

  @BeforeEach
  void enter() {
    terminal.mesh.answer("/users", "{\"items\":[" + ADA + "],\"next\":null}");
    terminal.mesh.answer("POST /users", ADA);
    terminal.mesh.answer("PATCH /users/7", ADA);
    terminal.mesh.answer("DELETE /users/7/sessions", "{}");
  }

  @Test
  void shouldTakeThePasswordFromStandardInput() {
    terminal.typed.add("correct horse battery");

    Result result =
        terminal.type("user add ada --grant operator:shop/public --email ada@example.org");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("ada may operator:shop.").doesNotContain("horse");
    assertThat(Fakes.json(terminal.mesh.sent.get(0)))
        .isEqualTo(
            Fakes.json(
                "{\"name\":\"ada\",\"grants\":[\"operator:shop/public\"],\"email\":\"ada@example.org\",\"password\":\"correct"
                    + " horse battery\"}"));
  }

  @Test
  void shouldAskTwiceWhereSomebodyTypes() {
    terminal.interactive = true;
    terminal.typed.addAll(List.of("correct horse battery", "correct horse batery"));

    Result mistyped = terminal.type("user password ada");

    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.err()).contains("differ").doesNotContain("horse");
    terminal.typed.addAll(List.of("correct horse battery", "correct horse battery"));
    assertThat(terminal.type("user password ADA").code()).isZero();
    assertThat(terminal.mesh.sent).containsExactly("{\"password\":\"correct horse battery\"}");
  }

  @Test
  void shouldListDisableAndSignOut() {
    assertThat(terminal.type("user list --format csv").out())
        .contains("ada")
        .contains("operator:shop");
    assertThat(terminal.type("user disable ada").code()).isZero();
    assertThat(terminal.type("user enable ada").code()).isZero();
    assertThat(terminal.type("user sign-out ada").code()).isZero();
    assertThat(terminal.type("user grant ada --role reader").code()).isZero();
    assertThat(terminal.mesh.sent)
        .containsExactly(
            "{\"active\":false}", "{\"active\":true}", "", "{\"grants\":[\"reader\"]}");
    assertThat(terminal.mesh.asked).contains("DELETE /users/7/sessions");
    assertThat(terminal.type("user disable bob").err()).contains("nobody called bob");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "user add ada",
        "user add ada --role root --no-password",
        "user add ada --role reader",
        "user add ada --role reader --password x",
        "user password"
      })
  void shouldRefuseWhatMakesNoSense(String line) {
    assertThat(terminal.type(line).code()).isEqualTo(2);
    assertThat(terminal.mesh.sent).isEmpty();
  }
}
