package io.profilemesh.schema.serde;

import java.util.Locale;
import java.util.Map;

/**
 * What Confluent's keys say about writing.
 *
 * @param autoRegister {@code auto.register.schemas}, off unless asked for
 * @param useLatestVersion {@code use.latest.version}: write with the id of the subject's newest
 *     version, when it equals the record's schema
 */
record SerdeConfig(boolean autoRegister, boolean useLatestVersion) {

  private static final String AUTO_REGISTER = "auto.register.schemas";
  private static final String USE_LATEST = "use.latest.version";
  private static final String SPECIFIC_READER = "specific.avro.reader";
  private static final String SUBJECT_STRATEGY = "value.subject.name.strategy";
  private static final String TOPIC_STRATEGY = "TopicNameStrategy";

  static SerdeConfig parse(Map<String, ?> config) {
    String strategy = text(config, SUBJECT_STRATEGY, TOPIC_STRATEGY);
    if (!strategy.substring(strategy.lastIndexOf('.') + 1).equals(TOPIC_STRATEGY)) {
      throw new IllegalArgumentException(
          SUBJECT_STRATEGY + " must be TopicNameStrategy: the topics' subjects are topic-value");
    }
    if (!flag(config, SPECIFIC_READER, true)) {
      throw new IllegalArgumentException(
          SPECIFIC_READER + " must be true: this serde gives the generated classes");
    }
    return new SerdeConfig(flag(config, AUTO_REGISTER, false), flag(config, USE_LATEST, false));
  }

  private static String text(Map<String, ?> config, String key, String preset) {
    Object value = config.get(key);
    if (value == null) {
      return preset;
    }
    return value instanceof Class<?> type ? type.getName() : value.toString().strip();
  }

  private static boolean flag(Map<String, ?> config, String key, boolean preset) {
    String text = text(config, key, Boolean.toString(preset)).toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(key + " is neither true nor false");
    }
    return text.equals("true");
  }
}
