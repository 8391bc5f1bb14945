package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links between documents lead somewhere. */
class LinksTest {

  @Test
  void shouldResolveEveryRelativeLink() {
    List<String> dead = new ArrayList<>();
    for (Path document : Repository.markdown()) {
      for (String link : new Markdown(Repository.read(document)).links()) {
        if (!resolves(document, link)) {
          dead.add(Repository.relative(document) + " -> " + link);
        }
      }
    }

    assertThat(dead).as("links to files or headings that do not exist").isEmpty();
  }

  @Test
  void shouldLinkEveryDocumentFromAnother() {
    List<Path> linked = new ArrayList<>();
    for (Path document : Repository.markdown()) {
      for (String link : new Markdown(Repository.read(document)).links()) {
        if (isRelative(link)) {
          linked.add(target(document, link));
        }
      }
    }

    assertThat(Repository.files("docs").filter(file -> file.toString().endsWith(".md")))
        .as("documents under docs that nobody would find: link them from README.md or a neighbour")
        .allMatch(document -> linked.contains(document) || linked.contains(document.getParent()));
  }

  @Test
  void shouldGiveEveryDecisionANumberOfItsOwn() {
    assertThat(
            Repository.files("docs/adr")
                .map(file -> file.getFileName().toString())
                .map(name -> name.replaceAll("^(\\d{4})-[a-z0-9-]+\\.md$", "$1")))
        .allMatch(number -> number.matches("\\d{4}"))
        .doesNotHaveDuplicates();
  }

  private static boolean resolves(Path document, String link) {
    if (!isRelative(link)) {
      return true;
    }
    Path target = link.startsWith("#") ? document : target(document, link);
    int hash = link.indexOf('#');
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || !target.toString().endsWith(".md")
        || new Markdown(Repository.read(target)).anchors().contains(link.substring(hash + 1));
  }

  private static boolean isRelative(String link) {
    return !link.matches("(?i)^(https?|mailto):.*");
  }

  private static Path target(Path document, String link) {
    return document.resolveSibling(link.replaceAll("#.*", "")).normalize();
  }
}
