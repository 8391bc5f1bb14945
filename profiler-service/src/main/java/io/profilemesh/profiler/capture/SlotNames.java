package io.profilemesh.profiler.capture;

import io.profilemesh.schema.EventIds;
import java.util.Locale;

/** Names of slots and publications: they are one name space for all databases of a server. */
final class SlotNames {

  private static final int MOST_LETTERS = 40;
  private static final int HASH_DIGITS = 8;

  private SlotNames() {}

  /**
   * The same for the same mesh, source and database; another for every other.
   *
   * @param mesh what tells this mesh from others
   */
  static String of(String mesh, String source, String database) {
    String letters = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    String shortened =
        letters.length() > MOST_LETTERS ? letters.substring(0, MOST_LETTERS) : letters;
    String hash = EventIds.of(mesh, source, database).substring(0, HASH_DIGITS);
    return "profilemesh_" + shortened + '_' + hash;
  }
}
