package io.profilemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinksTest {

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("name", "NAME"),
          Column.number("rows", "ROWS"),
          Column.text("note", "NOTE").only(Column.Where.CSV_ONLY));

  @Test
  void shouldAlignUnicodeAndNumbersInTables() throws Exception {
    String out =
        print(
            writer -> new TableSink(COLUMNS, writer, Colours.OFF),
            NullNode.getInstance(),
            "{\"name\":\"表名\",\"rows\":12345}",
            "{\"name\":\"orders\",\"rows\":7}");

    assertThat(out.split("\n")).containsExactly("NAME      ROWS", "表名    12,345", "orders       7");
  }

  @Test
  void shouldPrintNothingWhenTableIsEmpty() throws Exception {
    assertThat(print(writer -> new TableSink(COLUMNS, writer, Colours.OFF), NullNode.getInstance()))
        .isEmpty();
  }

  @Test
  void shouldPaintOnlyWhenColoursAreOn() throws Exception {
    List<Column> columns = List.of(Column.text("severity", "SEVERITY"));

    String painted =
        print(
            writer -> new TableSink(columns, writer, new Colours(true)),
            NullNode.getInstance(),
            "{\"severity\":\"high\"}");

    assertThat(painted).contains("\u001b[31mhigh\u001b[0m");
    assertThat(
            print(
                writer -> new TableSink(columns, writer, Colours.OFF),
                NullNode.getInstance(),
                "{\"severity\":\"high\"}"))
        .doesNotContain("\u001b");
  }

  @Test
  void shouldNeutraliseNamesThatSteerTheTerminal() throws Exception {
    String out =
        print(
            writer -> new TableSink(COLUMNS, writer, new Colours(false)),
            NullNode.getInstance(),
            "{\"name\":\"x\\u001b[31m\\n\"}");

    assertThat(out).doesNotContain("\u001b").contains("x\\u001b[31m\\u000a");
    assertThat(out.lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "with \"quotes\"", "comma, inside", "line\nbreak", "größe 表", " space "})
  void shouldReadBackWhatCsvWrote(String name) throws Exception {
    String json = new JsonMapper().createObjectNode().put("name", name).toString();

    String csv = print(writer -> new CsvSink(COLUMNS, writer), NullNode.getInstance(), json);

    List<CSVRecord> records =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))
            .getRecords();
    assertThat(records).hasSize(1);
    assertThat(records.get(0).get("name")).isEqualTo(name);
    assertThat(csv).startsWith("name,rows,note\r\n").endsWith("\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "=1+1|'=1+1",
        "+49 30|'+49 30",
        "-x|'-x",
        "@cmd|'@cmd",
        "a=b|a=b",
        "''|''",
      },
      delimiter = '|',
      quoteCharacter = '"')
  void shouldDefuseFormulasInCsv(String text, String expected) {
    String plain = text.equals("''") ? "" : text;
    String wanted = expected.equals("''") ? "" : expected;

    assertThat(CsvSink.defused(plain)).isEqualTo(wanted);
  }

  @Test
  void shouldLeaveNegativeNumbersInCsvAlone() throws Exception {
    String csv =
        print(
            writer -> new CsvSink(COLUMNS, writer),
            NullNode.getInstance(),
            "{\"name\":\"a\",\"rows\":-5}");

    assertThat(csv.lines().toList().get(1)).isEqualTo("a,-5,");
  }

  @Test
  void shouldBeOneJsonDocumentWhateverTheNumberOfItems() throws Exception {
    for (String[] items : new String[][] {{}, {"{\"a\":1}"}, {"{\"a\":1}", "{\"a\":2}"}}) {
      String out = print(JsonSink::new, TextNode.valueOf("c\"x"), items);

      JsonNode json = new JsonMapper().readTree(out);
      assertThat(json.path("items").size()).isEqualTo(items.length);
      assertThat(json.path("next").asText()).isEqualTo("c\"x");
    }
  }

  private static String print(Function<PrintWriter, RowSink> sink, JsonNode next, String... items)
      throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    RowSink rows = sink.apply(writer);
    for (String item : items) {
      rows.accept(new JsonMapper().readTree(item));
    }
    rows.end(next);
    writer.flush();
    return text.toString();
  }
}
