package io.profilemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  private Locale former;

  @BeforeEach
  void useLocaleWithOtherSigns() {
    former = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(former);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "1234567|1,234,567",
        "-3|-3",
        "0.5|0.5",
        "0.000012345678|0.00001235",
        "12.3456|12.35",
        "49999.0|49,999",
        "1e15|1,000,000,000,000,000",
        "null|",
      },
      delimiter = '|')
  void shouldShowNumbersTheSameInEveryLocale(String json, String shown) throws Exception {
    assertThat(Formats.number(node(json))).isEqualTo(shown == null ? "" : shown);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T10:00:00.999Z, 2026-11-20 10:00:00",
    "2026-11-20T01:30:00+02:00, 2026-11-19 23:30:00",
    "not a time, not a time",
  })
  void shouldShowInstantsInUtc(String text, String shown) throws Exception {
    assertThat(Formats.instant(node('"' + text + '"'))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"7, 0.01 s", "4321, 4.32 s", "43210, 43.2 s", "432100, 432 s"})
  void shouldShowDurationsWithFewDigits(long milliseconds, String shown) {
    assertThat(Formats.seconds(Duration.ofMillis(milliseconds))).isEqualTo(shown);
  }

  @Test
  void shouldCountInWords() {
    assertThat(Formats.count(1, "table")).isEqualTo("1 table");
    assertThat(Formats.count(1_500, "table")).isEqualTo("1,500 tables");
  }

  @Test
  void shouldBreakLinesAtSpacesWithinWidth() {
    assertThat(Wrap.lines("one two three four", 9)).containsExactly("one two", "three", "four");
    assertThat(Wrap.lines("表表表 表表", 8)).containsExactly("表表表", "表表");
    assertThat(Wrap.lines("unbreakable", 4)).containsExactly("unbreakable");
    assertThat(Wrap.lines("", 4)).containsExactly("");
    assertThat(Wrap.lines("one (a b c) two", 9)).containsExactly("one", "(a b c)", "two");
  }

  private static JsonNode node(String json) throws Exception {
    return new JsonMapper().readTree(json);
  }
}
