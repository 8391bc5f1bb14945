package io.profilemesh.stack.local;

import io.profilemesh.stack.process.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command line of a Java child; starts it quicker from the second time on. */
final class JavaCommand {

  private final List<String> arguments = new ArrayList<>();

  JavaCommand(ProcessMark mark) {
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // First, so that it is found even where the system cuts long command lines.
    arguments.add(mark.argument());
    arguments.add("-XX:+UseSerialGC");
    arguments.add("-XX:+ExitOnOutOfMemoryError");
    arguments.add("-Dfile.encoding=UTF-8");
    arguments.add("-Djava.awt.headless=true");
  }

  JavaCommand heapMegabytes(int megabytes) {
    arguments.add("-Xmx" + megabytes + "m");
    return this;
  }

  /** For processes that live briefly or do little: compiles quickly instead of well. */
  JavaCommand quickCompiler() {
    arguments.add("-XX:TieredStopAtLevel=1");
    return this;
  }

  /** Native libraries are unpacked there; a killed process leaves them behind. */
  JavaCommand temporaryFiles(Path directory) {
    return property("java.io.tmpdir", directory);
  }

  JavaCommand property(String name, Object value) {
    arguments.add("-D" + name + "=" + value);
    return this;
  }

  /**
   * Shares loaded classes between starts: the first orderly stop writes the archive, later starts
   * read it. The JVM itself ignores an archive that does not fit it or the class path.
   */
  JavaCommand sharedClasses(ClassArchive archive) {
    arguments.addAll(archive.options());
    return this;
  }

  JavaCommand add(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  JavaCommand addAll(List<String> more) {
    arguments.addAll(more);
    return this;
  }

  List<String> arguments() {
    return List.copyOf(arguments);
  }

  /**
   * An archive of classes of one program.
   *
   * @param file the archive once it is complete
   * @param draft where a process writes it first, so that nobody reads half of one
   */
  record ClassArchive(Path file, Path draft) {

    static ClassArchive of(Path cache, String program) {
      String name = program + "-" + Runtime.version() + ".jsa";
      try {
        Files.createDirectories(cache);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot create " + cache, e);
      }
      String unique = Long.toString(ProcessHandle.current().pid()) + "-" + System.nanoTime();
      return new ClassArchive(cache.resolve(name), cache.resolve(name + "." + unique));
    }

    List<String> options() {
      return Files.exists(file)
          ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
          : List.of("-XX:ArchiveClassesAtExit=" + draft, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** Called when the process has ended: makes what it wrote the archive. */
    void publish() {
      try {
        if (Files.exists(draft)) {
          Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException ignored) {
        // Only the next start is slower.
      }
    }
  }
}
