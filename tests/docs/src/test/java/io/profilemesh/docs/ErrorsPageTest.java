package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.ReasonCode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/errors.md explains every reason code and no other. */
class ErrorsPageTest {

  private final Markdown page = new Markdown(Repository.read("docs/errors.md"));

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void shouldGiveMeaningAndRemedy(ReasonCode code) {
    List<List<String>> rows = page.rows("`" + code + "`");

    assertThat(rows).as("rows of " + code + " in docs/errors.md").hasSize(1);
    List<String> row = rows.get(0);
    assertThat(row).hasSize(4);
    assertThat(row.get(1)).isEqualTo(code.category().name().toLowerCase(Locale.ROOT));
    assertThat(row.get(2)).as("meaning").isNotBlank();
    assertThat(row.get(3)).as("remedy").isNotBlank();
  }

  @Test
  void shouldExplainNoCodeThatDoesNotExist() {
    List<String> known =
        List.of(ReasonCode.values()).stream().map(code -> "`" + code + "`").toList();

    assertThat(page.firstCells()).filteredOn(cell -> cell.matches("`[A-Z_]+`")).isSubsetOf(known);
  }
}
