package io.profilemesh.profiler.source;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import java.util.Collection;
import java.util.Map;

/** How the servers of MySQL and MariaDB are set. Asks each time; safe for use by many threads. */
@FunctionalInterface
public interface ServerVariables {

  /** Global variables of a registered source by their names; the unknown ones are left out. */
  Lookup<Map<String, String>> of(SourceName source, Collection<String> names);
}
