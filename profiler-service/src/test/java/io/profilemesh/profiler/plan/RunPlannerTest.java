package io.profilemesh.profiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationMistakes;
import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.Capabilities;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.plan.Decision.Kind;
import io.profilemesh.profiler.plan.RunPlanner.Knowledge;
import io.profilemesh.profiler.plan.RunPlanner.Question;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.Sampling;
import io.profilemesh.schema.SamplingMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlannerTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final DatasetId ORDERS = DatasetId.of("shop", "public", "orders");
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private DatasetConfig config = DatasetConfig.defaults(new SourceName("shop"));
  private DatasetId dataset = ORDERS;
  private Instant sliceEnd;
  private RunOptions options;
  private boolean maySkip = true;
  private RelationKind relation = RelationKind.TABLE;
  private TableLook look = TableLook.of("t1", 50_000L, 4_096_000L);
  private LastScan last = scan("t1", NOW.minus(Duration.ofHours(1)));

  @Test
  void shouldSkipWhenTheTokenIsTheSame() {
    Decision decision = decide();

    assertThat(decision.kind()).isEqualTo(Kind.SKIP);
    assertThat(decision.reason()).isEqualTo("Unchanged since the run of 2026-11-20T09:00:00Z.");
    assertThat(decision.cost()).isEqualTo(Cost.NOTHING);
    assertThat(decision.full()).isEqualTo(new Cost(50_000L, 4_096_000L, 50.0));
  }

  @Test
  void shouldReadWhenTheTokenMoved() {
    look = TableLook.of("t2", 50_000L, null);

    assertThat(decide().kind()).isEqualTo(Kind.FULL);
    assertThat(decide().reason()).isEqualTo("Changed since the run of 2026-11-20T09:00:00Z.");
    assertThat(decide().cost()).isEqualTo(new Cost(50_000L, null, 50.0));
  }

  @Test
  void shouldReadWhenSomebodyAsks() {
    maySkip = false;

    assertThat(decide().kind()).isEqualTo(Kind.FULL);
    assertThat(decide().reason()).contains("Asked for");
  }

  @Test
  void shouldReadWhenItWasNeverReadOrWithoutATokenThen() {
    last = null;
    assertThat(decide().reason()).contains("Not read before");
    assertThat(decide().full().seconds()).isEqualTo(100.0);

    last = scan(null, NOW.minus(Duration.ofHours(1)));
    assertThat(decide().kind()).isEqualTo(Kind.FULL);
  }

  @ParameterizedTest
  @CsvSource({"0, FULL", "14999, FULL", "15000, SKIP"})
  void shouldTrustATokenOnlyAfterTheQuietMargin(long millis, Kind expected) {
    last = scan("t1", NOW.minusMillis(millis));

    assertThat(decide().kind()).isEqualTo(expected);
  }

  /**
   * A batch is committed just before the look, its counter comes later: the table is skipped now,
   * and read at the next look, because what is compared with is the look before the last scan.
   */
  @Test
  void shouldNeverSkipABatchForGood() {
    Instant scanned = NOW;
    last = scan("counted 10", scanned);
    look = TableLook.of("counted 10", 10L, null);
    assertThat(decide(scanned.plusSeconds(3600)).kind()).isEqualTo(Kind.SKIP);

    look = TableLook.of("counted 15", 15L, null);

    assertThat(decide(scanned.plusSeconds(7200)).kind()).isEqualTo(Kind.FULL);
  }

  @Test
  void shouldReadWhatCannotBeTold() {
    look = TableLook.without("A view does not say.", null, null);
    assertThat(decide().reason()).isEqualTo("A view does not say.");
    assertThat(decide().cost()).isEqualTo(Cost.UNKNOWN);

    look = null;
    assertThat(decide().reason()).contains("no sign");
  }

  @Test
  void shouldReadWhenTheSettingsAreOthers() throws ConfigurationMistakes {
    config = configured("{ source: shop, include: ['*'], histogram-bins: 20 }");

    assertThat(decide().reason()).contains("settings");
  }

  @Test
  void shouldReadWhenTheAgeOfTheDataIsMeasured() throws ConfigurationMistakes {
    config = configured("{ source: shop, include: ['*'], data-age-column: at }");
    last = scan("t1", NOW.minus(Duration.ofHours(1)));

    assertThat(decide().reason()).contains("age");
  }

  @Test
  void shouldReadWhatIsUnchangedWhenConfiguredOrTooOld() throws ConfigurationMistakes {
    config = configured("{ source: shop, include: ['*'], plan: { skip-unchanged: false } }");
    assertThat(decide().kind()).isEqualTo(Kind.FULL);

    config = configured("{ source: shop, include: ['*'], plan: { rescan-after: 1h } }");
    last = scan("t1", NOW.minus(Duration.ofHours(1)));
    assertThat(decide().reason()).contains("too old");
    last = scan("t1", NOW.minus(Duration.ofMinutes(59)));
    assertThat(decide().kind()).isEqualTo(Kind.SKIP);
  }

  @Test
  void shouldReadAPeriodOnce() {
    dataset = new DatasetId("shop", "public", "orders", "daily");
    sliceEnd = NOW.minus(Duration.ofHours(10));

    assertThat(decide().kind()).isEqualTo(Kind.SLICE);
    assertThat(decide().reason()).contains("2026-11-20T00:00:00Z was not read");
    assertThat(decide().cost()).isEqualTo(new Cost(1_000L, null, 1.0));

    last = scan("t1", NOW.minus(Duration.ofHours(1)));
    assertThat(decide().kind()).isEqualTo(Kind.SKIP);
  }

  @Test
  void shouldSampleBeyondTheLimits() throws ConfigurationMistakes {
    config = configured("{ source: shop, include: ['*'], plan: { max-rows: 5000 } }");
    look = TableLook.of("t2", 50_000L, 1_000_000L);

    Decision decision = decide();

    assertThat(decision.kind()).isEqualTo(Kind.SAMPLE);
    assertThat(decision.sampling().getMethod()).isEqualTo(SamplingMethod.BLOCK);
    assertThat(decision.sampling().getFraction()).isEqualTo(0.1);
    assertThat(decision.reason()).contains("5000 rows");
    assertThat(decision.cost()).isEqualTo(new Cost(5_000L, 100_000L, 5.0));
    assertThat(decision.full()).isEqualTo(new Cost(50_000L, 1_000_000L, 50.0));
  }

  @Test
  void shouldObeyTheTighterOfTwoLimits() throws ConfigurationMistakes {
    config =
        configured("{ source: shop, include: ['*'], plan: { max-rows: 25000, max-bytes: 1MB } }");
    look = TableLook.of("t2", 50_000L, 10_000_000L);

    assertThat(decide().sampling().getFraction()).isEqualTo(0.1);
  }

  @Test
  void shouldNotSampleWhatCannotBeSampledOrIsSampledAlready() throws ConfigurationMistakes {
    config = configured("{ source: shop, include: ['*'], plan: { max-rows: 5000 } }");
    look = TableLook.of("t2", 50_000L, null);
    relation = RelationKind.FOREIGN_TABLE;
    assertThat(decide().kind()).isEqualTo(Kind.FULL);

    relation = RelationKind.TABLE;
    options =
        RunOptions.newBuilder()
            .setSampling(
                Sampling.newBuilder().setMethod(SamplingMethod.BERNOULLI).setFraction(0.5).build())
            .build();
    assertThat(decide().sampling()).isNull();
    assertThat(decide().cost().rows()).isEqualTo(25_000L);
  }

  @Test
  void shouldTellAdHocRequestsFromConfiguredOnes() {
    assertThat(ProfileSettings.areConfigured(null)).isTrue();
    assertThat(ProfileSettings.areConfigured(RunOptions.newBuilder().setPriority(5).build()))
        .isTrue();
    assertThat(
            ProfileSettings.areConfigured(
                RunOptions.newBuilder().setSampling(Sampling.newBuilder().build()).build()))
        .isFalse();
  }

  private Decision decide() {
    return decide(NOW);
  }

  private Decision decide(Instant now) {
    TableLooks looks = new TableLooks(Map.of(), MARGIN, new Capabilities(true, true, true, true));
    return RunPlanner.decide(
        new Question(dataset, relation, sliceEnd, config, options, maySkip),
        new Knowledge(looks, look, Optional.ofNullable(last), OptionalDouble.of(0.002), now));
  }

  private LastScan scan(String token, Instant lookedAt) {
    return new LastScan(
        "0192f0e4-7b5c-7c3e-8d1a-3f0c4b5a9d10",
        token,
        lookedAt,
        ProfileSettings.hash(config),
        sliceEnd,
        lookedAt,
        1_000,
        Duration.ofSeconds(1));
  }

  private static DatasetConfig configured(String entry) throws ConfigurationMistakes {
    return ConfigurationFile.parse(
            "test",
            "sources: { shop: { type: postgresql, database: d, username: u } }\ndatasets: ["
                + entry
                + "]",
            Path.of("."),
            Map.of())
        .datasets()
        .get(0);
  }
}
