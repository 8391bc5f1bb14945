package io.profilemesh.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The main classes of every module, read once for all rules. */
final class ProductClasses {

  static final String SCHEMAS = "io.profilemesh.schema..";
  static final String CORE = "io.profilemesh.core..";
  static final String CONFIGURATION = "io.profilemesh.configuration..";
  static final String METADATA = "io.profilemesh.metadata..";
  static final String SINK = "io.profilemesh.sink..";
  static final String JUDGEMENT = "io.profilemesh.judgement..";
  static final String STACK = "io.profilemesh.stack..";
  static final String PROFILER = "io.profilemesh.profiler..";
  static final String DRIFT = "io.profilemesh.drift..";
  static final String QUERY = "io.profilemesh.query..";
  static final String CLI = "io.profilemesh.cli..";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/architecture/"))
          .importPackages("io.profilemesh");

  private ProductClasses() {}

  static JavaClasses all() {
    return ALL;
  }
}
