package io.profilemesh.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {

  private final CsvTable<List<Object>> table =
      new CsvTable<List<Object>>().column("a", row -> row.get(0)).column("b", row -> row.get(1));

  @Test
  void shouldQuoteAsRfc4180Says() throws IOException {
    assertThat(csv("x,y", "say \"hi\"\nthere"))
        .isEqualTo("a,b\r\n\"x,y\",\"say \"\"hi\"\"\nthere\"\r\n");
  }

  @Test
  void shouldDefuseFormulasButNotNumbers() throws IOException {
    assertThat(csv("=HYPERLINK(1)", -5.5)).isEqualTo("a,b\r\n'=HYPERLINK(1),-5.5\r\n");
    assertThat(csv("+1", "-1")).isEqualTo("a,b\r\n'+1,'-1\r\n");
    assertThat(csv("@sum", "\tx")).isEqualTo("a,b\r\n'@sum,'\tx\r\n");
    assertThat(csv(List.of("=a", "b"), "a=b")).isEqualTo("a,b\r\n'=a b,a=b\r\n");
  }

  @Test
  void shouldLeaveAbsentValuesEmptyAndWriteTimesWithTheirZone() throws IOException {
    assertThat(csv(null, Instant.parse("2026-03-01T12:00:00Z")))
        .isEqualTo("a,b\r\n,2026-03-01T12:00:00Z\r\n");
  }

  private String csv(Object a, Object b) throws IOException {
    List<Object> row = new ArrayList<>();
    row.add(a);
    row.add(b);
    StringWriter out = new StringWriter();
    table.write(List.of(row), out);
    return out.toString();
  }
}
