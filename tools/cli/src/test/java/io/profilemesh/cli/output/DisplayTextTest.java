package io.profilemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTextTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "abc, 3",
    "größe, 5",
    "'e\u0301te\u0301', 3",
    "表名, 4",
    "한글, 4",
    "ｆｕｌｌ, 8",
    "🐦, 2",
    "👩‍🔬, 4",
    "Ω≈ç, 3",
  })
  void shouldCountTerminalColumns(String text, int width) {
    assertThat(DisplayText.width(text)).isEqualTo(width);
  }

  @Test
  void shouldShowEveryCharacterThatSteersATerminal() {
    assertThat(DisplayText.printable("a\u001b[2Jb\r\n\u202ec\u0007\u2028\u0000"))
        .isEqualTo("a\\u001b[2Jb\\u000d\\u000a\\u202ec\\u0007\\u2028\\u0000");
  }

  @Test
  void shouldLeaveOrdinaryTextAlone() {
    assertThat(DisplayText.printable("Cost Total $ – größe 表 👩‍🔬"))
        .isEqualTo("Cost Total $ – größe 表 👩‍🔬");
  }

  @Test
  void shouldPadByColumnsNotByCharacters() {
    assertThat(DisplayText.padRight("表", 4)).isEqualTo("表  ");
    assertThat(DisplayText.padLeft("表", 4)).isEqualTo("  表");
    assertThat(DisplayText.padRight("long", 2)).isEqualTo("long");
  }
}
