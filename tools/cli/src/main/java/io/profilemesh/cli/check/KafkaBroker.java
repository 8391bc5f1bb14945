package io.profilemesh.cli.check;

import io.profilemesh.cli.output.Formats;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster through its administration protocol. */
public final class KafkaBroker implements Broker {

  private static final int REQUEST_MS = 5_000;
  private static final int PATIENCE_MS = 10_000;

  private final String bootstrapServers;
  private final String topicPrefix;

  /**
   * @param bootstrapServers brokers, {@code host:port} separated by commas
   * @param topicPrefix start of every topic name
   */
  public KafkaBroker(String bootstrapServers, String topicPrefix) {
    this.bootstrapServers = bootstrapServers;
    this.topicPrefix = topicPrefix;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try (Admin admin = Admin.create(config())) {
      int brokers = get(admin.describeCluster().nodes()).size();
      findings.add(
          Finding.ok(
              "broker",
              Formats.count(brokers, "broker")
                  + " at "
                  + bootstrapServers
                  + ", cluster "
                  + get(admin.describeCluster().clusterId())));
      List<Topic> topics = new Topics(topicPrefix).all();
      findings.addAll(topics(admin, topics));
      findings.addAll(rights(admin, topics));
    } catch (KafkaException | TimeoutException e) {
      findings.add(
          Finding.problem(
              "broker",
              "no broker answers at " + bootstrapServers + ": " + e.getMessage(),
              "Check --bootstrap-servers, and that it runs: profilemesh status"));
    }
    return findings;
  }

  private Map<String, Object> config() {
    return Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        AdminClientConfig.CLIENT_ID_CONFIG,
        "profilemesh-cli",
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
        REQUEST_MS,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        PATIENCE_MS);
  }

  private List<Finding> topics(Admin admin, List<Topic> topics) {
    List<String> problems = TopicAdmin.problems(admin, topics);
    if (problems.isEmpty()) {
      return List.of(Finding.ok("topics", topics.size() + " topics are there and fit"));
    }
    return problems.stream()
        .map(
            problem ->
                Finding.problem(
                    "topics",
                    problem,
                    "The services create what is missing when they start; else check"
                        + " --topic-prefix, and see docs/topics.md."))
        .toList();
  }

  private static List<Finding> rights(Admin admin, List<Topic> topics) throws TimeoutException {
    List<Finding> findings = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(
                topics.stream().map(Topic::name).toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Topic topic : topics) {
      KafkaFuture<TopicDescription> answer = answers.get(topic.name());
      if (!topic.internal() && answer != null) {
        missing(topic, answer).ifPresent(findings::add);
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("rights", "the public topics may be read, and requests written"))
        : findings;
  }

  private static Optional<Finding> missing(Topic topic, KafkaFuture<TopicDescription> answer)
      throws TimeoutException {
    Set<AclOperation> lacking = EnumSet.of(AclOperation.READ, AclOperation.DESCRIBE);
    if (topic.name().endsWith("profile-requests")) {
      lacking.add(AclOperation.WRITE);
    }
    try {
      Set<AclOperation> granted = get(answer).authorizedOperations();
      if (granted == null) {
        return Optional.empty();
      }
      lacking.removeAll(granted);
    } catch (UnknownTopicOrPartitionException e) {
      // It is named among the topics.
      return Optional.empty();
    } catch (TopicAuthorizationException e) {
      return Optional.of(lack(topic, lacking));
    }
    return lacking.isEmpty() ? Optional.empty() : Optional.of(lack(topic, lacking));
  }

  private static Finding lack(Topic topic, Set<AclOperation> lacking) {
    StringJoiner names = new StringJoiner(", ");
    lacking.forEach(operation -> names.add(operation.name()));
    return Finding.problem(
        "rights",
        names + " is not allowed on " + topic.name(),
        "Let the cluster's administrator add an ACL for the user of this command.");
  }

  private static <T> T get(KafkaFuture<T> future) throws TimeoutException {
    try {
      return future.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException("the cluster could not be asked", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
