package io.profilemesh.schema.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.profilemesh.schema.Contract;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.TableProfile;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are, decoding ends in a value or a refusal, quickly and in little memory. */
class HostileBytesTest {

  private static final InMemorySchemaRegistry REGISTRY =
      InMemorySchemaRegistry.ofScope("hostile-bytes");
  private static final int ID =
      REGISTRY.register("table-profiles-value", TableProfile.getClassSchema());
  private static final RecordDecoder<TableProfile> DECODER =
      new RecordDecoder<>(REGISTRY, TableProfile.class);
  private static final TableProfile PROFILE = Contract.sample(TableProfile.class);
  private static final byte[] WHOLE = new RecordEncoder().encode(PROFILE, ID);

  @Example
  void shouldRefuseTheRecordCutAtEveryByte() {
    for (int length = WireFormat.HEADER_BYTES; length < WHOLE.length; length++) {
      assertUndecodable(Arrays.copyOf(WHOLE, length));
    }
  }

  @Property(tries = 2_000)
  void shouldSurviveRandomBytes(@ForAll @Size(max = 400) byte[] body) {
    Decoded<TableProfile> decoded = DECODER.decode(withHeader(body));

    assertThat(decoded).isNotNull();
  }

  @Property(tries = 2_000)
  void shouldSurviveAnyChangedByte(
      @ForAll @IntRange(min = 5, max = 1_000) int position, @ForAll byte value) {
    byte[] changed = WHOLE.clone();
    changed[Math.min(position, changed.length - 1)] = value;

    assertThat(DECODER.decode(changed)).isNotNull();
  }

  @Property
  void shouldRefuseTrailingBytes(@ForAll @Size(min = 1, max = 50) byte[] tail) {
    byte[] longer = Arrays.copyOf(WHOLE, WHOLE.length + tail.length);
    System.arraycopy(tail, 0, longer, WHOLE.length, tail.length);

    assertUndecodable(longer);
  }

  @Property
  void shouldRefuseAStringOfAnyImpossibleLength(@ForAll @LongRange(min = 1_000) long length) {
    assertUndecodable(withHeader(varint(length), new byte[20]));
    assertUndecodable(withHeader(varint(-length), new byte[20]));
  }

  @Example
  void shouldRefuseNumbersOfMoreThanTenBytes() {
    byte[] eleven = new byte[11];
    Arrays.fill(eleven, (byte) 0x80);
    eleven[10] = 1;
    byte[] tooMany = new byte[10];
    Arrays.fill(tooMany, (byte) 0xFF);
    tooMany[9] = 0x7F;

    assertUndecodable(withHeader(eleven, new byte[100]));
    assertUndecodable(withHeader(tooMany, new byte[100]));
  }

  @Example
  void shouldRefuseStringsThatAreNotUtf8() {
    List<byte[]> malformed =
        List.of(
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    for (byte[] text : malformed) {
      byte[] replaced = replaceEnvironment(text);

      assertUndecodable(replaced);
    }
    assertThat(DECODER.decode(replaceEnvironment("é€😀".getBytes(UTF_8))))
        .isInstanceOf(Decoded.Value.class);
  }

  @Example
  void shouldNotAllocateWhatACollectionClaimsToHold() {
    byte[] claim = replaceTags(varint(Integer.MAX_VALUE));
    byte[] negative = replaceTags(varint(Long.MIN_VALUE), varint(5));

    long before = allocated();
    for (int i = 0; i < 100; i++) {
      assertUndecodable(claim);
      assertUndecodable(negative);
    }
    assertThat(allocated() - before).isLessThan(20_000_000L);
  }

  @Example
  void shouldEndSoonWhenBlocksOfACollectionNeverEnd() {
    ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    Random random = new Random(7);
    for (int i = 0; i < 600_000; i++) {
      blocks.writeBytes(varint(1));
      blocks.writeBytes(varint(1));
      blocks.write('a' + random.nextInt(26));
    }
    assertUndecodable(replaceTags(blocks.toByteArray()));
  }

  /** The profile up to its environment, which is its first field, with other bytes instead. */
  private static byte[] replaceEnvironment(byte[] text) {
    byte[] old = varint(PROFILE.getEnvironment().length());
    int rest = WireFormat.HEADER_BYTES + old.length + PROFILE.getEnvironment().length();
    return withHeader(varint(text.length), text, Arrays.copyOfRange(WHOLE, rest, WHOLE.length));
  }

  /** The profile up to its tags, with other bytes from there on. */
  private static byte[] replaceTags(byte[]... instead) {
    byte[] tags = concat(varint(1), varint(4), "gold".getBytes(UTF_8));
    int at = indexOf(WHOLE, tags);
    return concat(Arrays.copyOf(WHOLE, at), concat(instead));
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("the sample lost its tags");
  }

  private static byte[] withHeader(byte[]... body) {
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, ID);
    return concat(header, concat(body));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] varint(long number) {
    long zigzag = (number << 1) ^ (number >> 63);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while ((zigzag & ~0x7FL) != 0) {
      bytes.write((int) (zigzag & 0x7F | 0x80));
      zigzag >>>= 7;
    }
    bytes.write((int) zigzag);
    return bytes.toByteArray();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static void assertUndecodable(byte[] value) {
    assertThat(DECODER.decode(value))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ReasonCode.UNDECODABLE_RECORD));
  }
}
