package io.profilemesh.sink.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFaultTest {

  @ParameterizedTest
  @CsvSource({
    "22021,DATA",
    "22P02,DATA",
    "23505,DATA",
    "54000,DATA",
    "40001,CONFLICT",
    "40P01,CONFLICT",
    "55P03,CONFLICT",
    "08006,UNAVAILABLE",
    "57P01,UNAVAILABLE",
    "57014,UNAVAILABLE",
    "53300,UNAVAILABLE",
    "42P01,UNAVAILABLE",
    "25006,UNAVAILABLE"
  })
  void shouldTellDataFromTrouble(String state, DatabaseFault expected) {
    assertThat(DatabaseFault.of(new SQLException("x", state))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"22021,DATA", "08006,UNAVAILABLE"})
  void shouldLookBehindTheErrorOfABatch(String state, DatabaseFault expected) {
    // given
    BatchUpdateException batch = new BatchUpdateException("batch", "22000", new int[0]);
    batch.setNextException(new SQLException("cause", state));

    // then
    assertThat(DatabaseFault.of(batch)).isEqualTo(expected);
  }
}
