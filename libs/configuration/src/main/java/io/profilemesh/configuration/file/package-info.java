/** Reads a file of declared keys: YAML or JSON, profiles, the environment, and every mistake. */
@NullMarked
package io.profilemesh.configuration.file;

import org.jspecify.annotations.NullMarked;
