package io.profilemesh.sink.rows;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The words of names and descriptions, in lower case: runs of letters and digits, and the parts of
 * names in camel case too. Cut to what one row of the search can hold.
 */
public final class SearchWords {

  private static final int LONGEST_WORD = 100;
  private static final int MOST_WORDS = 5_000;
  private static final int MOST_CHARACTERS = 200_000;

  private final Collection<String> words = new TreeSet<>();
  private int characters;

  /** Adds the words of a text; null has none. */
  public SearchWords add(@Nullable String text) {
    if (text != null) {
      int start = -1;
      for (int i = 0; i <= text.length(); i++) {
        boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
        if (inside && start < 0) {
          start = i;
        } else if (!inside && start >= 0) {
          run(text.substring(start, i));
          start = -1;
        }
      }
    }
    return this;
  }

  /** Adds the words of several texts. */
  public SearchWords add(Collection<String> texts) {
    texts.forEach(this::add);
    return this;
  }

  /** The words, each once, in order. */
  public Collection<String> words() {
    return words;
  }

  private void run(String run) {
    word(run);
    int start = 0;
    for (int i = 1; i < run.length(); i++) {
      if (Character.isUpperCase(run.charAt(i)) && Character.isLowerCase(run.charAt(i - 1))) {
        word(run.substring(start, i));
        start = i;
      }
    }
    if (start > 0) {
      word(run.substring(start));
    }
  }

  private void word(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.length() <= LONGEST_WORD
        && words.size() < MOST_WORDS
        && characters + word.length() <= MOST_CHARACTERS
        && words.add(word)) {
      characters += word.length();
    }
  }
}
