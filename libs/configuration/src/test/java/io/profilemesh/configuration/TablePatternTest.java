package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public.orders         | public | orders      | true",
        "public.orders         | public | Orders      | false",
        "public.orders         | sales  | orders      | false",
        "orders                | sales  | orders      | true",
        "public.*              | public | orders      | true",
        "public.*              | sales  | orders      | false",
        "*_tmp                 | sales  | orders_tmp  | true",
        "*_tmp                 | sales  | orders_tmp2 | false",
        "p?blic.ord*s          | public | orders      | true",
        "*.orders              | sales  | orders      | true",
        "a.b.c                 | a      | b.c         | true",
        "\"a.b\".c             | a.b    | c           | true",
        "public.\"we*ird\"     | public | we*ird      | true",
        "public.\"we*ird\"     | public | weXird      | false",
        "\"say \"\"hi\"\"\".t  | say \"hi\" | t       | true",
        "public.x\"; drop--    | public | x\"; drop-- | true",
        "/public\\.[ab]/       | public | a           | true",
        "/public\\.[ab]/       | public | ab          | false",
        "/.*/                  | sales  | orders      | true",
      })
  void shouldMatchWhatItNames(String pattern, String schema, String table, boolean matches) {
    assertThat(TablePattern.parse(pattern).matches(schema, table)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "public.",
        ".orders",
        "\"public.orders",
        "\"public\"orders",
        "/(/",
        "/a{2,1}/",
        "jdbc:postgresql://db/shop?user=a&password=b",
        "postgresql://db/shop",
        "public.\"we*ird\".x\0",
        "*.\"a*b\""
      })
  void shouldRefuseWhatIsNoPattern(String text) {
    assertThatExceptionOfType(InvalidPatternException.class)
        .isThrownBy(() -> TablePattern.parse(text))
        .satisfies(
            refusal -> assertThat(refusal.getMessage()).isNotBlank().doesNotContain("password=b"));
  }

  @Test
  void shouldRefuseWhenPatternIsTooLong() {
    assertThatExceptionOfType(InvalidPatternException.class)
        .isThrownBy(() -> TablePattern.parse("a".repeat(TablePattern.MAX_LENGTH + 1)));
  }

  @Test
  @Timeout(10)
  void shouldGiveUpWhenRegularExpressionExplodes() {
    // given
    TablePattern pattern = TablePattern.parse("/" + "a?".repeat(30) + "a".repeat(30) + "b/");

    // when, then
    assertThatExceptionOfType(PatternTooExpensiveException.class)
        .isThrownBy(() -> pattern.matches("", "a".repeat(30)));
  }

  @Test
  void shouldTakeLinearTimeWhenWildcardsRepeat() {
    String pattern = "*a".repeat(200) + "b";
    String name = "a".repeat(5_000);

    assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(Wildcards.matches(pattern, name)).isFalse());
  }

  @Test
  void shouldKnowAnExactNameFromAPattern() {
    assertThat(TablePattern.parse("public.orders")).isInstanceOf(TablePattern.Exact.class);
    assertThat(TablePattern.parse("public.\"a*b\"")).isInstanceOf(TablePattern.Exact.class);
    assertThat(TablePattern.parse("public.*")).isInstanceOf(TablePattern.Wildcard.class);
    assertThat(TablePattern.parse("/x/")).isInstanceOf(TablePattern.Regex.class);
  }
}
