package io.profilemesh.configuration;

import io.profilemesh.configuration.CaptureConfig.Mode;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.InvalidValueException;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kind;
import io.profilemesh.configuration.key.Kinds;
import io.profilemesh.configuration.key.SecretKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The keys of change capture, of sources and of dataset entries. */
final class CaptureKeys {

  private static final String NAME = "capture";

  private static final Kind<Boolean> OFF =
      Kinds.of(
          "`off`",
          Map.of("enum", List.of("off", false)),
          text -> {
            if (!isOff(text)) {
              throw new InvalidValueException("must be off or a mapping");
            }
            return false;
          });

  private static final Kind<String> SLOT_NAME =
      Kinds.of(
          "name of PostgreSQL's",
          Map.of("type", "string", "pattern", "^[a-z0-9_]{1,63}$|\\$\\{"),
          text -> {
            if (!CaptureConfig.isSlotName(text)) {
              throw new InvalidValueException(
                  "has at most 63 lower-case letters, digits and underscores");
            }
            return text;
          });

  private static final Kind<Pattern> TOPIC_PATTERN =
      Kinds.of(
          "regular expression",
          Map.of("type", "string", "minLength", 1),
          text -> {
            try {
              return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
              throw new InvalidValueException(
                  "must be a topic's name or a regular expression of names");
            }
          });

  /** How changes of a source are followed. */
  static final class OfSource {
    static final KeyGroup GROUP =
        new KeyGroup(
            "Capture of a source",
            "How [changes](change-capture.md) of the source's rows are learnt of. Without it, or"
                + " with `off` in its place, they are not.");

    static final Key<Boolean> SHORT = Key.of(NAME, OFF, "`off`: no capture");

    static final Key<Mode> MODE =
        GROUP.add(
            Key.of(
                    "mode",
                    Kinds.choice(Mode.class),
                    "`embedded`: the profiler reads the source's log; `topics`: an external Kafka"
                        + " Connect does, and the profiler reads its topics")
                .orElse("embedded"));

    static final Key<String> USERNAME =
        GROUP.add(
            Key.of("username", Kinds.text(), "role that may read the log")
                .orElseAs("the source's"));

    static final SecretKey PASSWORD =
        GROUP.add(SecretKey.of("password", "its password; best as `${VARIABLE}`"));

    static final Key<String> SLOT =
        GROUP.add(
            Key.of("slot", SLOT_NAME, "name of the replication slot")
                .orElseAs("`profilemesh_SOURCE_HASH`"));

    static final Key<String> PUBLICATION =
        GROUP.add(
            Key.of("publication", SLOT_NAME, "name of the publication").orElseAs("the slot's"));

    static final Key<Long> MAX_LAG =
        GROUP.add(
            Key.of(
                    "max-lag",
                    Kinds.bytes(),
                    "log that the source may have to keep; beyond it the slot is given up and every"
                        + " captured table is looked at")
                .orElse("4GB"));

    static final Key<Duration> HEARTBEAT =
        GROUP.add(
            Key.of(
                    "heartbeat",
                    Kinds.duration(),
                    "time between signs of life in the log of an idle database")
                .orElse("10s"));

    static final Key<Pattern> TOPICS =
        GROUP.add(
            Key.of(
                "topics", TOPIC_PATTERN, "with `mode: topics`: the topics that hold the changes"));

    private OfSource() {}
  }

  /** When changes become a request. */
  static final class OfDataset {
    static final KeyGroup GROUP =
        new KeyGroup(
            "Capture of a dataset entry",
            "When [changed rows](change-capture.md#when-a-table-is-asked-for) of a table suffice to"
                + " profile it, in sources with `capture`. With `off` in its place, changes of the"
                + " entry's tables are not looked at.");

    static final Key<Boolean> SHORT = Key.of(NAME, OFF, "`off`: changes are not looked at");

    static final Key<Long> ROWS =
        GROUP.add(Key.of("rows", Kinds.wholeNumber(1), "changed rows that suffice"));

    static final Key<Optional<Double>> SHARE =
        GROUP.add(
            Key.of("share", orOff(Kinds.fraction()), "share of the table's rows that suffices")
                .orElse("0.1"));

    static final Key<Duration> QUIET =
        GROUP.add(
            Key.of("quiet", Kinds.duration(), "time without a change, after changes, that suffices")
                .orElse("30s"));

    static final Key<Duration> MIN_INTERVAL =
        GROUP.add(
            Key.of("min-interval", Kinds.duration(), "least time between two requests of a table")
                .orElse("1m"));

    private OfDataset() {}
  }

  static final GroupKey OF_SOURCE =
      new GroupKey(
          NAME, OfSource.GROUP, OfSource.SHORT, "how changes of its rows are followed, or `off`");

  static final GroupKey OF_DATASET =
      new GroupKey(
          NAME, OfDataset.GROUP, OfDataset.SHORT, "when changed rows are a reason, or `off`");

  static final Key<Optional<Duration>> SWEEP =
      Key.of(
              "sweep",
              orOff(Kinds.duration()),
              "time after which a table of a source with `capture` is looked at although no change"
                  + " was seen")
          .orElse("24h");

  private CaptureKeys() {}

  /** YAML reads {@code off} as a truth value. */
  private static boolean isOff(String text) {
    return "off".equalsIgnoreCase(text) || "false".equalsIgnoreCase(text);
  }

  private static <T> Kind<Optional<T>> orOff(Kind<T> kind) {
    return Kinds.of(
        kind.notation() + ", or `off`",
        Map.of("anyOf", List.of(kind.schema(), Map.of("enum", List.of("off", false)))),
        text -> isOff(text) ? Optional.empty() : Optional.of(kind.parse(text)));
  }
}
