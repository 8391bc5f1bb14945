package io.profilemesh.benchmarks.topology;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the drift service keeps of one dataset.
 *
 * @param columns bytes of each column's entry, by name
 * @param dataset bytes of the dataset's own entry; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, written nowhere
record StateSample(Map<String, byte[]> columns, byte[] dataset) {

  void write(Path file) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(columns.size());
      for (Map.Entry<String, byte[]> column : columns.entrySet()) {
        out.writeUTF(column.getKey());
        write(out, column.getValue());
      }
      write(out, dataset);
    }
  }

  static StateSample read(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      int count = in.readInt();
      Map<String, byte[]> columns = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        columns.put(name, bytes(in));
      }
      return new StateSample(columns, bytes(in));
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
