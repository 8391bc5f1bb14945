package io.profilemesh.metadata;

import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Hands named scripts to Flyway. */
final class ScriptResources implements ResourceProvider {

  private final List<Script> scripts;

  ScriptResources(List<Script> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  static ScriptResources ofThisVersion() {
    return new ScriptResources(
        MigrationScripts.ALL.stream()
            .map(name -> new Script(name, MigrationScripts.read(name)))
            .toList());
  }

  List<Script> scripts() {
    return scripts;
  }

  @Override
  @SuppressWarnings("NullAway") // Flyway expects null for what is not there.
  public @Nullable LoadableResource getResource(String name) {
    return scripts.stream()
        .filter(script -> script.name().equals(name))
        .findFirst()
        .<LoadableResource>map(ScriptResource::new)
        .orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return scripts.stream()
        .filter(script -> script.name().startsWith(prefix))
        .filter(script -> Arrays.stream(suffixes).anyMatch(script.name()::endsWith))
        .<LoadableResource>map(ScriptResource::new)
        .toList();
  }

  /**
   * A migration.
   *
   * @param name file name
   * @param sql text
   */
  record Script(String name, String sql) {

    /** Version in the name. */
    int version() {
      return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
  }

  private static final class ScriptResource extends LoadableResource {

    private final Script script;

    ScriptResource(Script script) {
      this.script = script;
    }

    @Override
    public Reader read() {
      return new StringReader(script.sql());
    }

    @Override
    public String getAbsolutePath() {
      return MigrationScripts.LOCATION + '/' + script.name();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getAbsolutePath();
    }

    @Override
    public String getFilename() {
      return script.name();
    }

    @Override
    public String getRelativePath() {
      return script.name();
    }
  }
}
