package io.profilemesh.profiler.wiring;

import io.profilemesh.configuration.CheckOptions;
import io.profilemesh.configuration.CheckedConfiguration;
import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationMistakes;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.connection.Drivers;
import io.profilemesh.configuration.connection.SourceAddress;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.profiler.publish.Chaos;
import io.profilemesh.profiler.publish.Chaos.HaltPoint;
import io.profilemesh.profiler.work.WorkerSettings;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Checks the settings and reads what they point to. */
final class SetupReader {

  private static final Logger LOG = Logger.getLogger(SetupReader.class);
  private static final String DEFAULT_ENVIRONMENT = "development";
  private static final String TEST_PREFIX = "test";

  private final ProfilerSettings settings;
  private final Map<String, String> variables;

  SetupReader(ProfilerSettings settings, Map<String, String> variables) {
    this.settings = settings;
    this.variables = variables;
  }

  /**
   * The setup.
   *
   * @throws Misconfigured with sentences that say what to correct
   */
  Setup read() throws Misconfigured {
    ProfilerConfiguration configuration = configuration();
    String environment = environment(configuration);
    try {
      return new Setup(
          environment,
          settings.instanceId(),
          new Topics(settings.topicPrefix()),
          new TopicSettings(settings.topics().partitions(), settings.topics().replicationFactor()),
          registry(),
          configuration,
          drivers(configuration),
          hasher(),
          worker(settings.worker()),
          settings.ledger().memory(),
          settings.worker().sessionTimeout(),
          settings.schedules().lateAfter(),
          chaos(environment));
    } catch (IllegalArgumentException e) {
      throw new Misconfigured("The settings cannot be used: " + e.getMessage() + '.');
    }
  }

  private ProfilerConfiguration configuration() throws Misconfigured {
    String file =
        settings
            .config()
            .orElseThrow(
                () ->
                    new Misconfigured(
                        "profilemesh.config is not set: give the path of the file that names"
                            + " sources and datasets (PROFILEMESH_CONFIG)."));
    CheckOptions options = new CheckOptions(variables, settings.profile().orElse(null), true);
    CheckedConfiguration checked = ConfigurationFile.load(Path.of(file)).check(options);
    checked.warnings().forEach(warning -> LOG.warnf("%s", warning));
    try {
      return checked.orThrow();
    } catch (ConfigurationMistakes e) {
      throw new Misconfigured(String.valueOf(e.getMessage()));
    }
  }

  private Drivers drivers(ProfilerConfiguration configuration) throws Misconfigured {
    Drivers drivers = Drivers.in(List.of(Path.of(settings.drivers())));
    List<String> missing =
        configuration.sources().values().stream()
            .filter(SourceConfig::enabled)
            .filter(source -> drivers.forUrl(SourceAddress.of(source).url()).isEmpty())
            .map(source -> "sources." + source.name() + ": " + drivers.remedy(source.type()))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw new Misconfigured(String.join("\n", missing));
    }
    return drivers;
  }

  private String environment(ProfilerConfiguration configuration) {
    String fromFile = configuration.environment();
    return settings.environment().orElse(fromFile == null ? DEFAULT_ENVIRONMENT : fromFile);
  }

  private ValueHasher hasher() throws Misconfigured {
    return HashKey.read(settings.hashKey(), settings.hashKeyFile());
  }

  private Map<String, Object> registry() {
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", settings.schemaRegistry().url());
    config.put("auto.register.schemas", Boolean.toString(settings.schemaRegistry().autoRegister()));
    settings
        .schemaRegistry()
        .basicAuthUserInfo()
        .ifPresent(
            user -> {
              config.put("basic.auth.credentials.source", "USER_INFO");
              config.put("basic.auth.user.info", user);
            });
    return config;
  }

  private static WorkerSettings worker(ProfilerSettings.Worker worker) {
    return new WorkerSettings(
        worker.concurrency(),
        worker.maxHeldPerPartition(),
        worker.maxRunTime(),
        worker.retryFor(),
        worker.retryPause(),
        worker.maxRetryPause(),
        worker.progressInterval());
  }

  private Chaos chaos(String environment) throws Misconfigured {
    ProfilerSettings.Faults faults = settings.chaos();
    boolean any = !faults.deduplication() || faults.haltAt() != HaltPoint.NOWHERE;
    if (any && !environment.startsWith(TEST_PREFIX)) {
      throw new Misconfigured(
          "profilemesh.chaos.* plants faults for tests: it is refused in the environment '"
              + environment
              + "', whose name does not start with 'test'.");
    }
    return new Chaos(faults.deduplication(), faults.haltAt(), faults.haltProbability());
  }
}
