package io.profilemesh.drift.wiring;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.drift.query.QuestionKey;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, checked.
 *
 * @param advertised where other instances ask this one for its state
 * @param questionTimeout how long such a question may take
 * @param questionKey who may ask it
 * @param kafka properties of every Kafka client: addresses and security
 * @param registry properties of the schema registry's client, Confluent's keys
 * @param dashboard where people find the dashboard; null: nowhere
 * @param recogniseRepeats false only in tests of the tests
 */
public record DriftSettings(
    String environment,
    Topics topics,
    TopicSettings topicSettings,
    String instanceId,
    Path stateDir,
    String processingGuarantee,
    int threads,
    int standbyReplicas,
    Duration commitInterval,
    AdvertisedAddress advertised,
    Duration questionTimeout,
    QuestionKey questionKey,
    IncidentRules incidentRules,
    @Nullable URI dashboard,
    Map<String, String> kafka,
    Map<String, Object> registry,
    boolean recogniseRepeats) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final String TEST = "test";

  public DriftSettings {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
    require(
        NAME.matcher(environment).matches(),
        "profilemesh.environment is 1 to 100 letters, digits, dots, dashes and underscores");
    require(
        NAME.matcher(instanceId).matches(),
        "profilemesh.instance-id is 1 to 100 letters, digits, dots, dashes and underscores");
    require(
        processingGuarantee.equals(StreamsConfig.EXACTLY_ONCE_V2)
            || processingGuarantee.equals(StreamsConfig.AT_LEAST_ONCE),
        "profilemesh.processing-guarantee is exactly_once_v2 or at_least_once");
    require(threads >= 1 && threads <= 64, "profilemesh.drift.threads is 1 to 64");
    require(standbyReplicas >= 0, "profilemesh.drift.standby-replicas is 0 or more");
    require(
        commitInterval.toMillis() >= 1 && commitInterval.toMillis() <= 60_000,
        "profilemesh.drift.commit-interval is between a millisecond and a minute");
    require(
        questionTimeout.toMillis() >= 1 && questionTimeout.toMillis() <= 60_000,
        "profilemesh.drift.question-timeout is between a millisecond and a minute");
    require(
        recogniseRepeats || environment.startsWith(TEST),
        "profilemesh.chaos.* is for tests: it needs a profilemesh.environment that begins with"
            + " test");
  }

  /**
   * Reads the configuration.
   *
   * @param host name of this host, the default of the instance's
   * @param listens where the service can be reached unless it is told otherwise
   * @throws IllegalArgumentException when something is wrong; one sentence names the key
   */
  static DriftSettings of(
      DriftConfig config, Map<String, String> kafka, String host, AdvertisedAddress listens) {
    return new DriftSettings(
        config.environment(),
        new Topics(config.topicPrefix()),
        new TopicSettings(config.topics().partitions(), config.topics().replicationFactor()),
        config.instanceId().orElse(host),
        config.stateDir(),
        config.processingGuarantee(),
        config.drift().threads(),
        config.drift().standbyReplicas(),
        config.drift().commitInterval(),
        config.drift().advertisedAddress().map(AdvertisedAddress::parse).orElse(listens),
        config.drift().questionTimeout(),
        config.drift().questionKey().map(QuestionKey::of).orElse(QuestionKey.NONE),
        rules(config.incidents()),
        config.dashboardUrl().map(DriftSettings::dashboard).orElse(null),
        kafka,
        registry(config.schemaRegistry()),
        config.chaos().deduplication());
  }

  private static IncidentRules rules(DriftConfig.Incidents config) {
    require(
        config.resolveAfterRuns() >= 1, "profilemesh.incidents.resolve-after-runs is 1 or more");
    require(config.materialFactor() > 1, "profilemesh.incidents.material-factor is above 1");
    require(
        !config.keepResolved().isNegative(), "profilemesh.incidents.keep-resolved is not negative");
    return new IncidentRules(
        config.resolveAfterRuns(), config.materialFactor(), config.keepResolved());
  }

  static URI dashboard(String address) {
    String sentence = "profilemesh.dashboard-url is an address that begins with http or https";
    try {
      URI uri = new URI(address);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      require((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null, sentence);
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(sentence, e);
    }
  }

  private static Map<String, Object> registry(DriftConfig.SchemaRegistry config) {
    Map<String, Object> registry = new HashMap<>();
    registry.put("schema.registry.url", config.url());
    registry.put("auto.register.schemas", config.autoRegister());
    config
        .basicAuthUserInfo()
        .ifPresent(
            user -> {
              registry.put("basic.auth.credentials.source", "USER_INFO");
              registry.put("basic.auth.user.info", user);
            });
    return registry;
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "drift-service %s of %s".formatted(instanceId, environment);
  }
}
