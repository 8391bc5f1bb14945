package io.profilemesh.stack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a process prints, kept in a file.
 *
 * @param file the file that the process appends to
 */
public record ProcessLog(Path file) {

  private static final long ROTATE_BYTES = 8L * 1024 * 1024;
  private static final int TAIL_BYTES = 32 * 1024;

  /** Moves a large file aside, replacing the one moved aside before. */
  public void rotate() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file) && Files.size(file) > ROTATE_BYTES) {
        Path former = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, former, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the log file " + file, e);
    }
  }

  /** The last lines, fewer if there are fewer; empty when nothing can be read. */
  public List<String> tail(int lines) {
    List<String> all = tailText().lines().filter(line -> !line.isBlank()).toList();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** Whether the process said lately that the disk is full. */
  public boolean saysDiskFull() {
    String text = tailText();
    return text.contains("No space left on device") || text.contains("Disk quota exceeded");
  }

  private String tailText() {
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, reader.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (reader.length() - from)];
      reader.seek(from);
      reader.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
