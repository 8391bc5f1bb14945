package io.profilemesh.configuration.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
public final class Spelling {

  private static final int LONGEST = 100;

  private Spelling() {}

  /** {@code ; did you mean 'x'?}, or nothing when no name is close. */
  public static String hint(String written, Collection<String> names) {
    return closest(written, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  static Optional<String> closest(String written, Collection<String> names) {
    String plain = plain(written);
    if (plain.isEmpty() || plain.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> distance(plain, plain(name)) <= Math.max(1, plain.length() / 3))
        .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
  }

  /** Without what people vary: case, dashes, underscores. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Letters to insert, delete, change or swap with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
