package io.profilemesh.schema.serde;

import io.profilemesh.schema.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Brings a registry to the contract: every subject with its level and its schema. */
public final class SchemaRegistration {

  /** The level of every subject. */
  public static final Compatibility LEVEL = Compatibility.FULL_TRANSITIVE;

  private SchemaRegistration() {}

  /**
   * Sets the level of every subject, then registers its schema; repeating it changes nothing.
   *
   * @return id by subject
   * @throws RegistryRefusedException when a schema is incompatible with what is registered; the
   *     message names the subject
   */
  public static Map<String, Integer> register(
      SchemaRegistryClient client, Collection<Topic> topics) {
    Map<String, Integer> ids = new TreeMap<>();
    for (Topic topic : topics) {
      Schema schema = topic.valueSchema();
      if (schema != null) {
        ids.put(topic.subject(), register(client, topic.subject(), schema));
      }
    }
    return ids;
  }

  /**
   * Compares a registry with the contract and changes nothing.
   *
   * @return what is missing or in the way, one sentence each; empty when the registry fits
   */
  public static List<String> check(SchemaRegistryClient client, Collection<Topic> topics) {
    List<String> problems = new ArrayList<>();
    for (Topic topic : topics) {
      Schema schema = topic.valueSchema();
      if (schema != null) {
        check(client, topic.subject(), schema, problems);
      }
    }
    return List.copyOf(problems);
  }

  private static int register(SchemaRegistryClient client, String subject, Schema schema) {
    try {
      if (client.compatibility(subject).filter(LEVEL::equals).isEmpty()) {
        client.setCompatibility(subject, LEVEL);
      }
      return client.register(subject, schema);
    } catch (RegistryRefusedException e) {
      throw new RegistryRefusedException(e.code(), "subject '" + subject + "': " + e.getMessage());
    }
  }

  private static void check(
      SchemaRegistryClient client, String subject, Schema schema, List<String> problems) {
    OptionalInt id = client.idOf(subject, schema);
    if (id.isEmpty()) {
      List<String> against = client.incompatibilities(subject, schema);
      problems.add(
          against.isEmpty()
              ? "Subject '%s' lacks the schema of %s: run 'profilemesh schemas register'."
                  .formatted(subject, schema.getName())
              : "Subject '%s' holds schemas that %s of this version does not fit: %s."
                  .formatted(subject, schema.getName(), String.join("; ", against)));
    }
    if (client.compatibility(subject).filter(LEVEL::equals).isEmpty()) {
      problems.add(
          "Subject '%s' is not kept at %s: run 'profilemesh schemas register'."
              .formatted(subject, LEVEL));
    }
  }
}
