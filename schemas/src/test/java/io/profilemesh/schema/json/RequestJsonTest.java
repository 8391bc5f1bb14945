package io.profilemesh.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.SamplingMethod;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.json.RequestJson.Parsed;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {

  @Test
  void shouldTakeWhatAPersonTypes() {
    ProfileRequest request =
        accepted(
            """
            {"source": "warehouse", "table": "public.orders", "options": {"sampling": {"fraction": 0.1}}}
            """);

    assertThat(request.getSource()).isEqualTo("warehouse");
    assertThat(request.getTable()).isEqualTo("public.orders");
    assertThat(request.getTrigger()).isEqualTo(Trigger.REQUEST);
    assertThat(request.getExclude()).isEmpty();
    assertThat(request.getOptions().getSampling().getFraction()).isEqualTo(0.1);
    assertThat(request.getOptions().getSampling().getMethod()).isEqualTo(SamplingMethod.BERNOULLI);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"fraction\":1} | NONE",
        "{\"fraction\":0.5} | BERNOULLI",
        "{\"rowLimit\":1000} | LIMIT",
        "{\"fraction\":0.5,\"method\":\"BLOCK\"} | BLOCK",
        "{\"fraction\":0.5,\"method\":\"bernoulli\"} | BERNOULLI"
      })
  void shouldChooseTheMethodThatTheSamplingAsksFor(String sampling, SamplingMethod expected) {
    ProfileRequest request =
        accepted(
            "{\"source\":\"a\",\"table\":\"t\",\"options\":{\"sampling\":%s}}".formatted(sampling));

    assertThat(request.getOptions().getSampling().getMethod()).isEqualTo(expected);
  }

  @Test
  void shouldReadInstantsWithAnyOffset() {
    assertThat(
            accepted(
                    "{\"source\":\"a\",\"table\":\"t\",\"deadline\":\"2026-11-20T10:00:00+01:00\"}")
                .getDeadline())
        .isEqualTo(Instant.parse("2026-11-20T09:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"source\":\"a\",\"table\":\"t\",\"url\":\"jdbc:x\"} | url is not a field",
        "{\"source\":\"a\",\"table\":\"t\",\"options\":{\"samplng\":{}}} | options.samplng",
        "{\"source\":\"a\",\"table\":5} | table must be a text",
        "{\"source\":\"a\",\"table\":null} | table must be a text",
        "{\"table\":\"t\"} | source must name",
        "{\"source\":\"a\"} | table must be",
        "{\"source\":\"jdbc:postgresql://h/d\",\"table\":\"t\"} | an address is never accepted",
        "{\"source\":\"a\",\"table\":\"t\",\"deadline\":\"tomorrow\"} | deadline must be an"
            + " instant",
        "{\"source\":\"a\",\"table\":\"t\",\"deadline\":1763600000} | deadline must be a text",
        "{\"source\":\"a\",\"table\":\"t\",\"deadline\":\"2120-01-01T00:00:00Z\"} | 1970 and 2100",
        "{\"source\":\"a\",\"table\":\"t\",\"exclude\":\"x\"} | exclude must be a list",
        "{\"source\":\"a\",\"table\":\"t\",\"exclude\":[1]} | exclude[0] must be a text",
        "{\"source\":\"a\",\"table\":\"t\",\"trigger\":\"MAGIC\"} | trigger must be one of REQUEST",
        "{\"source\":\"a\",\"table\":\"t\",\"runId\":\"7\"} | runId must be a UUID",
        "{\"source\":\"a\",\"table\":\"t\",\"requestId\":\"\"} | requestId must have",
        "{\"source\":\"a\",\"table\":\"t\",\"options\":[]} | options must be an object",
        "[] | the document must be an object",
        "\"text\" | the document must be an object",
        "null | the document must be an object"
      })
  void shouldNameTheFieldThatIsWrong(String json, String said) {
    assertRefused(json.getBytes(UTF_8), ReasonCode.INVALID_REQUEST, said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sampling\":{\"fraction\":0}} | options.sampling.fraction",
        "{\"sampling\":{\"fraction\":-1}} | options.sampling.fraction",
        "{\"sampling\":{\"fraction\":1.01}} | options.sampling.fraction",
        "{\"sampling\":{\"fraction\":0.5,\"method\":\"NONE\"}} | options.sampling.method",
        "{\"sampling\":{\"method\":\"LIMIT\"}} | options.sampling.rowLimit",
        "{\"sampling\":{\"rowLimit\":0}} | options.sampling.rowLimit",
        "{\"priority\":2147483647} | options.priority",
        "{\"slice\":{\"name\":\"\"}} | options.slice.name",
        "{\"slice\":{\"name\":\"d\",\"last\":0}} | options.slice.last",
        "{\"slice\":{\"name\":\"d\",\"start\":\"2026-01-01T00:00:00Z\"}} | belong together",
        "{\"baseline\":{\"strategy\":\"PINNED\",\"runId\":\"1\"}} | options.baseline.runId",
        "{\"includeColumns\":[\"\"]} | options.includeColumns"
      })
  void shouldNameTheOptionThatIsWrong(String options, String said) {
    String json = "{\"source\":\"a\",\"table\":\"t\",\"options\":%s}".formatted(options);

    assertRefused(json.getBytes(UTF_8), ReasonCode.INVALID_OPTION, said);
  }

  @Test
  void shouldRefuseTenThousandColumns() {
    String columns = "\"c\",".repeat(9_999) + "\"c\"";
    String json =
        "{\"source\":\"a\",\"table\":\"t\",\"options\":{\"includeColumns\":[" + columns + "]}}";

    assertRefused(json.getBytes(UTF_8), ReasonCode.INVALID_OPTION, "2,000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "not json",
        "{} {}",
        "{\"source\":\"a\",\"source\":\"b\"}",
        "{'source':'a'}",
        "{\"options\":{\"sampling\":{\"fraction\":NaN}}}",
        " "
      })
  void shouldRefuseWhatIsNoJson(String text) {
    assertRefused(text.getBytes(UTF_8), ReasonCode.INVALID_JSON, "JSON");
  }

  @Test
  void shouldRefuseWhatIsBeyondTheLimits() {
    assertRefused("[".repeat(60).getBytes(UTF_8), ReasonCode.INVALID_JSON, "deeper");
    assertRefused(
        ("[".repeat(500_000) + "]".repeat(500_000)).getBytes(UTF_8),
        ReasonCode.INVALID_JSON,
        "deeper");
    assertRefused(
        ("{\"source\":\"" + "x".repeat(70_000) + "\"}").getBytes(UTF_8),
        ReasonCode.INVALID_JSON,
        "longer");
    assertRefused(
        ("{\"source\":\"a\"" + " ".repeat(1 << 20) + "}").getBytes(UTF_8),
        ReasonCode.INVALID_JSON,
        "larger");
    assertRefused(
        ("{\"options\":{\"priority\":" + "9".repeat(200) + "}}").getBytes(UTF_8),
        ReasonCode.INVALID_JSON,
        "longer");
  }

  @Test
  void shouldRefuseBytesThatAreNotUtf8() {
    assertRefused(new byte[] {'"', (byte) 0xC3, '"'}, ReasonCode.INVALID_JSON, "JSON");
  }

  @Test
  void shouldRefuseWhenThereIsNoValue() {
    assertRefused(null, ReasonCode.EMPTY_RECORD, "no value");
    assertRefused(new byte[0], ReasonCode.EMPTY_RECORD, "no value");
  }

  @Test
  void shouldNotRepeatContentInARefusal() {
    byte[] json =
        "{\"source\":\"a\",\"table\":\"t\",\"deadline\":\"s3cret\",\"trigger\":\"s3cret\"}"
            .getBytes(UTF_8);

    assertThat(((Parsed.Refused) RequestJson.parse(json)).refusal().message())
        .doesNotContain("s3cret");
  }

  @Property
  void shouldSurviveAnyBytes(@ForAll byte[] bytes) {
    assertThat(RequestJson.parse(bytes)).isNotNull();
  }

  @Property
  void shouldSurviveAnyText(@ForAll String text) {
    String quoted = BoundedJson.MAPPER.getNodeFactory().textNode(text).toString();

    assertThat(
            RequestJson.parse(
                "{\"source\":%s,\"table\":%s,%s:1}"
                    .formatted(quoted, quoted, quoted)
                    .getBytes(UTF_8)))
        .isInstanceOf(Parsed.Refused.class);
  }

  private static ProfileRequest accepted(String json) {
    Parsed parsed = RequestJson.parse(json.getBytes(UTF_8));
    assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
    return ((Parsed.Accepted) parsed).request();
  }

  private static void assertRefused(byte[] json, ReasonCode code, String said) {
    assertThat(RequestJson.parse(json))
        .isInstanceOfSatisfying(
            Parsed.Refused.class,
            refused -> {
              assertThat(refused.refusal().message()).contains(said).endsWith(".");
              assertThat(refused.refusal().code()).isEqualTo(code);
            });
  }
}
