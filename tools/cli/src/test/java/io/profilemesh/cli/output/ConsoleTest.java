package io.profilemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  @Test
  void shouldPaintWhatGoesToATerminalOnly() {
    Console console = Console.ofProcess(Map.of("PROFILEMESH_TERMINAL", "2"));

    assertThat(console.outColours().enabled()).isFalse();
    assertThat(console.errColours().enabled()).isTrue();
    assertThat(console.interactive()).isTrue();
  }

  @Test
  void shouldNotPaintWhenNoColorIsSet() {
    Console console = Console.ofProcess(Map.of("PROFILEMESH_TERMINAL", "12", "NO_COLOR", "1"));

    assertThat(console.outColours().enabled()).isFalse();
    assertThat(console.errColours().enabled()).isFalse();
    assertThat(console.interactive()).isTrue();
  }

  @Test
  void shouldPaintWhenNoColorIsEmpty() {
    assertThat(
            Console.ofProcess(Map.of("PROFILEMESH_TERMINAL", "1", "NO_COLOR", ""))
                .outColours()
                .enabled())
        .isTrue();
  }

  @Test
  void shouldStayWithinAsciiWhenLocaleIsNotUnicode() {
    assertThat(Console.ofProcess(Map.of("LANG", "C")).sign("✓", "+")).isEqualTo("+");
    assertThat(Console.ofProcess(Map.of("LANG", "de_DE.UTF-8")).sign("✓", "+")).isEqualTo("✓");
    assertThat(Console.ofProcess(Map.of("LANG", "de_DE.utf8", "LC_ALL", "C")).sign("✓", "+"))
        .isEqualTo("+");
  }
}
