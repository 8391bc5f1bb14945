package io.profilemesh.cli.demo.shop;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** E-mail addresses as people choose them, under a top-level domain that leads nowhere. */
final class Email {

  private static final List<String> HOSTS =
      List.of(
          "mailbox.example", "mailbox.example", "post.example", "webmail.example", "home.example");

  private Email() {}

  /** An address that no other customer has: the id stands in it where names are common. */
  static String of(String given, String family, long id, SplittableRandom random) {
    String first = latin(given);
    String last = latin(family);
    String local =
        switch (random.nextInt(4)) {
          case 0 -> first + "." + last + id;
          case 1 -> first.charAt(0) + "." + last + id;
          case 2 -> last + "." + first + "_" + id;
          default -> first + id + last.charAt(0);
        };
    return local + "@" + HOSTS.get(random.nextInt(HOSTS.size()));
  }

  private static String latin(String name) {
    String spelled =
        name.toLowerCase(Locale.ROOT)
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("ł", "l");
    return Normalizer.normalize(spelled, Normalizer.Form.NFD).replaceAll("[^a-z]", "");
  }
}
