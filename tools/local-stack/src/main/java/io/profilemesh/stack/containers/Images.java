package io.profilemesh.stack.containers;

/**
 * Images to run.
 *
 * @param kafka image with the interface of {@code apache/kafka}
 * @param postgres image with the interface of {@code postgres}
 * @param registry image of Apicurio Registry, or Confluent's if its name says {@code
 *     cp-schema-registry}
 */
record Images(String kafka, String postgres, String registry) {

  /** From the system properties {@code profilemesh.images.kafka}, {@code .postgres}, ... */
  static Images ofSystemProperties() {
    return new Images(
        System.getProperty("profilemesh.images.kafka", "apache/kafka:4.3.1"),
        System.getProperty("profilemesh.images.postgres", "postgres:18"),
        System.getProperty("profilemesh.images.registry", "apicurio/apicurio-registry:3.0.9"));
  }

  boolean isConfluentRegistry() {
    return registry.contains("cp-schema-registry");
  }
}
