package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.profilemesh.cli.Connections;
import io.profilemesh.cli.access.KeyTables;
import io.profilemesh.cli.check.Broker;
import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.export.ExportedTable;
import io.profilemesh.cli.export.TableExport;
import io.profilemesh.cli.letter.DeadLetterDesk;
import io.profilemesh.cli.letter.Letter;
import io.profilemesh.cli.letter.Original;
import io.profilemesh.cli.letter.Replay;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.mesh.StartedMesh;
import io.profilemesh.cli.migrate.MetadataTables;
import io.profilemesh.cli.rebuild.TableRebuild;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.rest.RestProblem;
import io.profilemesh.cli.retention.TableRetention;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ProfileOrder;
import io.profilemesh.cli.run.ScheduleSender;
import io.profilemesh.cli.run.TestEventSender;
import io.profilemesh.cli.schemas.SchemaCatalogue;
import io.profilemesh.cli.source.SourceProbe;
import io.profilemesh.cli.topic.TopicTail;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.HistoryEntry;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.RepairReport;
import io.profilemesh.metadata.Validation;
import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Drop;
import io.profilemesh.metadata.retention.KeptTable;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.Topic;
import io.profilemesh.sink.rebuild.RebuildOptions;
import io.profilemesh.sink.rebuild.RebuildResult;
import io.profilemesh.stack.StackProgress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A mesh that is made up: what it answers is set, what it is asked is kept. */
public final class Fakes implements Connections {

  public static final MeshAddresses ADDRESSES =
      new MeshAddresses(
          "127.0.0.1:9092",
          URI.create("http://127.0.0.1:8081/apis/ccompat/v7"),
          URI.create("http://127.0.0.1:8090"),
          new JdbcAddress("jdbc:postgresql://127.0.0.1:5432/profilemesh", "profilemesh", "s3cret"),
          new JdbcAddress("jdbc:postgresql://127.0.0.1:5432/shop", "shop", "s3cret"));

  private static final JsonMapper JSON = new JsonMapper();

  /** Answers by path; the function sees the parameters. */
  public final Map<String, Function<Parameters, String>> answers = new LinkedHashMap<>();

  public final List<String> asked = new ArrayList<>();
  public final List<String> sent = new ArrayList<>();
  public final List<URI> servers = new ArrayList<>();
  public final List<ProfileOrder> ordered = new ArrayList<>();
  public final List<String> told = new ArrayList<>();
  public final List<KafkaAddress> kafka = new ArrayList<>();
  public final List<JdbcAddress> databases = new ArrayList<>();
  public final List<URI> registries = new ArrayList<>();
  public final List<ApplyOptions> applied = new ArrayList<>();
  public final List<String> tailed = new ArrayList<>();

  /** Keys that exist, those that were shown, and what was revoked by whom. */
  public final List<ApiKey> keys = new ArrayList<>();

  public final List<String> shown = new ArrayList<>();
  public final List<String> revoked = new ArrayList<>();

  public Optional<MeshAddresses> addresses = Optional.of(ADDRESSES);
  public Set<String> sources = Set.of("shop");
  public volatile List<LocalMesh.Part> parts = List.of();

  /** How often the parts were looked at. */
  public final AtomicInteger looks = new AtomicInteger();

  public boolean stopped;
  public String health = "{\"status\":\"UP\"}";
  public List<Finding> brokerFindings = List.of(Finding.ok("broker", "1 broker"));
  public Function<String, Finding> sourceFindings = name -> Finding.ok(name, "answers");
  public List<String> schemaProblems = List.of();
  public Map<String, Integer> schemaIds = Map.of();
  public MigrationStatus migrationStatus = new MigrationStatus(0, 0, List.of());
  public Validation validation = new Validation(List.of());
  public ApplyResult applyResult = new ApplyResult(0, 0, false, List.of());
  public final List<DriftEvent> testEvents = new ArrayList<>();
  public List<String> records = List.of();
  public List<Letter> letters = List.of();
  public Replay.Outcome replayOutcome = Replay.Outcome.REPLAYED;
  public List<HistoryEntry> history = List.of();
  public final List<RebuildOptions> rebuilt = new ArrayList<>();
  public List<KeptTable> kept = List.of();
  public List<Drop> drops = List.of();
  public RebuildResult rebuildResult = new RebuildResult(List.of(), 0, true, false, null);

  /** Sets the answer to a path. */
  public void answer(String path, String json) {
    answers.put(path, parameters -> json);
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public KeyTables keys(JdbcAddress address) {
    databases.add(address);
    return new KeyTables() {
      @Override
      public Made create(NewApiKey wanted) {
        ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
        ApiKey key =
            new ApiKey(
                UUID.randomUUID(),
                secret.prefix(),
                wanted.name(),
                null,
                wanted.grants(),
                wanted.createdAt(),
                wanted.createdBy(),
                wanted.expiresAt(),
                null,
                null,
                null,
                null);
        keys.add(0, key);
        return new Made(key, secret);
      }

      @Override
      public List<ApiKey> all() {
        return keys;
      }

      @Override
      public Optional<ApiKey> revoke(String idOrPrefix, String by, Instant at) {
        revoked.add(idOrPrefix + " by " + by);
        return keys.stream().filter(key -> idOrPrefix.endsWith(key.prefix())).findFirst();
      }

      @Override
      public boolean accepts(ApiKeySecret secret, Instant at) {
        return keys.stream().anyMatch(key -> key.prefix().equals(secret.prefix()));
      }
    };
  }

  @Override
  public Rest rest(URI server, @Nullable ApiKeySecret key) {
    servers.add(server);
    shown.add(key == null ? "" : key.reveal());
    return new Rest() {
      @Override
      public JsonNode get(String path, Parameters parameters) {
        return answer("", path, parameters);
      }

      @Override
      public JsonNode health() {
        return json(health);
      }

      @Override
      public JsonNode delete(String path, Parameters parameters) {
        return answer("DELETE ", path, parameters);
      }

      @Override
      public Done send(String method, String path, Parameters parameters, @Nullable JsonNode body) {
        sent.add(body == null ? "" : body.toString());
        JsonNode answer = answer(method + " ", path, parameters);
        return new Done(answer.path("status").asInt(200), answer);
      }
    };
  }

  private JsonNode answer(String method, String path, Parameters parameters) {
    asked.add(method + path + parameters.query());
    Function<Parameters, String> answer = answers.get(method + path);
    if (answer == null) {
      throw new RestProblem(404, "nothing at " + path);
    }
    return json(answer.apply(parameters));
  }

  @Override
  public OrderSender orders(KafkaAddress address) {
    kafka.add(address);
    return new OrderSender() {
      @Override
      public void send(List<ProfileOrder> orders) {
        ordered.addAll(orders);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public ScheduleSender schedules(KafkaAddress address) {
    return new ScheduleSender() {
      @Override
      public void send(String pipeline, boolean pause, String actor, String reason) {
        told.add((pause ? "pause " : "resume ") + pipeline + " because " + reason);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public TestEventSender testEvents(KafkaAddress address) {
    kafka.add(address);
    return new TestEventSender() {
      @Override
      public void send(DriftEvent event) {
        testEvents.add(event);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public TopicTail tail(Topic topic, KafkaAddress address) {
    return new TopicTail() {
      @Override
      public void read(boolean fromBeginning, Predicate<String> sink) {
        tailed.add(topic.name() + (fromBeginning ? " from the beginning" : " from now"));
        for (String each : records) {
          if (!sink.test(each)) {
            return;
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SchemaCatalogue schemas(URI registryUrl, String topicPrefix) {
    registries.add(registryUrl);
    return new SchemaCatalogue() {
      @Override
      public Map<String, Integer> register() {
        return schemaIds;
      }

      @Override
      public List<String> check() {
        return schemaProblems;
      }
    };
  }

  @Override
  public MetadataTables metadata(JdbcAddress address) {
    databases.add(address);
    return new MetadataTables() {
      @Override
      public MigrationStatus status() {
        return migrationStatus;
      }

      @Override
      public Validation validate() {
        return validation;
      }

      @Override
      public ApplyResult apply(ApplyOptions options) {
        applied.add(options);
        return applyResult;
      }

      @Override
      public List<HistoryEntry> history() {
        return history;
      }

      @Override
      public RepairReport repair() {
        return new RepairReport(List.of("V2__b.sql"), List.of());
      }

      @Override
      public int baseline() {
        return 13;
      }

      @Override
      public Map<String, Long> rowCounts() {
        return Map.of();
      }
    };
  }

  @Override
  public TableExport export(JdbcAddress address) {
    databases.add(address);
    return (tables, format, directory, listener) -> {
      listener.writing("profilemesh_runs", 0, 1);
      told.add("export " + tables + " " + format + " " + directory);
      return List.of(new ExportedTable("profilemesh_runs", 3, directory.resolve("runs.csv")));
    };
  }

  @Override
  public TableRetention retention(JdbcAddress address) {
    databases.add(address);
    return new TableRetention() {
      @Override
      public List<KeptTable> status() {
        return kept;
      }

      @Override
      public void keep(MonthlyTable table, @Nullable Integer days, String by, Instant now) {
        told.add("keep " + table + " " + days + " by " + by);
      }

      @Override
      public List<Drop> due(Instant now) {
        return drops;
      }

      @Override
      public void apply(Instant now, String by, Consumer<Drop> done) {
        told.add("apply by " + by);
        drops.forEach(done);
      }
    };
  }

  @Override
  public TableRebuild rebuild(KafkaAddress topics, JdbcAddress tables) {
    kafka.add(topics);
    databases.add(tables);
    return (options, listener) -> {
      rebuilt.add(options);
      listener.step("reading the topics");
      return rebuildResult;
    };
  }

  @Override
  public DeadLetterDesk deadLetters(KafkaAddress address) {
    kafka.add(address);
    return new DeadLetterDesk() {
      @Override
      public List<Letter> read(Predicate<Letter> wanted) {
        return letters.stream().filter(wanted).toList();
      }

      @Override
      public Original original(Letter letter) {
        return new Original(true, List.of("ce_id"), false);
      }

      @Override
      public List<Replay> replay(List<Letter> asked, boolean onlySay) {
        told.add((onlySay ? "would replay " : "replay ") + asked.size());
        return asked.stream().map(each -> new Replay(each, replayOutcome)).toList();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Broker broker(String bootstrapServers, String topicPrefix) {
    told.add("examine " + bootstrapServers + " " + topicPrefix);
    return () -> brokerFindings;
  }

  @Override
  public SourceProbe sources(List<Path> driverDirectories) {
    return new SourceProbe() {
      @Override
      public List<Finding> examine(SourceConfig source, ProfilerConfiguration of) {
        return List.of(sourceFindings.apply(source.name().toString()));
      }

      @Override
      public List<Finding> slots(String subject, JdbcAddress address) {
        return List.of(Finding.warning(subject, "a slot that nobody reads", "Start the profiler."));
      }

      @Override
      public List<Finding> capture(SourceConfig source, ProfilerConfiguration of) {
        return List.of(sourceFindings.apply(source.name().toString()));
      }
    };
  }

  @Override
  public LocalMesh localMesh(Path dataDirectory) {
    return new LocalMesh() {
      @Override
      public Optional<MeshAddresses> addresses() {
        return addresses;
      }

      @Override
      public Set<String> sources() {
        return sources;
      }

      @Override
      public List<Part> parts() {
        looks.incrementAndGet();
        return parts;
      }

      @Override
      public StartedMesh start(URI registryUrl, StackProgress progress) {
        throw new AssertionError("no test starts a real mesh here");
      }

      @Override
      public boolean stop(StackProgress progress) {
        stopped = true;
        return !parts.isEmpty();
      }
    };
  }
}
