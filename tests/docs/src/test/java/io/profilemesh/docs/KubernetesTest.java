package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests have no unknown field, and their parts fit each other and the services. */
class KubernetesTest {

  /** Fails on a field that the Kubernetes API does not have, or a required one that is missing. */
  @FunctionalInterface
  private interface Validation {
    void check(JsonElement manifest) throws Exception;
  }

  private static final Map<String, Validation> KINDS =
      Map.of(
          "apps/v1 Deployment", V1Deployment::validateJsonElement,
          "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
          "batch/v1 Job", V1Job::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  private static final String README = Repository.read("k8s/README.md");

  static List<Manifest> manifests() {
    return Manifest.base();
  }

  static Stream<Manifest> workloads() {
    return Manifest.base().stream().filter(Manifest::runsPods);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void shouldHaveOnlyFieldsThatTheApiHas(Manifest manifest) {
    Validation validation = KINDS.get(manifest.type());

    assertThat(validation).as("a validation for " + manifest.type()).isNotNull();
    assertThatCode(() -> validation.check(JsonParser.parseString(manifest.content().toString())))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldListEveryManifestInTheBase() {
    JsonNode base = Repository.yaml(Repository.read("k8s/base/kustomization.yaml")).get(0);
    Set<String> listed = new TreeSet<>();
    base.path("resources").forEach(resource -> listed.add(resource.asText()));
    Set<String> present =
        Repository.files("k8s/base")
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".yaml"))
            .filter(name -> !Set.of("kustomization.yaml", "profilemesh.yaml").contains(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).isEqualTo(present);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldSelectItsOwnPods(Manifest workload) {
    JsonNode selector = workload.content().at("/spec/selector/matchLabels");

    selector
        .properties()
        .forEach(
            label ->
                assertThat(workload.podLabels().get(label.getKey())).isEqualTo(label.getValue()));
  }

  @Test
  void shouldPointServicesBudgetsAndPoliciesAtPodsThatExist() {
    List<Manifest> others = Manifest.base().stream().filter(each -> !each.runsPods()).toList();

    assertThat(others)
        .isNotEmpty()
        .allSatisfy(
            manifest ->
                assertThat(workloads())
                    .anyMatch(workload -> matches(manifest.selector(), workload.podLabels())));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldRunWithoutPrivileges(Manifest workload) {
    JsonNode container = workload.container();

    assertThat(workload.pod().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldAskForWhatItUses(Manifest workload) {
    assertThat(workload.container().at("/resources/requests/cpu").asText()).isNotEmpty();
    assertThat(workload.container().at("/resources/requests/memory"))
        .isEqualTo(workload.container().at("/resources/limits/memory"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldMountOnlyVolumesOfThePod(Manifest workload) {
    Set<String> volumes = new TreeSet<>();
    workload.pod().path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
    workload
        .content()
        .at("/spec/volumeClaimTemplates")
        .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));

    assertThat(workload.container().path("volumeMounts"))
        .allMatch(mount -> volumes.contains(mount.path("name").asText()));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldListenWhereTheImageDoes(Manifest workload) {
    JsonNode ports = workload.container().path("ports");

    assertThat(workload.image().port())
        .isEqualTo(
            ports.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(ports.path(0).path("containerPort").asInt()));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldBeProbedWhereItListens(Manifest workload) {
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode definition = workload.container().path(probe);
      assertThat(definition.isMissingNode()).isEqualTo(workload.image().port().isEmpty());
      if (definition.has("httpGet")) {
        assertThat(definition.at("/httpGet/port").asText()).isEqualTo("http");
        assertThat(definition.at("/httpGet/path").asText()).startsWith("/q/health/");
      } else if (definition.has("exec")) {
        assertThat(definition.at("/exec/command/1").asInt())
            .isEqualTo(workload.image().port().orElseThrow());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldSetOnlyVariablesThatTheProgramKnows(Manifest workload) {
    Set<String> known = ServiceSettings.of(workload.image()).variables();

    assertThat(workload.variables()).isSubsetOf(known);
  }

  @Test
  void shouldShareOnlyVariablesThatSomeProgramKnows() {
    Set<String> known =
        ServiceImage.ALL.stream()
            .flatMap(image -> ServiceSettings.of(image).variables().stream())
            .collect(Collectors.toSet());

    assertThat(Repository.read("k8s/base/config/mesh.env").lines())
        .allMatch(line -> known.contains(line.substring(0, line.indexOf('='))));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldReferOnlyToSecretsThatTheReadmeNames(Manifest workload) {
    Set<String> secrets = new TreeSet<>();
    workload.content().findValues("secretKeyRef").forEach(ref -> secrets.add(name(ref)));
    workload.content().findValuesAsText("secretName").forEach(secrets::add);

    assertThat(secrets).allMatch(secret -> README.contains("| `" + secret + "` |"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldRunOnlyCommandsThatExist(Manifest workload) {
    JsonNode arguments = workload.container().path("args");
    if (arguments.isArray()) {
      String[] command = new String[arguments.size()];
      for (int i = 0; i < command.length; i++) {
        command[i] = arguments.get(i).asText();
      }
      CommandLineModel.commandLine().parseArgs(command);
    }
    assertThat(arguments.isArray()).isEqualTo(workload.image().port().isEmpty());
  }

  @Test
  void shouldKeepSecretsOutOfTheManifests() {
    Pattern value = Pattern.compile("(?i)(^|[^a-z])(password|secret|token): *[^$\\s].*");

    assertThat(
            Repository.files("k8s")
                .filter(file -> file.toString().endsWith(".yaml"))
                .flatMap(file -> Repository.read(file).lines())
                .filter(line -> value.matcher(line).find()))
        .isEmpty();
  }

  private static String name(JsonNode reference) {
    return reference.path("name").asText();
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    return !selector.isEmpty()
        && selector.properties().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
  }
}
