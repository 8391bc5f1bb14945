package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.configuration.CaptureConfig.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureConfigurationTest {

  private static final SourceName SHOP = new SourceName("shop");

  @Test
  void shouldCaptureNothingUnlessTold() throws ConfigurationMistakes {
    assertThat(read("", "").capture(SHOP)).isEmpty();
    assertThat(read("capture: off", "").capture(SHOP)).isEmpty();
  }

  @Test
  void shouldHaveDefaults() throws ConfigurationMistakes {
    // when
    ProfilerConfiguration configuration = read("capture: { mode: embedded }", "");

    // then
    assertThat(configuration.capture(SHOP)).contains(CaptureConfig.embedded());
    assertThat(configuration.changeRules(SHOP, "public", "orders")).contains(ChangeRules.DEFAULTS);
    assertThat(configuration.changeRules(SHOP, "audit", "log")).isEmpty();
  }

  @Test
  void shouldReadEveryField() throws ConfigurationMistakes {
    // when
    ProfilerConfiguration configuration =
        read(
            "capture: { username: log, password: geheim, slot: mine, publication: ours, max-lag:"
                + " 500MB, heartbeat: 3s }",
            "capture: { rows: 5000, share: 0.5, quiet: 2m, min-interval: 1h }, sweep: PT12H");

    // then
    CaptureConfig capture = configuration.capture(SHOP).orElseThrow();
    assertThat(capture.username()).isEqualTo("log");
    assertThat(Optional.ofNullable(capture.password()).map(Secret::reveal)).contains("geheim");
    assertThat(capture.slot()).isEqualTo("mine");
    assertThat(capture.publication()).isEqualTo("ours");
    assertThat(capture.maxLagBytes()).isEqualTo(500_000_000L);
    assertThat(capture.heartbeat()).isEqualTo(Duration.ofSeconds(3));
    assertThat(capture.toString()).doesNotContain("geheim");
    assertThat(configuration.changeRules(SHOP, "public", "orders"))
        .contains(
            new ChangeRules(
                true,
                5_000L,
                0.5,
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Duration.ofHours(12)));
  }

  @Test
  void shouldLeaveTablesOut() throws ConfigurationMistakes {
    // when
    ChangeRules rules =
        read("capture: { mode: embedded }", "capture: off, sweep: off")
            .changeRules(SHOP, "public", "orders")
            .orElseThrow();

    // then
    assertThat(rules.captured()).isFalse();
    assertThat(rules.sweep()).isNull();
  }

  @Test
  void shouldReadTopics() throws ConfigurationMistakes {
    // when
    CaptureConfig capture =
        read("capture: { mode: topics, topics: 'cdc\\.shop\\..*' }", "")
            .capture(SHOP)
            .orElseThrow();

    // then
    assertThat(capture.mode()).isEqualTo(Mode.TOPICS);
    assertThat(String.valueOf(capture.topics())).isEqualTo("cdc\\.shop\\..*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "capture: { mode: remote } | '' | sources.shop.capture.mode",
        "capture: { mode: topics } | '' | sources.shop.capture.topics",
        "capture: { topics: x } | '' | sources.shop.capture.topics",
        "capture: { mode: topics, topics: '[' } | '' | sources.shop.capture.topics",
        "capture: { slot: My-Slot } | '' | sources.shop.capture.slot",
        "capture: { max-lag: lots } | '' | sources.shop.capture.max-lag",
        "capture: { heartbeat: never } | '' | sources.shop.capture.heartbeat",
        "capture: { colour: red } | '' | sources.shop.capture.colour",
        "capture: on | '' | sources.shop.capture",
        "'' | capture: { rows: 0 } | datasets[0].capture.rows",
        "'' | capture: { share: 2 } | datasets[0].capture.share",
        "'' | capture: { quiet: 0s } | datasets[0].capture.quiet",
        "'' | capture: 5 | datasets[0].capture",
        "'' | sweep: daily | datasets[0].sweep",
      })
  void shouldNameMistakesByTheirPath(String ofSource, String ofDataset, String path) {
    assertThatThrownBy(() -> read(ofSource, ofDataset))
        .isInstanceOf(ConfigurationMistakes.class)
        .hasMessageContaining(path);
  }

  private static ProfilerConfiguration read(String ofSource, String ofDataset)
      throws ConfigurationMistakes {
    String comma = ofSource.isEmpty() ? "" : ", ";
    String other = ofDataset.isEmpty() ? "" : ", ";
    String yaml =
        "sources:\n  shop: { type: postgresql, database: d, username: u"
            + comma
            + ofSource
            + " }\ndatasets:\n  - { source: shop, include: ['public.*']"
            + other
            + ofDataset
            + " }\n";
    return ConfigurationFile.parse("test", yaml, Path.of("."), Map.of());
  }
}
