package io.profilemesh.schema.serde;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * A schema registry that speaks the Confluent REST API.
 *
 * <p>Thread-safe. What was once learned about an id stays known for the life of the client, so
 * schemas seen before keep working while the registry is away. Every method throws {@link
 * RegistryUnavailableException} when the answer is not known yet and no registry can be asked, and
 * {@link RegistryRefusedException} when the registry refuses.
 */
public sealed interface SchemaRegistryClient permits HttpSchemaRegistry, InMemorySchemaRegistry {

  /**
   * The client that a configuration asks for.
   *
   * @param config Confluent's keys; {@code schema.registry.url} is needed: one or more addresses,
   *     separated by commas, or {@code mock://scope} for a registry in memory, shared by all
   *     clients of that scope
   * @throws IllegalArgumentException when a key is missing or wrong; the message names the key and
   *     no secret
   */
  static SchemaRegistryClient of(Map<String, ?> config) {
    RegistryConfig parsed = RegistryConfig.parse(config);
    return parsed.mockScope().isPresent()
        ? InMemorySchemaRegistry.ofScope(parsed.mockScope().get())
        : new HttpSchemaRegistry(parsed);
  }

  /** Registers a schema, or finds it registered; gives its id. */
  int register(String subject, Schema schema);

  /** The id of exactly this schema under this subject; empty when it is not registered there. */
  OptionalInt idOf(String subject, Schema schema);

  /** The schema of an id; empty when the registry knows no such id. */
  Optional<Schema> schemaOf(int id);

  /** The newest version of a subject; empty when the subject does not exist. Never cached. */
  Optional<RegisteredSchema> latest(String subject);

  /**
   * Asks whether a schema could become the next version of a subject.
   *
   * @return what stands against it, one sentence each; empty when nothing does or the subject does
   *     not exist
   */
  List<String> incompatibilities(String subject, Schema schema);

  /** The compatibility level set for a subject itself; empty when none is set. */
  Optional<Compatibility> compatibility(String subject);

  /** Sets the compatibility level of a subject, which need not exist yet. */
  void setCompatibility(String subject, Compatibility level);

  /** All subjects, in alphabetical order. */
  List<String> subjects();
}
