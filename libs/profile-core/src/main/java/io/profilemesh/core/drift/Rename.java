package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;

/**
 * A column that seems to go on under another name.
 *
 * @param confidence between 0 and 1
 */
public record Rename(ColumnName from, ColumnName to, double confidence) {}
