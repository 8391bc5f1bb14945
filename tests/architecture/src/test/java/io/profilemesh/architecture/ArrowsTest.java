package io.profilemesh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.profilemesh.architecture.ProductClasses.CLI;
import static io.profilemesh.architecture.ProductClasses.CONFIGURATION;
import static io.profilemesh.architecture.ProductClasses.CORE;
import static io.profilemesh.architecture.ProductClasses.DRIFT;
import static io.profilemesh.architecture.ProductClasses.JUDGEMENT;
import static io.profilemesh.architecture.ProductClasses.METADATA;
import static io.profilemesh.architecture.ProductClasses.PROFILER;
import static io.profilemesh.architecture.ProductClasses.QUERY;
import static io.profilemesh.architecture.ProductClasses.SCHEMAS;
import static io.profilemesh.architecture.ProductClasses.SINK;
import static io.profilemesh.architecture.ProductClasses.STACK;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module may know which. */
class ArrowsTest {

  @Test
  void shouldKeepTheCorePure() {
    classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            CORE,
            "java.lang..",
            "java.util",
            "java.util.concurrent..",
            "java.util.function..",
            "java.util.regex..",
            "java.util.stream..",
            "java.util.random..",
            "java.math..",
            "java.nio",
            "java.nio.charset..",
            "java.io..",
            "java.security..",
            "java.text..",
            "java.time..",
            "javax.crypto..",
            "org.jspecify..")
        .because(
            "the core is a library of meaning: pass it values, and keep Kafka, Avro, JDBC, CDI and"
                + " logging in the service that calls it")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepTheContractSmall() {
    classes()
        .that()
        .resideInAPackage(SCHEMAS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            SCHEMAS,
            "java..",
            "javax..",
            "org.apache.avro..",
            "org.apache.kafka..",
            "com.fasterxml.jackson..",
            "org.slf4j..",
            "org.jspecify..")
        .because(
            "every module and every user's consumer takes the contract as it is: what it needs"
                + " beyond Avro, Kafka and JSON belongs to a service")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepTheConfigurationOnItsOwn() {
    classes()
        .that()
        .resideInAPackage(CONFIGURATION)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(CONFIGURATION, "java..", "org.yaml.snakeyaml..", "org.jspecify..")
        .because(
            "the profiler and the command line read the same file by it: what speaks to a source"
                + " belongs to profiler-service")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepTheJudgementBetweenSchemasAndCore() {
    classes()
        .that()
        .resideInAPackage(JUDGEMENT)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            JUDGEMENT, SCHEMAS, CORE, "java..", "org.apache.avro..", "org.jspecify..")
        .because(
            "the stream and a comparison judge by it: what speaks to a store or a table belongs to"
                + " the service that has it")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepTheMetadataSchemaOnItsOwn() {
    noClasses()
        .that()
        .resideInAPackage(METADATA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SCHEMAS, CORE, SINK, STACK, PROFILER, DRIFT, QUERY, CLI, "io.quarkus..")
        .because(
            "the service and the command line both migrate with it: move code that knows records"
                + " to query-service")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepTheMetadataSinkOutsideTheServices() {
    noClasses()
        .that()
        .resideInAPackage(SINK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            STACK, PROFILER, DRIFT, QUERY, CLI, "io.quarkus..", "jakarta..", "io.smallrye..")
        .because(
            "the service stores records with it and the command line rebuilds the tables with it:"
                + " patience, metrics and dead letters belong to query-service")
        .check(ProductClasses.all());
  }

  @Test
  void shouldLetTheLocalStackKnowOnlyTheSchemas() {
    noClasses()
        .that()
        .resideInAPackage(STACK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CORE, CONFIGURATION, METADATA, SINK, PROFILER, DRIFT, QUERY, CLI)
        .because(
            "the stack is broker, registry and database: what starts services or migrates belongs"
                + " to the command line")
        .check(ProductClasses.all());
  }

  @ParameterizedTest
  @ValueSource(strings = {PROFILER, DRIFT, QUERY})
  void shouldKeepServicesApart(String service) {
    String[] others =
        Stream.of(PROFILER, DRIFT, QUERY, STACK, CLI)
            .filter(each -> !each.equals(service))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(service)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .because(
            "services meet on topics and HTTP only: move a shared record to schemas, a shared"
                + " meaning to profile-core")
        .check(ProductClasses.all());
  }

  @Test
  void shouldLetOnlyTheQueryServiceAndTheCommandLineMigrate() {
    noClasses()
        .that()
        .resideInAnyPackage(PROFILER, DRIFT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(METADATA, SINK)
        .because("only the query service owns metadata tables: publish a record instead")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepTheCommandLineOutsideTheServices() {
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROFILER, DRIFT, QUERY, "io.quarkus..", "jakarta..")
        .because("the command line is a client: call REST or Kafka, and start fast")
        .check(ProductClasses.all());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.profilemesh.core.(*)..",
        "io.profilemesh.configuration.(*)..",
        "io.profilemesh.profiler.(*)..",
        "io.profilemesh.judgement.(*)..",
        "io.profilemesh.drift.(*)..",
        "io.profilemesh.query.(*)..",
        "io.profilemesh.sink.(*)..",
        "io.profilemesh.cli.(*).."
      })
  void shouldKeepPackagesFreeOfCycles(String packages) {
    slices()
        .matching(packages)
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .because("a cycle makes two packages one: move the shared type to the one both may know")
        .check(ProductClasses.all());
  }
}
