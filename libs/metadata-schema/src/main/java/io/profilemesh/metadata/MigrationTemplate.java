package io.profilemesh.metadata;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The beginning of a migration's file.
 *
 * @param fileName such as {@code V12__add_owner.sql}
 * @param text what stands in it until somebody writes it
 */
public record MigrationTemplate(String fileName, String text) {

  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");
  private static final int LONGEST = 60;

  /**
   * A template.
   *
   * @param version its number, from 1
   * @param description what it is to do, for people: verb, then object
   * @throws IllegalArgumentException when the description has no letter or digit
   */
  public static MigrationTemplate of(int version, String description) {
    String plain = Normalizer.normalize(description.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    String words = NO_WORD.matcher(plain.replaceAll("\\p{M}", "")).replaceAll("_");
    String name = words.replaceAll("^_+|_+$", "");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a description has letters or digits");
    }
    String slug = name.length() > LONGEST ? name.substring(0, LONGEST).replaceAll("_+$", "") : name;
    String text =
        """
        -- Why: %s.
        -- The program of the version before must go on working: add, and remove one version later.
        SET LOCAL lock_timeout = '5s';

        -- ALTER TABLE profilemesh_runs ADD COLUMN example text;
        -- COMMENT ON COLUMN profilemesh_runs.example IS 'What it holds, unit, and what null means.';

        -- Above each index, the question it answers.
        -- CREATE INDEX profilemesh_runs_example ON profilemesh_runs (example);
        """
            .formatted(description.replaceAll("\\s+", " ").strip());
    return new MigrationTemplate("V" + version + "__" + slug + ".sql", text);
  }
}
