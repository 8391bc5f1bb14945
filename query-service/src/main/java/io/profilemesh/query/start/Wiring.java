package io.profilemesh.query.start;

import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Puts together what is not made by the framework. */
final class Wiring {

  private Wiring() {}

  @Produces
  @Singleton
  static Mesh mesh(Config config) {
    try {
      return Mesh.of(config);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  @Produces
  @Singleton
  static SchemaRegistryClient registry(Mesh mesh) {
    try {
      return SchemaRegistryClient.of(mesh.registry());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }
}
