package io.profilemesh.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "Add owner to runs, V14__add_owner_to_runs.sql",
    "' add  Größe: of table/state ', V14__add_gro_e_of_table_state.sql",
    "x, V14__x.sql"
  })
  void shouldNameTheFileByItsDescription(String description, String file) {
    assertThat(MigrationTemplate.of(14, description).fileName()).isEqualTo(file);
  }

  @Test
  void shouldBeginWithTheReasonAndALockTimeout() {
    String text = MigrationTemplate.of(14, "add\nowner").text();

    assertThat(text).startsWith("-- Why: add owner.\n").contains("\nSET LOCAL lock_timeout");
    assertThat(SqlStatements.split(text)).containsExactly("SET LOCAL lock_timeout = '5s'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "--", "!"})
  void shouldRefuseADescriptionWithoutWords(String description) {
    assertThatThrownBy(() -> MigrationTemplate.of(1, description))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
