package io.profilemesh.cli.export;

import java.nio.file.Path;

/**
 * A table that was written.
 *
 * @param table its name
 * @param rows rows
 * @param file where they are
 */
public record ExportedTable(String table, long rows, Path file) {}
