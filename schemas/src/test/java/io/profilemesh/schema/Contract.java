package io.profilemesh.schema;

import io.profilemesh.schema.json.JsonFormatException;
import io.profilemesh.schema.json.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** What there is to test: every record that travels, its sample, and where the module lies. */
public final class Contract {

  private Contract() {}

  public static List<Class<? extends SpecificRecord>> records() {
    return List.of(
        ProfileRequest.class,
        RunWork.class,
        RunEvent.class,
        LedgerEntry.class,
        TableProfile.class,
        RunVerdict.class,
        DriftEvent.class,
        Incident.class,
        DriftPolicy.class,
        DriftCommand.class,
        RunCommand.class,
        Expectation.class,
        TableState.class,
        Schedule.class,
        ScheduleCommand.class,
        CaptureState.class,
        DeadLetter.class);
  }

  /** The sample of a record, read anew at each call. */
  public static <T extends SpecificRecord> T sample(Class<T> type) {
    try {
      return RecordJson.read(sampleText(type), type);
    } catch (JsonFormatException e) {
      throw new AssertionError("the sample of " + type.getSimpleName() + " is wrong", e);
    }
  }

  public static String sampleText(Class<?> type) {
    String name = "samples/" + type.getSimpleName() + ".json";
    try (InputStream sample = RecordRules.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(sample, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of this module. */
  public static Path module() {
    return Path.of(System.getProperty("profilemesh.home"), "schemas");
  }
}
