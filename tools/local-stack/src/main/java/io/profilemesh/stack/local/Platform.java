package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import java.util.Locale;

/** A kind of machine that PostgreSQL binaries exist for. */
enum Platform {
  LINUX_X86_64("postgres-linux-x86_64.txz"),
  LINUX_ARM64("postgres-linux-arm_64.txz"),
  MACOS_ARM64("postgres-darwin-arm_64.txz"),
  MACOS_X86_64("postgres-darwin-x86_64.txz");

  private final String archivePattern;

  Platform(String archivePattern) {
    this.archivePattern = archivePattern;
  }

  String archivePattern() {
    return archivePattern;
  }

  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String system, String architecture) {
    String os = system.toLowerCase(Locale.ROOT);
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    if (os.startsWith("linux") && (arm || intel)) {
      return arm ? LINUX_ARM64 : LINUX_X86_64;
    }
    if (os.startsWith("mac") && (arm || intel)) {
      return arm ? MACOS_ARM64 : MACOS_X86_64;
    }
    throw new StackException(
        "The local stack does not run on " + system + " " + architecture + ".",
        "It runs on Linux and macOS, on x86-64 and arm64. Elsewhere use docker compose, or on"
            + " Windows the Linux subsystem (WSL).");
  }
}
