package io.profilemesh.profiler.dialect;

import io.profilemesh.profiler.dialect.FileTables.FileTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Names, sizes and times of the files of a table. */
final class FilesChangeTokens implements ChangeTokens {

  /** File systems keep times to two seconds at worst. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private final FileTables files;

  FilesChangeTokens(FileTables files) {
    this.files = files;
  }

  @Override
  public Duration quietMargin() {
    return MARGIN;
  }

  @Override
  public Map<TableRef, TableLook> look(Connection connection, Collection<TableRef> tables)
      throws SQLException {
    Map<TableRef, TableLook> looks = new HashMap<>();
    try {
      for (FileTable table : files.all()) {
        if (tables.contains(table.table())) {
          looks.put(table.table(), look(table));
        }
      }
    } catch (UncheckedIOException e) {
      throw new SQLException("the directory cannot be read", "08001", e);
    }
    return looks;
  }

  private static TableLook look(FileTable table) {
    MessageDigest digest = sha256();
    long bytes = 0;
    for (Path file : table.files()) {
      BasicFileAttributes attributes;
      try {
        attributes = Files.readAttributes(file, BasicFileAttributes.class);
      } catch (IOException e) {
        return TableLook.without("A file of the table cannot be looked at.", null, null);
      }
      bytes += attributes.size();
      String line = file + "\0" + attributes.size() + "\0" + attributes.lastModifiedTime() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return TableLook.of(HexFormat.of().formatHex(digest.digest(), 0, 16), null, bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
