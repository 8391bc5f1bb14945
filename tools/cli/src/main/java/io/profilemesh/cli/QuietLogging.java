package io.profilemesh.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps libraries from writing between a command's own lines, unless debugging is asked for. */
public final class QuietLogging {

  /** Called by java.util.logging when it starts. */
  public QuietLogging() {
    Logger root = Logger.getLogger("");
    String debug = System.getenv("PROFILEMESH_DEBUG");
    boolean loud = debug != null && !debug.isEmpty() && !debug.equals("0");
    root.setLevel(loud ? Level.INFO : Level.OFF);
    if (loud) {
      root.addHandler(new ConsoleHandler());
    }
  }
}
