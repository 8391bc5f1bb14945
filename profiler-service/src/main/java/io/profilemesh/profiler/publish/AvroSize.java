package io.profilemesh.profiler.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** How many bytes a record takes in Avro's binary form. */
final class AvroSize {

  private AvroSize() {}

  static int of(SpecificRecordBase record) {
    try {
      Counter counter = new Counter();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(counter, null);
      new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
      return counter.bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("counting bytes does no input or output", e);
    }
  }

  private static final class Counter extends OutputStream {
    private int bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      bytes += length;
    }
  }
}
