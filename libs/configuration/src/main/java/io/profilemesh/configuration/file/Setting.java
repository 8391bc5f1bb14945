package io.profilemesh.configuration.file;

import org.jspecify.annotations.Nullable;

/**
 * A value in effect.
 *
 * @param path such as {@code sources.warehouse.port}
 * @param value as text, {@code ***} for a secret; null where there is none
 * @param from where it comes from, for people: a line, a variable, a default
 */
public record Setting(String path, @Nullable String value, String from) {}
