package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "-0.0|0",
        "5|5",
        "1234567|1,234,567",
        "5012.344|5,012.34",
        "50.125|50.13",
        "-3.14159|-3.14",
        "0.0123456|0.012346",
        "0.00001|1E-5",
        "1e18|1E18"
      })
  void shouldWriteNumbersAsPeopleDo(double number, String text) {
    assertThat(Numbers.plain(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0 %",
        "35.1|35.1 %",
        "2|2 %",
        "0.0416|0.042 %",
        "99.99|99.9 %",
        "100|100 %",
        "1655.04|1,655 %"
      })
  void shouldWritePercentsAsPeopleDo(double percent, String text) {
    assertThat(Numbers.percent(percent)).isEqualTo(text);
  }

  @Test
  void shouldWriteTimesByTheirType() {
    assertThat(Numbers.temporal(45_296_000, ColumnType.TIME)).isEqualTo("12:34:56");
    assertThat(Numbers.temporal(0, ColumnType.DATE)).isEqualTo("1970-01-01");
    assertThat(Numbers.temporal(-1, ColumnType.TIMESTAMP)).isEqualTo("1969-12-31 23:59 UTC");
    assertThat(Numbers.temporal(1e17, ColumnType.TIMESTAMP)).isEqualTo("1E17 ms");
  }
}
