package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.configuration.SamplingConfig.Method;
import io.profilemesh.configuration.SourceLocation.Server;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.configuration.file.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

  private static final String SHOP =
      """
      environment: test
      sources:
        warehouse:
          type: postgresql
          host: db.internal
          port: 5433
          database: shop
          username: reader
          password: ${SHOP_PASSWORD}
          ssl-mode: verify-full
          max-scans: 3
          statement-timeout: 10m
        archive: { type: postgresql, database: old, username: reader, enabled: false }
      datasets:
        - source: warehouse
          include: ["public.*"]
          exclude: ["*_tmp", "*_backup"]
          sampling: { fraction: 0.5, seed: 7 }
          schedule: "0 2 * * *"
          columns: { exclude: ["internal_*"] }
          values: { publish: [country] }
          histogram-bins: 20
          data-age-column: updated_at
          owner: shop-team
          tags: [gold, pii]
        - source: warehouse
          table: public.orders
          slice: { column: ordered_at, period: P1D, name: daily }
      """;

  @TempDir Path directory;

  @Test
  void shouldReadEveryField() throws ConfigurationMistakes {
    // when
    ProfilerConfiguration configuration = parse(SHOP, Map.of("SHOP_PASSWORD", "s3cret"));

    // then
    assertThat(configuration.environment()).isEqualTo("test");
    SourceConfig source = configuration.source(new SourceName("warehouse")).orElseThrow();
    assertThat(source.location())
        .isEqualTo(
            new Server(
                "db.internal",
                5433,
                "shop",
                "reader",
                new Secret("s3cret"),
                TlsMode.VERIFY_FULL,
                null));
    assertThat(source.limits().maxScans()).isEqualTo(3);
    assertThat(source.limits().maxConnections()).isEqualTo(5);
    assertThat(source.limits().statementTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(configuration.source(new SourceName("archive")).orElseThrow().enabled()).isFalse();

    DatasetConfig dataset = configuration.datasets().get(0);
    assertThat(dataset.sampling()).isEqualTo(new SamplingConfig(Method.BERNOULLI, 0.5, null, 7L));
    assertThat(dataset.excludeColumns()).containsExactly("internal_*");
    assertThat(dataset.values().publishColumns()).containsExactly("country");
    assertThat(dataset.histogramBins()).isEqualTo(20);
    assertThat(dataset.dataAgeColumn()).isEqualTo("updated_at");
    assertThat(dataset.owner()).isEqualTo("shop-team");
    assertThat(dataset.tags()).containsExactly("gold", "pii");
    assertThat(dataset.schedule())
        .isEqualTo(
            new ScheduleConfig(
                "warehouse:public.*",
                CronExpression.parse("0 2 * * *"),
                ZoneOffset.UTC,
                MissedPolicy.SKIP));
    assertThat(dataset.plan()).isEqualTo(PlanConfig.DEFAULTS);
    assertThat(configuration.datasets().get(1).slice())
        .isEqualTo(new SliceConfig("daily", "ordered_at", Period.ofDays(1)));
  }

  @Test
  void shouldSpeakOfSeveralSources() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            """
            sources:
              crm: { type: postgresql, database: crm, username: u }
              shop-eu: { type: postgresql, database: eu, username: u }
              shop-us: { type: postgresql, database: us, username: u }
            datasets:
              - { source: ["shop-*"], include: ["public.*"],
                  schedule: { cron: "0 2 * * *", name: nightly } }
              - { source: [crm, shop-us], table: public.audit, schedule: "0 3 * * *" }
            """,
            Map.of());

    assertThat(configuration.datasets())
        .extracting(dataset -> dataset.source().value(), dataset -> dataset.schedule().pipeline())
        .containsExactly(
            tuple("shop-eu", "shop-eu:nightly"),
            tuple("shop-us", "shop-us:nightly"),
            tuple("crm", "crm:public.audit"),
            tuple("shop-us", "shop-us:public.audit"));
  }

  @Test
  void shouldReadSchedulesAndPlans() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            """
            sources: { shop: { type: postgresql, database: d, username: u } }
            datasets:
              - source: shop
                include: ["public.*", "sales.*"]
                schedule: { cron: "0 2 * * MON", zone: Europe/Berlin, missed: once, name: weekly }
                plan: { skip-unchanged: false, rescan-after: 7d, max-rows: 5000000, max-bytes: 2GB }
            """,
            Map.of());

    DatasetConfig dataset = configuration.datasets().get(0);
    assertThat(dataset.schedule())
        .isEqualTo(
            new ScheduleConfig(
                "weekly",
                CronExpression.parse("0 2 * * MON"),
                ZoneId.of("Europe/Berlin"),
                MissedPolicy.ONCE));
    assertThat(dataset.plan())
        .isEqualTo(new PlanConfig(false, Duration.ofDays(7), 5_000_000L, 2_000_000_000L));
  }

  @Test
  void shouldSayWhatIsWrongWithASchedule() {
    List<Mistake> mistakes =
        mistakesOf(
            """
            sources: { shop: { type: postgresql, database: d, username: u } }
            datasets:
              - { source: shop, table: a.b, schedule: { cron: "0 25 * * *", zone: Berlin } }
              - { source: shop, table: a.c, schedule: { missed: never } }
              - { source: shop, table: a.d, schedule: { cron: "0 1 * * *", name: x } }
              - { source: shop, table: a.e, schedule: { cron: "0 1 * * *", name: x } }
              - { source: shop, table: a.f, plan: { max-rows: 0, max-bytes: big, rescan-after: 0s } }
            """);

    assertThat(mistakes)
        .extracting(Mistake::path)
        .containsExactlyInAnyOrder(
            "datasets[0].schedule.cron",
            "datasets[0].schedule.zone",
            "datasets[1].schedule.cron",
            "datasets[1].schedule.missed",
            "datasets[3].schedule",
            "datasets[4].plan.max-rows",
            "datasets[4].plan.max-bytes",
            "datasets[4].plan.rescan-after");
    assertThat(mistakes)
        .extracting(Mistake::message)
        .anyMatch(message -> message.contains("hour '25' is not within 0 to 23"))
        .anyMatch(message -> message.contains("Europe/Berlin"));
  }

  @Test
  void shouldNeverPrintAPassword() throws ConfigurationMistakes {
    ProfilerConfiguration configuration = parse(SHOP, Map.of("SHOP_PASSWORD", "s3cret"));

    assertThat(configuration.toString()).contains("warehouse").doesNotContain("s3cret");
  }

  @Test
  void shouldApplyFirstMatchingEntryWhenSeveralMatch() throws ConfigurationMistakes {
    ProfilerConfiguration configuration = parse(SHOP, Map.of("SHOP_PASSWORD", "x"));
    SourceName warehouse = new SourceName("warehouse");

    assertThat(configuration.dataset(warehouse, "public", "orders").owner()).isEqualTo("shop-team");
    assertThat(configuration.dataset(warehouse, "public", "orders_tmp").owner()).isNull();
    assertThat(configuration.dataset(warehouse, "other", "orders").tags()).isEmpty();
  }

  @Test
  void shouldAcceptJson() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            """
            {"sources": {"w": {"type": "postgresql", "database": "d", "username": "u"}},
             "datasets": [{"source": "w", "include": ["*"], "values": "publish"}]}
            """,
            Map.of());

    assertThat(configuration.datasets().get(0).values().publishAll()).isTrue();
    assertThat(server(configuration, "w").port()).isEqualTo(5432);
  }

  @Test
  void shouldLetEnvironmentWinOverFile() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            SHOP,
            Map.of(
                "SHOP_PASSWORD", "x",
                "PROFILEMESH_SOURCES_WAREHOUSE_HOST", "other.internal",
                "PROFILEMESH_SOURCES_WAREHOUSE_MAX_CONNECTIONS", "9",
                "PROFILEMESH_SOURCES_ARCHIVE_PASSWORD", "from-env"));

    SourceConfig warehouse = configuration.source(new SourceName("warehouse")).orElseThrow();
    assertThat(server(configuration, "warehouse").host()).isEqualTo("other.internal");
    assertThat(warehouse.limits().maxConnections()).isEqualTo(9);
    assertThat(server(configuration, "archive").password()).isEqualTo(new Secret("from-env"));
  }

  @Test
  void shouldUseDefaultsAndLiteralsOfReferences() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            """
            sources:
              w: { type: postgresql, host: "${DB_HOST:db}", database: "a$${b}", username: "${U:x}y" }
            """,
            Map.of("U", "z"));

    Server server = server(configuration, "w");
    assertThat(server.host()).isEqualTo("db");
    assertThat(server.database()).isEqualTo("a${b}");
    assertThat(server.username()).isEqualTo("zy");
  }

  @Test
  void shouldReadPasswordFromFile() throws ConfigurationMistakes, IOException {
    // given
    Files.writeString(directory.resolve("pw"), "from file\n");

    // when
    ProfilerConfiguration configuration =
        parse(
            """
            sources:
              w: { type: postgresql, database: d, username: u, password-file: pw }
            """,
            Map.of());

    // then
    assertThat(server(configuration, "w").password()).isEqualTo(new Secret("from file"));
  }

  @Test
  void shouldListEveryMistakeByItsPath() {
    // when
    List<Mistake> mistakes =
        mistakesOf(
            """
            enviroment: test
            sources:
              warehouse: { type: oracle, database: d, username: u }
              lake: { type: snowflake, database: d, username: u, host: h }
              "bad name!": { type: postgresql, database: d, username: u }
              shop:
                type: postgresql
                port: 70000
                username: ""
                password: ${NOT_SET}
                max-scans: 5
                max-connections: 5
                ssl-mode: perhaps
                connect-timeout: soon
                jdbc-url: "jdbc:postgresql://x"
            datasets:
              - source: nowhere
                include: ["public.*"]
              - source: shop
                include: ["/(/"]
                table: public.orders
                sampling: { fraction: 1.5 }
                schedule: "0 25 * * *"
                values: all
                histogram-bins: 0
                slice: { column: at, period: daily, name: d }
              - shop
            """);

    // then
    assertThat(mistakes)
        .extracting(Mistake::path)
        .containsExactlyInAnyOrder(
            "enviroment",
            "sources.warehouse.type",
            "sources.lake.account",
            "sources.lake.host",
            "sources.bad name!",
            "sources.shop.database",
            "sources.shop.port",
            "sources.shop.username",
            "sources.shop.password",
            "sources.shop.max-connections",
            "sources.shop.ssl-mode",
            "sources.shop.connect-timeout",
            "sources.shop.jdbc-url",
            "datasets[0].source",
            "datasets[1].include",
            "datasets[1].include[0]",
            "datasets[1].sampling.fraction",
            "datasets[1].schedule",
            "datasets[1].values",
            "datasets[1].histogram-bins",
            "datasets[1].slice.period",
            "datasets[2]",
            "datasets[2].source",
            "datasets[2].include");
    assertThat(mistakes)
        .filteredOn(mistake -> mistake.path().equals("sources.warehouse.type"))
        .extracting(Mistake::message)
        .singleElement()
        .asString()
        .contains("must be postgresql, ");
  }

  @Test
  void shouldNotQuoteTheFileWhenItIsNoYaml() {
    List<Mistake> mistakes = mistakesOf("sources:\n  w: { password: s3cret\n  x: [");

    assertThat(mistakes)
        .singleElement()
        .satisfies(
            mistake -> assertThat(mistake.toString()).contains("line ").doesNotContain("s3cret"));
  }

  @Test
  void shouldRefuseKeysGivenTwiceAndEmptyFiles() {
    assertThat(mistakesOf("sources: {}\nsources: {}")).hasSize(1);
    assertThat(mistakesOf("")).extracting(Mistake::path).containsExactly("");
    assertThat(mistakesOf("just text")).extracting(Mistake::path).contains("");
  }

  @Test
  void shouldSayThatTheFileIsMissing() {
    ConfigurationMistakes thrown =
        catchThrowableOfType(
            ConfigurationMistakes.class,
            () -> ConfigurationFile.read(directory.resolve("none.yaml"), Map.of()));

    assertThat(thrown).hasMessageContaining("none.yaml").hasMessageContaining("does not exist");
  }

  @Test
  void shouldReadSourcesThatAreFiles() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse("sources: { notes: { type: sqlite, path: data/notes.db } }", Map.of());

    assertThat(configuration.source(new SourceName("notes")).orElseThrow().location())
        .isEqualTo(new SourceLocation.LocalFile(directory.resolve("data/notes.db")));
    assertThat(mistakesOf("sources: { notes: { type: sqlite, host: h, username: u } }"))
        .extracting(Mistake::path)
        .containsExactlyInAnyOrder(
            "sources.notes.path", "sources.notes.host", "sources.notes.username");
  }

  @Test
  void shouldReadWarehousesByTheirOwnKeys() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            """
            sources:
              lake: { type: snowflake, account: org-one, database: SHOP, username: u,
                private-key-file: key.p8, role: READER }
              house: { type: bigquery, project: p, location: EU, strategy: scan }
              shift: { type: redshift, host: h, database: d, username: u }
            """,
            Map.of());

    SourceConfig lake = configuration.source(new SourceName("lake")).orElseThrow();
    SourceConfig house = configuration.source(new SourceName("house")).orElseThrow();
    assertThat(lake.location())
        .isEqualTo(
            new SourceLocation.Snowflake(
                "org-one", "SHOP", null, "READER", "u", null, directory.resolve("key.p8")));
    assertThat(lake.strategy()).isEqualTo(SourceConfig.Strategy.PUSHDOWN);
    assertThat(house.location()).isEqualTo(new SourceLocation.BigQuery("p", "EU", null));
    assertThat(house.strategy()).isEqualTo(SourceConfig.Strategy.SCAN);
    assertThat(server(configuration, "shift").port()).isEqualTo(5439);
    assertThat(mistakesOf("sources: { s: { type: snowflake, account: 'a/b?c' } }"))
        .extracting(Mistake::path)
        .contains("sources.s.account", "sources.s.database", "sources.s.username");
    assertThat(
            mistakesOf(
                "sources: { s: { type: mysql, host: 'h:1/x?a=b', database: d, username: u } }"))
        .extracting(Mistake::path)
        .containsExactly("sources.s.host");
  }

  @Test
  void shouldReadDirectoriesOfFiles() throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        parse(
            "sources: { lake: { type: files, path: ., tables: { sales: 'sales/*.parquet' } } }",
            Map.of());

    assertThat(configuration.source(new SourceName("lake")).orElseThrow().location())
        .isEqualTo(new SourceLocation.DataFiles(directory, Map.of("sales", "sales/*.parquet")));
    assertThat(mistakesOf("sources: { l: { type: files, path: ., tables: { x: ../secret } } }"))
        .extracting(Mistake::path)
        .containsExactly("sources.l.tables");
  }

  private static Server server(ProfilerConfiguration configuration, String source) {
    return (Server) configuration.source(new SourceName(source)).orElseThrow().location();
  }

  private ProfilerConfiguration parse(String text, Map<String, String> variables)
      throws ConfigurationMistakes {
    return ConfigurationFile.parse("test.yaml", text, directory, variables);
  }

  private List<Mistake> mistakesOf(String text) {
    return catchThrowableOfType(ConfigurationMistakes.class, () -> parse(text, Map.of()))
        .mistakes();
  }
}
