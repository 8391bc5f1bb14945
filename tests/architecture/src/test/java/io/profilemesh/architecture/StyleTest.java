package io.profilemesh.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.profilemesh.architecture.ProductClasses.CLI;
import static io.profilemesh.architecture.ProductClasses.CORE;
import static io.profilemesh.architecture.ProductClasses.STACK;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How code of every module is written. */
class StyleTest {

  /** Parts of the drift service that the topology driver builds with plain {@code new}. */
  private static final String[] DRIFT_FLOW = {
    "io.profilemesh.drift",
    "io.profilemesh.drift.processor..",
    "io.profilemesh.drift.store..",
    "io.profilemesh.drift.mapping..",
    "io.profilemesh.judgement.."
  };

  private static final Set<String> CLOCK_METHODS = Set.of("now", "currentTimeMillis", "nanoTime");

  private static final DescribedPredicate<JavaCall<?>> READING_A_CLOCK_OR_CHANCE =
      DescribedPredicate.describe(
          "reading a clock or chance",
          call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            boolean time =
                (owner.startsWith("java.time.") || owner.equals("java.lang.System"))
                    && CLOCK_METHODS.contains(name);
            boolean clock = owner.equals("java.time.Clock") && name.startsWith("system");
            boolean chance =
                owner.equals("java.util.Random")
                    || owner.equals("java.util.concurrent.ThreadLocalRandom")
                    || owner.equals("java.security.SecureRandom")
                    || (owner.equals("java.lang.Math") && name.equals("random"))
                    || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                    || (owner.equals("java.util.Collections") && name.equals("shuffle"));
            return time || clock || chance;
          });

  @Test
  void shouldKeepClockAndChanceOutOfTheCore() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .callCodeUnitWhere(READING_A_CLOCK_OR_CHANCE)
        .because(
            "the same input must give the same bytes: take the instant or the seed as a parameter")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepClockAndChanceOutOfTheTopology() {
    // The jitter of its retries spreads load and reaches no record.
    String waitsForTheRegistry = "RegistryPatience";
    noClasses()
        .that()
        .resideInAnyPackage(DRIFT_FLOW)
        .and()
        .doNotHaveSimpleName(waitsForTheRegistry)
        .should()
        .callCodeUnitWhere(READING_A_CLOCK_OR_CHANCE)
        .because(
            "a replay must give the same events: take time from the record or the processor's"
                + " context")
        .check(ProductClasses.all());
  }

  @Test
  void shouldKeepInjectionOutOfTheTopology() {
    noClasses()
        .that()
        .resideInAnyPackage(DRIFT_FLOW)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "io.quarkus..", "org.eclipse.microprofile..")
        .because("the test driver builds it with plain new: wire it in io.profilemesh.drift.wiring")
        .check(ProductClasses.all());
  }

  @Test
  void shouldNameClassesInTheWordsOfTheField() {
    noClasses()
        .should()
        .haveNameMatching(".*\\.[A-Za-z]*(Util|Utils|Helper|Helpers|Manager|Common|Misc)(\\$.*)?")
        .because("such a name says nothing: name the thing, or split it until it has a name")
        .check(ProductClasses.all());
  }

  @Test
  void shouldNamePackagesInTheWordsOfTheField() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..common..", "..util..", "..utils..", "..helper..", "..manager..", "..misc..")
        .because("such a package collects what nobody owns: put the class beside its user")
        .check(ProductClasses.all());
  }

  @Test
  void shouldWriteToTheConsoleOnlyFromTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CLI, STACK)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "System.out or System.err",
                (JavaAccess<?> access) ->
                    access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("out", "err").contains(access.getName())))
        .because("services log with context and levels: use the logger")
        .check(ProductClasses.all());
  }

  @Test
  void shouldNeverPrintAStackTrace() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "printStackTrace",
                (JavaMethodCall call) -> call.getName().equals("printStackTrace")))
        .because(
            "a trace may carry values and belongs to the log: pass the exception to the logger")
        .check(ProductClasses.all());
  }

  @Test
  void shouldClassifyDatabaseErrorsByState() {
    classes()
        .that()
        .resideInAPackage("io.profilemesh.profiler.dialect..")
        .should(
            never(
                callMethodWhere(
                    DescribedPredicate.describe(
                        "the message of an SQLException",
                        (JavaMethodCall call) ->
                            HasName.Predicates.name("getMessage").test(call.getTarget())
                                && call.getTargetOwner().isAssignableTo(SQLException.class)))))
        .because("message texts are translated and change: use the SQLState")
        .check(ProductClasses.all());
  }
}
