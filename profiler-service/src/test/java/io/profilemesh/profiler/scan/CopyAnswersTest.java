package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;

class CopyAnswersTest {

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 4096, 1_000_000})
  void shouldPassOnDataHoweverTheStreamIsCut(int most) throws Exception {
    // given
    byte[] large = new byte[300_000];
    new Random(1).nextBytes(large);
    byte[] stream =
        answers(
            message('H', new byte[3]),
            message('d', "one".getBytes(StandardCharsets.UTF_8)),
            message('N', "SNOTICE\0\0".getBytes(StandardCharsets.UTF_8)),
            message('d', new byte[0]),
            message('d', large),
            message('c', new byte[0]),
            message('C', "COPY 3\0".getBytes(StandardCharsets.UTF_8)),
            message('Z', new byte[] {'T'}));
    CopyAnswers answers = new CopyAnswers(cut(stream, most));

    // when
    answers.read(received::write);

    // then
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes("one".getBytes(StandardCharsets.UTF_8));
    expected.writeBytes(large);
    assertThat(received.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(answers.ended()).contains(TransactionState.OPEN);
  }

  @Test
  void shouldReadWhatCameUnaskedBehindTheEnd() throws Exception {
    // given
    byte[] stream =
        answers(
            message('d', new byte[] {1}),
            message('Z', new byte[] {'T'}),
            message('S', "TimeZone\0UTC\0".getBytes(StandardCharsets.UTF_8)));
    InputStream in = cut(stream, 1_000_000);
    CopyAnswers answers = new CopyAnswers(in);

    // when
    answers.read(received::write);

    // then
    assertThat(in.available()).isZero();
    assertThat(answers.ended()).contains(TransactionState.OPEN);
  }

  @Test
  void shouldLeaveTheNextAnswersInTheStream() throws Exception {
    // given
    byte[] first = answers(message('d', new byte[] {1}), message('Z', new byte[] {'T'}));
    InputStream in = new ByteArrayInputStream(answers(first, new byte[] {42}));

    // when
    new CopyAnswers(cut(in, first.length)).read(received::write);

    // then
    assertThat(in.read()).isEqualTo(42);
  }

  @Test
  void shouldTellTheServersErrorOnceItsAnswersEnd() throws Exception {
    // given
    byte[] stream =
        answers(
            message('d', new byte[] {1}),
            message('E', error("ERROR", "22012")),
            message('Z', new byte[] {'E'}));
    CopyAnswers answers = new CopyAnswers(cut(stream, 3));

    // when, then
    assertThatThrownBy(() -> answers.read(received::write))
        .isInstanceOfSatisfying(
            PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
    assertThat(answers.ended()).contains(TransactionState.FAILED);
  }

  @Test
  void shouldTellWhyTheServerHungUp() {
    // given
    CopyAnswers answers = new CopyAnswers(cut(message('E', error("FATAL", "57P01")), 1_000));

    // when, then
    assertThatThrownBy(() -> answers.read(received::write))
        .isInstanceOfSatisfying(
            PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
    assertThat(answers.ended()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoAnswerToACopy() {
    for (byte[] stream :
        new byte[][] {
          message('d', new byte[] {1, 2}),
          answers(message('G', new byte[3]), message('Z', new byte[] {'T'})),
          answers(message('Z', new byte[] {'?'})),
          {'d', -1, -1, -1, -1, 0, 0},
          {'E', 0x7F, 0, 0, 0, 0, 0}
        }) {
      // when, then
      assertThatThrownBy(() -> new CopyAnswers(cut(stream, 100)).read(received::write))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> new CopyAnswers(cut(new byte[0], 1)).read(received::write))
        .isInstanceOf(EOFException.class);
  }

  private static byte[] error(String severity, String state) {
    return ("S" + severity + "\0C" + state + "\0Mno text of a value\0\0")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] message(char type, byte[] body) {
    return ByteBuffer.allocate(5 + body.length)
        .put((byte) type)
        .putInt(4 + body.length)
        .put(body)
        .array();
  }

  private static byte[] answers(byte[]... messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(messages).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static InputStream cut(byte[] stream, int most) {
    return cut(new ByteArrayInputStream(stream), most);
  }

  /** Never gives more than so many bytes at a time. */
  private static InputStream cut(InputStream in, int most) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return in.read();
      }

      @Override
      public int read(byte[] data, int offset, int length) throws IOException {
        return in.read(data, offset, Math.min(length, most));
      }

      @Override
      public int available() throws IOException {
        return in.available();
      }
    };
  }
}
