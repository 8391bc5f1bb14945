package io.profilemesh.cli.schemas;

import io.profilemesh.cli.Failure;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.RegistryRefusedException;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The schemas of a registry that speaks the Confluent REST API. */
public final class RegistryCatalogue implements SchemaCatalogue {

  private final SchemaRegistryClient client;
  private final String address;
  private final List<Topic> topics;

  /**
   * @param config Confluent's configuration keys
   * @param topicPrefix start of every topic name
   */
  public RegistryCatalogue(Map<String, String> config, String topicPrefix) {
    this.client = SchemaRegistryClient.of(config);
    this.address = String.valueOf(config.get("schema.registry.url"));
    this.topics = new Topics(topicPrefix).all();
  }

  @Override
  public Map<String, Integer> register() {
    return asking(() -> SchemaRegistration.register(client, topics));
  }

  @Override
  public List<String> check() {
    return asking(() -> SchemaRegistration.check(client, topics));
  }

  private <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (RegistryUnavailableException e) {
      throw Failure.failed(
          "no schema registry answers at " + address,
          "Start a local mesh with: profilemesh up. Or name a registry: --registry-url URL",
          e);
    } catch (RegistryRefusedException e) {
      throw Failure.failed(
          "the registry refuses: " + e.getMessage(),
          "A registered schema cannot be changed incompatibly: see docs/topics.md.",
          e);
    }
  }
}
