package io.profilemesh.schema;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a decoded record must obey beyond its schema, the same for every consumer. Cheap enough for
 * every record; a refusal's message never holds a value of the record.
 */
public final class RecordRules {

  private RecordRules() {}

  public static Optional<Refusal> check(ProfileRequest record) {
    return RequestRules.check(record);
  }

  public static Optional<Refusal> check(RunWork record) {
    return invalid(RunRules.problem(record));
  }

  public static Optional<Refusal> check(RunEvent record) {
    return invalid(RunRules.problem(record));
  }

  public static Optional<Refusal> check(LedgerEntry record) {
    return invalid(RunRules.problem(record));
  }

  public static Optional<Refusal> check(RunCommand record) {
    return invalid(RunRules.problem(record));
  }

  public static Optional<Refusal> check(Expectation record) {
    return invalid(RunRules.problem(record));
  }

  public static Optional<Refusal> check(TableState record) {
    return invalid(RunRules.problem(record));
  }

  public static Optional<Refusal> check(Schedule record) {
    return invalid(ScheduleRules.problem(record));
  }

  public static Optional<Refusal> check(ScheduleCommand record) {
    return invalid(ScheduleRules.problem(record));
  }

  public static Optional<Refusal> check(CaptureState record) {
    return invalid(CaptureRules.problem(record));
  }

  public static Optional<Refusal> check(TableProfile record) {
    return invalid(ProfileRules.problem(record));
  }

  public static Optional<Refusal> check(RunVerdict record) {
    return invalid(DriftRules.problem(record));
  }

  public static Optional<Refusal> check(DriftEvent record) {
    return invalid(DriftRules.problem(record));
  }

  public static Optional<Refusal> check(Incident record) {
    return invalid(DriftRules.problem(record));
  }

  public static Optional<Refusal> check(DriftPolicy record) {
    return invalid(PolicyRules.problem(record));
  }

  public static Optional<Refusal> check(DriftCommand record) {
    return invalid(PolicyRules.problem(record));
  }

  public static Optional<Refusal> check(DeadLetter record) {
    return invalid(RunRules.problem(record));
  }

  /**
   * Checks a record of any of our types together with its key.
   *
   * @param key key of the record as text; null where it has none
   * @throws IllegalArgumentException when the record is of no topic
   */
  public static Optional<Refusal> check(@Nullable String key, SpecificRecord record) {
    Optional<String> expected = RecordKeys.of(record);
    return expected.flatMap(wanted -> checkKey(key, wanted)).or(() -> check(record));
  }

  /**
   * Checks a record of any of our types.
   *
   * @throws IllegalArgumentException when the record is of no topic
   */
  public static Optional<Refusal> check(SpecificRecord record) {
    if (record instanceof TableProfile one) {
      return check(one);
    } else if (record instanceof RunEvent one) {
      return check(one);
    } else if (record instanceof RunVerdict one) {
      return check(one);
    } else if (record instanceof DriftEvent one) {
      return check(one);
    } else if (record instanceof ProfileRequest one) {
      return check(one);
    } else if (record instanceof RunWork one) {
      return check(one);
    } else if (record instanceof LedgerEntry one) {
      return check(one);
    } else if (record instanceof DeadLetter one) {
      return check(one);
    } else if (record instanceof Incident one) {
      return check(one);
    } else if (record instanceof DriftPolicy one) {
      return check(one);
    } else if (record instanceof DriftCommand one) {
      return check(one);
    } else if (record instanceof RunCommand one) {
      return check(one);
    } else if (record instanceof Expectation one) {
      return check(one);
    } else if (record instanceof TableState one) {
      return check(one);
    } else if (record instanceof Schedule one) {
      return check(one);
    } else if (record instanceof ScheduleCommand one) {
      return check(one);
    } else if (record instanceof CaptureState one) {
      return check(one);
    }
    throw new IllegalArgumentException("no topic carries " + record.getSchema().getName());
  }

  /** Checks that a record's key is the one its content asks for. */
  public static Optional<Refusal> checkKey(@Nullable String key, String expected) {
    if (key == null || key.isEmpty()) {
      return Optional.of(new Refusal(ReasonCode.MISSING_KEY, "The record has no key."));
    }
    return key.equals(expected)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ReasonCode.KEY_MISMATCH, "The record's key is not the one its content asks for."));
  }

  private static Optional<Refusal> invalid(@Nullable String problem) {
    return problem == null
        ? Optional.empty()
        : Optional.of(new Refusal(ReasonCode.INVALID_RECORD, problem));
  }
}
