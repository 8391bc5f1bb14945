package io.profilemesh.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Base and overlays build; skipped where kubectl, which carries kustomize, is absent. */
class OverlaysTest {

  @ParameterizedTest
  @ValueSource(strings = {"k8s/base", "k8s/overlays/dev", "k8s/overlays/prod"})
  void shouldBuildEveryResourceWithAFixedImage(String folder) throws Exception {
    List<JsonNode> resources = Repository.yaml(kustomize(folder));

    assertThat(resources).hasSize(Manifest.base().size() + 2);
    assertThat(resources.stream().flatMap(resource -> resource.findValues("image").stream()))
        .isNotEmpty()
        .allSatisfy(image -> assertThat(image.asText()).matches("profilemesh/[a-z-]+:\\d.*"));
  }

  private static String kustomize(String folder) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("kubectl", "kustomize", Repository.path(folder).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return abort("skipped: kubectl is absent: " + e.getMessage());
    }
    String built = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("exit code of kubectl kustomize " + folder).isZero();
    return built;
  }
}
