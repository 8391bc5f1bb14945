package io.profilemesh.benchmarks;

import io.profilemesh.stack.PostgresEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least a client can do: a socket on which a COPY is asked for and its bytes are thrown away.
 * Speaks only as much of PostgreSQL's protocol as that takes, and looks at nothing but the end of
 * what arrives.
 */
final class BareCopy implements AutoCloseable {

  private static final int PROTOCOL = 3 << 16;
  private static final int BUFFER = 64 * 1024;
  private static final int TAIL = 64;
  private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};
  private static final Pattern TAG = Pattern.compile("COPY (\\d+)\0");

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] tail = new byte[TAIL];
  private long pid;

  BareCopy(PostgresEndpoint database) throws IOException {
    socket = new Socket(database.host(), database.port());
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
    logIn(database);
  }

  /** Process id of the server's side. */
  long backendPid() {
    return pid;
  }

  /** Reads all that a COPY sends; answers the number of rows that the server says it sent. */
  long discard(String sql) throws IOException {
    send('Q', text(sql));
    Arrays.fill(tail, (byte) 0);
    while (true) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      int kept = Math.min(read, TAIL);
      System.arraycopy(tail, kept, tail, 0, TAIL - kept);
      System.arraycopy(buffer, read - kept, tail, TAIL - kept, kept);
      if (Arrays.equals(tail, TAIL - READY.length, TAIL, READY, 0, READY.length)) {
        Matcher tag = TAG.matcher(new String(tail, StandardCharsets.ISO_8859_1));
        if (tag.find()) {
          return Long.parseLong(tag.group(1));
        }
        throw new IOException("the server did not copy");
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void logIn(PostgresEndpoint database) throws IOException {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write(ByteBuffer.allocate(4).putInt(PROTOCOL).array());
    for (String word :
        new String[] {"user", database.username(), "database", database.database()}) {
      start.write(text(word));
    }
    start.write(0);
    out.write(ByteBuffer.allocate(4).putInt(4 + start.size()).array());
    out.write(start.toByteArray());
    out.flush();
    DataInputStream messages = new DataInputStream(in);
    ScramLogin scram = new ScramLogin(database.password());
    for (int type = messages.read(); type != 'Z'; type = messages.read()) {
      byte[] body = new byte[messages.readInt() - 4];
      messages.readFully(body);
      ByteBuffer content = ByteBuffer.wrap(body);
      switch (type) {
        case 'R' -> answer(content, scram);
        case 'K' -> pid = content.getInt();
        case 'E' -> throw new IOException("the server refuses the login");
        default -> {}
      }
    }
    messages.readFully(new byte[5]);
  }

  private void answer(ByteBuffer content, ScramLogin scram) throws IOException {
    int kind = content.getInt();
    byte[] rest = new byte[content.remaining()];
    content.get(rest);
    switch (kind) {
      case 0, 12 -> {}
      case 10 -> {
        byte[] first = scram.first();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(text("SCRAM-SHA-256"));
        body.write(ByteBuffer.allocate(4).putInt(first.length).array());
        body.write(first);
        send('p', body.toByteArray());
      }
      case 11 -> send('p', scram.last(new String(rest, StandardCharsets.UTF_8)));
      default -> throw new IOException("the server asks for a login of another kind");
    }
  }

  private void send(char type, byte[] body) throws IOException {
    out.write(
        ByteBuffer.allocate(5 + body.length)
            .put((byte) type)
            .putInt(4 + body.length)
            .put(body)
            .array());
    out.flush();
  }

  private static byte[] text(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
