package io.profilemesh.schema.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry within this process, for tests; clients of one scope share it. It keeps to the
 * compatibility levels and can be told to be unavailable. Thread-safe.
 */
public final class InMemorySchemaRegistry implements SchemaRegistryClient {

  private static final Map<String, InMemorySchemaRegistry> SCOPES = new ConcurrentHashMap<>();

  private final Map<String, List<RegisteredSchema>> subjects = new TreeMap<>();
  private final Map<String, Compatibility> levels = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, Schema> schemas = new HashMap<>();
  private boolean available = true;

  private InMemorySchemaRegistry() {}

  /** The registry of a scope, made when it is first asked for. */
  public static InMemorySchemaRegistry ofScope(String scope) {
    return SCOPES.computeIfAbsent(scope, name -> new InMemorySchemaRegistry());
  }

  /** Lets every call from now on fail as if the registry were away, or succeed again. */
  public synchronized void setAvailable(boolean available) {
    this.available = available;
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    OptionalInt known = idOf(subject, schema);
    if (known.isPresent()) {
      return known.getAsInt();
    }
    List<String> against = incompatibilities(subject, schema);
    if (!against.isEmpty()) {
      throw new RegistryRefusedException(409, String.join("; ", against));
    }
    String text = SchemaTexts.of(schema);
    int id = ids.computeIfAbsent(text, t -> ids.size() + 1);
    Schema neutral = SchemaTexts.parse(text).orElse(schema);
    schemas.put(id, neutral);
    List<RegisteredSchema> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
    versions.add(new RegisteredSchema(subject, versions.size() + 1, id, neutral));
    return id;
  }

  @Override
  public synchronized OptionalInt idOf(String subject, Schema schema) {
    requireAvailable();
    String text = SchemaTexts.of(schema);
    return versions(subject).stream()
        .filter(version -> SchemaTexts.of(version.schema()).equals(text))
        .mapToInt(RegisteredSchema::id)
        .findFirst();
  }

  @Override
  public synchronized Optional<Schema> schemaOf(int id) {
    requireAvailable();
    return Optional.ofNullable(schemas.get(id));
  }

  @Override
  public synchronized Optional<RegisteredSchema> latest(String subject) {
    requireAvailable();
    List<RegisteredSchema> versions = versions(subject);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  @Override
  public synchronized List<String> incompatibilities(String subject, Schema schema) {
    requireAvailable();
    Compatibility level = levels.getOrDefault(subject, Compatibility.NONE);
    return CompatibilityRules.against(
        level, schema, versions(subject).stream().map(RegisteredSchema::schema).toList());
  }

  @Override
  public synchronized Optional<Compatibility> compatibility(String subject) {
    requireAvailable();
    return Optional.ofNullable(levels.get(subject));
  }

  @Override
  public synchronized void setCompatibility(String subject, Compatibility level) {
    requireAvailable();
    levels.put(subject, level);
  }

  @Override
  public synchronized List<String> subjects() {
    requireAvailable();
    return List.copyOf(subjects.keySet());
  }

  private List<RegisteredSchema> versions(String subject) {
    return subjects.getOrDefault(subject, List.of());
  }

  private void requireAvailable() {
    if (!available) {
      throw new RegistryUnavailableException("the registry in memory was told to be unavailable");
    }
  }
}
