package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.scan.ScanResult;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Bytes of a profile as it is published, all parts together, before compression. */
final class RecordBytes {

  private RecordBytes() {}

  static long of(ScanResult.Completed scanned) throws IOException {
    RunContext run =
        new RunContext(
            RunId.derivedFrom("benchmark"),
            "benchmark",
            scanned.profile().dataset(),
            null,
            null,
            Trigger.REQUEST,
            null,
            List.of(),
            null,
            null,
            null);
    List<TableProfile> parts =
        new ProfileRecords("benchmark")
            .parts(
                run,
                1,
                scanned.profile(),
                scanned.facts(),
                WarmProfiler.HASHER.keyId(),
                null,
                null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    for (TableProfile part : parts) {
      new SpecificDatumWriter<TableProfile>(part.getSchema(), part.getSpecificData())
          .write(part, encoder);
    }
    encoder.flush();
    return bytes.size();
  }
}
