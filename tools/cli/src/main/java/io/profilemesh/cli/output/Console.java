package io.profilemesh.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: data to {@code out}, progress and messages to {@code err}.
 *
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param outColours colours of standard output
 * @param errColours colours of standard error
 * @param interactive whether a person watches standard error, so that a line may be rewritten
 * @param unicode whether signs outside ASCII may be used as ornaments
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    Colours outColours,
    Colours errColours,
    boolean interactive,
    boolean unicode) {

  /** The console of this process. */
  public static Console ofProcess(Map<String, String> environment) {
    boolean plain = isSet(environment.get("NO_COLOR")) || "dumb".equals(environment.get("TERM"));
    boolean outTerminal = isTerminal(environment, 1);
    boolean errTerminal = isTerminal(environment, 2);
    return new Console(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new Colours(outTerminal && !plain),
        new Colours(errTerminal && !plain),
        errTerminal,
        hasUnicode(environment));
  }

  /** A console that writes without colours, for a file or a test. */
  public static Console plain(PrintWriter out, PrintWriter err) {
    return new Console(out, err, Colours.OFF, Colours.OFF, false, true);
  }

  /** The first sign, or the second where only ASCII is safe. */
  public String sign(String unicodeSign, String ascii) {
    return unicode ? unicodeSign : ascii;
  }

  /** Empties a terminal; anything else stays as it is. */
  public void clearScreen() {
    if (outColours.enabled()) {
      out.print("\u001b[H\u001b[2J");
    } else {
      out.println();
    }
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  /** The launcher says which descriptors are terminals; without it, Linux itself is asked. */
  static boolean isTerminal(Map<String, String> environment, int descriptor) {
    String told = environment.get("PROFILEMESH_TERMINAL");
    if (told != null) {
      return told.contains(Integer.toString(descriptor));
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean hasUnicode(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(environment::get)
        .filter(Console::isSet)
        .findFirst()
        .map(value -> value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
        .orElse(false);
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }
}
