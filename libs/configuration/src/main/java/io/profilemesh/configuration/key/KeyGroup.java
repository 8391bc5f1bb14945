package io.profilemesh.configuration.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a mapping of the configuration may have, in the order of the reference. Filled
 * while its class is loaded, constant from then on.
 */
public final class KeyGroup {

  private final String title;
  private final String introduction;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param title heading in the reference
   * @param introduction sentences in Markdown
   */
  public KeyGroup(String title, String introduction) {
    this.title = title;
    this.introduction = introduction;
  }

  /** Adds a key and gives it back, so that it can be kept as a constant. */
  public <E extends Entry> E add(E entry) {
    if (find(entry.name()).isPresent()) {
      throw new IllegalArgumentException(title + " has the key " + entry.name() + " twice");
    }
    entries.add(entry);
    return entry;
  }

  public String title() {
    return title;
  }

  public String introduction() {
    return introduction;
  }

  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The key that a name in a file stands for: its own or, for a secret, its twin's. */
  public Optional<Entry> find(String name) {
    return entries.stream()
        .filter(
            entry ->
                entry.name().equals(name)
                    || (entry instanceof SecretKey secret && secret.fileName().equals(name)))
        .findFirst();
  }

  /** Every name a file may use. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Entry entry : entries) {
      names.add(entry.name());
      if (entry instanceof SecretKey secret) {
        names.add(secret.fileName());
      }
    }
    return names;
  }
}
